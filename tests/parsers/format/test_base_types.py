"""How the values of each base type are read."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from hersteld.parsers.format.base_types import twelve_bits


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
