"""What an athlete has shown in a workout."""

import numpy as np
import pytest

from hersteld.recovery.load.best_efforts import best_efforts
from tests.support.fit.recoveries import shipped_rules
from tests.support.fit.workouts import a_workout, replace_cadence

RULES = shipped_rules()


def test_a_peak_is_held_for_thirty_seconds() -> None:
    beats = np.full(1801, 150.0)
    beats[600:640] = 186
    beats[900:920] = 195
    assert best_efforts(a_workout(30, hr=beats), RULES).hr_peak_30s_bpm == pytest.approx(186)
    assert best_efforts(a_workout(30), RULES).hr_peak_30s_bpm is None


@pytest.mark.parametrize("cadence", [184, 92])
def test_a_sensor_that_counts_steps_shows_no_peak(cadence: float) -> None:
    beats = np.full(1801, 150.0)
    beats[600:700] = 185
    locked = replace_cadence(a_workout(30, hr=beats), cadence)
    free = replace_cadence(a_workout(30, hr=beats), 80)
    assert best_efforts(locked, RULES).hr_peak_30s_bpm is not None
    assert (best_efforts(locked, RULES).hr_peak_30s_bpm or 0) < 170
    assert best_efforts(free, RULES).hr_peak_30s_bpm == 185


@pytest.mark.parametrize(("cadence", "counts"), [(183, False), (182, True), (189, False), (190, True)])
def test_within_three_of_the_cadence_it_is_the_cadence(cadence: float, counts: bool) -> None:
    beats = np.full(1801, 150.0)
    beats[600:700] = 186
    found = best_efforts(replace_cadence(a_workout(30, hr=beats), cadence), RULES).hr_peak_30s_bpm
    assert (found == 186) is counts


@pytest.mark.parametrize(("near_s", "counts"), [(14, True), (16, False)])
def test_near_the_cadence_for_half_of_the_time_it_is_no_peak(near_s: int, counts: bool) -> None:
    """Half a minute at 186 beats, of which so many seconds have a cadence near it."""
    beats = np.full(1801, 150.0)
    beats[600:631] = 186
    run = replace_cadence(a_workout(30, hr=beats), 80)
    assert run.samples.cadence_rpm is not None
    run.samples.cadence_rpm[600 : 600 + near_s] = 186
    assert (best_efforts(run, RULES).hr_peak_30s_bpm == 186) is counts


def test_the_best_twenty_minutes_are_those_of_a_ride_without_a_motor() -> None:
    watts = np.full(3601, 180.0)
    watts[600:1800] = 260
    assert best_efforts(a_workout(60, power=watts, sport="cycling"), RULES).best_20min_w == pytest.approx(260)
    for sport, sub_sport in (("e_biking", None), ("cycling", "e_bike_mountain"), ("running", None)):
        assert best_efforts(a_workout(60, power=watts, sport=sport, sub_sport=sub_sport), RULES).best_20min_w is None
    assert best_efforts(a_workout(15, power=260, sport="cycling"), RULES).best_20min_w is None
