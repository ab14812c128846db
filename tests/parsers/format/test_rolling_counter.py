"""A counter of few bits becomes the number that was counted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.format.rolling_counter import unroll


@given(st.lists(st.integers(0, 15), min_size=1, max_size=50), st.integers(0, 1000))
def test_a_rolling_counter_gives_back_what_was_counted(steps: list[int], start: int) -> None:
    whole = start + np.cumsum(np.array([0, *steps]))
    assert unroll(whole & 15, 4, np.array([0]), np.array([start])).tolist() == whole.tolist()
    assert unroll(whole.astype(np.int16), 4).tolist() == (whole - (start & ~15)).tolist()


def test_a_rolling_counter_is_set_anew_where_the_full_value_is_known() -> None:
    low, full = np.array([14, 1, 2, 5, 0]), np.array([1000, 2005])
    assert unroll(low, 4, np.array([1, 3]), full).tolist() == [14, 1000, 1002 + 8, 2005, 2016]
