"""What do the values of a FIT file mean?

Names, scales, offsets and enumerations come from `fitparse.profile`; what it lacks stands in `additions`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from fitparse.profile import FIELD_TYPES, MESSAGE_TYPES

from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.additions import FIELDS, NAMES
from hersteld.parsers.format.profile.wanted import WANTED

_MESSAGES: dict[int, Any] = MESSAGE_TYPES
_TYPES: dict[str, Any] = FIELD_TYPES


@dataclass(frozen=True, slots=True)
class Scaling:
    """How a stored number becomes a value: value = stored / scale - offset."""

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
    """Return the profile's name for a value of an enumeration; None when the value is None or has no name."""
    if number is None:
        return None
    value = int(number)
    name = _TYPES[enumeration].values.get(value) or NAMES.get(enumeration, {}).get(value)
    return None if name is None else str(name)


_DEVELOPER_NAMES = {
    "heart_rate": fields.RECORD_HEART_RATE,
    "heartrate": fields.RECORD_HEART_RATE,
    "power": fields.RECORD_POWER,
    "cadence": fields.RECORD_CADENCE,
}
_SAME_UNITS = {"watts": "w", "watt": "w"}


def native_field(name: str | None, units: str | None, message: float | None, field: float | None) -> int | None:
    """Return the record field that a developer field stands in for, or None.

    An app names that field by number (`native_mesg_num`, `native_field_num`), or, for heart rate, power and cadence, by
    its name. If the app gives a unit, it must be that of the record field, because some apps count their speed in km/h.

    Args:
        name, units: How the app describes its field.
        message, field: Native numbers, None where the app gives none.
    """
    number = None if field is None else int(field)
    if message is not None and int(message) != fields.RECORD:
        return None
    if number is None:
        number = _DEVELOPER_NAMES.get((name or "").strip().lower().replace(" ", "_"))
    if number is None or number not in WANTED[fields.RECORD] - {fields.TIMESTAMP}:
        return None
    given = (units or "").strip().lower()
    native = scaling(fields.RECORD, number).units.lower()
    if given and _SAME_UNITS.get(given, given) != _SAME_UNITS.get(native, native):
        return None
    return number
