"""How is FIT time converted to dates?

FIT counts seconds since 1989-12-31 00:00 UTC. A device that does not know the date counts from when it was switched
on, or from an arbitrary day: such times lie before the year 2000.
"""

from datetime import UTC, datetime, timedelta

FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
YEAR_2000 = (datetime(2000, 1, 1, tzinfo=UTC) - FIT_EPOCH).total_seconds()
"""The begin of the year 2000, in seconds since the FIT epoch."""


def to_datetime(seconds: float) -> datetime:
    """Return the aware UTC time that is so many seconds after the FIT epoch."""
    return FIT_EPOCH + timedelta(seconds=seconds)
