"""Real files with another date: the same training, ended when the test says.

Every date of a file is moved by the same number of seconds, in place, and the checksum is made good; nothing else
changes. Dates are the fields of four bytes, unsigned, whose value lies near the record messages' own timestamps:
positions are signed, and no distance or duration of a training comes near.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from hersteld.parsers.format.crc import crc16

_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
_TIMESTAMP = 253
_UINT32 = 0x86
_NEAR_S = 2 * 86400
_ROLLS_OVER_S = 32
"""A compressed timestamp gives its last five bits only, so whole multiples of this leave it true."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a definition message says of the data messages that follow it."""

    message: int
    order: str
    length: int
    dates: tuple[tuple[int, int], ...]
    """Field number and offset of each field that might be a date."""


def redated(content: bytes, ends_at: datetime) -> bytes:
    """Return an intact FIT file moved in time so that its last timestamp is at most 32 seconds before `ends_at`.

    Args:
        content: One FIT file, or several chained ones.
        ends_at: Aware.

    Raises:
        ValueError: It has no timestamps to move.
    """
    dates = list(_possible_dates(content))
    stamps = [
        _read(content, place, layout)
        for place, layout, number in dates
        if number == _TIMESTAMP and layout.message in {18, 19, 20, 34}  # session, lap, record, activity
    ]
    stamps = [stamp for stamp in stamps if 0x10000000 <= stamp < 0xFFFFFFFF]
    if not stamps:
        raise ValueError("no timestamps to move")
    shift_s = int((ends_at - _EPOCH).total_seconds() - max(stamps)) // _ROLLS_OVER_S * _ROLLS_OVER_S
    moved = bytearray(content)
    for place, layout, _ in dates:
        value = _read(content, place, layout)
        if min(stamps) - _NEAR_S <= value <= max(stamps) + _NEAR_S:
            struct.pack_into(layout.order + "I", moved, place, value + shift_s)
    for start, end in _files(content):
        moved[end : end + 2] = crc16(bytes(moved[start:end])).to_bytes(2, "little")
    return bytes(moved)


def _read(content: bytes, place: int, layout: _Layout) -> int:
    return int(struct.unpack_from(layout.order + "I", content, place)[0])


def _files(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each file of a chain starts and where its checksum stands."""
    start = 0
    while start + 12 <= len(content):
        end = start + content[start] + int.from_bytes(content[start + 4 : start + 8], "little")
        yield start, end
        start = end + 2


def _possible_dates(content: bytes) -> Iterator[tuple[int, _Layout, int]]:
    """Yield the place of each field that might be a date, with its layout and field number."""
    for start, end in _files(content):
        layouts: dict[int, _Layout] = {}
        place = start + content[start]
        while place < end:
            header = content[place]
            place += 1
            if header & 0x80:
                layout = layouts[header >> 5 & 0x3]
            elif header & 0x40:
                layouts[header & 0xF], place = _definition(content, place, with_developer_fields=bool(header & 0x20))
                continue
            else:
                layout = layouts[header & 0xF]
            for number, offset in layout.dates:
                yield place + offset, layout, number
            place += layout.length


def _definition(content: bytes, place: int, *, with_developer_fields: bool) -> tuple[_Layout, int]:
    """Return the layout a definition message gives, and where the next message begins."""
    order = ">" if content[place + 1] else "<"
    message = int(struct.unpack_from(order + "H", content, place + 2)[0])
    count, place = content[place + 4], place + 5
    offset = 0
    dates = []
    for _ in range(count):
        number, size, base_type = content[place : place + 3]
        if size == 4 and base_type == _UINT32:
            dates.append((number, offset))
        offset, place = offset + size, place + 3
    if with_developer_fields:
        count, place = content[place], place + 1
        for _ in range(count):
            offset, place = offset + content[place + 1], place + 3
    return _Layout(message, order, offset, tuple(dates)), place
