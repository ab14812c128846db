"""Both ways to read fields give the same values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.columns.field_readers import layout_reader
from hersteld.parsers.format.layout import parse_definition
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.fields import RECORD
from hersteld.parsers.format.profile.wanted import WANTED
from tests.support.fit.build import definition

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


@given(st.lists(st.binary(min_size=ROW_BYTES, max_size=ROW_BYTES), min_size=1, max_size=4), st.booleans())
def test_a_message_read_by_itself_says_what_it_says_among_many(messages: list[bytes], big_endian: bool) -> None:
    layout = parse_definition(definition(0, RECORD, ROW, big=big_endian))
    reader = layout_reader(layout, WANTED[RECORD])
    rows = np.frombuffer(b"".join(messages), dtype=f"V{ROW_BYTES}")
    alone = reader.row.read(b"".join(messages), [ROW_BYTES * row for row in range(len(messages))])
    assert len(reader.row.numbers) == len(reader.fields) == len(ROW)
    for field, told in zip(reader.fields, alone, strict=True):
        assert field.stored is not None
        among_many = field.stored.read(rows)[:, 0] / field.scale - field.offset
        np.testing.assert_array_equal(told, among_many)


@pytest.mark.parametrize(("base_type", "signalling"), [(0x88, "010080ff"), (0x89, "010000000000f07f")])
def test_a_float_that_signals_is_no_number_and_no_warning(base_type: int, signalling: str) -> None:
    raw = bytes.fromhex(signalling)
    reader = layout_reader(
        parse_definition(definition(0, RECORD, ((fields.RECORD_DISTANCE, len(raw), base_type),))), WANTED[RECORD]
    )
    (field,) = reader.fields
    assert field.stored is not None
    assert np.isnan(field.stored.read(np.frombuffer(raw, dtype=f"V{len(raw)}")) / field.scale)
    assert np.isnan(reader.row.read(raw, [0]))
