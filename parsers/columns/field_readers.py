"""How are the wanted fields read out of the messages of one definition?

There are two ways. Where there are many messages, numpy reads one field after the other, each of all messages at
once. Where there are few, the calls to numpy would cost more than the reading, and `struct` reads one message after the
other, each with all its fields.

A watch writes the same definitions into every file, so the readers made for one file are kept for the next.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache
from struct import Struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.columns.decoder import Table
from hersteld.parsers.format.base_types import BYTE, LARGEST, STRING, UINT32, Integers, Numbers, numbers
from hersteld.parsers.format.layout import KEPT, Layout, Slot
from hersteld.parsers.format.profile.meaning import scaling
from hersteld.parsers.format.profile.wanted import DATE_BYTES, OCTETS, TABLES, TWELVE_BITS, is_date

MESSAGES_PER_FIELD = 3
"""A field read by numpy costs about as much as this many messages read by `struct`."""


class FieldReader(NamedTuple):
    """How one field is read: value = stored / scale - offset.

    Attributes:
        stored: How its numbers are stored; None for a string.
        width: How many values of each message are kept; None when only the first valid one counts.
        integers: The function that reads a field of `OCTETS` or `TWELVE_BITS`; see `Numbers.read`.
        of_bytes: Whether it is a date that the file declares as an array of bytes; see `Messages.dates_of_bytes`.
    """

    number: int
    slot: Slot
    stored: Numbers | None
    scale: float
    offset: float
    width: int | None
    integers: Callable[[NDArray[np.void]], Integers] | None = None
    of_bytes: bool = False


class RowReader:
    """Reads message by message, and in each message all fields that hold exactly one number."""

    def __init__(self, fields: list[tuple[FieldReader, Numbers]], *, big_endian: bool) -> None:
        self.numbers = tuple(field.number for field, _ in fields)
        codes, at = ">" if big_endian else "<", 0
        for field, stored in fields:
            codes += f"{stored.offset - at}x{stored.struct_code}"
            at = stored.offset + field.slot.size
        self._row = Struct(codes)
        self._nothing = np.array(
            [np.nan if stored.nothing is None else stored.nothing for _, stored in fields], np.float64
        )
        self._may_exceed = any(stored.may_exceed for _, stored in fields)
        self._scale = np.array([field.scale for field, _ in fields])
        self._offset = np.array([field.offset for field, _ in fields])
        self._has_offset = bool(self._offset.any())

    def read(self, data: bytes, offsets: list[int]) -> Table:
        """Return the values of the messages at these offsets, NaN for none, shape (fields, messages)."""
        values = np.array([self._row.unpack_from(data, at) for at in offsets], dtype=np.float64)
        np.putmask(values, values == self._nothing, np.nan)
        if self._may_exceed:
            np.putmask(values, ~(np.abs(values) <= LARGEST), np.nan)  # no plain number, or too large
        values /= self._scale
        if self._has_offset:
            values -= self._offset
        return values.T


class LayoutReader:
    """How the messages of one definition are read.

    Attributes:
        fields: The wanted fields, each number once.
        others: The fields among them that do not hold exactly one number.
        dates_of_bytes: The numbers of the fields among them that are dates declared as bytes.
    """

    def __init__(self, fields: tuple[FieldReader, ...], *, big_endian: bool) -> None:
        self.fields = fields
        self.dates_of_bytes = frozenset(field.number for field in fields if field.of_bytes)
        self.others = tuple(field for field in fields if not _is_one_number(field))
        self._big_endian = big_endian

    @cached_property
    def row(self) -> RowReader:
        """The reader of the fields of one number, made when it is first used."""
        of_one = [(field, field.stored) for field in self.fields if field.stored and _is_one_number(field)]
        return RowReader(of_one, big_endian=self._big_endian)

    def is_row_by_row(self, messages: int) -> bool:
        """Return whether there are so few messages that reading them one by one is faster."""
        return messages < MESSAGES_PER_FIELD * (len(self.fields) - len(self.others))


def _is_one_number(field: FieldReader) -> bool:
    return field.width is None and field.stored is not None and field.stored.per_message == 1


@lru_cache(KEPT)
def layout_reader(layout: Layout, wanted: frozenset[int]) -> LayoutReader:
    """Return what reads the wanted native fields of a definition."""
    readers: dict[int, FieldReader] = {}
    for slot in layout.slots(wanted):
        if slot.number in readers:
            continue
        is_text = slot.base_type & 0x1F == STRING
        of_bytes = slot.base_type & 0x1F == BYTE and slot.size == DATE_BYTES and is_date(layout.number, slot.number)
        base_type = UINT32 if of_bytes else slot.base_type
        stored = None if is_text else numbers(slot.offset, slot.size, base_type, big_endian=layout.big_endian)
        key = layout.number, slot.number
        if key in OCTETS or key in TWELVE_BITS:
            if stored is not None and stored.is_octets:
                integers = stored.octets if key in OCTETS else stored.twelve_bits
                width = OCTETS.get(key) or TWELVE_BITS[key]
                readers[slot.number] = FieldReader(slot.number, slot, stored, 1, 0, width, integers)
            continue
        if stored is None and not is_text:
            continue
        unit = scaling(layout.number, slot.number)
        readers[slot.number] = FieldReader(
            slot.number, slot, stored, unit.scale, unit.offset, TABLES.get(key), None, of_bytes
        )
    return LayoutReader(tuple(readers.values()), big_endian=layout.big_endian)
