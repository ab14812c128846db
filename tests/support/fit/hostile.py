"""Files made on purpose so that each of their bytes costs as much time and memory as possible.

Each pattern yields a beginning, and then more of the same kind without end.
"""

from collections.abc import Callable, Iterator
from itertools import count

from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.fields import HR, RECORD, SESSION
from hersteld.parsers.format.profile.wanted import WANTED
from tests.support.fit.build import (
    ENUM,
    START,
    UINT8,
    UINT16,
    UINT32,
    activity,
    definition,
    file_id,
    fit,
    records,
    values,
)
from tests.support.fit.mutations import sealed

_EMPTY_FILE = fit()
_EVERY_RECORD_FIELD = [(number, 1, UINT8) for number in WANTED[RECORD]]
_EVERY_SESSION_FIELD = [(number, 4, UINT32) for number in WANTED[SESSION]]


def empty_records() -> Iterator[bytes]:
    """One message with every field, then messages of one byte, which have a row in every column."""
    yield definition(0, RECORD, _EVERY_RECORD_FIELD) + bytes(1 + len(_EVERY_RECORD_FIELD)) + definition(0, RECORD, ())
    while True:
        yield bytes(1000)


def empty_messages_by_turns() -> Iterator[bytes]:
    """Messages of one byte of several kinds, so that no two that follow one another are alike."""
    yield definition(0, RECORD, ()) + definition(1, fields.EVENT, ()) + definition(2, HR, ())
    while True:
        yield b"\x00\x01\x02\x01\x00" * 200


def different_definitions() -> Iterator[bytes]:
    """Thousands of definitions, each with one message."""
    for number in count():
        layout = [(number >> shift & 255, 1, UINT8) for shift in (0, 8, 16)]
        yield definition(number % 16, RECORD, layout) + bytes([number % 16, 1, 2, 3])


def sessions() -> Iterator[bytes]:
    """Sessions that each cover many of the records."""
    yield records([120] * 1000)
    for number in count():
        yield definition(1, SESSION, _EVERY_SESSION_FIELD) if not number else b""
        times = {
            fields.TIMESTAMP: START + 1000,
            fields.SESSION_START_TIME: START + number % 1000,
            fields.SESSION_TOTAL_ELAPSED_TIME: 900_000,
            fields.SESSION_TOTAL_TIMER_TIME: 900_000,
        }
        yield values(1, _EVERY_SESSION_FIELD, *(times.get(field, 1) for field, _, _ in _EVERY_SESSION_FIELD))


def timer_events() -> Iterator[bytes]:
    """A pause after each start."""
    layout = ((fields.TIMESTAMP, 4, UINT32), (fields.EVENT_EVENT, 1, ENUM), (fields.EVENT_EVENT_TYPE, 1, ENUM))
    yield records([120] * 100) + definition(1, fields.EVENT, layout)
    for number in count():
        yield values(1, layout, START + number, 0, number % 2)


def beats() -> Iterator[bytes]:
    """Beats out of order, each an anchor of its own."""
    layout = ((fields.TIMESTAMP, 4, UINT32), (fields.HR_FILTERED_BPM, 1, UINT8), (fields.HR_EVENT_TIMESTAMP, 4, UINT32))
    yield records([120] * 100) + definition(1, HR, layout)
    for number in count():
        yield values(1, layout, START + number * 977 % 100, 90, number * 1024 % 2**32)


def descriptions_of_fields() -> Iterator[bytes]:
    """Developer fields described again and again."""
    described = (
        (fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX, 1, UINT8),
        (fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER, 1, UINT8),
        (fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID, 1, UINT8),
        (fields.FIELD_DESCRIPTION_NATIVE_MESG_NUM, 2, UINT16),
        (fields.FIELD_DESCRIPTION_NATIVE_FIELD_NUM, 1, UINT8),
    )
    yield definition(1, fields.FIELD_DESCRIPTION, described)
    for number in count():
        yield values(1, described, number % 256, number // 256 % 256, UINT8, RECORD, fields.RECORD_HEART_RATE)


def chained_files() -> Iterator[bytes]:
    """Files of no messages, one behind the other."""
    while True:
        yield _EMPTY_FILE


def chained_damaged_files() -> Iterator[bytes]:
    """Files with a wrong checksum, one behind the other."""
    for number in count():
        yield fit(records([60 + number % 100] * 50, START + number), checksum=1)


Pattern = Callable[[], Iterator[bytes]]
PATTERNS: tuple[Pattern, ...] = (
    empty_records,
    empty_messages_by_turns,
    different_definitions,
    sessions,
    timer_events,
    beats,
    descriptions_of_fields,
    chained_files,
    chained_damaged_files,
)


def made(pattern: Pattern, size: int) -> bytes:
    """Return a file, or a chain of them, of at least so many bytes."""
    parts, length = [], 0
    for part in pattern():
        parts.append(part)
        length += len(part)
        if length >= size:
            break
    body = b"".join(parts)
    if pattern in (chained_files, chained_damaged_files):
        return activity() + body
    return sealed(bytes([12]) + bytes(7) + b".FIT" + file_id() + body + bytes(2))
