"""How the values of each base type are read."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.base_types import twelve_bits
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import BYTE, START, UINT32, definition, file_id, fit, listed, session, values


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


def test_an_array_of_bytes_is_nothing_only_where_all_of_them_are() -> None:
    layout = ((fields.TIMESTAMP, 4, UINT32), (fields.RECORD_HEART_RATE, 2, BYTE))
    told = (values(0, layout, START + at, pair) for at, pair in enumerate((b"\xff\x05", b"\xff\xff", b"\x50\xff")))
    workout = read_fit(fit(file_id(), definition(0, fields.RECORD, layout), *told, session()))
    assert listed(workout.samples.heart_rate_bpm) == [255, None, 80]
