"""What was measured in a sleep is of the night of that sleep, whatever day its own file had."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.nights.record import NightRecord, Resting, Sleep, Variability
from hersteld.recovery.nights.same_night import on_the_days_of_sleep

DAY = date(2026, 5, 6)
BEFORE = DAY - timedelta(days=1)
BED = datetime(2026, 5, 5, 14, 30, tzinfo=UTC)
WOKE = BED + timedelta(hours=7)
SLEPT = NightRecord(DAY, "watch", WOKE, WOKE, sleep=Sleep(BED, WOKE, 25_000))
BEATS = NightRecord(BEFORE, "watch", WOKE, WOKE, variability=Variability(50, BED, WOKE, 420))
HOME = NightRecord(
    BEFORE,
    "watch",
    BED - timedelta(hours=9),
    BED,
    sleep=Sleep(BED - timedelta(hours=17), BED - timedelta(hours=9), 28_000),
)


def days(*records: NightRecord) -> list[date]:
    return [record.day for record in on_the_days_of_sleep(records)]


def test_it_is_of_the_day_of_the_sleep_in_any_order() -> None:
    expected = {SLEPT: DAY, BEATS: DAY, HOME: BEFORE}
    for some in permutations(expected):
        assert days(*some) == [expected[record] for record in some]


@pytest.mark.parametrize(
    "other",
    [
        replace(BEATS, device="ring"),
        replace(BEATS, variability=Variability(50, BED - timedelta(hours=8), WOKE - timedelta(hours=4), 420)),
        replace(BEATS, day=BEFORE - timedelta(days=1)),
        replace(BEATS, variability=None, resting=Resting(50, WOKE)),
        replace(BEATS, sleep=HOME.sleep),
    ],
    ids=["another-watch", "mostly-at-another-time", "two-days-away", "no-variability", "with-a-sleep-of-its-own"],
)
def test_what_was_measured_elsewhere_or_at_another_time_keeps_its_day(other: NightRecord) -> None:
    assert days(SLEPT, other) == [DAY, other.day]


def test_where_its_own_day_has_that_sleep_too_it_stays() -> None:
    """An older version of the file of the sleep had the day of the machine as well."""
    assert days(SLEPT, replace(SLEPT, day=BEFORE), BEATS) == [DAY, BEFORE, BEFORE]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6), st.integers(0, 60))
def test_nothing_but_the_day_changes_and_that_by_one_at_most(starts: list[int], measured: int) -> None:
    hour = timedelta(hours=1)
    records = [
        NightRecord(
            (BED + start * hour).date(), "watch", WOKE, WOKE, sleep=Sleep(BED + start * hour, WOKE + start * hour, 1)
        )
        for start in starts
    ]
    beats = replace(BEATS, variability=Variability(50, BED + measured * hour, WOKE + measured * hour, 420))
    for before, after in zip([*records, beats], on_the_days_of_sleep([*records, beats]), strict=True):
        assert replace(after, day=before.day) == before
        assert abs(after.day - before.day) <= timedelta(days=1)
