"""What may befall a sound FIT file, by accident or by malice?

Each way takes a random number generator and the file, and gives other bytes. Most get a checksum that fits again:
otherwise the checksum would hide from them all that lies behind it.
"""

import struct
from collections.abc import Callable
from random import Random

from hersteld.parsers.errors import ParseError
from hersteld.parsers.format.crc import crc16
from hersteld.parsers.format.envelope import open_envelope
from hersteld.parsers.format.walk import walk
from tests.support.fit.build import UINT8, definition

Mutation = Callable[[Random, bytes], bytes]


def sealed(raw: bytes) -> bytes:
    """Return the bytes with a size and a checksum that fit, the last two bytes being that of before."""
    if len(raw) < 14 or raw[8:12] != b".FIT":
        return raw
    body = raw[:4] + struct.pack("<I", max(0, len(raw) - raw[0] - 2)) + raw[8:-2]
    return body + struct.pack("<H", crc16(body))


def bit_flips(random: Random, raw: bytes) -> bytes:
    """Bits turned over, anywhere behind the header."""
    flipped = bytearray(raw)
    for _ in range(random.randint(1, 20)):
        flipped[random.randrange(min(14, len(raw) - 1), len(raw))] ^= 1 << random.randrange(8)
    return sealed(bytes(flipped)) if random.random() < 0.8 else bytes(flipped)


def truncation(random: Random, raw: bytes) -> bytes:
    """The end missing, or filled with zeros that a copying program has reserved."""
    kept = raw[: random.randrange(len(raw))]
    return random.choice((kept, sealed(kept), kept + bytes(len(raw) - len(kept))))


def swapped_blocks(random: Random, raw: bytes) -> bytes:
    """Two stretches of the file in each other's place, or one of them there twice."""
    edges = sorted(random.randrange(len(raw)) for _ in range(4))
    a, b, c, d = edges
    middle = (raw[c:d], raw[b:c], raw[a:b]) if random.random() < 0.5 else (raw[a:b], raw[b:c], raw[a:b], raw[c:d])
    return sealed(raw[:a] + b"".join(middle) + raw[d:])


def lying_header(random: Random, raw: bytes) -> bytes:
    """A size or a header length that is not true."""
    size = random.choice((0, 1, 2**31, 2**32 - 1, len(raw), random.randrange(2 * len(raw))))
    return bytes([random.choice((12, 14, 255, raw[0]))]) + raw[1:4] + struct.pack("<I", size) + raw[8:]


def hostile_definitions(random: Random, raw: bytes) -> bytes:
    """Definitions that no device writes, with data to them, put between two messages of the file."""
    at = random.choice(_edges(raw))
    return sealed(raw[:at] + random.choice(_HOSTILE)(random) + raw[at:])


def repeated(random: Random, raw: bytes) -> bytes:
    """Some messages there hundreds of times: what costs little for each message may cost much for each pair of them."""
    edges = _edges(raw)
    begin = random.randrange(len(edges))
    told = raw[edges[begin] : edges[min(begin + random.randint(1, 4), len(edges) - 1)]]
    return sealed(raw[: edges[begin]] + told * min(2000, 100_000 // max(len(told), 1)) + raw[edges[begin] :])


def _edges(raw: bytes) -> list[int]:
    """Return where the first file's messages begin."""
    try:
        segment = open_envelope(raw).segments[0]
    except ParseError:
        return [len(raw)]
    return [segment.start, *(walk(raw, segment).offsets[:2000] - 1).tolist()]


def _any_field(random: Random) -> tuple[int, int, int]:
    number = random.choice((253, 2, 3, 5, 7, 8, 9, 10, random.randrange(256)))
    return number, random.choice((0, 1, 2, 3, 4, 8, 255)), random.choice((0x02, 0x84, 0x86, 7, 13, 0x88, 0x8F, 255))


def _any_definition(random: Random, fields: int, size: int | None = None) -> bytes:
    message = random.choice((0, 18, 19, 20, 20, 21, 132, 206, 216, random.randrange(65536)))
    local = random.randrange(16)
    told = [_any_field(random) for _ in range(fields)]
    if size is not None:
        told = [(number, size, base) for number, _, base in told]
    developer = [(random.randrange(256), random.randrange(9), 0) for _ in range(random.choice((0, 0, 1, 255)))]
    length = sum(one for _, one, _ in (*told, *developer))
    whole = definition(local, message, told, big=random.random() < 0.3, developer=developer)
    return whole + (bytes([local]) + random.randbytes(length)) * random.choice((0, 1, 3))


def _thousands(random: Random) -> bytes:
    """Return thousands of different definitions, each with one message."""
    return b"".join(
        definition(number % 16, 20 if number % 3 else number % 250, ((number % 256, 1, UINT8), (number >> 8, 1, UINT8)))
        + bytes([number % 16, random.randrange(256), 1])
        for number in range(random.choice((1000, 4000)))
    )


_HOSTILE: tuple[Callable[[Random], bytes], ...] = (
    lambda random: _any_definition(random, 255, 255),  # 65 kB a message
    lambda random: _any_definition(random, 255, 0),  # messages of one byte, with 255 fields
    lambda random: _any_definition(random, random.randrange(255)),
    lambda random: _any_definition(random, 0) + bytes([random.randrange(16)]) * 5000,
    lambda _: definition(0, 20, ((3, 255, UINT8),)) + b"\x00\x01",  # more than the file has
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
"""Each as often as it is worth trying."""
