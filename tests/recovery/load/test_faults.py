"""Which readings no body can have."""

from dataclasses import replace

import numpy as np
import pytest

from hersteld.parsers.workout import Column, Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import Physiology, resolve
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.faults import is_no_heart_rate, is_no_power
from tests.support.fit.recoveries import TRAINED, shipped_rules
from tests.support.fit.workouts import a_workout

RULES = shipped_rules()
UNKNOWN = Athlete()


def athlete(who: Athlete, workout: Workout | None = None) -> Physiology:
    return resolve(who, workout or a_workout(60), History(), RULES.athlete)


def seconds(count: int) -> Column:
    return np.arange(float(count))


@pytest.mark.parametrize(
    ("bpm", "known", "unknown"),
    [(0, 1, 1), (150, 0, 0), (205, 0, 0), (210, 0, 0), (211, 1, 0), (220, 1, 0), (221, 1, 1)],
)
def test_how_high_a_heart_rate_can_be_depends_on_whether_the_maximum_is_known(
    bpm: float, known: int, unknown: int
) -> None:
    for who, wrong in ((TRAINED, known), (UNKNOWN, unknown)):
        found = is_no_heart_rate(seconds(10), np.full(10, float(bpm)), (), athlete(who), RULES.load)
        assert set(found) == {bool(wrong)}


def test_a_high_heart_rate_that_stands_still_while_the_athlete_does_not_is_a_fault() -> None:
    beats = np.full(1000, 140.0)
    beats[200:560] = 182
    pace = 3 + np.sin(seconds(1000) / 20)
    stuck = is_no_heart_rate(seconds(1000), beats, (pace,), athlete(TRAINED), RULES.load)
    assert np.flatnonzero(stuck).tolist() == list(range(200, 560))
    for others in ((), (np.full(1000, 3.0),)):
        assert not is_no_heart_rate(seconds(1000), beats, others, athlete(TRAINED), RULES.load).any()
    assert not is_no_heart_rate(seconds(1000), beats - 20, (pace,), athlete(TRAINED), RULES.load).any()


def test_a_kilogram_has_no_more_than_thirty_watts_over_five_seconds() -> None:
    watts = np.full(600, 200.0)
    watts[100:106] = 2200
    watts[300:302] = 2200  # too short to be a mean of five seconds
    wrong = is_no_power(seconds(600), watts, athlete(TRAINED), RULES.load)
    assert np.flatnonzero(wrong).tolist() == list(range(100, 106))
    assert not is_no_power(seconds(600), watts, athlete(replace(TRAINED, mass_kg=None)), RULES.load).any()


@pytest.mark.parametrize(("minutes", "wrong"), [(4.9, False), (5.1, True)])
def test_a_high_heart_rate_may_stand_still_for_five_minutes(minutes: float, wrong: bool) -> None:
    beats = np.full(1000, 140.0)
    beats[200 : 200 + round(60 * minutes)] = 182
    pace = 3 + np.sin(seconds(1000) / 20)
    assert is_no_heart_rate(seconds(1000), beats, (pace,), athlete(TRAINED), RULES.load).any() is np.bool_(wrong)


@pytest.mark.parametrize(("watts", "wrong"), [(2500, False), (2501, True)])
def test_above_2500_w_it_is_a_fault_whoever_rides(watts: float, wrong: bool) -> None:
    assert is_no_power(seconds(1), np.array([float(watts)]), athlete(UNKNOWN), RULES.load).tolist() == [wrong]


@pytest.mark.parametrize(
    ("watts", "ftp_w", "wrong"),
    [
        (1800, 250, True),
        (1800, 280, False),
        (1400, 150, False),
        (1500, 200, False),
        (1501, 200, True),
        (1751, 250, True),
    ],
)
def test_seven_times_ftp_is_a_fault_above_1500_w(watts: float, ftp_w: float, wrong: bool) -> None:
    physiology = athlete(replace(TRAINED, mass_kg=None, ftp_w=ftp_w))
    assert is_no_power(seconds(1), np.array([float(watts)]), physiology, RULES.load).tolist() == [wrong]


def test_a_fault_takes_its_whole_second_with_it() -> None:
    time_s = np.array([0.0, 1.0, 1.4, 1.9, 2.0])
    watts = np.array([200.0, 210.0, 5000.0, 220.0, 200.0])
    assert is_no_power(time_s, watts, athlete(TRAINED), RULES.load).tolist() == [False, True, True, True, False]
