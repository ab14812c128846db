"""Everything up to a fault comes out of packed bytes, and no more than there is room for."""

import io
import random
import zipfile
import zlib

import pytest

from hersteld.parsers.archive.inflate import inflate, packed_begin, packed_bytes, unpacked_bytes
from tests.support.fit.archives import zipped

CONTENT = random.Random(7).randbytes(60_000)
PACKED = zlib.compress(CONTENT)


def inflated(packed: bytes, room: int = 100_000) -> tuple[str, bytes, int]:
    unpacked = bytearray()
    end, used = inflate(memoryview(packed), zlib.MAX_WBITS, unpacked, room)
    return end, bytes(unpacked), used


def test_a_whole_stream_comes_out_and_what_is_behind_it_is_left() -> None:
    assert inflated(PACKED + b"behind") == ("there", CONTENT, len(PACKED))


def test_of_a_stream_that_is_cut_off_the_beginning_comes_out() -> None:
    end, unpacked, used = inflated(PACKED[:-1000])
    assert (end, used) == ("missing", len(PACKED) - 1000)
    assert CONTENT.startswith(unpacked)
    assert len(unpacked) > 58_000


def test_of_a_stream_with_a_fault_what_is_before_it_comes_out() -> None:
    text = b"".join(b"%d, " % number for number in range(20_000))
    packed = bytearray(zlib.compress(text))
    packed[20_000:20_016] = bytes(range(240, 256))
    end, unpacked, _ = inflated(bytes(packed), 200_000)
    assert end == "broken"
    assert len(unpacked) > 1000
    assert text.startswith(unpacked[:1000])


@pytest.mark.parametrize("room", [0, 1, 500, 59_999])
def test_no_more_comes_out_than_one_byte_beyond_the_room(room: int) -> None:
    _, unpacked, _ = inflated(PACKED, room)
    assert unpacked == CONTENT[: room + 1]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_entry_of_a_zip_comes_out_up_to_the_room(method: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("a.fit", CONTENT)
        (entry,) = archive.infolist()
    content = packed_bytes(packed.getvalue(), entry)
    assert unpacked_bytes(content, entry, len(CONTENT)) == CONTENT
    assert unpacked_bytes(content, entry, 9) == CONTENT[:10]


@pytest.mark.parametrize("at", [-1, 1, 10**6])
def test_where_no_entry_begins_there_are_no_packed_bytes(at: int) -> None:
    data = zipped(a_fit=b"text")
    assert packed_begin(data, 0) == 30 + len("a.fit")
    assert packed_begin(data, at) is None
    assert packed_begin(data[:20], 0) is None
    entry = zipfile.ZipInfo("a.fit")
    entry.header_offset, entry.compress_size = at, 4
    assert bytes(packed_bytes(data, entry)) == b""
