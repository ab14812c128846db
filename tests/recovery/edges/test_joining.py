"""Exactly at the edge: which files belong together, and what a joined workout keeps of both parts."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import DeviceProfile, Vendor
from hersteld.recovery.join import join, richer, same_activity, takes_its_place
from tests.support.fit.recoveries import shipped_rules
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules().messages
RIDE = replace(
    a_workout(60, sport="cycling", sub_sport="road", distance_m=30_000, temperature_c=9),
    device="a computer",
    avg_power_w=200.0,
    max_hr_bpm=180,
    vendor=Vendor(sweat_loss_ml=800),
)
RUN = replace(
    a_workout(30, distance_m=6000, temperature_c=12, ended_at=NOON + timedelta(minutes=30)),
    device="a watch",
    avg_power_w=260.0,
    max_hr_bpm=170,
    vendor=Vendor(sweat_loss_ml=400),
)
BOTH = join(RIDE, RUN)


def test_a_joined_workout_has_what_both_parts_knew() -> None:
    assert BOTH.device == "a watch"
    assert join(RIDE, replace(RUN, device=None)).device == "a computer"
    assert BOTH.sub_sport == "road"
    assert BOTH.distance_m == 36_000
    assert BOTH.avg_power_w == pytest.approx(220)
    assert (BOTH.max_hr_bpm, BOTH.min_temperature_c) == (180, 9)
    assert join(RUN, replace(RUN, min_temperature_c=3)).min_temperature_c == 3
    assert BOTH.vendor.sweat_loss_ml == 1200


def test_the_verdicts_are_those_of_the_second_device_unless_it_has_none() -> None:
    first, second = Vendor(sweat_loss_ml=800), Vendor()
    assert join(RIDE, replace(RUN, vendor=second)).vendor == replace(first, sweat_loss_ml=None)
    first, second = Vendor(recovery_min=600), Vendor(recovery_min=1200)
    assert join(*(replace(part, vendor=one) for part, one in ((RIDE, first), (RUN, second)))).vendor == second
    assert join(*(replace(part, vendor=one) for part, one in ((RIDE, first), (RUN, Vendor())))).vendor == first


def test_a_part_that_begins_as_the_other_ends_leaves_no_pause_and_no_sample_twice() -> None:
    assert BOTH.pauses == ()
    assert np.all(np.diff(BOTH.samples.time_s) > 0)


@pytest.mark.parametrize("salvaged", [(True, False), (False, True)])
def test_a_joined_workout_is_damaged_when_one_part_is(salvaged: tuple[bool, bool]) -> None:
    first, second = (replace(part, salvaged=one) for part, one in zip((RIDE, RUN), salvaged, strict=True))
    assert join(first, second).salvaged is True


def test_the_watts_of_a_part_without_a_duration_do_not_count() -> None:
    assert join(replace(RIDE, timer_s=0.0), replace(RUN, timer_s=0.0)).avg_power_w is None
    assert join(replace(RIDE, timer_s=1.0), replace(RUN, avg_power_w=None)).avg_power_w == 200


def test_recordings_without_a_duration_are_not_the_same_workout() -> None:
    assert not same_activity(NOON, NOON, NOON, NOON, RULES)


def test_of_two_recordings_that_know_as_much_the_first_is_kept() -> None:
    one, other = a_workout(60, hr=150), a_workout(60, hr=150)
    assert richer(one, other, RULES) is one
    part = a_workout(60 * float(RULES.same_overlap), hr=150, power=200)
    assert richer(one, part, RULES) is part, "four fifths of the time are enough"


def test_a_file_that_shares_exactly_enough_time_takes_its_place() -> None:
    hour = 60 * (1 - float(RULES.same_path_overlap))
    old, new = a_workout(60), a_workout(60, ended_at=NOON + timedelta(minutes=hour))
    assert takes_its_place(old, new, RULES)


def test_the_sub_sport_is_that_of_the_longest_part_and_zones_and_intervals_are_of_none() -> None:
    first = a_workout(20, sub_sport="trail", zones=(600.0, 600.0))
    second = a_workout(60, sub_sport="track", exercises=("squat",), ended_at=NOON + timedelta(hours=1))
    both = join(replace(first, beat_intervals_s=np.array([0.8, 0.9])), second)
    assert (both.sub_sport, both.exercise_categories) == ("track", ("squat",))
    assert both.time_in_zone_s is None
    assert both.beat_intervals_s is None


def test_devices_that_both_know_the_age_are_joined() -> None:
    first, second = (
        replace(part, profile=DeviceProfile(birth_year=1980, maker=maker))
        for part, maker in ((RIDE, "garmin"), (RUN, "suunto"))
    )
    assert join(first, second).profile == first.profile


def test_a_sensor_that_saw_nothing_tells_nothing_and_one_that_saw_once_tells_more() -> None:
    nothing, once = np.full(3601, np.nan), np.full(3601, np.nan)
    once[0] = 200.0
    plain = a_workout(60, hr=150)
    gap = a_workout(60, hr=np.where(np.arange(3601) < 5, np.nan, 150.0))
    assert richer(plain, replace(gap, samples=replace(gap.samples, power_w=nothing)), RULES) is plain
    seen = replace(gap, samples=replace(gap.samples, power_w=once))
    assert richer(plain, seen, RULES) is seen
