"""FIT bytes put together by hand, so that a test can write what no decent device would."""

import struct
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

UINT8, SINT8, UINT16, SINT32, UINT32, STRING, BYTE, ENUM = 0x02, 0x01, 0x84, 0x85, 0x86, 0x07, 0x0D, 0x00
_CODES = {UINT8: "B", SINT8: "b", UINT16: "H", SINT32: "i", UINT32: "I", ENUM: "B"}

START = 1_146_000_000
"""Seconds since the FIT epoch: April 2026."""

Field = tuple[int, int, int]
"""Field number, size in bytes, base type."""

RECORD_FIELDS: tuple[Field, ...] = ((253, 4, UINT32), (3, 1, UINT8))


def crc(raw: bytes) -> int:
    """Return the checksum, bit by bit as the definition has it."""
    register = 0
    for byte in raw:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ 0xA001 if register & 1 else register >> 1
    return register


def definition(
    local: int, message: int, fields: Iterable[Field], *, big: bool = False, developer: Iterable[Field] = ()
) -> bytes:
    """Return a definition message; a developer field's base type is the index of its developer."""
    fields, developer = tuple(fields), tuple(developer)
    head = struct.pack(
        ">BBBHB" if big else "<BBBHB", 0x40 | (0x20 if developer else 0) | local, 0, big, message, len(fields)
    )
    tail = bytes([len(developer)]) + b"".join(map(bytes, developer)) if developer else b""
    return head + b"".join(map(bytes, fields)) + tail


def values(local: int, fields: Iterable[Field], *told: int | bytes, big: bool = False) -> bytes:
    """Return a data message."""
    packed = b"".join(
        value if isinstance(value, bytes) else struct.pack((">" if big else "<") + _CODES[base], value)
        for (_, _, base), value in zip(fields, told, strict=True)
    )
    return bytes([local]) + packed


def message(number: int, *told: tuple[int, int, int | bytes], local: int = 15, big: bool = False) -> bytes:
    """Return definition and data of a single message, from (field number, base type, value)."""
    fields = [
        (field, len(value) if isinstance(value, bytes) else struct.calcsize(_CODES[base]), base)
        for field, base, value in told
    ]
    stored = values(local, fields, *(value for _, _, value in told), big=big)
    return definition(local, number, fields, big=big) + stored


def file_id(kind: int = 4, created: int = START) -> bytes:
    """Return a file_id message; 4 is an activity."""
    return message(0, (0, ENUM, kind), (1, UINT16, 1), (2, UINT16, 3113), (4, UINT32, created))


def records(rates: Iterable[int], start: int = START, *, big: bool = False) -> bytes:
    """Return one record per second with these heart rates; 255 is none."""
    return definition(0, 20, RECORD_FIELDS, big=big) + b"".join(
        values(0, RECORD_FIELDS, start + second, rate, big=big) for second, rate in enumerate(rates)
    )


def session(begin: int = START, elapsed_s: float = 100, timer_s: float = 100, sport: int = 1) -> bytes:
    """Return a session message."""
    return message(
        18,
        (2, UINT32, begin),
        (5, ENUM, sport),
        (7, UINT32, round(elapsed_s * 1000)),
        (8, UINT32, round(timer_s * 1000)),
        (253, UINT32, begin + round(elapsed_s)),
    )


def timer_event(at: int, kind: int) -> bytes:
    """Return an event of the timer: 0 start, 1 stop, 4 stop_all."""
    return message(21, (253, UINT32, at), (0, ENUM, 0), (1, ENUM, kind))


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
