"""At which moments is it a certain time of the day, or of a day of the week?

Each local date has exactly one such moment: where a clock is put forward over it, the one just after; where it is put
back over it, the first of both.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from hersteld.daemon.planning.occasions.occasion import Due

_DAY = timedelta(days=1)


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """Return when it is a time of day on a local date, aware UTC."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def daily(at: time, zone: tzinfo, now: datetime, *, use: timedelta, weekday: int | None = None) -> Iterator[Due]:
    """Yield the times of an occasion of each day, or of one day of each week, that are of use yet.

    Args:
        at: Local time of day.
        zone: The athlete's time zone.
        now: Aware.
        use: For how long each is of use.
        weekday: Monday is 0; None for each day.
    """
    day = (now - use).astimezone(zone).date()
    while True:
        due_at = moment_of(day, at, zone)
        if due_at + use > now and weekday in (None, day.weekday()):
            yield Due(day.isoformat(), due_at, due_at + use)
        day += _DAY
