"""What is to be read out of the messages of a definition, and how?

A watch writes the same definitions into every file, so what was worked out for one is kept for the next.
"""

from dataclasses import dataclass
from functools import lru_cache

from hersteld.parsers.base_types import STRING, Numbers, numbers
from hersteld.parsers.layout import KEPT, Layout, Slot
from hersteld.parsers.profile import TABLES, scaling


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One field: value = stored / scale - offset.

    Attributes:
        stored: How its numbers are stored; None for a string.
        width: How many values of each message are kept; None when only the first valid one counts.
    """

    number: int
    slot: Slot
    stored: Numbers | None
    scale: float
    offset: float
    width: int | None


@lru_cache(KEPT)
def plans(layout: Layout, wanted: frozenset[int]) -> tuple[Plan, ...]:
    """Return the plans for the wanted native fields of a definition, each field number once."""
    found: dict[int, Plan] = {}
    for slot in layout.slots():
        if slot.number not in wanted or slot.number in found:
            continue
        is_text = slot.base_type & 0x1F == STRING
        stored = None if is_text else numbers(slot.offset, slot.size, slot.base_type, big_endian=layout.big_endian)
        if stored is None and not is_text:
            continue
        unit = scaling(layout.number, slot.number)
        width = TABLES.get((layout.number, slot.number))
        found[slot.number] = Plan(slot.number, slot, stored, unit.scale, unit.offset, width)
    return tuple(found.values())
