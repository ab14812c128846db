"""How is a picture given to the desktop, whose notifications take no PNG?

As rows of colours, in the hint `image-data`. The other way, a path to a file, would have the file lie about for as long
as somebody may look at the bubble, and programs that show notifications read it when they like.

Source: the Desktop Notifications Specification, section "Icons and Images"; W3C, Portable Network Graphics, clauses 9
and 11.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_SIGN = b"\x89PNG\r\n\x1a\n"
_COLOURS = 3
_CHANNELS = {2: 3, 6: 4}
"""Bytes of a point by the colour type of a PNG: with and without transparency."""
_SUB, _UP, _AVERAGE, _PAETH = 1, 2, 3, 4


class Pixels(NamedTuple):
    """A picture without transparency.

    Attributes:
        rgb: Its rows from the top, each point three bytes.
    """

    width_px: int
    height_px: int
    rgb: bytes


def pixels_of(png: bytes) -> Pixels:
    """Return the points of a PNG with eight bits for each colour; what is transparent in it is not looked at.

    Raises:
        ValueError: It is none.
    """
    try:
        chunks = list(_chunks(png))
        width_px, height_px, bits, colour_type, _, _, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
        if bits != 8 or colour_type not in _CHANNELS or interlaced:
            raise ValueError("no such picture is drawn")
        packed = zlib.decompress(b"".join(content for kind, content in chunks if kind == b"IDAT"))
    except (struct.error, KeyError, zlib.error) as error:
        raise ValueError("no PNG") from error
    step = _CHANNELS[colour_type]
    rows = b"".join(_rows(packed, width_px, height_px, step))
    if step == _COLOURS:
        return Pixels(width_px, height_px, rows)
    rgb = bytearray(_COLOURS * width_px * height_px)
    for colour in range(_COLOURS):
        rgb[colour::_COLOURS] = rows[colour::step]
    return Pixels(width_px, height_px, bytes(rgb))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(_SIGN):
        raise ValueError("no PNG")
    at = len(_SIGN)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _rows(packed: bytes, width_px: int, height_px: int, step: int) -> Iterator[bytes]:
    """Yield the rows, each of which is stored as what differs from its neighbours."""
    size = width_px * step
    if len(packed) < height_px * (size + 1):
        raise ValueError("no whole PNG")
    above = bytes(size)
    for row in range(height_px):
        start = row * (size + 1)
        above = _row(packed[start], bytearray(packed[start + 1 : start + 1 + size]), above, step)
        yield above


def _row(kind: int, row: bytearray, above: bytes, step: int) -> bytes:
    if kind == _UP:
        return bytes((value + up) & 255 for value, up in zip(row, above, strict=True))
    if kind:
        for at, value in enumerate(row):
            left, up = (row[at - step] if at >= step else 0), above[at]
            if kind == _SUB:
                guess = left
            elif kind == _AVERAGE:
                guess = (left + up) // 2
            elif kind == _PAETH:
                guess = _nearest(left, up, above[at - step] if at >= step else 0)
            else:
                raise ValueError("no PNG")
            row[at] = (value + guess) & 255
    return bytes(row)


def _nearest(left: int, up: int, corner: int) -> int:
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner
