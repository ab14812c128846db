"""Anything can be written, and what no base type or profile holds is refused."""

import math
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import fitdecode
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.writing.fit_writer import FitWriter, RawField, by_profile, pack
from tests.support.fit.other_decoders import DECODERS, Message

START = datetime(2026, 5, 1, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@DECODERS
def test_developer_fields_come_back_under_their_own_name(decode: Any) -> None:
    writer = FitWriter()
    writer.message("file_id", {"type": "activity", "manufacturer": "development", "time_created": START})
    writer.message("developer_data_id", {"application_id": bytes(range(16)), "developer_data_index": 0})
    described = {"developer_data_index": 0, "field_definition_number": 7, "fit_base_type_id": 0x84}
    writer.message("field_description", {**described, "field_name": "sweat", "units": "ml"})
    for sweat in (5, 300):
        writer.message("record", {"timestamp": START, "heart_rate": 99}, extra=[RawField(7, "uint16", sweat, 0)])
    records = decode(writer.finish())["record"]
    found = [r.get("sweat") or r["developer_fields"][0] for r in records]  # fitdecode by name, Garmin by field
    assert [value[0] if isinstance(value, list) else value for value in found] == [5, 300]


INTEGERS = {
    "uint8": (0, 254),
    "sint8": (-128, 126),
    "uint16": (0, 65534),
    "sint16": (-32768, 32766),
    "uint32": (0, 2**32 - 2),
    "sint32": (-(2**31), 2**31 - 2),
    "uint64": (0, 2**64 - 2),
    "sint64": (-(2**63), 2**63 - 2),
    "uint32z": (1, 2**32 - 1),
}


@given(st.data(), st.sampled_from(sorted(INTEGERS)), st.booleans())
def test_every_whole_number_a_base_type_can_hold_survives(draw: st.DataObject, base_type: str, big: bool) -> None:
    values = draw.draw(st.lists(st.integers(*INTEGERS[base_type]), min_size=1, max_size=9))
    writer = FitWriter(big_endian=big)
    for value in values:
        writer.write(0xFF00, [RawField(1, base_type, value)])
    with fitdecode.FitReader(writer.finish()) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert [frame.fields[0].value for frame in frames] == values


@pytest.mark.parametrize("base_type", [*INTEGERS, "enum", "uint8z", "uint16z", "float32", "float64"])
def test_none_is_read_as_no_value(base_type: str) -> None:
    writer = FitWriter()
    writer.write(0xFF00, [RawField(1, base_type, None)])
    with fitdecode.FitReader(writer.finish()) as reader:
        (value,) = [frame.fields[0].value for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert value is None or math.isnan(value)


def test_twenty_kinds_of_message_share_sixteen_local_types() -> None:
    writer = FitWriter()
    expected = [(round_, kind) for round_ in range(3) for kind in range(20)]
    for round_, kind in expected:
        writer.write(0xFF00 + kind, [RawField(kind, "uint8", round_)])
    with fitdecode.FitReader(writer.finish()) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert [(frame.fields[0].value, frame.global_mesg_num - 0xFF00) for frame in frames] == expected


def test_a_local_type_can_be_forced() -> None:
    writer = FitWriter()
    writer.write(0xFF00, [RawField(1, "uint8", 1)], local_type=9)
    assert writer.finish()[14] == 0x40 | 9


@pytest.mark.parametrize(
    ("message", "values"),
    [("nonsense", {}), ("record", {"nonsense": 1}), ("session", {"sport": "nonsense"})],
)
def test_a_name_the_profile_does_not_know_is_refused(message: str, values: Message) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        by_profile(message, values)


@pytest.mark.parametrize(
    ("base_type", "value", "stored"),
    [("string", None, b"\0"), ("byte", None, b"\xff"), ("string", "ride", b"ride\0"), ("byte", b"ab", b"ab")],
)
def test_strings_and_bytes_are_written_as_they_are(base_type: str, value: str | bytes | None, stored: bytes) -> None:
    assert pack(RawField(1, base_type, value)) == stored


def test_a_base_type_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no FIT base type"):
        pack(RawField(1, "uint24", 1))
