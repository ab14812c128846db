"""Which files belong together, and which of two recordings is believed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hersteld.recovery.join import is_brick, join, richer, same_activity
from tests.support.fit.recoveries import shipped_rules
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
