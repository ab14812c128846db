"""What the athlete has shown raises what is known."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.advice import Assessment
from hersteld.recovery.athlete.evidence import Evidence, ftp_by_best_w, peaks_bpm, raised_max_hr_bpm
from hersteld.recovery.athlete.history import History, LongAgo
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.athlete.profile import Athlete, Experience
from tests.support.fit.recoveries import TRAINED, a_past_workout, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules().athlete
PAST = replace(a_past_workout(NOON - timedelta(days=10)), hr_peak_30s_bpm=185.0, best_20min_w=250.0)


def test_the_highest_peaks_of_long_ago_of_late_and_of_today_stand_together() -> None:
    long_ago = LongAgo(date(2026, 1, 1), np.array([50.0]), (181.0, 188.0), best_20min_w=270.0)
    history = History((PAST,), long_ago)
    assert peaks_bpm(history, NOON, RULES, Evidence(190.0)) == [185, 188, 190]
    assert ftp_by_best_w(history, NOON, RULES) == pytest.approx(0.95 * 270)
    assert ftp_by_best_w(history, NOON, RULES, Evidence(best_20min_w=300)) == pytest.approx(285)
    assert ftp_by_best_w(History(), NOON, RULES) is None


@given(known=st.floats(150, 210), peaks=st.lists(st.floats(100, 220), max_size=3))
def test_peaks_never_lower_a_maximum_and_each_raises_it_by_ten_at_most(known: float, peaks: list[float]) -> None:
    raised = raised_max_hr_bpm(known, sorted(peaks), RULES)
    assert known <= raised <= max([known, *peaks])
    assert raised <= known + 10 * len(peaks)


@given(watts=st.integers(220, 380), minutes=st.integers(20, 150))
def test_a_best_effort_never_shortens_the_rest_of_its_own_workout(watts: int, minutes: int) -> None:
    """The FTP of 210 W is that of the file, so that 95 % of the best 20 min raises it."""
    ride = a_workout(minutes, power=watts, sport="cycling", threshold_power_w=210, step_s=5)
    without = recovery_of(ride, replace(TRAINED, ftp_w=210))
    found = recovery_of(ride)
    assert found.assessment.recovery_h >= without.assessment.recovery_h


@given(watts=st.integers(150, 380), minutes=st.integers(20, 150), bpm=st.integers(120, 215))
def test_an_explanation_speaks_of_one_athlete(watts: int, minutes: int, bpm: int) -> None:
    """Where what was shown would shorten the rest, the athlete is shown as known before, too."""
    for workout in (
        a_workout(minutes, power=watts, hr=140, sport="cycling", threshold_power_w=210, step_s=5),
        a_workout(minutes, hr=bpm, step_s=5),
    ):
        found = recovery_of(workout, Athlete(birth_year=1986))
        assert found.physiology is not None
        shown = {reason.name: reason for reason in found.physiology.reasons.values()}
        counted = {reason.name: reason for reason in found.load.reasons if reason.name in shown}
        assert counted
        assert counted == {name: shown[name] for name in counted}


_PROFILES = st.builds(
    DeviceProfile,
    resting_hr_bpm=st.none() | st.integers(38, 110),
    max_hr_bpm=st.none() | st.integers(95, 215),
    lthr_bpm=st.none() | st.integers(90, 210),
    ftp_w=st.none() | st.integers(120, 420),
)
"""What a watch says whose maker's factory settings nobody knows."""
_SHOWN = st.builds(
    Evidence, hr_peak_30s_bpm=st.none() | st.floats(90, 225), best_20min_w=st.none() | st.floats(80, 500)
)
_ATHLETES = st.builds(
    Athlete,
    birth_year=st.none() | st.integers(1930, 2012),
    max_hr_bpm=st.none() | st.integers(150, 210),
    lthr_bpm=st.none() | st.integers(120, 190),
    ftp_w=st.none() | st.integers(150, 400),
)


@given(athlete=_ATHLETES, profile=_PROFILES, past=st.lists(_SHOWN, max_size=4), own=_SHOWN)
def test_what_a_workout_shows_lowers_no_number_of_the_athlete_and_leaves_those_that_are_configured(
    athlete: Athlete, profile: DeviceProfile, past: list[Evidence], own: Evidence
) -> None:
    history = History(
        tuple(replace(PAST, hr_peak_30s_bpm=one.hr_peak_30s_bpm, best_20min_w=one.best_20min_w) for one in past)
    )
    run = a_workout(60, hr=150, profile=profile)
    before, after = (resolve(athlete, run, history, RULES, shown) for shown in (None, own))
    assert after.max_hr_bpm >= before.max_hr_bpm
    assert after.lthr_bpm >= before.lthr_bpm
    assert after.resting_hr_bpm >= before.resting_hr_bpm
    assert (after.ftp_w is None) == (before.ftp_w is None), "it creates none and takes none away"
    assert (after.ftp_w or 0) >= (before.ftp_w or 0)
    for name in ("max_hr_bpm", "lthr_bpm", "ftp_w"):
        configured = getattr(athlete, name)
        if configured is not None and getattr(before, name) == configured:
            assert getattr(after, name) == configured
    assert resolve(athlete, run, history, RULES, Evidence()) == before


@settings(max_examples=60)
@given(
    known=st.integers(165, 190),
    above=st.integers(1, 19),
    peak_min=st.integers(1, 30),
    minutes=st.integers(20, 300),
    bpm=st.integers(100, 180),
    sport=st.sampled_from(("running", "cycling", "training", "walking")),
    experience=st.sampled_from(("beginner", "recreational", "trained", "elite")),
    exercises=st.sampled_from(((), ("squat",), ("bench_press",))),
)
def test_a_peak_above_the_maximum_lowers_nothing_of_the_rest_of_its_own_workout(
    known: int,
    above: int,
    peak_min: int,
    minutes: int,
    bpm: int,
    sport: str,
    experience: Experience,
    exercises: tuple[str, ...],
) -> None:
    """The maximum is that of the file; configured as the same, it is not raised."""
    beats = np.full(minutes * 12 + 1, float(bpm))
    beats[-12 * peak_min :] = known + above
    workout = a_workout(
        minutes,
        hr=beats,
        sport=sport,
        sub_sport="strength_training" if sport == "training" else None,
        exercises=exercises if sport == "training" else (),
        profile=DeviceProfile(max_hr_bpm=known, resting_hr_bpm=50),
        step_s=5,
    )
    athlete = Athlete(experience=experience, mass_kg=70)
    found, without = recovery_of(workout, athlete), recovery_of(workout, replace(athlete, max_hr_bpm=known))
    assert found.physiology is not None
    assert known <= found.physiology.max_hr_bpm <= known + 10
    _asks_no_less(found.assessment, without.assessment)


def test_a_peak_leaves_the_muscles_that_a_strength_training_spared_their_rest() -> None:
    """The weights ask for 48 h of the legs whatever the heart did; what the heart did counts for the others."""
    beats = np.full(60 * 60 + 1, 140.0)
    beats[-300:] = 184
    squats = a_workout(
        60,
        hr=beats,
        sport="training",
        sub_sport="strength_training",
        exercises=("squat",),
        profile=DeviceProfile(max_hr_bpm=175, resting_hr_bpm=50),
    )
    trained = Athlete(experience="trained", mass_kg=70)
    found, without = (recovery_of(squats, one).assessment for one in (trained, replace(trained, max_hr_bpm=175)))
    assert found.recovery_h == without.recovery_h == pytest.approx(48)
    assert found.ready_other_at == without.ready_other_at


def _asks_no_less(found: Assessment, without: Assessment) -> None:
    assert found.recovery_h >= without.recovery_h
    for name in ("easy_from", "ready_at", "ready_other_at", "rested_at", "rested_other_at", "easy_week_until"):
        before, after = getattr(without, name), getattr(found, name)
        assert before is None or (after is not None and after >= before), name
    assert without.next_training_on is None or found.next_training_on == without.next_training_on
    for name in ("hard", "very_hard", "very_long_run"):
        assert getattr(found, name) >= getattr(without, name), name
    assert found.gentle <= without.gentle
