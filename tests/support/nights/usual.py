"""Nights of an athlete, for tests of what they say."""

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hersteld.recovery.athlete.history import History
from hersteld.recovery.nights.night import Night

USUAL_MS = 50.0
"""The usual RMSSD of these nights: the mean of their logarithms is that of this one."""
SPREAD = 0.1
"""Half of the usual nights are so far above the mean of the logarithms, and the others so far below."""
USUAL_BPM = 50.0


def a_night(day: date, rmssd: float | None = None, resting: float | None = None, *, woke: str = "07:00") -> Night:
    """Return a night that ends at this hour, UTC, and came in a quarter of an hour later."""
    woke_at = datetime.combine(day, time.fromisoformat(woke), tzinfo=UTC)
    return Night(day, woke_at, woke_at + timedelta(minutes=15), resting_hr_bpm=resting, rmssd_ms=rmssd)


def usual_nights(before: date, count: int = 60) -> tuple[Night, ...]:
    """Return nights before a day as the athlete usually has them, oldest first; an even number has the usual mean."""
    return tuple(
        a_night(
            before - timedelta(days=back),
            rmssd=USUAL_MS * math.exp(SPREAD if back % 2 else -SPREAD),
            resting=USUAL_BPM + (1 if back % 2 else -1),
        )
        for back in range(count, 0, -1)
    )


def with_nights(history: History, nights: Iterable[Night]) -> History:
    """Return a history in which these nights were known in time."""
    found = tuple(nights)
    return replace(history, nights=found, nights_by_noon=found)
