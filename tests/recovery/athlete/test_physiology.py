"""Where each heart rate, power and mass comes from, and which are believed."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.athlete.history import History, LongAgo
from hersteld.recovery.athlete.physiology import Physiology, resolve
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.ladder import training_load
from tests.support.fit.recoveries import (
    a_past_workout,
    shipped_rules,
)
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules()


def test_heart_rates_of_a_file_are_believed_only_where_a_heart_can_be_so() -> None:
    honest = a_workout(60, hr=150, profile=DeviceProfile(max_hr_bpm=180, resting_hr_bpm=45))
    absurd = a_workout(60, hr=150, profile=DeviceProfile(max_hr_bpm=255, resting_hr_bpm=0, lthr_bpm=1))
    plain = Athlete()
    assert resolve(plain, honest, History(), RULES.athlete).max_hr_bpm == 180
    physiology = resolve(plain, absurd, History(), RULES.athlete)
    assert (physiology.max_hr_bpm, physiology.resting_hr_bpm) == (190, 60)
    assert physiology.lthr_bpm == pytest.approx(60 + 0.85 * 130)


def test_maximum_heart_rate_follows_from_age_when_nobody_knows_it() -> None:
    physiology = resolve(Athlete(birth_year=1986), a_workout(60), History(), RULES.athlete)
    assert physiology.max_hr_bpm == pytest.approx(208 - 0.7 * 40)


def test_a_threshold_that_fits_nothing_is_left_out() -> None:
    for lthr, resting, maximum in ((60, None, None), (70, 75, None), (61, None, 185), (190, 60, 180)):
        who = Athlete(lthr_bpm=lthr, resting_hr_bpm=resting, max_hr_bpm=maximum)
        run = a_workout(60, hr=150, profile=DeviceProfile(resting_hr_bpm=75, max_hr_bpm=110))
        physiology = resolve(who, run, History(), RULES.athlete)
        assert physiology.resting_hr_bpm + 20 <= physiology.lthr_bpm <= physiology.max_hr_bpm
        assert 0 <= training_load(run, physiology, RULES.load).value <= 200


FILE = DeviceProfile(max_hr_bpm=185, resting_hr_bpm=48, lthr_bpm=165, ftp_w=240, mass_kg=65)


def physiology_of(
    athlete: Athlete | None = None, profile: DeviceProfile | None = None, history: History | None = None
) -> Physiology:
    workout = a_workout(60, profile=profile)
    return resolve(athlete or Athlete(), workout, history or History(), RULES.athlete)


def test_the_configuration_comes_before_the_file_and_the_file_before_assumptions() -> None:
    configured = Athlete(max_hr_bpm=200, resting_hr_bpm=45, lthr_bpm=175, ftp_w=300, mass_kg=80)
    for physiology, values, source in (
        (physiology_of(configured, FILE), (200, 45, 175, 300, 80), "your configuration"),
        (physiology_of(Athlete(), FILE), (185, 48, 165, 240, 65), "the workout's file"),
    ):
        names = ("max_hr_bpm", "resting_hr_bpm", "lthr_bpm", "ftp_w", "mass_kg")
        assert tuple(getattr(physiology, name) for name in names) == values
        assert {physiology.reasons[name].source for name in names} == {source}


def test_what_nobody_knows_is_assumed_but_never_a_power() -> None:
    physiology = physiology_of()
    assert (physiology.max_hr_bpm, physiology.resting_hr_bpm, physiology.mass_kg) == (190, 60, 70)
    assert physiology.ftp_w is None
    assert {physiology.reasons[name].kind for name in ("max_hr_bpm", "resting_hr_bpm", "mass_kg")} == {"H"}


def test_the_watch_and_the_scales_come_before_the_file() -> None:
    physiology = physiology_of(Athlete(), FILE, History(resting_hr_bpm=52, weighed_mass_kg=67.5))
    assert (physiology.resting_hr_bpm, physiology.mass_kg) == (52, 67.5)


def test_peaks_of_long_ago_count_with_those_of_late() -> None:
    recent = tuple(
        replace(a_past_workout(NOON - timedelta(days=n)), hr_peak_30s_bpm=peak) for n, peak in ((9, 200.0), (8, 202.0))
    )
    too_few = physiology_of(history=History(recent))
    assert too_few.max_hr_origin == "default"
    long_ago = LongAgo(date(2026, 1, 1), np.array([50.0]), peaks_bpm=(198.0,))
    enough = physiology_of(history=History(recent, long_ago))
    assert (enough.max_hr_bpm, enough.max_hr_origin) == (202, "witnessed")


GARMIN = DeviceProfile(maker="garmin")


@pytest.mark.parametrize(
    ("profile", "birth_year", "max_hr_bpm"),
    [
        (replace(GARMIN, max_hr_bpm=185, max_hr_is_of_user_profile=True), None, 190),
        (replace(GARMIN, max_hr_bpm=185), None, 185),
        (replace(GARMIN, max_hr_bpm=200), None, 190),
        (replace(GARMIN, max_hr_bpm=179), 1986, 180),
        (replace(GARMIN, max_hr_bpm=200), 2004, 192.6),
        (replace(GARMIN, max_hr_bpm=177), 1986, 177),
        (DeviceProfile(max_hr_bpm=200), None, 200),
    ],
)
def test_a_maximum_of_the_factory_is_no_athletes(
    profile: DeviceProfile, birth_year: int | None, max_hr_bpm: float
) -> None:
    assert physiology_of(Athlete(birth_year=birth_year), profile).max_hr_bpm == pytest.approx(max_hr_bpm)


@pytest.mark.parametrize("max_hr_bpm", [174, 184])
@pytest.mark.parametrize(("configured", "in_file"), [(1980, 1990), (1990, 1980)])
def test_a_watch_subtracts_the_age_that_it_knows_whatever_is_configured(
    max_hr_bpm: float, configured: int, in_file: int
) -> None:
    profile = replace(GARMIN, max_hr_bpm=max_hr_bpm, birth_year=in_file)
    physiology = physiology_of(Athlete(birth_year=configured), profile)
    assert physiology.max_hr_origin == "age"
    assert physiology.max_hr_bpm == pytest.approx(208 - 0.7 * (2026 - configured))


def test_a_maximum_by_age_that_a_peak_has_raised_has_an_origin_of_its_own() -> None:
    peak = replace(a_past_workout(NOON - timedelta(days=9)), hr_peak_30s_bpm=186.0)
    raised = physiology_of(Athlete(birth_year=1970), history=History((peak,)))
    assert raised.max_hr_bpm == pytest.approx(178.8)
    assert (raised.max_hr_origin, raised.threshold_is_assumed, raised.max_hr_is_witnessed) == ("own_peak", True, False)
    assert raised.reasons["max_hr_bpm"].source == "your own highest heart rate"
    in_file = physiology_of(profile=DeviceProfile(max_hr_bpm=180), history=History((peak,)))
    assert (in_file.max_hr_bpm, in_file.max_hr_origin) == (186, "witnessed")


def test_a_factory_setting_is_shown_as_not_used_and_counts_with_a_witness() -> None:
    factory = replace(GARMIN, max_hr_bpm=200, ftp_w=200, resting_hr_bpm=60, mass_kg=68.0)
    physiology = physiology_of(profile=factory)
    assert physiology.ftp_w is None
    assert not physiology.mass_is_known
    for name in ("max_hr_bpm", "ftp_w", "resting_hr_bpm", "mass_kg"):
        assert physiology.reasons[f"factory_{name}"].source == "factory setting, not used"
    ridden = replace(a_past_workout(NOON - timedelta(days=3)), hr_peak_30s_bpm=196.0, best_20min_w=205.0)
    witnessed = physiology_of(profile=factory, history=History((ridden,)))
    assert (witnessed.max_hr_bpm, witnessed.ftp_w) == (200, 200)


@pytest.mark.parametrize(("peak_bpm", "max_hr_bpm"), [(194, 194), (195, 200), (198, 200)])
def test_a_peak_within_five_beats_witnesses_a_factory_maximum(peak_bpm: float, max_hr_bpm: float) -> None:
    ridden = replace(a_past_workout(NOON - timedelta(days=3)), hr_peak_30s_bpm=float(peak_bpm))
    told = physiology_of(profile=replace(GARMIN, max_hr_bpm=200), history=History((ridden,)))
    assert told.max_hr_bpm == max_hr_bpm, "otherwise the peak itself counts"


@pytest.mark.parametrize(("best_20min_w", "ftp_w"), [(199, None), (201, 200), (221, 210)])
def test_best_twenty_minutes_within_five_percent_witness_a_factory_ftp(
    best_20min_w: float, ftp_w: float | None
) -> None:
    """95 % of them are the FTP that was shown."""
    ridden = replace(a_past_workout(NOON - timedelta(days=3)), best_20min_w=float(best_20min_w))
    found = physiology_of(profile=replace(GARMIN, ftp_w=200), history=History((ridden,))).ftp_w
    assert found == (None if ftp_w is None else pytest.approx(ftp_w, abs=0.1))


def test_a_peak_raises_the_maximum_for_a_year_but_never_a_configured_one() -> None:
    def after(days: float, athlete: Athlete | None = None) -> float:
        peak = replace(a_past_workout(NOON - timedelta(days=days)), hr_peak_30s_bpm=187.0)
        return physiology_of(athlete, DeviceProfile(max_hr_bpm=180), History((peak,))).max_hr_bpm

    assert (after(364), after(366), after(3, Athlete(max_hr_bpm=180))) == (187, 180, 180)


def test_one_workout_raises_the_maximum_by_ten_at_most() -> None:
    peak = replace(a_past_workout(NOON - timedelta(days=3)), hr_peak_30s_bpm=199.0)
    assert physiology_of(profile=DeviceProfile(max_hr_bpm=180), history=History((peak,))).max_hr_bpm == 190


def test_the_best_twenty_minutes_raise_a_known_ftp_for_ninety_days_and_never_make_one() -> None:
    def after(days: float, athlete: Athlete | None = None, ftp_w: float | None = 240) -> float | None:
        ride = replace(a_past_workout(NOON - timedelta(days=days)), best_20min_w=280.0)
        return physiology_of(athlete, DeviceProfile(ftp_w=ftp_w), History((ride,))).ftp_w

    assert after(89) == pytest.approx(266)
    assert (after(91), after(3, Athlete(ftp_w=250)), after(3, ftp_w=None)) == (240, 250, None)


def test_the_threshold_of_a_run_is_no_ftp() -> None:
    run = a_workout(60, threshold_power_w=310)
    assert resolve(Athlete(), run, History(), RULES.athlete).ftp_w is None


def test_a_file_says_the_sex_only_when_it_says_female() -> None:
    told = [physiology_of(profile=DeviceProfile(sex=sex)).sex for sex in ("male", "female", None)]
    assert told == [None, "female", None]
    assert physiology_of(Athlete(sex="male"), DeviceProfile(sex="female")).sex == "male"


@pytest.mark.parametrize(
    ("athlete", "profile", "origin", "assumed"),
    [
        (Athlete(max_hr_bpm=188), None, "configured", False),
        (Athlete(), DeviceProfile(max_hr_bpm=188), "witnessed", False),
        (Athlete(birth_year=1980), None, "age", True),
        (Athlete(), DeviceProfile(birth_year=1980), "age", True),
        (Athlete(), None, "default", True),
    ],
)
def test_a_threshold_by_age_or_by_nothing_is_assumed(
    athlete: Athlete, profile: DeviceProfile | None, origin: str, assumed: bool
) -> None:
    physiology = physiology_of(athlete, profile)
    assert (physiology.max_hr_origin, physiology.threshold_is_assumed) == (origin, assumed)


def test_a_maximum_by_an_age_that_nobody_has_is_not_believed() -> None:
    assert physiology_of(Athlete(birth_year=1800)).max_hr_bpm == 190


@pytest.mark.parametrize(("birth_year", "adult"), [(None, True), (2007, True), (2008, False), (2015, False)])
def test_who_may_be_seventeen_is_taken_for_a_minor(birth_year: int | None, adult: bool) -> None:
    assert physiology_of(Athlete(birth_year=birth_year)).adult is adult


def test_an_experience_that_was_assumed_says_so() -> None:
    assert physiology_of(Athlete(experience_assumed=True)).reasons["experience"].kind == "H"
    assert physiology_of(Athlete(experience="elite")).reasons["experience"].kind == "input"


def test_the_threshold_of_a_session_is_a_power_of_the_athlete() -> None:
    ride = a_workout(60, sport="cycling", threshold_power_w=260)
    assert resolve(Athlete(), ride, History(), RULES.athlete).ftp_w == 260


@given(share=st.floats(-0.5, 1.5))
def test_share_and_heart_rate_are_each_others_inverse(share: float) -> None:
    physiology = physiology_of()
    assert physiology.reserve_share(physiology.bpm_at(share)) == pytest.approx(share)


@given(
    resting=st.none() | st.floats(0, 300),
    lthr=st.none() | st.floats(0, 300),
    maximum=st.none() | st.floats(0, 300),
    mass=st.none() | st.floats(0, 500),
)
def test_whatever_a_file_holds_rest_threshold_and_maximum_are_in_order(
    resting: float | None, lthr: float | None, maximum: float | None, mass: float | None
) -> None:
    physiology = physiology_of(
        Athlete(), DeviceProfile(resting_hr_bpm=resting, lthr_bpm=lthr, max_hr_bpm=maximum, mass_kg=mass)
    )
    assert 0 < physiology.resting_hr_bpm < physiology.lthr_bpm <= physiology.max_hr_bpm
    assert 20 <= physiology.mass_kg <= 300
