"""In which ways can a sound FIT file be changed, by accident or on purpose?

Each mutation takes a random number generator and the bytes of a file, and returns other bytes. Most of these get a
checksum that is right again, as a reader would otherwise stop at the wrong checksum and never see the change.
"""

import struct
from collections.abc import Callable
from random import Random

from hersteld.parsers.errors import ParseError
from hersteld.parsers.format.crc import crc16
from hersteld.parsers.format.envelope import open_envelope
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.walk import walk
from tests.support.fit.build import UINT8, definition

Mutation = Callable[[Random, bytes], bytes]

_MESSAGES = (
    fields.FILE_ID,
    fields.SESSION,
    fields.LAP,
    fields.RECORD,
    fields.RECORD,
    fields.EVENT,
    fields.HR,
    fields.FIELD_DESCRIPTION,
    fields.TIME_IN_ZONE,
)


def sealed(raw: bytes) -> bytes:
    """Return the bytes with the right size and checksum; their last two bytes are the old checksum."""
    if len(raw) < 14 or raw[8:12] != b".FIT":
        return raw
    body = raw[:4] + struct.pack("<I", max(0, len(raw) - raw[0] - 2)) + raw[8:-2]
    return body + struct.pack("<H", crc16(body))


def bit_flips(random: Random, raw: bytes) -> bytes:
    """Flip some bits anywhere behind the header."""
    flipped = bytearray(raw)
    for _ in range(random.randint(1, 20)):
        flipped[random.randrange(min(14, len(raw) - 1), len(raw))] ^= 1 << random.randrange(8)
    return sealed(bytes(flipped)) if random.random() < 0.8 else bytes(flipped)


def truncation(random: Random, raw: bytes) -> bytes:
    """Cut the end off, or fill it with zeros as a copying program reserves them."""
    kept = raw[: random.randrange(len(raw))]
    return random.choice((kept, sealed(kept), kept + bytes(len(raw) - len(kept))))


def swapped_blocks(random: Random, raw: bytes) -> bytes:
    """Swap two stretches of the file, or insert one of them a second time."""
    edges = sorted(random.randrange(len(raw)) for _ in range(4))
    a, b, c, d = edges
    middle = (raw[c:d], raw[b:c], raw[a:b]) if random.random() < 0.5 else (raw[a:b], raw[b:c], raw[a:b], raw[c:d])
    return sealed(raw[:a] + b"".join(middle) + raw[d:])


def lying_header(random: Random, raw: bytes) -> bytes:
    """Write a wrong size or a wrong header length."""
    size = random.choice((0, 1, 2**31, 2**32 - 1, len(raw), random.randrange(2 * len(raw))))
    return bytes([random.choice((12, 14, 255, raw[0]))]) + raw[1:4] + struct.pack("<I", size) + raw[8:]


def hostile_definitions(random: Random, raw: bytes) -> bytes:
    """Insert definitions that no device writes, with data, between two messages of the file."""
    at = random.choice(_edges(raw))
    return sealed(raw[:at] + random.choice(_HOSTILE)(random) + raw[at:])


def repeated(random: Random, raw: bytes) -> bytes:
    """Repeat some messages hundreds of times, to find work that grows with the square of their number."""
    edges = _edges(raw)
    begin = random.randrange(len(edges))
    part = raw[edges[begin] : edges[min(begin + random.randint(1, 4), len(edges) - 1)]]
    return sealed(raw[: edges[begin]] + part * min(2000, 100_000 // max(len(part), 1)) + raw[edges[begin] :])


def _edges(raw: bytes) -> list[int]:
    """Return the offsets at which the messages of the first file begin."""
    try:
        segment = open_envelope(raw).segments[0]
    except ParseError:
        return [len(raw)]
    return [segment.start, *(walk(raw, segment).offsets[:2000] - 1).tolist()]


def _any_field(random: Random) -> tuple[int, int, int]:
    number = random.choice((fields.TIMESTAMP, 2, 3, 5, 7, 8, 9, 10, random.randrange(256)))
    return number, random.choice((0, 1, 2, 3, 4, 8, 255)), random.choice((0x02, 0x84, 0x86, 7, 13, 0x88, 0x8F, 255))


def _any_definition(random: Random, count: int, size: int | None = None) -> bytes:
    """Return a definition with `count` fields, and perhaps some messages of it."""
    message = random.choice((*_MESSAGES, random.randrange(65536)))
    local = random.randrange(16)
    layout = [_any_field(random) for _ in range(count)]
    if size is not None:
        layout = [(number, size, base) for number, _, base in layout]
    developer = [(random.randrange(256), random.randrange(9), 0) for _ in range(random.choice((0, 0, 1, 255)))]
    length = sum(width for _, width, _ in (*layout, *developer))
    defined = definition(local, message, layout, big=random.random() < 0.3, developer=developer)
    return defined + (bytes([local]) + random.randbytes(length)) * random.choice((0, 1, 3))


def _thousands(random: Random) -> bytes:
    """Return thousands of different definitions, each with one message."""
    return b"".join(
        definition(
            number % 16,
            fields.RECORD if number % 3 else number % 250,
            ((number % 256, 1, UINT8), (number >> 8, 1, UINT8)),
        )
        + bytes([number % 16, random.randrange(256), 1])
        for number in range(random.choice((1000, 4000)))
    )


_HOSTILE: tuple[Callable[[Random], bytes], ...] = (
    lambda random: _any_definition(random, 255, 255),  # 65 kB a message
    lambda random: _any_definition(random, 255, 0),  # messages of one byte, with 255 fields
    lambda random: _any_definition(random, random.randrange(255)),
    lambda random: _any_definition(random, 0) + bytes([random.randrange(16)]) * 5000,
    lambda _: definition(0, fields.RECORD, ((3, 255, UINT8),)) + b"\x00\x01",  # more than the file has
    lambda _: bytes([0x6F, 0, 0, 20, 0, 255]),  # the fields are not there
    _thousands,
)

MUTATIONS: tuple[Mutation, ...] = (
    bit_flips,
    bit_flips,
    bit_flips,
    truncation,
    swapped_blocks,
    lying_header,
    hostile_definitions,
    hostile_definitions,
    repeated,
)
"""The mutations, the more useful ones several times."""
