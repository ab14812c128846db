"""Which files belong together, and which of two recordings is believed."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import DeviceProfile, Pause
from hersteld.recovery.athlete.ages import ages_of
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.join import is_brick, join, richer, same_activity, takes_its_place
from tests.support.fit.recoveries import recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules().messages


@pytest.mark.parametrize(("gap_min", "brick"), [(-1, False), (0, True), (59, True), (60, False)])
def test_less_than_an_hour_between_makes_a_brick(gap_min: int, brick: bool) -> None:
    assert is_brick(NOON, NOON + timedelta(minutes=gap_min), RULES) is brick


@pytest.mark.parametrize(("shift_min", "same"), [(0, True), (12, True), (13, False), (60, False)])
def test_four_fifths_of_the_shorter_make_the_same_activity(shift_min: int, same: bool) -> None:
    hour, shift = timedelta(hours=1), timedelta(minutes=shift_min)
    assert same_activity(NOON, NOON + hour, NOON + shift, NOON + shift + hour, RULES) is same


def test_more_sensors_are_richer_and_a_whole_file_beats_a_salvaged_one() -> None:
    plain, with_power = a_workout(60, hr=150), a_workout(60, hr=150, power=200)
    assert richer(plain, with_power, RULES) is with_power
    assert richer(with_power, plain, RULES) is with_power
    assert richer(replace(with_power, salvaged=True), plain, RULES) is plain


def test_a_clip_with_more_sensors_is_not_the_workout() -> None:
    long_run, clip = a_workout(300, hr=140), a_workout(15, hr=140, power=200)
    assert richer(long_run, clip, RULES) is long_run
    assert richer(clip, long_run, RULES) is long_run


def test_a_brick_adds_up_and_its_gap_is_a_pause() -> None:
    ride = a_workout(60, hr=150, sport="cycling", kcal=700, ended_at=NOON)
    run = a_workout(30, hr=160, kcal=300, ended_at=NOON + timedelta(minutes=50))
    both = join(ride, run)
    assert (both.timer_s, both.elapsed_s, both.kcal) == (5400, 6600, 1000)
    assert [(pause.start_s, pause.end_s) for pause in both.pauses] == [(3600, 4800)]
    assert both.records == ride.records + run.records
    assert both.sport == "multisport"
    assert join(ride, replace(run, kcal=None)).kcal is None, "half of the energy is nothing to drink by"


def test_a_brick_of_one_sport_stays_that_sport_and_changes_do_not_count() -> None:
    first, change, second = (
        a_workout(20, sport=sport, ended_at=NOON + timedelta(minutes=after))
        for sport, after in (("running", 0), ("transition", 10), ("running", 40))
    )
    assert join(first, second).sport == "running"
    assert join(join(first, change), second).sport == "running"


def test_a_sensor_of_one_part_only_is_unknown_in_the_other() -> None:
    ride, run = a_workout(10, power=200, sport="cycling"), a_workout(10, hr=150, ended_at=NOON + timedelta(minutes=15))
    samples = join(ride, run).samples
    assert samples.power_w is not None
    assert samples.heart_rate_bpm is not None
    assert np.isnan(samples.power_w[ride.records :]).all()
    assert np.isnan(samples.heart_rate_bpm[: ride.records]).all()
    assert samples.speed_mps is None


def test_averages_are_weighed_by_time_and_extremes_kept() -> None:
    ride = replace(a_workout(60, avg_hr=120, temperature_c=5), max_hr_bpm=150)
    run = replace(a_workout(30, avg_hr=150, ended_at=NOON + timedelta(minutes=40)), max_hr_bpm=170)
    both = join(ride, run)
    assert both.avg_hr_bpm == pytest.approx(130)
    assert (both.max_hr_bpm, both.min_temperature_c, both.avg_power_w) == (170, 5, None)
    assert join(ride, replace(run, avg_hr_bpm=None)).avg_hr_bpm == 120


def test_the_distance_of_one_part_is_the_distance_known() -> None:
    ride, run = a_workout(60, distance_m=20_000), a_workout(30, ended_at=NOON + timedelta(minutes=40))
    assert join(ride, run).distance_m == 20_000
    assert join(run, run).distance_m is None


def test_pauses_of_the_second_part_come_later_and_times_never_run_back() -> None:
    ride = a_workout(60)
    ride.samples.time_s[-1] = 9000  # its clock ran on
    run = a_workout(30, paused=(Pause(60, 120),), ended_at=NOON + timedelta(minutes=40))
    both = join(ride, run)
    shift_s = (run.started_at - ride.started_at).total_seconds()
    assert both.pauses[-1] == Pause(60 + shift_s, 120 + shift_s)
    assert np.all(np.diff(both.samples.time_s) >= 0)


@given(first_min=st.integers(1, 200), second_min=st.integers(1, 200), gap_min=st.integers(0, 59))
def test_time_adds_up_and_what_is_between_is_paused(first_min: int, second_min: int, gap_min: int) -> None:
    first = a_workout(first_min, step_s=30)
    second = a_workout(second_min, step_s=30, ended_at=NOON + timedelta(minutes=gap_min + second_min))
    both = join(first, second)
    assert both.timer_s == first.timer_s + second.timer_s
    assert both.elapsed_s == both.timer_s + 60 * gap_min == (both.ended_at - both.started_at).total_seconds()
    assert sum(pause.end_s - pause.start_s for pause in both.pauses) == 60 * gap_min


@pytest.mark.parametrize(
    ("serials", "apart_s", "replaces"),
    [((5, 5), 0, True), ((5, 6), 0, False), ((5, 5), 1, False), ((None, None), 0, False)],
)
def test_a_file_is_the_same_by_its_device_and_the_moment_it_was_begun(
    serials: tuple[int | None, int | None], apart_s: int, replaces: bool
) -> None:
    old, new = (
        replace(a_workout(30, ended_at=NOON + timedelta(hours=hours)), serial=serial, created_at=created_at)
        for hours, serial, created_at in ((0, serials[0], NOON), (3, serials[1], NOON + timedelta(seconds=apart_s)))
    )
    assert takes_its_place(old, new, RULES) is replaces
    assert not takes_its_place(old, replace(new, salvaged=True), RULES)


BORN_1986, BORN_2012, AGED_14, UNKNOWN = (
    *(DeviceProfile(birth_year=year, max_hr_bpm=188) for year in (1986, 2012)),
    DeviceProfile(age=14),
    DeviceProfile(),
)
OTHER_WATCH = DeviceProfile(max_hr_bpm=175)


@pytest.mark.parametrize(
    ("first", "second", "age"),
    [
        (UNKNOWN, BORN_2012, 14),
        (BORN_2012, UNKNOWN, 14),
        (BORN_1986, BORN_2012, 14),
        (BORN_2012, BORN_1986, 14),
        (BORN_1986, AGED_14, 15),
        (UNKNOWN, UNKNOWN, None),
    ],
)
def test_the_wearer_of_a_brick_is_as_old_as_the_younger_of_both_devices_says(
    first: DeviceProfile, second: DeviceProfile, age: int | None
) -> None:
    ride = a_workout(60, sport="cycling", profile=first)
    run = a_workout(30, ended_at=NOON + timedelta(minutes=50), profile=second)
    assert ages_of(Athlete(), join(ride, run)).in_file == age


@pytest.mark.parametrize(
    ("first", "second", "max_hr_bpm"),
    [(BORN_1986, UNKNOWN, 188), (replace(UNKNOWN, maker="wahoo"), BORN_1986, 188), (BORN_1986, OTHER_WATCH, 188)],
)
def test_a_device_that_knows_nothing_of_its_wearer_leaves_that_to_the_other(
    first: DeviceProfile, second: DeviceProfile, max_hr_bpm: float
) -> None:
    ride = a_workout(60, sport="cycling", profile=first)
    run = a_workout(30, ended_at=NOON + timedelta(minutes=50), profile=second)
    assert join(ride, run).profile.max_hr_bpm == max_hr_bpm


def test_a_ride_before_a_run_never_makes_it_ask_for_less_rest() -> None:
    """The run's watch knows a low maximum, and the bicycle's computer none."""
    ride = a_workout(20, hr=110, sport="cycling")
    watch = DeviceProfile(max_hr_bpm=172, resting_hr_bpm=45, maker="suunto")
    run = a_workout(40, hr=160, ended_at=NOON + timedelta(minutes=50), profile=watch)
    alone, both = (recovery_of(one, Athlete(experience="trained")).assessment for one in (run, join(ride, run)))
    assert both.recovery_h >= alone.recovery_h
