"""The moment at which half of a workout was done, where it lies at the end of a session or of a pause."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import Pause, Workout
from hersteld.recovery.load.day import trained_at
from tests.support.fit.recoveries import local
from tests.support.fit.workouts import a_workout

START = local("10:00")


def without_records(*parts: tuple[str, float]) -> Workout:
    """Return sessions of these sports and minutes, one right after the other."""
    minutes = sum(length for _, length in parts)
    workout = a_workout(minutes, ended_at=START + timedelta(minutes=minutes))
    (whole,) = workout.sessions
    sessions, begin = [], 0.0
    for sport, length in parts:
        at = START + timedelta(minutes=begin)
        sessions.append(replace(whole, sport=sport, started_at=at, timer_s=60 * length, elapsed_s=60 * length))
        begin += length
    empty = replace(workout.samples, time_s=np.empty(0))
    return replace(workout, sessions=tuple(sessions), samples=empty)


@pytest.mark.parametrize(
    ("parts", "half"),
    [
        ([("running", 15), ("cycling", 60)], "10:37:30"),
        ([("running", 10), ("cycling", 15), ("running", 75)], "10:50"),
        ([("running", 30), ("cycling", 30)], "10:30"),
        ([("swimming", 10), ("transition", 60), ("running", 30)], "10:50"),
    ],
)
def test_without_records_the_session_in_which_half_is_done_tells(parts: list[tuple[str, float]], half: str) -> None:
    assert trained_at(without_records(*parts)) == local(half)


def test_records_at_the_ends_of_a_pause_count_and_those_in_it_do_not() -> None:
    pauses = (Pause(20.0, 30.0), Pause(50.0, 70.0))
    workout = a_workout(1, ended_at=START + timedelta(seconds=90), paused=pauses, step_s=10)
    assert list(workout.samples.time_s) == list(range(0, 91, 10))
    # 0, 10, 20, 30, 40, 50, 70, 80, 90: nine records outside the pauses.
    assert trained_at(workout) == _at(40)
    at_ends = replace(workout, samples=replace(workout.samples, time_s=np.asarray([20.0, 30.0, 50.0, 60.0, 70.0])))
    assert trained_at(at_ends) == _at(50)


def _at(second: float) -> datetime:
    return START + timedelta(seconds=second)
