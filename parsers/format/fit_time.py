"""When is that, in FIT time?

FIT counts seconds since 1989-12-31 00:00 UTC. A device that does not know the date counts from when it was switched
on, or from some day of its own: such times lie before 2000.
"""

from datetime import UTC, datetime, timedelta

FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
YEAR_2000 = (datetime(2000, 1, 1, tzinfo=UTC) - FIT_EPOCH).total_seconds()


def to_datetime(seconds: float) -> datetime:
    """Return aware UTC for seconds since the FIT epoch."""
    return FIT_EPOCH + timedelta(seconds=seconds)
