"""The points of a picture are those that were drawn, whatever way it was packed."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.delivery.pictures.attached import drawn
from hersteld.daemon.delivery.pictures.pixels import pixels_of
from tests.support.card.samples import ride

WIDTH, HEIGHT = 5, 6


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def a_png(rows: list[bytes], kinds: list[int], step: int, *, bits: int = 8) -> bytes:
    """Pack rows, each as it differs from its neighbours in one of the five ways (PNG, clause 9)."""
    packed, above = b"", bytes(len(rows[0]))
    for row, kind in zip(rows, kinds, strict=True):
        packed += bytes([kind])
        for at, value in enumerate(row):
            left, corner = (row[at - step], above[at - step]) if at >= step else (0, 0)
            up = above[at]
            whole = left + up - corner
            nearest = min((abs(whole - left), 0, left), (abs(whole - up), 1, up), (abs(whole - corner), 2, corner))[2]
            packed += bytes([(value - (0, left, up, (left + up) // 2, nearest)[kind]) & 255])
        above = row
    head = struct.pack(">IIBBBBB", len(rows[0]) // step, len(rows), bits, {3: 2, 4: 6}[step], 0, 0, 0)
    half = len(packed := zlib.compress(packed)) // 2
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", packed[:half]), chunk(b"IDAT", packed[half:]), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@given(st.data(), st.sampled_from([3, 4]))
def test_each_way_to_pack_a_row_is_read_back(data: st.DataObject, step: int) -> None:
    size = WIDTH * step
    rows = data.draw(st.lists(st.binary(min_size=size, max_size=size), min_size=HEIGHT, max_size=HEIGHT))
    kinds = data.draw(st.lists(st.integers(0, 4), min_size=HEIGHT, max_size=HEIGHT))
    pixels = pixels_of(a_png(rows, kinds, step))
    points = [row[at : at + 3] for row in rows for at in range(0, size, step)]
    assert (pixels.width_px, pixels.height_px, pixels.rgb) == (WIDTH, HEIGHT, b"".join(points))


def test_the_ground_of_a_real_picture_has_its_colour() -> None:
    png = drawn(ride("en"), 480)
    assert png is not None
    pixels = pixels_of(png)
    assert (pixels.width_px, pixels.height_px, len(pixels.rgb)) == (480, 240, 3 * 480 * 240)
    inside = 3 * (480 * 5 + 5)
    assert pixels.rgb[inside : inside + 3] == bytes.fromhex("18222B")
    assert len(set(pixels.rgb)) > 50


SOUND = a_png([bytes(15)] * 2, [0, 0], 3)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"GIF89a", SOUND[:20], SOUND[:60], SOUND.replace(b"IHDR", b"HEAD")),
        a_png([bytes(15)] * 2, [0, 0], 3, bits=16),
        SOUND.replace(struct.pack(">I", 2), struct.pack(">I", 9), 1),
    ],
)
def test_what_is_no_such_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"PNG|picture"):
        pixels_of(content)
