"""What does a file that is no activity say of nights?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hersteld.parsers.daily.read import read_nights
from hersteld.parsers.errors import NotAnActivity, ParseError
from hersteld.parsers.line import Line
from hersteld.recovery.nights.record import NightReadings, NightRecord, Weighing
from hersteld.recovery.nights.reduce import reduce
from hersteld.recovery.rules import AthleteRules

MOST_BYTES = 2**22
"""A watch writes some 100 KB a day, and a few times as much with every beat. What is larger is not looked through."""
_AHEAD = timedelta(hours=26)
"""What a watch says it measured later than this after its file arrived is of a watch that does not know the date."""


def without_days_to_come(records: Sequence[NightRecord], arrived_at: datetime) -> tuple[NightRecord, ...]:
    """Return the records but for those of days that are still to come, which nobody can have measured.

    Args:
        arrived_at: When their file came in, aware UTC.
    """
    return tuple(record for record in records if record.woke_at <= arrived_at + _AHEAD)


def believed_weighings(weighings: Sequence[Weighing], rules: AthleteRules) -> tuple[Weighing, ...]:
    """Return what a scale measured but for what no person weighs."""
    return tuple(one for one in weighings if rules.mass_low_kg <= one.mass_kg <= rules.mass_high_kg)


def nights_in(content: bytes, other: NotAnActivity) -> NightReadings | ParseError:
    """Return what a FIT file says of nights, why that cannot be read, or what it is that says nothing of them.

    Args:
        content: The whole file.
        other: What the file is, as it is no activity.
    """
    if len(content) > MOST_BYTES:
        return other
    try:
        readings = read_nights(content)
        return (None if readings is None else reduce(readings)) or other
    except ParseError as error:
        return error.with_traceback(None)
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - a file must not stop the others, whatever is in it
        return ParseError(Line("files.our_fault", {"fault": f"{type(fault).__name__}: {fault}"}))
