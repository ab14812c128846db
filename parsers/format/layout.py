"""What does a definition message say?

    byte 0     header: 01d0nnnn
    byte 1     reserved
    byte 2     byte order of the data messages: 0 little-endian, else big-endian
    bytes 3-4  global message number, in that order
    byte 5     number of fields, and for each of them three bytes: field number, size in bytes, base type
    then       only if d is set: number of developer fields, and for each three bytes: field number, size in bytes,
               index of the developer

The data messages hold the values one after the other, without padding.
"""

from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

KEPT = 1024
"""Number of definitions kept for the next file: more than all watches of a household use."""

_FIELDS_AT = 6
_DEVELOPER_FIELDS = 0x20


class Slot(NamedTuple):
    """One field of a definition: its number, where it lies in the message, and how it is stored.

    Attributes:
        base_type: FIT base type for a native field; index of the developer for a developer field.
    """

    number: int
    offset: int
    size: int
    base_type: int


class Layout(NamedTuple):
    """What the messages of one definition look like.

    Attributes:
        local: Local number of its messages.
        number: Global message number.
        size: Bytes of a data message without its header byte.
        fields, developer_fields: The definition's bytes, three per field.
    """

    local: int
    number: int
    big_endian: bool
    size: int
    fields: bytes
    developer_fields: bytes

    def slots(self, wanted: Container[int]) -> list[Slot]:
        """Return the native fields with one of these numbers."""
        return _slots(self.fields, 0, wanted)

    def developer_slots(self) -> list[Slot]:
        """Return the developer fields, which apps define."""
        return _slots(self.developer_fields, sum(self.fields[1::3]), range(256))

    def has_any(self, numbers: frozenset[int]) -> bool:
        """Return whether any native field has one of these numbers."""
        return not numbers.isdisjoint(self.fields[0::3])


def definition_end(data: bytes, position: int, end: int) -> int | None:
    """Return the offset behind the definition at `position`; None when there is no definition, or it is cut off."""
    after = position + _FIELDS_AT
    if data[position] & 0xC0 != 0x40 or after > end:
        return None
    after += 3 * data[position + 5]
    if data[position] & _DEVELOPER_FIELDS:
        if after >= end:
            return None
        after += 1 + 3 * data[after]
    return after if after <= end else None


@lru_cache(KEPT)
def parse_definition(definition: bytes) -> Layout:
    """Return what the bytes of a whole definition message say. The same bytes usually give the same object."""
    big_endian = definition[2] != 0
    number = int.from_bytes(definition[3:5], "big" if big_endian else "little")
    developer_at = _FIELDS_AT + 3 * definition[5]
    fields, developer_fields = definition[_FIELDS_AT:developer_at], definition[developer_at + 1 :]
    size = sum(fields[1::3]) + sum(developer_fields[1::3])
    return Layout(definition[0] & 15, number, big_endian, size, fields, developer_fields)


def _slots(triples: bytes, offset: int, wanted: Container[int]) -> list[Slot]:
    slots: list[Slot] = []
    for number, size, base_type in zip(triples[0::3], triples[1::3], triples[2::3], strict=True):
        if number in wanted:
            slots.append(Slot(number, offset, size, base_type))
        offset += size
    return slots
