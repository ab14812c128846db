"""Weeks of training, nights and answers, for tests of the signs of overload."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from hersteld.recovery.nights.night import Night
from hersteld.recovery.overload.last_weeks import LastWeeks
from hersteld.recovery.overload.signal import Signal, SignalId
from hersteld.recovery.overload.signals import overload_signals
from tests.support.fit.recoveries import shipped_rules

RULES = shipped_rules()
TODAY = date(2026, 5, 31)
QUIET_WEEK = (60.0, 0.0, 60.0, 0.0, 60.0, 0.0, 60.0)
"""A load of 240; uneven enough that nothing is monotonous, and trained on its last day."""


def days_before(day: date, count: int) -> list[date]:
    """Return this many dates, the last of them the day itself."""
    return [day - timedelta(days=back) for back in reversed(range(count))]


def trained(
    *weeks: Sequence[float],
    quiet_weeks: int = 5,
    hard: int = 0,
    nights: tuple[Night, ...] = (),
    qualities: tuple[tuple[date, float], ...] = (),
) -> LastWeeks:
    """Return some quiet weeks, and then these; the last `hard` days had a hard workout."""
    loads = [load for week in (*[QUIET_WEEK] * quiet_weeks, *weeks) for load in week]
    return LastWeeks(TODAY, np.array(loads, float), frozenset(days_before(TODAY, hard)), nights, qualities)


def a_night(day: date, resting_hr_bpm: float | None = None, rmssd_ms: float | None = None) -> Night:
    woke_at = datetime.combine(day, time(6), tzinfo=UTC)
    return Night(day, woke_at, woke_at, resting_hr_bpm=resting_hr_bpm, rmssd_ms=rmssd_ms)


def nights_of(
    *, resting_hr_bpm: Sequence[float | None] = (), rmssd_ms: Sequence[float | None] = ()
) -> tuple[Night, ...]:
    """Return nights up to today, one for each value."""
    count = max(len(resting_hr_bpm), len(rmssd_ms))
    days = days_before(TODAY, count)

    def at(values: Sequence[float | None], index: int) -> float | None:
        missing = count - len(values)
        return values[index - missing] if index >= missing else None

    return tuple(a_night(day, at(resting_hr_bpm, index), at(rmssd_ms, index)) for index, day in enumerate(days))


def answers_of(values: Sequence[float | None]) -> tuple[tuple[date, float], ...]:
    """Return answers up to today; None on a day without one."""
    days = days_before(TODAY, len(values))
    return tuple((day, value) for day, value in zip(days, values, strict=True) if value is not None)


def signal(weeks: LastWeeks, id_: SignalId) -> Signal:
    (found,) = (one for one in overload_signals(weeks, RULES) if one.id is id_)
    return found


def numbers(weeks: LastWeeks, id_: SignalId) -> tuple[float | None, float | None, bool | None]:
    """Return the value of a signal, its limit, and whether it is over it."""
    found = signal(weeks, id_)
    return found.value, found.limit, found.is_over
