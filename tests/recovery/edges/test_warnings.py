"""Exactly at the edge: what an athlete is told of a workout that began early, and of one that is short."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import PastWorkout
from hersteld.recovery.join import join
from tests.support.fit.recoveries import TRAINED, a_past_workout, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

SWIM = a_workout(45, hr=140, sport="swimming")
LEGS = ("quadriceps", "glutes")


def legs(other_h: float) -> PastWorkout:
    return a_past_workout(SWIM.started_at - timedelta(hours=5), ready_h=48, other_h=other_h, loaded=LEGS)


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (a_past_workout(SWIM.started_at - timedelta(hours=5), ready_h=16), ()),
        (legs(16), ()),
        (legs(16.1), ("too_soon",)),
        (replace(legs(16), rested_other_at=None), ()),
        (replace(legs(16), loaded_muscles=(), easy_from=SWIM.started_at), ()),
    ],
)
def test_too_soon_is_more_than_three_hours_before_easy_training_is_fine(
    past: PastWorkout, expected: tuple[str, ...]
) -> None:
    assert recovery_of(SWIM, past=(past,)).assessment.warnings == expected


def test_a_ride_with_power_misses_an_ftp() -> None:
    assert recovery_of(a_workout(60, power=200, sport="cycling")).assessment.warnings == ("ftp_unknown",)


def test_a_workout_of_exactly_the_fewest_minutes_gets_advice() -> None:
    shortest = float(shipped_rules().messages.min_workout_min)
    asked, too_short = (recovery_of(a_workout(minutes, hr=165), TRAINED) for minutes in (shortest, shortest - 0.5))
    assert len(asked.verdicts) > 1
    assert [verdict.why_not for verdict in too_short.verdicts] == ["too_short"]


def test_muscles_that_were_loaded_before_may_train_easily_when_they_were_told_so() -> None:
    told = replace(legs(16), easy_from=SWIM.started_at)
    assert recovery_of(a_workout(45, hr=140), past=(told,)).assessment.warnings == ()


@pytest.mark.parametrize(("above_bpm", "expected"), [(0, ("heart_rate_says_little",)), (-0.1, ())])
def test_a_mean_heart_rate_exactly_at_the_low_end_of_what_is_believed_is_one(
    above_bpm: float, expected: tuple[str, ...]
) -> None:
    bpm = float(shipped_rules().load.hr_low_bpm) + above_bpm
    weights = a_workout(60, avg_hr=bpm, sport="training", sub_sport="strength_training")
    assert recovery_of(weights).assessment.warnings == expected


@pytest.mark.parametrize(("seconds", "expected"), [(0, ("heart_rate_says_little",)), (-1, ())])
def test_a_heart_rate_of_exactly_enough_of_the_time_is_one(seconds: int, expected: tuple[str, ...]) -> None:
    last = round(3600 * float(shipped_rules().load.coverage_min)) + seconds
    beats = np.where(np.arange(3601) <= last, 85.0, np.nan)
    weights = a_workout(60, hr=beats, sport="training", sub_sport="strength_training")
    assert recovery_of(weights).assessment.warnings == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (a_workout(40, hr=85, sport="training", sub_sport="strength_training"), "heart_rate_says_little"),
        (a_workout(40, power=200, sport="cycling"), "ftp_unknown"),
    ],
)
def test_what_a_sensor_misses_in_one_part_is_told_of_a_workout_of_two(part: Workout, expected: str) -> None:
    run = a_workout(10, ended_at=NOON + timedelta(minutes=15))
    assert recovery_of(join(part, run)).assessment.warnings == (expected,)
