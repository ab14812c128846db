"""What a definition message says."""

import pytest

from hersteld.parsers.format.layout import Slot, definition_end, parse_definition
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import UINT8, UINT16, UINT32, definition

FIELDS = ((fields.TIMESTAMP, 4, UINT32), (fields.RECORD_HEART_RATE, 1, UINT8), (fields.RECORD_POWER, 2, UINT16))


@pytest.mark.parametrize("big_endian", [False, True])
def test_a_definition_says_where_each_field_lies(big_endian: bool) -> None:
    layout = parse_definition(definition(5, fields.TIME_IN_ZONE, FIELDS, big=big_endian))
    assert (layout.local, layout.number, layout.big_endian, layout.size) == (5, 216, big_endian, 7)
    assert layout.slots({3, 7, 99}) == [Slot(3, 4, 1, UINT8), Slot(7, 5, 2, UINT16)]
    assert layout.has_any(frozenset({7, 99}))
    assert not layout.has_any(frozenset({99}))
    assert layout.developer_slots() == []


def test_the_fields_of_apps_lie_behind_the_native_ones() -> None:
    layout = parse_definition(definition(0, fields.RECORD, FIELDS, developer=((9, 2, 0), (4, 1, 1))))
    assert layout.developer_slots() == [Slot(9, 7, 2, 0), Slot(4, 9, 1, 1)]
    assert layout.size == 10


@pytest.mark.parametrize("developer", [(), ((9, 2, 0),)])
def test_a_definition_ends_where_its_last_field_does_or_is_cut_off(developer: tuple[tuple[int, int, int], ...]) -> None:
    raw = definition(0, fields.RECORD, FIELDS, developer=developer)
    assert definition_end(raw + b"more", 0, len(raw) + 4) == len(raw)
    assert [definition_end(raw, 0, end) for end in range(1, len(raw))] == [None] * (len(raw) - 1)


def test_a_message_of_data_is_no_definition() -> None:
    assert definition_end(bytes(20), 0, 20) is None
    assert definition_end(b"\x80" + bytes(20), 0, 21) is None
