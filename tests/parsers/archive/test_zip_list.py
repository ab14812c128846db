"""One odd entry in the list of a zip costs no other; of itself comes out what can, and the rest is named."""

import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.archive.each_file import each_file
from hersteld.parsers.errors import BadArchive
from tests.support.fit.archives import all_files
from tests.support.fit.build import activity

FITS = {name: activity(range(60, 120 + 10 * number)) for number, name in enumerate(("a.fit", "b.fit", "c.fit"))}
A, B, C = FITS.values()
OTHERS = {"x.zip/a.fit": A, "x.zip/c.fit": C}
EXTRA = struct.pack("<HH4s", 0xCAFE, 4, b"odd?")
NEEDED, FLAGS, METHOD, PACKED, NAME_LENGTH, EXTRA_LENGTH, PLACE, NAME = 6, 8, 10, 20, 28, 30, 42, 46
"""Where these stand in an entry of the list."""


@dataclass(frozen=True)
class Zip:
    """A zip of three files, the second of which is about to become odd."""

    content: bytearray
    entry: int
    local: int

    def put(self, at: int, what: int, size: int = 2) -> None:
        """Overwrite a number in the list."""
        self.content[self.entry + at : self.entry + at + size] = what.to_bytes(size, "little")

    def put_extra(self, extra: bytes) -> None:
        """Overwrite the extra fields, which are eight bytes, in the list."""
        begin = self.entry + NAME + len("b.fit")
        self.content[begin : begin + len(EXTRA)] = extra.ljust(len(EXTRA), b"\0")


def three(method: int = zipfile.ZIP_DEFLATED) -> Zip:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in FITS.items():
            info = zipfile.ZipInfo(name)
            info.compress_type, info.extra = method, EXTRA
            archive.writestr(info, content)
    changing = bytearray(packed.getvalue())
    entries = changing.index(b"PK\x01\x02")
    return Zip(changing, changing.index(b"PK\x01\x02", entries + 4), changing.index(b"PK\x03\x04", 4))


def name_is_no_utf_8(odd: Zip) -> None:
    odd.put(FLAGS, 0x800)
    odd.content[odd.entry + NAME] = 0xFF


def name_holds_a_nul(odd: Zip) -> None:
    odd.content[odd.entry + NAME] = 0


def name_is_longer_than_the_list(odd: Zip) -> None:
    odd.put(NAME_LENGTH, 60_000)


def name_is_longer_than_it_is(odd: Zip) -> None:
    odd.put(NAME_LENGTH, len("b.fit") + 30)


def comes_from_a_future_version(odd: Zip) -> None:
    odd.put(NEEDED, 99)


def extra_field_is_longer_than_all_of_them(odd: Zip) -> None:
    odd.put_extra(struct.pack("<HH", 0xCAFE, 999))


def extra_fields_are_longer_than_the_list(odd: Zip) -> None:
    odd.put(EXTRA_LENGTH, 60_000)


def extra_fields_reach_into_the_next_entry(odd: Zip) -> None:
    odd.put(EXTRA_LENGTH, len(EXTRA) + 20)


def zip64_field_is_too_short(odd: Zip) -> None:
    odd.put(PACKED, 0xFFFFFFFF, 4)
    odd.put_extra(struct.pack("<HHI", 1, 4, 7))


def zip64_field_is_not_there(odd: Zip) -> None:
    odd.put(PACKED, 0xFFFFFFFF, 4)


def flags_are_all_but_that_of_a_password(odd: Zip) -> None:
    odd.put(FLAGS, 0xFFFE)


def packed_size_is_that_of_everything(odd: Zip) -> None:
    odd.put(PACKED, len(odd.content), 4)


def place_is_beyond_the_end(odd: Zip) -> None:
    odd.put(PLACE, 0xFFFFFFF0, 4)


def place_is_in_a_zip64_field_too_short(odd: Zip) -> None:
    odd.put(PLACE, 0xFFFFFFFF, 4)
    odd.put_extra(struct.pack("<HHI", 1, 4, 7))


def local_header_is_none(odd: Zip) -> None:
    odd.content[odd.local : odd.local + 4] = b"NONE"


def local_name_is_longer_than_the_zip(odd: Zip) -> None:
    odd.content[odd.local + 26 : odd.local + 28] = b"\xff\xff"


@pytest.mark.figures("one broken, odd or empty file in an archive", "{tried} faults: 0 other files lost")
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize(
    ("make_odd", "name", "content"),
    [
        (name_is_no_utf_8, "\ufffd.fit", B),
        (name_holds_a_nul, "", B),
        (name_is_longer_than_the_list, None, B),
        (name_is_longer_than_it_is, None, B),
        (comes_from_a_future_version, "b.fit", B),
        (extra_field_is_longer_than_all_of_them, "b.fit", B),
        (extra_fields_are_longer_than_the_list, "b.fit", B),
        (extra_fields_reach_into_the_next_entry, "b.fit", B),
        (zip64_field_is_too_short, "b.fit", B),
        (zip64_field_is_not_there, "b.fit", B),
        (flags_are_all_but_that_of_a_password, "b.fit", B),
        (packed_size_is_that_of_everything, "b.fit", B),
        (place_is_beyond_the_end, "b.fit", b""),
        (place_is_in_a_zip64_field_too_short, "b.fit", b""),
        (local_header_is_none, "b.fit", b""),
        (local_name_is_longer_than_the_zip, "b.fit", b""),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_an_odd_entry_costs_at_most_itself(
    make_odd: Callable[[Zip], None], name: str | None, content: bytes, method: int
) -> None:
    odd = three(method)
    make_odd(odd)
    files = dict(all_files(bytes(odd.content), "x.zip"))
    assert {one: files.pop(one, b"") for one in OTHERS} == OTHERS
    ((odd_name, odd_content),) = files.items()
    assert name is None or odd_name == f"x.zip/{name}"
    assert odd_content == content


@pytest.mark.parametrize(
    ("at", "what", "reason"),
    [
        (FLAGS, 1, r"files\.locked_inside name='x\.zip/b\.fit'"),
        (METHOD, 98, r"files\.packed_oddly_inside name='x\.zip/b\.fit'"),
    ],
)
def test_an_entry_that_cannot_be_opened_is_named_when_the_others_are_out(at: int, what: int, reason: str) -> None:
    odd = three()
    odd.put(at, what)
    odd.put(NEEDED, 99)  # as writers of such entries put it
    assert_others_come_out(odd, reason)


@pytest.mark.parametrize("signature", [b"PK\x01\x09", b"\0\0\0\0"])
def test_an_entry_that_is_none_is_told_as_a_fault_of_the_list_when_the_others_are_out(signature: bytes) -> None:
    odd = three()
    odd.content[odd.entry : odd.entry + 4] = signature
    assert_others_come_out(odd, r"files\.broken_zip")


def assert_others_come_out(odd: Zip, reason: str) -> None:
    found = each_file(bytes(odd.content), "x.zip")
    assert dict([next(found), next(found)]) == OTHERS
    with pytest.raises(BadArchive, match=reason):
        next(found)


def test_two_odd_entries_cost_no_third_and_nothing_in_front_of_the_zip_does() -> None:
    odd = three()
    comes_from_a_future_version(odd)
    first = odd.content.index(b"PK\x01\x02")
    odd.content[first + NEEDED] = 99
    front = b"PK\x03\x04" + bytes(500)  # the place of each entry is counted from behind it
    files = dict(all_files(front + bytes(odd.content), "x.zip"))
    assert files == {f"x.zip/{name}": content for name, content in FITS.items()}


def test_an_odd_entry_of_a_zip_within_a_zip_costs_no_other_either() -> None:
    odd = three()
    comes_from_a_future_version(odd)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("part.zip", bytes(odd.content))
    files = dict(all_files(packed.getvalue(), "x.zip"))
    assert files == {f"x.zip/part.zip/{name}": content for name, content in FITS.items()}


@given(at=st.integers(0, NAME + len("b.fit") + len(EXTRA) - 1), what=st.binary(min_size=1, max_size=8))
def test_whatever_an_entry_says_the_others_come_out(at: int, what: bytes) -> None:
    odd = three()
    length = NAME + len("b.fit") + len(EXTRA)
    odd.content[odd.entry + at : odd.entry + min(at + len(what), length)] = what[: length - at]
    found = []
    with suppress(BadArchive):
        for _, content in each_file(bytes(odd.content), "x.zip"):
            found.append(content)
    assert {A, C} <= set(found)


def test_an_odd_entry_in_the_list_of_a_large_zip_costs_no_other() -> None:
    """A zip of more than 4 GB or 65535 entries gives size and place of its list in records of 64 bits."""
    odd = three()
    name_is_no_utf_8(odd)
    content = bytes(odd.content)
    begin, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    end_64 = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 3, 3, end - begin, begin)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    last = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    files = dict(all_files(content[:end] + end_64 + locator + last, "x.zip"))
    assert list(files.values()) == [A, B, C]
