"""What of a workout the clocks count by: each session by the rung that its load came from."""

from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.clocks.effort import Effort, effort_of
from hersteld.recovery.clocks.hours import clocks_of
from hersteld.recovery.join import join
from hersteld.recovery.load.ladder import training_load
from tests.support.fit.recoveries import TRAINED, local, recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout, seconds

RULES = shipped_rules()
RIDER = replace(TRAINED, ftp_w=250)


def effort(workout: Workout, athlete: Athlete = TRAINED, rpe: float | None = None) -> Effort:
    physiology = resolve(athlete, workout, History(), RULES.athlete)
    return effort_of(workout, training_load(workout, physiology, RULES.load, rpe=rpe), physiology, RULES)


def longest_h(workout: Workout, athlete: Athlete = TRAINED) -> float:
    return max(clocks_of(effort(workout, athlete), RULES.rest).values())


@pytest.mark.parametrize(
    ("minutes", "bpm", "expected"),
    [
        *[(60, 134, 13.0), (90, 134, 16.1), (149, 134, 31.2), (151, 134, 32.1)],
        *[(60, 150, 23.1), (60, 160, 29.4), (60, 169, 34.7), (60, 172, 48.0)],
    ],
)
def test_the_worked_runs(minutes: float, bpm: float, expected: float) -> None:
    """From the heart rate to the hours, for a trained athlete: maximum 190, rest 50, threshold 169, sex unknown."""
    recovery = recovery_of(a_workout(minutes, hr=bpm), replace(TRAINED, sex=None))
    assert round(recovery.assessment.recovery_h, 1) == expected


def test_an_hour_at_threshold_is_sixty_threshold_minutes_by_heart_rate_and_by_power() -> None:
    assert effort(a_workout(60, hr=169)).threshold_min == pytest.approx(60)
    assert effort(a_workout(60, power=250, sport="cycling"), RIDER).threshold_min == pytest.approx(60)
    assert effort(a_workout(60, avg_hr=169, sport="swimming")).threshold_min == pytest.approx(60)


def test_harder_minutes_count_for_far_more_and_at_most_as_a_quarter_above_threshold() -> None:
    at_half = effort(a_workout(60, power=125, sport="cycling"), RIDER).threshold_min
    assert at_half == pytest.approx(60 / 2**7)
    sprints = a_workout(60, power=seconds(60, lambda at: np.where(at < 600, 400.0, 0.0)), sport="cycling")
    assert effort(sprints, RIDER).threshold_min == pytest.approx(10 * 1.25**7, rel=0.05)


def test_power_counts_where_the_load_came_from_it_and_the_heart_rate_does_not() -> None:
    ride = a_workout(60, hr=175, power=125, sport="cycling")
    assert effort(ride, RIDER).threshold_min < 1
    assert effort(ride).threshold_min > 60, "without an FTP the heart rate gives the load"


def test_zones_count_by_their_weight() -> None:
    row = a_workout(60, zones=(0.0, 0.0, 0.0, 3600.0, 0.0), sport="rowing")
    assert effort(row).threshold_min == pytest.approx(60)
    easier = a_workout(60, zones=(0.0, 3600.0, 0.0, 0.0, 0.0), sport="rowing")
    assert effort(easier).threshold_min == pytest.approx(60 * (2 / 4) ** 3.5)


def test_a_rating_counts_by_its_load_in_an_hour() -> None:
    assert effort(a_workout(60, sport="tennis"), rpe=8).threshold_min == pytest.approx(60)
    assert effort(a_workout(60, sport="tennis"), rpe=4).threshold_min == pytest.approx(60 * 0.5**3.5)
    assert effort(a_workout(60, sport="tennis")).threshold_min == pytest.approx(60 * 0.5**3.5), "as if rated 4"


def test_what_the_sensor_missed_is_taken_to_have_been_the_same() -> None:
    beats = np.full(3601, 169.0)
    beats[2600:] = np.nan
    assert effort(a_workout(60, hr=beats)).threshold_min == pytest.approx(60, rel=1e-3)
    near_maximal = np.where(np.isnan(beats), np.nan, 176.0)
    assert effort(a_workout(60, hr=near_maximal)).near_maximal_min == pytest.approx(30, rel=1e-3)


def test_near_maximal_minutes_begin_at_the_threshold_and_count_wholly_from_95_percent() -> None:
    assert effort(a_workout(20, hr=169)).near_maximal_min == pytest.approx(0)
    assert effort(a_workout(20, hr=176)).near_maximal_min == pytest.approx(10)
    assert effort(a_workout(20, hr=184)).near_maximal_min == pytest.approx(20)


def test_near_maximal_minutes_come_from_power_only_where_no_heart_rate_covers_enough() -> None:
    assert effort(a_workout(30, power=265, sport="cycling"), RIDER).near_maximal_min == pytest.approx(15)
    assert effort(a_workout(30, power=265, hr=120, sport="cycling"), RIDER).near_maximal_min == 0
    beats = np.full(1801, 120.0)
    beats[1000:] = np.nan
    assert effort(a_workout(30, power=265, hr=beats, sport="cycling"), RIDER).near_maximal_min == pytest.approx(15)


def test_a_rating_alone_has_no_near_maximal_minutes() -> None:
    assert effort(a_workout(60, sport="tennis"), rpe=10).near_maximal_min == 0


def test_a_heart_rate_that_nobody_can_have_counts_nowhere() -> None:
    strap = replace(TRAINED, lthr_bpm=100)
    impossible = a_workout(60, hr=189)
    assert recovery_of(impossible, strap).load.rung == "duration"
    assert effort(impossible, strap).near_maximal_min == 0
    assert recovery_of(impossible, strap).assessment.seconds_at_threshold == 0


@pytest.mark.parametrize(
    ("sport", "pounds"), [("running", True), ("tennis", True), ("soccer", True), ("cycling", False)]
)
def test_only_running_and_games_pound(sport: str, pounds: bool) -> None:
    found = effort(a_workout(90, hr=150, sport=sport))
    assert found.impact_load == (found.load if pounds else 0)


def test_the_sessions_add_up_each_by_its_own_sport() -> None:
    first = a_workout(40, hr=180, ended_at=local("10:00"))
    change = a_workout(5, hr=150, sport="transition", ended_at=local("10:05"))
    ride = a_workout(55, hr=178, sport="cycling", ended_at=local("11:00"))
    lift = a_workout(30, sport="training", sub_sport="strength_training", ended_at=local("11:30"))
    run = a_workout(40, hr=176, ended_at=local("12:10"))
    more = a_workout(30, hr=150, sport="cycling", ended_at=local("12:40"))
    parts = (first, change, ride, lift, run, more)
    alone = [effort(part) for part in parts]
    together = effort(reduce(join, parts))
    for name in ("load", "threshold_min", "impact_load", "near_maximal_min", "strength_min"):
        assert getattr(together, name) == pytest.approx(sum(getattr(one, name) for one in alone), rel=5e-3)
    assert together.strength_min == 30


def test_a_reading_counts_for_as_long_as_it_held() -> None:
    """In the second half the watch wrote one value in five seconds."""

    def halves(first: float, second: float) -> Workout:
        beats = np.full(3601, np.nan)
        beats[:1800], beats[1800::5] = first, second
        return a_workout(60, hr=beats)

    assert effort(halves(150, 169)).threshold_min == pytest.approx(30 * (100 / 119) ** 7 + 30, rel=5e-3)
    assert effort(halves(120, 176)).near_maximal_min == pytest.approx(15, rel=5e-3)


def test_a_power_that_nobody_can_have_counts_nowhere() -> None:
    impossible, weak = a_workout(60, power=265, sport="cycling"), replace(TRAINED, ftp_w=100)
    assert recovery_of(impossible, weak).load.rung == "duration"
    assert effort(impossible, weak).near_maximal_min == 0


def test_a_transition_counts_in_the_load_only() -> None:
    change = a_workout(5, hr=170, sport="transition")
    assert effort(change).load > 0
    assert replace(effort(change), load=0.0) == Effort()


# --- the laws

bpms = st.integers(80, 189)


@given(minutes=st.integers(6, 300), more=st.integers(0, 60), bpm=bpms, beats=st.integers(0, 30))
def test_more_minutes_or_more_beats_never_mean_less_rest(minutes: int, more: int, bpm: int, beats: int) -> None:
    harder = min(bpm + beats, 190)
    assert (
        longest_h(a_workout(minutes, hr=bpm, step_s=10))
        <= longest_h(a_workout(minutes + more, hr=harder, step_s=10)) + 1e-9
    )


@given(minutes=st.integers(6, 300), bpm=bpms, lower=st.integers(0, 30))
def test_a_lower_maximum_never_means_less_rest(minutes: int, bpm: int, lower: int) -> None:
    workout = a_workout(minutes, hr=bpm, step_s=10)
    maximum = max(190 - lower, bpm)
    assert longest_h(workout) <= longest_h(workout, replace(TRAINED, max_hr_bpm=maximum)) + 1e-9


@given(minutes=st.integers(6, 300), bpm=bpms)
def test_one_more_minute_is_worth_two_hours_at_most_and_four_near_the_maximum(minutes: int, bpm: int) -> None:
    before, after = (longest_h(a_workout(length, hr=bpm, step_s=10)) for length in (minutes, minutes + 1))
    near_maximal = bpm > 169
    assert after - before <= (4 if near_maximal else 2) + 1e-6


@given(minutes=st.integers(6, 180), bpm=bpms)
def test_one_more_beat_is_worth_a_few_hours_at_most(minutes: int, bpm: int) -> None:
    before, after = (longest_h(a_workout(minutes, hr=beat, step_s=10)) for beat in (bpm, bpm + 1))
    most = 15 if bpm + 1 > 169 else 2 if minutes <= 60 else 4 if minutes <= 90 else 7
    assert after - before <= most + 1e-6


# --- hours of walking that nobody measured


def a_walk(hours: float, sport: str = "walking", **more: Any) -> Workout:
    sub_sport = "yoga" if sport == "training" else None
    return a_workout(60 * hours, sport=sport, sub_sport=sub_sport, step_s=20, **more)


@pytest.mark.parametrize("sport", ["walking", "golf", "training", "e_biking", "driving", "meditation"])
def test_a_gentle_sport_without_a_heart_rate_is_not_hard_by_its_length_alone(sport: str) -> None:
    for hours in (2, 4, 5, 6, 8, 8.9):
        assert not recovery_of(a_walk(hours, sport)).assessment.hard, hours
        assert not recovery_of(a_walk(hours, sport), rpe=2).assessment.hard, hours
    assert recovery_of(a_walk(9.5, sport)).assessment.hard, "there is a limit to it"


@pytest.mark.parametrize(
    "walk",
    [
        a_walk(6, hr=115),
        a_walk(6, avg_hr=115),
        a_walk(6, "hiking"),
        a_walk(6, "rucking"),
    ],
)
def test_a_measured_walk_a_hike_and_a_loaded_march_are_as_hard_as_their_load(walk: Workout) -> None:
    assert recovery_of(walk).assessment.hard


def test_a_walk_up_a_mountain_is_no_gentle_walk() -> None:
    def climbing(to_m: float) -> Workout:
        walk = a_walk(6)
        altitude_m = np.linspace(100, to_m, len(walk.samples))
        return replace(walk, samples=replace(walk.samples, altitude_m=altitude_m))

    assert not recovery_of(climbing(399)).assessment.hard
    assert recovery_of(climbing(401)).assessment.hard


def test_a_walk_that_was_rated_above_easy_counts_as_rated() -> None:
    assert recovery_of(a_walk(6), rpe=3).assessment.hard


def test_a_longer_walk_never_asks_for_less_and_never_jumps() -> None:
    hours = [longest_h(a_workout(minutes, sport="walking", step_s=60)) for minutes in range(200, 620, 5)]
    assert all(before - 1e-9 <= after <= before + 0.5 for before, after in pairwise(hours))


def test_explain_names_the_load_that_counted_for_the_rest() -> None:
    reasons = {reason.name: reason.value for reason in recovery_of(a_walk(6)).assessment.reasons}
    assert (reasons["load"], reasons["load_for_rest"]) == (180, 120)
    assert {"rest.unmeasured_from_h", "rest.unmeasured_until_h"} <= set(reasons)
    assert "load_for_rest" not in {reason.name for reason in recovery_of(a_walk(3)).assessment.reasons}
