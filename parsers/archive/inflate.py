"""How much of packed bytes can be unpacked?

`zlib` and `zipfile` return nothing of a stream with a fault in it. A FIT file has a checksum of its own, so here
everything up to the fault is returned, together with how the stream ends.
"""

import struct
import zipfile
import zlib
from contextlib import suppress
from typing import Any, Literal

Inflating = Any
"""The type of what `zlib.decompressobj` returns, which has no public name."""
End = Literal["there", "missing", "broken"]
"""How the unpacking of a stream ends: "there" when all that was asked for is unpacked, which is the whole stream or
more bytes than there is room for; "missing" when the packed bytes end before the stream does; "broken" at a fault."""

_PIECE = 1 << 14
"""This many packed bytes are unpacked at once; a piece with a fault in it is then unpacked byte by byte."""
_ZIP_LOCAL = b"PK\x03\x04"
_ZIP_LOCAL_BYTES = 30


def inflate(packed: memoryview, wbits: int, unpacked: bytearray, room: int) -> tuple[End, int]:
    """Append what can be unpacked to `unpacked`, until that is one byte longer than `room`.

    Returns:
        How the unpacking ends, and how many of the packed bytes were used; for "broken", where the piece with the fault
        in it begins.
    """
    stream = zlib.decompressobj(wbits)
    for begin in range(0, len(packed), _PIECE):
        piece = packed[begin : begin + _PIECE]
        before = stream.copy()
        try:
            unpacked += stream.decompress(piece, room + 1 - len(unpacked))
        except zlib.error:
            unpacked += _until_broken(before, piece, room + 1 - len(unpacked))
            return "broken", begin
        if stream.eof or len(unpacked) > room:
            return "there", begin + len(piece) - len(stream.unused_data)
    return "missing", len(packed)


def _until_broken(stream: Inflating, piece: memoryview, most: int) -> bytes:
    """Return what can be unpacked of a piece with a fault in it, up to the fault."""
    unpacked = bytearray()
    with suppress(zlib.error):
        for at in range(len(piece)):
            if len(unpacked) >= most:
                break
            unpacked += stream.decompress(piece[at : at + 1], most - len(unpacked))
    return bytes(unpacked)


def packed_begin(data: bytes, at: int) -> int | None:
    """Return where the packed bytes of the entry at `at` begin; None when there is no entry."""
    if at < 0 or not data.startswith(_ZIP_LOCAL, at) or at + _ZIP_LOCAL_BYTES > len(data):
        return None
    name_bytes, extra_bytes = struct.unpack_from("<HH", data, at + _ZIP_LOCAL_BYTES - 4)
    return at + _ZIP_LOCAL_BYTES + int(name_bytes) + int(extra_bytes)


def packed_bytes(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """Return the packed bytes of an entry; no bytes when it is not where the list says."""
    begin = packed_begin(data, entry.header_offset)
    if begin is None:
        return memoryview(b"")
    return memoryview(data)[begin : begin + entry.compress_size]


def unpacked_bytes(packed: memoryview, entry: zipfile.ZipInfo, room: int) -> bytes:
    """Return what can be unpacked of an entry, at most one byte more than `room`."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return bytes(packed[: room + 1])
    unpacked = bytearray()
    inflate(packed, -zlib.MAX_WBITS, unpacked, room)
    return bytes(unpacked)
