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


def test_the_best_twenty_minutes_are_those_of_a_ride_without_a_motor() -> None:
    watts = np.full(3601, 180.0)
    watts[600:1800] = 260
    assert best_efforts(a_workout(60, power=watts, sport="cycling"), RULES).best_20min_w == pytest.approx(260)
    for sport, sub_sport in (("e_biking", None), ("cycling", "e_bike_mountain"), ("running", None)):
        assert best_efforts(a_workout(60, power=watts, sport=sport, sub_sport=sub_sport), RULES).best_20min_w is None
    assert best_efforts(a_workout(15, power=260, sport="cycling"), RULES).best_20min_w is None
