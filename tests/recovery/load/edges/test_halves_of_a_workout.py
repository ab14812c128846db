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
    """Return sessions of these sports and minutes, each one an hour after the end of the other."""
    workout = a_workout(sum(length for _, length in parts), ended_at=START + timedelta(hours=20))
    (whole,) = workout.sessions
    sessions, begin = [], 0.0
    for sport, length in parts:
        at = START + timedelta(minutes=begin)
        sessions.append(replace(whole, sport=sport, started_at=at, timer_s=60 * length, elapsed_s=60 * length))
        begin += length + 60
    empty = replace(workout.samples, time_s=np.empty(0))
    return replace(workout, started_at=START, sessions=tuple(sessions), samples=empty)


@pytest.mark.parametrize(
    ("parts", "half"),
    [
        ([("running", 15), ("cycling", 60)], "11:37:30"),
        ([("running", 10), ("cycling", 15), ("running", 75)], "12:50"),
        ([("running", 30), ("cycling", 30)], "10:30"),
        ([("swimming", 30), ("transition", 1), ("running", 40)], "12:35:30"),
    ],
)
def test_without_records_the_session_in_which_half_is_done_tells(parts: list[tuple[str, float]], half: str) -> None:
    assert trained_at(without_records(*parts)) == local(half)


@pytest.mark.parametrize(
    ("times_s", "half_s"),
    [
        ([0, 10, 20, 30, 40, 50, 60, 70, 80, 90], 50),  # 20, 30 and 60 lie in a pause
        ([15, 20, 25, 30, 35, 36, 37], 36),  # at both ends of the first pause something was recorded
        ([0, 1, 15, 16, 17], 1),
        ([34, 35, 55, 70], 55),
    ],
)
def test_records_at_the_ends_of_a_pause_count_and_those_in_it_do_not(times_s: list[float], half_s: float) -> None:
    pauses = (Pause(15.0, 35.0), Pause(55.0, 65.0))
    workout = a_workout(1, ended_at=START + timedelta(seconds=90), paused=pauses, step_s=10)
    samples = replace(workout.samples, time_s=np.asarray(times_s, dtype=float))
    assert trained_at(replace(workout, samples=samples)) == _at(half_s)


def _at(second: float) -> datetime:
    return START + timedelta(seconds=second)
