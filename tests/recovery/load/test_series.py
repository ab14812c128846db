"""How long each value was held, without the pauses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import Pause
from hersteld.recovery.load.series import Series, active_series


def a_series(values: list[float], *, held_s: float = 1.0) -> Series:
    count = len(values)
    return Series(np.arange(count, dtype=np.float64) * held_s, np.full(count, held_s), np.array(values))


def held(
    times: list[float], values: list[float] | None, *pauses: Pause, gap_s: float = 30, interpolated: bool = False
) -> Series:
    column = None if values is None else np.array(values)
    return active_series(np.array(times), column, pauses, gap_s=gap_s, interpolated=interpolated)


def test_a_value_is_held_until_the_next_one() -> None:
    series = held([0, 1, 4], [10, 20, 30])
    assert (list(series.start_s), list(series.held_s), list(series.value)) == ([0, 1], [1, 3], [10, 20])
    assert series.covered_s == 4


def test_what_changes_slowly_is_held_at_the_mean_of_both_ends() -> None:
    assert list(held([0, 1, 4], [10, 20, 30], interpolated=True).value) == [15, 25]


def test_a_pause_between_two_values_is_not_held() -> None:
    series = held([0, 10, 100], [5, 5, 5], Pause(20, 90))
    assert list(series.held_s) == [10, 20]


def test_after_a_long_gap_nothing_is_known() -> None:
    assert list(held([0, 10, 41], [5, 6, 7]).held_s) == [10]


def test_a_missing_value_is_bridged_by_the_one_before() -> None:
    assert list(held([0, 1, 2], [5, float("nan"), 7]).held_s) == [2]


@pytest.mark.parametrize("series", [held([], []), held([0], [5]), held([0, 1], None), held([3, 3], [5, 6])])
def test_without_two_moments_nothing_is_held(series: Series) -> None:
    assert series.covered_s == 0
    assert np.isnan(series.mean())
    assert len(series.per_second()) == 0
    assert len(series.rolling_means(1)) == 0


def test_the_mean_weighs_with_the_time_held() -> None:
    assert held([0, 1, 4], [10, 20, 30]).mean() == pytest.approx((10 + 3 * 20) / 4)


def test_a_value_at_the_threshold_counts() -> None:
    assert a_series([150, 160, 170]).seconds_from(160) == 2


def test_a_part_holds_what_starts_within_it() -> None:
    part = a_series([1, 2, 3, 4]).between(1, 3)
    assert list(part.value) == [2, 3]


def test_each_second_has_the_value_that_was_held_then() -> None:
    assert list(a_series([1, 2], held_s=2.0).per_second()) == [1, 1, 2, 2]
    assert list(a_series([1, 2], held_s=1.5).per_second()) == [1, 2, 2]


def test_rolling_means_need_a_full_window() -> None:
    series = a_series([1, 2, 3, 4])
    assert list(series.rolling_means(2)) == [1.5, 2.5, 3.5]
    assert len(series.rolling_means(5)) == 0


@given(
    steps=st.lists(st.floats(0, 60), min_size=1, max_size=40),
    values=st.lists(st.floats(40, 200), min_size=41, max_size=41),
    pause=st.tuples(st.floats(0, 600), st.floats(0, 600)),
    interpolated=st.booleans(),
)
def test_no_more_is_held_than_passed_outside_pauses_and_never_beyond_the_values(
    steps: list[float], values: list[float], pause: tuple[float, float], interpolated: bool
) -> None:
    times = np.concatenate(([0.0], np.cumsum(steps)))
    paused = Pause(min(pause), max(pause))
    column = np.array(values[: len(times)])
    series = active_series(times, column, (paused,), gap_s=30, interpolated=interpolated)
    overlap = max(0.0, min(paused.end_s, times[-1]) - paused.start_s)
    assert series.covered_s <= times[-1] - overlap + 1e-6
    assert np.all((series.held_s > 0) & (series.held_s <= 30))
    if len(series.value):
        assert column.min() - 1e-9 <= series.mean() <= column.max() + 1e-9
