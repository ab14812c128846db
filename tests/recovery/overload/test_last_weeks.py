"""A day without a workout counts once it is over."""

from datetime import timedelta

import numpy as np

from hersteld.recovery.overload.last_weeks import LastWeeks
from tests.recovery.overload.weeks import TODAY

YESTERDAY = TODAY - timedelta(days=1)


def test_a_day_counts_from_its_first_workout_on() -> None:
    rested, moved = (LastWeeks(TODAY, np.array([50.0, 60.0, load])) for load in (0.0, 0.5))
    assert (rested.counted_day, list(rested.counted_loads)) == (YESTERDAY, [50, 60])
    assert (moved.counted_day, list(moved.counted_loads)) == (TODAY, [50, 60, 0.5])


def test_a_day_of_rest_counts_when_the_next_one_has_begun() -> None:
    weeks = LastWeeks(TODAY, np.array([50.0, 0.0, 0.0]))
    assert (weeks.counted_day, list(weeks.counted_loads)) == (YESTERDAY, [50, 0])


def test_before_the_first_workout_nothing_counts() -> None:
    assert list(LastWeeks(TODAY, np.empty(0)).counted_loads) == []
