"""How long a reading holds, and which readings hold, exactly at their bounds."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import Pause, Workout
from hersteld.recovery.load.sensors import altitude_range_m, coverage, heart_rate, heart_rate_as_read, power
from hersteld.recovery.load.series import Series, active_series
from tests.support.fit.recoveries import shipped_rules
from tests.support.fit.workouts import a_workout

RULES = shipped_rules().load
PAUSE = Pause(600.0, 610.0)


def times(*seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray(seconds, dtype=float)


def test_a_value_is_held_over_a_gap_of_so_many_seconds_and_no_longer() -> None:
    held = active_series(times(0, 30, 61), times(1, 2, 3), (), gap_s=30)
    assert list(held.held_s) == [30]
    assert list(held.value) == [1]
    assert active_series(times(0, 30), times(1, 3), (), gap_s=30, interpolated=True).mean() == 2


def test_the_pauses_before_a_moment_add_up_however_short_they_are() -> None:
    pauses = (Pause(10.0, 10.4), Pause(20.0, 25.0), Pause(30.0, 30.0))
    series = active_series(times(0, 40), times(1, 1), pauses, gap_s=60)
    assert series.covered_s == pytest.approx(40 - 0.4 - 5)


def test_a_part_of_a_series_begins_where_its_first_interval_does() -> None:
    series = active_series(times(*range(10)), times(*range(10)), (), gap_s=30)
    part = series.between(3, 6)
    assert (list(part.start_s), list(part.held_s), list(part.value)) == ([3, 4, 5], [1, 1, 1], [3, 4, 5])


def test_the_mean_weighs_each_value_by_how_long_it_was_held() -> None:
    assert Series(times(0, 10), times(10, 30), times(100, 200)).mean() == 175
    assert np.isnan(Series(times(), times(), times()).mean())


def test_one_full_window_has_one_mean_and_a_shorter_series_none() -> None:
    series = active_series(times(*range(31)), times(*[120] * 31), (), gap_s=30)
    assert list(series.rolling_means(30)) == [120]
    assert list(series.rolling_means(31)) == []


def read(bpm: float) -> Workout:
    return a_workout(30, hr=bpm, paused=(PAUSE,))


@pytest.mark.parametrize(("bpm", "is_believed"), [(29, False), (30, True), (220, True), (221, False)])
def test_a_heart_rate_is_believed_from_30_to_220(bpm: float, is_believed: bool) -> None:
    assert bool(len(heart_rate(read(bpm), RULES).value)) is is_believed


@pytest.mark.parametrize(("bpm", "is_read"), [(0, False), (1, True), (250, True)])
def test_every_heart_rate_above_nothing_was_read(bpm: float, is_read: bool) -> None:
    series = heart_rate_as_read(read(bpm), RULES)
    assert series.covered_s == (1800 if is_read else 0), "without the pause"


def test_a_heart_rate_changes_slowly_and_a_power_jumps() -> None:
    slope = np.arange(0.0, 1811.0)
    ride = a_workout(30, hr=60 + slope / 100, power=slope, sport="cycling", paused=(PAUSE,))
    assert heart_rate_as_read(ride, RULES).value[0] == pytest.approx(60.005)
    assert power(ride, RULES).value[0] == 0
    assert power(ride, RULES).covered_s == 1800


@pytest.mark.parametrize(("watts", "is_believed"), [(0, True), (2500, True), (2501, False)])
def test_a_power_is_believed_from_0_to_2500(watts: float, is_believed: bool) -> None:
    assert bool(len(power(a_workout(30, power=watts, sport="cycling"), RULES).value)) is is_believed


@pytest.mark.parametrize(("timer_s", "expected"), [(0, 0.0), (0.5, 1.0), (1, 1.0), (40, 0.5)])
def test_coverage_is_a_share_of_the_timer_time(timer_s: float, expected: float) -> None:
    assert coverage(active_series(times(0, 20), times(1, 1), (), gap_s=30), timer_s) == expected


def climbed(*heights_m: float) -> Workout:
    """Return ten seconds of which the middle session lasts from the third to the seventh."""
    workout = a_workout(10 / 60, hr=120)
    (whole,) = workout.sessions
    at = [replace(whole, started_at=workout.started_at + timedelta(seconds=s), elapsed_s=4) for s in (0, 3, 7)]
    samples = replace(workout.samples, altitude_m=times(*heights_m))
    return replace(workout, sessions=tuple(at), samples=samples)


def test_the_heights_of_a_session_are_those_from_its_start_to_its_end() -> None:
    nan = float("nan")
    workout = climbed(900, 900, 900, 10, nan, 12, 14, 17, 900, 900, 900)
    assert altitude_range_m(workout.sessions[1], workout) == 7
    nowhere = climbed(*[nan] * 11)
    assert altitude_range_m(nowhere.sessions[1], nowhere) == 0
    assert altitude_range_m(a_workout(5).sessions[0], a_workout(5)) == 0
