"""What is believed of a body exactly at each edge, and what is not just beyond it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hersteld.config.rules import load_rules
from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.athlete.evidence import ftp_by_best_w, peaks_bpm
from hersteld.recovery.athlete.history import History, PastWorkout
from hersteld.recovery.athlete.physiology import Physiology, resolve
from hersteld.recovery.athlete.profile import Athlete
from tests.support.fit.recoveries import a_past_workout, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules().athlete
GARMIN = DeviceProfile(maker="garmin")


def past(days: float = 9, *, peak: float | None = None, best_w: float | None = None) -> PastWorkout:
    return replace(a_past_workout(NOON - timedelta(days=days)), hr_peak_30s_bpm=peak, best_20min_w=best_w)


def physiology_of(
    profile: DeviceProfile | None = None, *workouts: PastWorkout, numbers: dict[str, float] | None = None
) -> Physiology:
    rules = load_rules({"athlete": numbers or {}}).athlete
    return resolve(Athlete(), a_workout(60, profile=profile), History(workouts), rules)


@pytest.mark.parametrize(
    ("name", "low", "high", "assumed"),
    [
        ("max_hr_bpm", 100, 230, 190),
        ("resting_hr_bpm", 25, 110, 60),
        ("ftp_w", 50, 700, None),
        ("mass_kg", 20, 300, 70),
    ],
)
def test_the_least_and_the_most_that_a_human_can_have_are_believed(
    name: str, low: float, high: float, assumed: float | None
) -> None:
    for value, believed in ((low, low), (high, high), (low - 0.1, assumed), (high + 0.1, assumed)):
        in_file: dict[str, Any] = {name: value}
        assert getattr(physiology_of(DeviceProfile(**in_file)), name) == believed


@pytest.mark.parametrize(("resting", "believed"), [(90, 90), (91, 60)])
def test_a_resting_heart_rate_is_well_below_the_maximum(resting: float, believed: float) -> None:
    assert physiology_of(DeviceProfile(resting_hr_bpm=resting, max_hr_bpm=110)).resting_hr_bpm == believed


@pytest.mark.parametrize(("peak", "maximum", "origin"), [(161.5, 161.5, "witnessed"), (161.4, 190, "default")])
def test_peaks_far_below_the_formula_show_only_that_nobody_went_all_out(
    peak: float, maximum: float, origin: str
) -> None:
    physiology = physiology_of(None, *[past(peak=peak)] * 3)
    assert (physiology.max_hr_bpm, physiology.max_hr_origin) == (maximum, origin)


@pytest.mark.parametrize(("peak", "maximum"), [(195, 200), (194.9, 194.9)])
def test_a_factory_maximum_counts_where_a_peak_is_as_close_as_the_rules_ask(peak: float, maximum: float) -> None:
    assert physiology_of(replace(GARMIN, max_hr_bpm=200), past(peak=peak)).max_hr_bpm == maximum


@pytest.mark.parametrize(("best_w", "ftp_w"), [(212.5, 212.5), (213, None)])
def test_a_factory_ftp_counts_where_the_best_20_minutes_are_as_close_as_the_rules_ask(
    best_w: float, ftp_w: float | None
) -> None:
    numbers = {"witness_share": 0.0625, "best_power_share": 1}
    assert physiology_of(replace(GARMIN, ftp_w=200), past(best_w=best_w), numbers=numbers).ftp_w == ftp_w


def test_a_best_effort_that_says_the_same_leaves_the_ftp_of_the_file_its_source() -> None:
    same, more = (physiology_of(DeviceProfile(ftp_w=190), past(best_w=watts)) for watts in (200, 201))
    assert same.reasons["ftp_w"].source == "the workout's file"
    assert more.reasons["ftp_w"].source == "95 % of your own best 20 minutes"


def test_peaks_and_best_efforts_count_to_the_last_moment_of_their_days_and_to_the_end_of_this_workout() -> None:
    def peaks(days: float) -> list[float]:
        return peaks_bpm(History((past(days, peak=187),)), NOON, RULES)

    def ftp_w(days: float) -> float | None:
        return ftp_by_best_w(History((past(days, best_w=200),)), NOON, RULES)

    second = 1 / 86_400
    assert [len(peaks(days)) for days in (-second, 0, 365, 365 + second)] == [0, 1, 1, 0]
    assert [ftp_w(days) for days in (-second, 0, 90, 90 + second)] == [None, 190, 190, None]


def test_what_is_shown_of_a_number_says_how_it_is_known_and_has_one_decimal() -> None:
    raised = physiology_of(DeviceProfile(max_hr_bpm=185), past(peak=186.26)).reasons["max_hr_bpm"]
    assert (raised.value, raised.unit) == (186.3, "bpm")
    measured = resolve(Athlete(), a_workout(60), History(resting_hr_bpm=52, weighed_mass_kg=67.5), RULES)
    assert measured.mass_is_known
    assert {measured.reasons[name].kind for name in ("resting_hr_bpm", "mass_kg")} == {"input"}
    assert physiology_of(replace(GARMIN, mass_kg=68)).reasons["factory_mass_kg"].unit == "kg"


def test_assumptions_that_the_athletes_own_numbers_rule_out_are_still_made_where_nothing_else_is_left() -> None:
    physiology = physiology_of(DeviceProfile(max_hr_bpm=100), numbers={"resting_hr_bpm": 90, "mass_kg": 30})
    assert (physiology.resting_hr_bpm, physiology.mass_kg) == (90, 30)
    assert physiology.resting_hr_bpm < physiology.lthr_bpm <= physiology.max_hr_bpm
    assert physiology_of(numbers={"mass_kg": 30, "mass_low_kg": 40}).mass_kg == 30
    unborn = resolve(Athlete(birth_year=1800), a_workout(60), History(), RULES)
    assert (unborn.max_hr_bpm, unborn.max_hr_origin) == (190, "default")


def test_the_threshold_of_a_handcycle_ride_is_no_ftp() -> None:
    by_hand = a_workout(60, sport="cycling", sub_sport="hand_cycling", threshold_power_w=140)
    assert resolve(Athlete(), by_hand, History(), RULES).ftp_w is None
    indoors = a_workout(60, sport="training", sub_sport="spin", threshold_power_w=240)
    assert resolve(Athlete(), indoors, History(), RULES).ftp_w == 240
