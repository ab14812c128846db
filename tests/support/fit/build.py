"""Builds FIT bytes message by message, so that a test can write what no device would."""

import struct
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.format.profile import fields

UINT8, SINT8, UINT16, SINT32, UINT32, STRING, BYTE, ENUM = 0x02, 0x01, 0x84, 0x85, 0x86, 0x07, 0x0D, 0x00
_CODES = {UINT8: "B", SINT8: "b", UINT16: "H", SINT32: "i", UINT32: "I", ENUM: "B"}

START = 1_146_000_000
"""Seconds since the FIT epoch: April 2026."""

Field = tuple[int, int, int]
"""Field number, size in bytes, base type."""

RECORD_FIELDS: tuple[Field, ...] = ((fields.TIMESTAMP, 4, UINT32), (fields.RECORD_HEART_RATE, 1, UINT8))


def crc(raw: bytes) -> int:
    """Return the checksum, bit by bit as the definition has it."""
    register = 0
    for byte in raw:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ 0xA001 if register & 1 else register >> 1
    return register


def definition(
    local: int, message: int, layout: Iterable[Field], *, big: bool = False, developer: Iterable[Field] = ()
) -> bytes:
    """Return a definition message; a developer field's base type is the index of its developer."""
    layout, developer = tuple(layout), tuple(developer)
    head = struct.pack(
        ">BBBHB" if big else "<BBBHB", 0x40 | (0x20 if developer else 0) | local, 0, big, message, len(layout)
    )
    tail = bytes([len(developer)]) + b"".join(map(bytes, developer)) if developer else b""
    return head + b"".join(map(bytes, layout)) + tail


def values(local: int, layout: Iterable[Field], *content: int | bytes, big: bool = False) -> bytes:
    """Return a data message."""
    packed = b"".join(
        value if isinstance(value, bytes) else struct.pack((">" if big else "<") + _CODES[base], value)
        for (_, _, base), value in zip(layout, content, strict=True)
    )
    return bytes([local]) + packed


def message(number: int, *content: tuple[int, int, int | bytes], local: int = 15, big: bool = False) -> bytes:
    """Return definition and data of a single message, from (field number, base type, value)."""
    layout = [
        (field, len(value) if isinstance(value, bytes) else struct.calcsize(_CODES[base]), base)
        for field, base, value in content
    ]
    stored = values(local, layout, *(value for _, _, value in content), big=big)
    return definition(local, number, layout, big=big) + stored


def file_id(kind: int = 4, created: int = START) -> bytes:
    """Return a file_id message; 4 is an activity."""
    return message(
        fields.FILE_ID,
        (fields.FILE_ID_TYPE, ENUM, kind),
        (fields.FILE_ID_MANUFACTURER, UINT16, 1),
        (fields.FILE_ID_PRODUCT, UINT16, 3113),
        (fields.FILE_ID_TIME_CREATED, UINT32, created),
    )


def records(rates: Iterable[int], start: int = START, *, big: bool = False) -> bytes:
    """Return one record per second with these heart rates; 255 is none."""
    return definition(0, fields.RECORD, RECORD_FIELDS, big=big) + b"".join(
        values(0, RECORD_FIELDS, start + second, rate, big=big) for second, rate in enumerate(rates)
    )


def session(begin: int = START, elapsed_s: float = 100, timer_s: float = 100, sport: int = 1) -> bytes:
    """Return a session message."""
    return message(
        fields.SESSION,
        (fields.SESSION_START_TIME, UINT32, begin),
        (fields.SESSION_SPORT, ENUM, sport),
        (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, round(elapsed_s * 1000)),
        (fields.SESSION_TOTAL_TIMER_TIME, UINT32, round(timer_s * 1000)),
        (fields.TIMESTAMP, UINT32, begin + round(elapsed_s)),
    )


def timer_event(at: int, kind: int) -> bytes:
    """Return an event of the timer: 0 start, 1 stop, 4 stop_all."""
    return message(
        fields.EVENT,
        (fields.TIMESTAMP, UINT32, at),
        (fields.EVENT_EVENT, ENUM, 0),
        (fields.EVENT_EVENT_TYPE, ENUM, kind),
    )


def fit(*messages: bytes, header: int = 14, data_size: int | None = None, checksum: int | None = None) -> bytes:
    """Return a FIT file around these messages."""
    body = b"".join(messages)
    size = len(body) if data_size is None else data_size
    head = struct.pack("<BBHI4s", header, 0x10, 2100, size, b".FIT") + bytes(header - 12)
    return head + body + struct.pack("<H", crc(head + body) if checksum is None else checksum)


def activity(rates: Iterable[int] = (120,) * 101, *more: bytes) -> bytes:
    """Return a plain activity: its id, records, whatever else, and a session."""
    return fit(file_id(), records(rates), *more, session())


def listed(column: NDArray[np.float64] | None) -> list[float | None]:
    """Return a column as a list, None where it has nothing."""
    assert column is not None
    return [None if np.isnan(value) else value for value in column.tolist()]
