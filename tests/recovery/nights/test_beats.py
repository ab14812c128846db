"""RMSSD by hand; what is no beat, and what does not follow, makes no pair."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.daily.readings import Beats
from hersteld.recovery.nights.beats import variability_of
from hersteld.recovery.nights.merge import together

AT = datetime(2026, 5, 6, 1, tzinfo=UTC)


def rmssd_of(*messages: Beats) -> tuple[float, int]:
    """Return the variability of all windows together, and from how many pairs it follows."""
    whole = together(variability_of(messages))
    assert whole is not None
    return whole.rmssd_ms, whole.pairs


def beats(*intervals: float, after_s: float = 0.0) -> Beats:
    return Beats(AT + timedelta(seconds=after_s), intervals)


def test_the_variability_is_the_root_of_the_mean_of_the_squared_differences() -> None:
    """Differences 10, -30, 20: the root of (100 + 900 + 400) / 3."""
    rmssd, pairs = rmssd_of(beats(1000, 1010, 980, 1000))
    assert rmssd == pytest.approx(21.602, abs=0.001)
    assert pairs == 3


@pytest.mark.parametrize(("interval", "is_a_beat"), [(299, False), (300, True), (2000, True), (2001, False)])
def test_an_interval_that_no_heart_makes_is_none(interval: float, is_a_beat: bool) -> None:
    assert len(variability_of([beats(interval, interval)])) == is_a_beat


@pytest.mark.parametrize(("second", "expected"), [(1200, (200.0, 1)), (1201, None), (800, (200.0, 1)), (799, None)])
def test_a_jump_of_more_than_a_fifth_is_an_artefact(second: float, expected: tuple[float, int] | None) -> None:
    found = variability_of([beats(1000, second)])
    assert [(one.rmssd_ms, one.pairs) for one in found] == ([expected] if expected else [])


def test_an_artefact_breaks_the_pairs_on_both_sides_of_it() -> None:
    rmssd, pairs = rmssd_of(beats(1000, 1010, 500, 1000, 1030))
    assert rmssd == pytest.approx(math.sqrt((100 + 900) / 2))
    assert pairs == 2


def test_an_interval_that_no_heart_makes_begins_no_pair_either() -> None:
    assert variability_of([beats(1900, 2010, 1990)]) == []


def test_a_gap_breaks_the_pair_over_it_and_no_other() -> None:
    rmssd, pairs = rmssd_of(beats(1000, 1010), beats(1090, 1100, after_s=9))
    assert rmssd == pytest.approx(10)
    assert pairs == 2


def test_each_message_is_dated_by_its_own_time() -> None:
    parts = variability_of([beats(1000, 1010), beats(1000, 1010, after_s=900), beats(1000, 1010, after_s=1800)])
    assert [one.end - AT for one in parts] == [timedelta(seconds=after + 2.01) for after in (0, 900, 1800)]


def test_messages_that_follow_each_other_are_one_series_and_a_gap_breaks_it() -> None:
    first, soon, late = beats(1000, 1010), beats(1050, 1060, after_s=2.01), beats(1050, 1060, after_s=9)
    assert rmssd_of(first, soon)[1] == 3
    assert rmssd_of(first, late)[1] == 2
    assert rmssd_of(late, first)[1] == 2


def test_a_device_that_writes_the_time_of_the_last_beat_is_understood_too() -> None:
    assert rmssd_of(beats(1000, 1010, after_s=2.01), beats(1040, 1050, 1060, after_s=5.16))[1] == 4


def test_a_single_beat_says_nothing() -> None:
    assert variability_of([]) == []
    assert variability_of([beats(900)]) == []
    assert variability_of([beats()]) == []


def test_each_five_minutes_are_a_part_that_says_how_long_it_is() -> None:
    parts = variability_of([beats(*[1000.0, 1020.0] * 300)])
    assert len(parts) == 3
    assert sum(part.pairs for part in parts) == 599
    assert sum(part.minutes for part in parts) == pytest.approx(10.1, abs=0.05)
    assert parts[0].begin > AT
    assert parts[-1].end == AT + timedelta(seconds=606)
    assert all(one.end < next_one.begin for one, next_one in pairwise(parts))


@given(st.lists(st.integers(0, 3000), max_size=40), st.integers(1, 7))
def test_it_is_what_a_loop_over_the_beats_finds_however_they_are_cut_into_messages(
    intervals: list[int], length: int
) -> None:
    messages, passed_s = [], 0.0
    for start in range(0, len(intervals), length):
        part = intervals[start : start + length]
        messages.append(Beats(AT + timedelta(seconds=passed_s), tuple(map(float, part))))
        passed_s += sum(part) / 1000
    squares = [
        (after - before) ** 2
        for before, after in pairwise(intervals)
        if 300 <= before <= 2000 and 300 <= after <= 2000 and abs(after - before) <= 0.2 * before
    ]
    whole = together(variability_of(messages))
    assert (whole.pairs if whole else 0) == len(squares)
    if whole:
        assert whole.rmssd_ms == pytest.approx(math.sqrt(sum(squares) / len(squares)))
