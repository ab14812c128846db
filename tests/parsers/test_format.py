"""The small pieces of the format, against definitions that know no shortcut."""

from typing import Any

import numpy as np
import pytest
from fitparse.profile import MESSAGE_TYPES
from fitparse.records import Crc
from garmin_fit_sdk.profile import Profile
from hypothesis import example, given
from hypothesis import strategies as st

from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.read_plans import plan
from hersteld.parsers.format.base_types import twelve_bits
from hersteld.parsers.format.crc import crc16
from hersteld.parsers.format.envelope import Segment
from hersteld.parsers.format.layout import parse_definition
from hersteld.parsers.format.profile import _OF_ACTIVITIES, _OF_DAYS, TIMESTAMP, WANTED, native_field, scaling
from hersteld.parsers.format.profile_additions import FIELDS, NAMES
from hersteld.parsers.format.rolling_counter import unroll
from hersteld.parsers.format.walk import walk
from tests.support.fit.build import UINT8, crc, definition, file_id, fit
from tests.support.fit.promise import attempt

TYPES = (
    (2, 0x84),
    (1, 2),
    (1, 1),
    (4, 0x86),
    (2, 0x83),
    (4, 0x85),
    (8, 0x8E),
    (4, 0x88),
    (8, 0x8F),
    (8, 0x89),
    (1, 0x0D),
)
ROW = [(number, *stored) for number, stored in zip((2, 3, 4, 5, 6, 7, 13, 52, 53, 73, 78), TYPES, strict=True)]
"""A record with a field of every type of number."""
ROW_BYTES = sum(size for _, size, _ in ROW)


def test_the_checksum_has_the_known_check_value() -> None:
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=300))
def test_the_fast_checksum_equals_the_slow_ones(raw: bytes) -> None:
    assert crc16(raw) == crc(raw) == Crc.calculate(raw)


@given(st.lists(st.integers(0, 15), min_size=1, max_size=50), st.integers(0, 1000))
def test_a_rolling_counter_gives_back_what_was_counted(steps: list[int], start: int) -> None:
    whole = start + np.cumsum(np.array([0, *steps]))
    assert unroll(whole & 15, 4, np.array([0]), np.array([start])).tolist() == whole.tolist()
    assert unroll(whole.astype(np.int16), 4).tolist() == (whole - (start & ~15)).tolist()


def test_a_rolling_counter_is_set_anew_where_the_full_value_is_known() -> None:
    low, full = np.array([14, 1, 2, 5, 0]), np.array([1000, 2005])
    assert unroll(low, 4, np.array([1, 3]), full).tolist() == [14, 1000, 1002 + 8, 2005, 2016]


@given(st.lists(st.tuples(st.integers(0, 4095), st.integers(0, 4095)), max_size=20))
@example([(4095, 15)])  # its first two bytes have all bits set
def test_numbers_of_twelve_bits_come_out_as_they_were_packed(pairs: list[tuple[int, int]]) -> None:
    packed = b"".join((low | high << 12).to_bytes(3, "little") for low, high in pairs)
    rows = np.frombuffer(packed, dtype=np.uint8).reshape(len(pairs), 3)
    expected = [(-1, -1) if pair == (4095, 4095) else pair for pair in pairs]
    assert [tuple(row) for row in twelve_bits(rows).tolist()] == expected
    in_two_bytes = [[-1] if (low, high & 15) == (4095, 15) else [low] for low, high in pairs]
    assert twelve_bits(rows[:, :2]).tolist() == in_two_bytes
    assert twelve_bits(rows[:, :1]).shape == (len(pairs), 0)


ROUNDS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 3), min_size=1, max_size=6), st.sampled_from([1, 2, 15, 31, 32, 33, 64, 65, 300])
    ),
    max_size=5,
)
"""Messages of these local numbers by turns, and how often."""


@given(ROUNDS, st.lists(st.integers(0, 6), min_size=4, max_size=4), st.integers(0, 9))
def test_the_walk_finds_every_message_of_every_run_and_round(
    rounds: list[tuple[list[int], int]], sizes: list[int], missing: int
) -> None:
    """Whatever is in the messages: here, all that begins a message."""
    raw = b"".join(definition(local, 20 + local, ((0, size, UINT8),)) for local, size in enumerate(sizes))
    defined = len(raw)
    passed: list[tuple[int, int, int]] = []
    for locals_, count in rounds:
        for local in locals_ * count:
            told = bytes([local]) + bytes((len(raw) + place) % 4 for place in range(sizes[local]))
            passed.append((local, len(raw), len(raw + told)))
            raw += told
    end = max(defined, len(raw) - missing)
    walked = walk(raw, Segment(0, end))
    torn = [begin for _, begin, after in passed if begin < end < after]
    assert walked.stopped_at == (torn[0] if torn else None)
    expected = {
        20 + kind: places
        for kind in range(4)
        if (places := [begin + 1 for local, begin, after in passed if local == kind and after <= end])
    }
    assert walked.offsets.tolist() == sorted(place for places in expected.values() for place in places)
    assert {layout.number: walked.offsets[at].tolist() for layout, at in walked.by_layout(lambda _: True)} == expected


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 9)), max_size=120), st.integers(0, 9))
def test_the_walk_goes_where_one_step_at_a_time_leads(order: list[tuple[int, int]], missing: int) -> None:
    """Local numbers defined again and again, compressed times, header bits that mean nothing, the end cut off."""
    raw = b""
    passed: list[tuple[int, int, bool]] = []
    sizes: dict[int, int] = {}
    meant: dict[tuple[int, int], list[int]] = {}
    for header, size in order:
        local = header >> 5 & 3 if header >= 0x80 else header & 15
        is_definition = 0x40 <= header < 0x80
        if is_definition:
            sizes[local] = size
        if local in sizes:
            data = definition(local, 20, ((7, size, 2),)) if is_definition else bytes([header]) + bytes(sizes[local])
            if not is_definition:
                meant.setdefault((local, sizes[local]), []).append(len(raw) + 1)
            passed.append((len(raw), len(raw + data), not is_definition))
            raw += data
    end = max(0, len(raw) - missing)
    walked = walk(raw, Segment(0, end))
    assert walked.offsets.tolist() == [start + 1 for start, after, is_data in passed if is_data and after <= end]
    torn = [start for start, after, _ in passed if start < end < after]
    assert walked.stopped_at == (torn[0] if torn else None)
    whole = set(walked.offsets.tolist())
    expected = {kind: [at for at in places if at in whole] for kind, places in meant.items()}
    found = {
        (layout.local, layout.size): walked.offsets[at].tolist() for layout, at in walked.by_layout(lambda _: True)
    }
    assert found == {kind: places for kind, places in expected.items() if places}


def test_a_message_of_no_bytes_belongs_to_the_definition_before_it() -> None:
    raw = definition(0, 20, ()) + b"\x00" + definition(0, 20, ((3, 1, UINT8),)) + b"\x00\x50"
    (file,) = bulk.decode(fit(raw)).files
    np.testing.assert_array_equal(file.of(20).column(3), [np.nan, 80])
    attempt(fit(file_id(), definition(0, 20, ()) + b"\x00", definition(0, 20, ((3, 200, UINT8),))), salvage=True)


def test_scales_come_from_the_profile_and_from_the_overlay() -> None:
    assert (scaling(20, 2).scale, scaling(20, 2).offset, scaling(20, 2).units) == (5, 500, "m")
    assert scaling(18, 168).scale == 65536


UNDOCUMENTED = {(18, 178), (140, 9)}
"""Sweat loss and recovery time, which no profile has."""


def test_what_the_profile_of_2019_lacks_is_as_the_makers_profile_of_today_has_it() -> None:
    for (message, field), ours in FIELDS.items():
        if (message, field) not in UNDOCUMENTED:
            theirs = Profile["messages"][message]["fields"][field]
            assert (ours.name, [ours.scale], [ours.offset]) == (theirs["name"], theirs["scale"], theirs["offset"])


@pytest.mark.parametrize("enumeration", NAMES)
def test_the_names_that_came_later_are_the_makers_of_today(enumeration: str) -> None:
    theirs = Profile["types"][enumeration]
    assert NAMES[enumeration] == {number: theirs.get(number) for number in NAMES[enumeration]}


def test_a_developer_field_in_another_unit_stands_in_for_nothing() -> None:
    assert native_field("Speed", "km/h", 20, 6) is None
    assert native_field("Speed", "m/s", 20, 6) == 6
    assert native_field("Power", "Watts", 20, 7) == 7
    assert native_field("Lap Power", "Watts", 19, 7) is None
    assert native_field("Form Power", "Watts", 20, None) is None


@pytest.mark.parametrize("listed", [_OF_ACTIVITIES, _OF_DAYS], ids=["activities", "days"])
def test_every_wanted_field_is_called_what_the_profile_calls_it(listed: dict[int, str]) -> None:
    for message, fields in listed.items():
        known: Any = MESSAGE_TYPES.get(message)
        names = {} if known is None else {number: one.name for number, one in known.fields.items()}
        names |= {number: one.name for (of, number), one in FIELDS.items() if of == message}
        names[TIMESTAMP] = "timestamp"
        for field in fields.split(", "):
            number, name = field.split(" ")
            assert names[int(number)] == name, (message, field)


@given(st.lists(st.binary(min_size=ROW_BYTES, max_size=ROW_BYTES), min_size=1, max_size=4), st.booleans())
def test_a_message_read_by_itself_says_what_it_says_among_many(messages: list[bytes], big_endian: bool) -> None:
    layout = parse_definition(definition(0, 20, ROW, big=big_endian))
    how = plan(layout, WANTED[20])
    rows = np.frombuffer(b"".join(messages), dtype=f"V{ROW_BYTES}")
    alone = how.row.read(b"".join(messages), [ROW_BYTES * row for row in range(len(messages))])
    assert len(how.row.numbers) == len(how.fields) == len(ROW)
    for field, told in zip(how.fields, alone, strict=True):
        assert field.stored is not None
        among_many = field.stored.read(rows)[:, 0] / field.scale - field.offset
        np.testing.assert_array_equal(told, among_many)


@pytest.mark.parametrize(("base_type", "signalling"), [(0x88, "010080ff"), (0x89, "010000000000f07f")])
def test_a_float_that_signals_is_no_number_and_no_warning(base_type: int, signalling: str) -> None:
    raw = bytes.fromhex(signalling)
    how = plan(parse_definition(definition(0, 20, ((5, len(raw), base_type),))), WANTED[20])
    (field,) = how.fields
    assert field.stored is not None
    assert np.isnan(field.stored.read(np.frombuffer(raw, dtype=f"V{len(raw)}")) / field.scale)
    assert np.isnan(how.row.read(raw, [0]))
