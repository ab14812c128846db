"""How even was a week, and how much was it for this athlete?"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from hersteld.parsers.workout import Column

DAYS_A_WEEK = timedelta(weeks=1).days


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of training.

    Attributes:
        load: Sum of the loads, 0 or more.
        monotony: Mean of the daily loads over their standard deviation, 0 or more.
    """

    load: float
    monotony: float

    @property
    def strain(self) -> float:
        """Load times monotony, 0 or more."""
        return self.load * self.monotony


def weeks_back(loads: Column, monotony_max: float) -> tuple[Week, ...]:
    """Return the full weeks there are, counted back from the last day: the newest first, none sharing a day.

    Args:
        loads: Load of each day, shape (days,), the newest last.
        monotony_max: No monotony is higher than this.
    """
    count = len(loads) // DAYS_A_WEEK
    days = loads[len(loads) - count * DAYS_A_WEEK :].reshape(count, DAYS_A_WEEK)
    return tuple(_week(week, monotony_max) for week in days[::-1])


def _week(days: Column, monotony_max: float) -> Week:
    """Return what seven loads make of a week.

    The standard deviation is that of these seven days themselves (divided by 7, not by 6). A week without training is
    not monotonous; one whose days are all alike is as monotonous as can be.

    Source: Foster 1998.
    """
    mean, deviation = float(np.mean(days)), float(np.std(days))
    if not mean:
        return Week(0.0, 0.0)
    is_even = deviation * monotony_max <= mean
    return Week(float(np.sum(days)), monotony_max if is_even else mean / deviation)
