"""Does a week of nights, or of answers, differ from what is usual for this athlete?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hersteld.recovery.overload.weeks import DAYS_A_WEEK


@dataclass(frozen=True, slots=True)
class WeekAndUsual:
    """The mean of the last seven days, beside what was usual before them.

    Attributes:
        week: Mean of the last seven days.
        usual: Mean of the days before these.
        deviation: Standard deviation of those days, divided by their number.
    """

    week: float
    usual: float
    deviation: float


def week_and_usual(
    values: Mapping[date, float], day: date, *, usual_days: int, week_least: int, usual_least: int, history_days: int
) -> WeekAndUsual | None:
    """Return how the seven days up to a day compare with the days before them.

    What is usual ends before the seven days begin, so that a bad week does not become its own measure.

    Args:
        values: One a day.
        day: The last of the seven.
        usual_days: How many days before the seven show what is usual.
        week_least, usual_least: How many values there are at least in the seven days, and in those before.
        history_days: How many days ago the first value was, at least; the day itself counts.

    Returns:
        None where there are too few values.
    """
    first_of_week = day - timedelta(days=DAYS_A_WEEK - 1)
    first_usual = first_of_week - timedelta(days=usual_days)
    week = [value for at, value in values.items() if first_of_week <= at <= day]
    usual = [value for at, value in values.items() if first_usual <= at < first_of_week]
    if len(week) < week_least or len(usual) < usual_least:
        return None
    if (day - min(values)).days + 1 < history_days:
        return None
    return WeekAndUsual(float(np.mean(week)), float(np.mean(usual)), float(np.std(usual)))
