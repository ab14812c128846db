"""Which of the fields that apps define stand in for one of the profile's?

An app describes its fields in messages of their own: name, unit, base type, scale, and perhaps the native field that
it is meant to be.
"""

from dataclasses import dataclass

from hersteld.parsers.columns.decoder import Messages
from hersteld.parsers.format.base_types import STRING
from hersteld.parsers.format.profile import native_field

LARGEST_SCALE = 255
"""Scales are stored in one byte; what an app tells beyond it would make nonsense of numbers that are sound."""


@dataclass(frozen=True, slots=True)
class DeveloperField:
    """A developer field that counts as the native record field of this number; value = stored / scale - offset."""

    native: int
    base_type: int
    scale: float
    offset: float


def developer_fields(descriptions: Messages) -> dict[tuple[int, int], DeveloperField]:
    """Return the developer fields that stand in for a native one, by index of the developer and field number."""
    known: dict[tuple[int, int], DeveloperField | None] = {}
    nameless = (None,) * descriptions.count
    names, units = descriptions.texts.get(3, nameless), descriptions.texts.get(8, nameless)
    for row in range(descriptions.count):
        index, number, base_type = (descriptions.value(field, row) for field in (0, 1, 2))
        native = native_field(names[row], units[row], descriptions.value(14, row), descriptions.value(15, row))
        scale, offset = descriptions.value(6, row) or 1.0, descriptions.value(7, row) or 0.0
        if index is None or number is None or base_type is None:
            continue
        meant = None
        if native is not None and int(base_type) & 0x1F != STRING and 1 <= scale <= LARGEST_SCALE:
            meant = DeveloperField(native, int(base_type), scale, offset)
        # What is described in two ways means now the one, now the other, and it is not known which of them where.
        which = int(index), int(number)
        known[which] = meant if known.get(which, meant) == meant else None
    return {which: meant for which, meant in known.items() if meant is not None}
