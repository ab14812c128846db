"""What do the numbers of a FIT file mean, and which of them do we read?

Names, scales, offsets and enumerations come from `fitparse.profile`; what it lacks stands in `overlay`. `WANTED` is
the list of messages and fields this package looks at: everything else is walked over and never decoded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fitparse.profile import FIELD_TYPES, MESSAGE_TYPES

from hersteld.parsers.overlay import FIELDS, NAMES

_MESSAGES: dict[int, Any] = MESSAGE_TYPES
_TYPES: dict[str, Any] = FIELD_TYPES

FILE_ID = 0
USER_PROFILE = 3
ZONES_TARGET = 7
SPORT = 12
SESSION = 18
LAP = 19
RECORD = 20
EVENT = 21
HRV = 78
HR = 132
PHYSIOLOGY = 140
DEVELOPER_FIELD = 206
TIME_IN_ZONE = 216
SET = 225

WEIGHT_SCALE = 30
MONITORING = 55
MONITORING_HEADER = 103
MONITORING_HR = 211
BEAT_INTERVALS = 290
SLEEP_ASSESSMENT = 346
HRV_STATUS = 370
HRV_VALUE = 371

TIMESTAMP = 253

Wanted = Mapping[int, frozenset[int]]
"""Fields to be read, by global message number."""

WANTED: Wanted = {
    FILE_ID: frozenset({0, 1, 2, 4, 8}),
    USER_PROFILE: frozenset({1, 4, 8, 9, 10, 11}),
    ZONES_TARGET: frozenset({1, 2, 3}),
    SPORT: frozenset({0, 1}),
    SESSION: frozenset(
        {2, 5, 6, 7, 8, 9, 11, 16, 17, 20, 24, 35, 45, 65, 137, 150, 168, 178, 192, 193, TIMESTAMP},
    ),
    LAP: frozenset({2, 7, 8, 9, 11, 25, 39, TIMESTAMP}),
    RECORD: frozenset({2, 3, 4, 5, 6, 7, 8, 13, 52, 53, 73, 78, TIMESTAMP}),
    EVENT: frozenset({0, 1, 2, 3, TIMESTAMP}),
    HRV: frozenset({0}),
    HR: frozenset({0, 1, 6, 9, 10, TIMESTAMP}),
    PHYSIOLOGY: frozenset({9}),
    DEVELOPER_FIELD: frozenset({0, 1, 2, 3, 6, 7, 8, 14, 15}),
    TIME_IN_ZONE: frozenset({0, 1, 2, 11, 12, 13, 15}),
    SET: frozenset({5, 7}),
}

DAILY: Wanted = {
    FILE_ID: frozenset({0, 4}),
    USER_PROFILE: WANTED[USER_PROFILE],
    WEIGHT_SCALE: frozenset({0, 1, 12, TIMESTAMP}),
    MONITORING: frozenset({26, 27, TIMESTAMP}),
    MONITORING_HEADER: frozenset({0, TIMESTAMP}),
    MONITORING_HR: frozenset({0, 1, TIMESTAMP}),
    BEAT_INTERVALS: frozenset({0, 1, TIMESTAMP}),
    SLEEP_ASSESSMENT: frozenset({6, 8, 11, 15}),
    HRV_STATUS: frozenset({0, 1, 2, 3, 4, 5, 6, TIMESTAMP}),
    HRV_VALUE: frozenset({0, TIMESTAMP}),
}
"""The same for what a watch or scale tells between the activities."""

TABLES = {
    (RECORD, 8): 3,
    (HRV, 0): 8,
    (HR, 6): 16,
    (HR, 9): 16,
    (HR, 10): 16,
    (SESSION, 65): 16,
    (TIME_IN_ZONE, 2): 16,
    (SET, 7): 16,
    (BEAT_INTERVALS, 1): 127,
}
"""Fields that hold several values at a time, and how many are kept: more than any device writes, and few enough that
one message made wide on purpose does not widen all others. Of all other fields the first valid value is taken."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """value = stored / scale - offset."""

    scale: float
    offset: float
    units: str


@cache
def scaling(message: int, field: int) -> Scaling:
    """Return how a stored number of this field becomes a value in its unit."""
    addition = FIELDS.get((message, field))
    if addition is not None:
        return Scaling(addition.scale, addition.offset, addition.units)
    known = _MESSAGES[message].fields.get(field) if message in _MESSAGES else None
    if known is None:
        return Scaling(1, 0, "")
    return Scaling(known.scale or 1, known.offset or 0, known.units or "")


def enum_name(enumeration: str, number: float | None) -> str | None:
    """Return the profile's name for a value of an enumeration; None for no value, or one that nobody has named."""
    if number is None:
        return None
    value = int(number)
    name = _TYPES[enumeration].values.get(value) or NAMES.get(enumeration, {}).get(value)
    return None if name is None else str(name)


_DEVELOPER_NAMES = {"heart_rate": 3, "heartrate": 3, "power": 7, "cadence": 4}
_SAME_UNITS = {"watts": "w", "watt": "w", "rpm": "rpm", "bpm": "bpm", "c": "c", "m/s": "m/s", "m": "m"}


def native_field(name: str | None, units: str | None, message: float | None, field: float | None) -> int | None:
    """Return the record field that a developer field stands in for, or None.

    An app says so by number (`native_mesg_num`, `native_field_num`), or by calling its field what the profile calls
    it. It must be in the same unit: some count their speed in km/h.

    Args:
        name, units: As the app describes its field.
        message, field: Native numbers, None where the app gives none.
    """
    number = None if field is None else int(field)
    if message is not None and int(message) != RECORD:
        return None
    if number is None:
        number = _DEVELOPER_NAMES.get((name or "").strip().lower().replace(" ", "_"))
    if number is None or number not in WANTED[RECORD] - {TIMESTAMP}:
        return None
    given = (units or "").strip().lower()
    native = scaling(RECORD, number).units.lower()
    if given and _SAME_UNITS.get(given, given) != _SAME_UNITS.get(native, native):
        return None
    return number
