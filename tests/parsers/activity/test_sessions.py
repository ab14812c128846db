"""Which sessions there are and how long each was, whatever the device says of them."""

from itertools import accumulate, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.activity.pauses import Pauses
from hersteld.parsers.fit import read_fit
from hersteld.parsers.workout import Pause
from tests.support.fit.build import (
    ENUM,
    RECORD_FIELDS,
    SINT32,
    START,
    UINT32,
    activity,
    definition,
    file_id,
    fit,
    message,
    records,
    session,
    timer_event,
    values,
)


def test_pauses_are_what_lies_between_a_stop_and_a_later_start() -> None:
    events = [(0, 0), (10, 4), (12, 1), (30, 0), (60, 4), (61, 0), (100, 4)]
    told = b"".join(timer_event(START + at, kind) for at, kind in events)
    workout = read_fit(activity([120] * 101, told))
    assert workout.pauses == (Pause(10, 30), Pause(60, 61))


def test_sessions_of_several_sports_make_a_multisport_workout() -> None:
    told = (session(START, 600, 590, 5), session(START + 600, 60, 60, 3), session(START + 660, 1200, 1200, 2))
    workout = read_fit(fit(file_id(), records([120] * 30), *told))
    assert workout.sport == "multisport"
    assert [one.sport for one in workout.sessions] == ["swimming", "transition", "cycling"]
    assert (workout.timer_s, workout.elapsed_s) == (1850, 1860)


def test_a_way_to_the_water_does_not_make_a_swim_multisport() -> None:
    workout = read_fit(fit(file_id(), session(START, 600, 600, 5), session(START + 600, 60, 60, 3)))
    assert workout.sport == "swimming"


def test_a_clock_that_was_set_after_the_first_records_does_not_stretch_the_workout() -> None:
    told = definition(0, 20, RECORD_FIELDS) + b"".join(values(0, RECORD_FIELDS, at, 90) for at in (7, 8))
    workout = read_fit(fit(file_id(), told, records([120] * 101)))
    assert (workout.records, workout.elapsed_s) == (103, 100)
    assert workout.samples.time_s[:3].tolist() == [0, 0, 0]


def test_without_session_and_records_the_laps_tell() -> None:
    fields = ((2, 4, UINT32), (7, 4, UINT32), (8, 4, UINT32), (253, 4, UINT32))
    laps = [(0, 600, 500), (600, 300, 900)]  # the timer of the second is impossible
    told = b"".join(
        values(1, fields, START + at, 1000 * elapsed, 1000 * timer, START + at + elapsed) for at, elapsed, timer in laps
    )
    workout = read_fit(fit(file_id(), definition(1, 19, fields), told))
    assert (workout.elapsed_s, workout.timer_s) == (900, 900)


def test_what_is_chained_twice_counts_once() -> None:
    told = activity([120] * 101, message(21, (253, UINT32, START), (0, ENUM, 36)))
    once, twice = read_fit(told), read_fit(told + activity([120] * 99) + told)
    assert (once.records, twice.records) == (101, 200)
    assert read_fit(told * 3).samples.time_s.tolist() == once.samples.time_s.tolist()


def test_a_time_below_zero_ends_nothing_before_it_began() -> None:
    lap = message(19, (2, UINT32, START), (7, SINT32, -50_000), (8, SINT32, -5_000_000))
    ride = message(18, (2, UINT32, START), (8, SINT32, -1000))
    for told in (lap, ride):
        workout = read_fit(fit(file_id(), told))
        assert (workout.elapsed_s, workout.timer_s) == (0, 0)
        assert workout.ended_at == workout.started_at
    lap = message(19, (2, UINT32, START), (7, UINT32, 3_600_000), (8, SINT32, -5_000_000))
    assert read_fit(fit(file_id(), lap)).timer_s == 3600


def test_without_a_session_the_records_tell() -> None:
    sport = message(12, (0, ENUM, 2))
    stop = timer_event(START + 20, 4) + timer_event(START + 50, 0)
    workout = read_fit(fit(file_id(), sport, records([100] * 101), stop))
    assert (workout.sport, workout.elapsed_s, workout.timer_s) == ("cycling", 100, 70)
    assert workout.avg_hr_bpm == 100


def test_an_impossible_timer_time_is_derived() -> None:
    workout = read_fit(fit(file_id(), records([100] * 101), session(START, 100, 4_000_000)))
    assert workout.timer_s == 100


@pytest.mark.parametrize("checksum", [None, 1])
@pytest.mark.parametrize("timer_s", [100, 2_000_000])
def test_a_session_lasts_no_longer_than_its_end_and_its_records(timer_s: int, checksum: int | None) -> None:
    """One bit turned over made weeks of an hour, and a load of thousands."""
    told = message(
        18,
        *((2, UINT32, START), (7, UINT32, 2_000_000_000), (8, UINT32, timer_s * 1000), (253, UINT32, START + 100)),
    )
    workout = read_fit(fit(file_id(), records([140] * 101), told, checksum=checksum))
    assert (workout.elapsed_s, workout.timer_s) == (100, 100)


@pytest.mark.parametrize(("elapsed_s", "believed_s"), [(4_000_000, 1800), (3600, 3600)])
@pytest.mark.parametrize("end", [(), ((253, UINT32, START),)], ids=["no end", "its start for an end"])
def test_a_session_that_knows_no_end_lasts_no_month(elapsed_s: int, believed_s: int, end: tuple[Any, ...]) -> None:
    told = message(18, (2, UINT32, START), (7, UINT32, elapsed_s * 1000), (8, UINT32, 1_800_000), *end)
    assert read_fit(fit(file_id(), told)).elapsed_s == believed_s


def test_no_more_sessions_are_read_than_anybody_has() -> None:
    """Each may cover all records, so that thousands would cost their square."""
    told = b"".join(session(START + second, 5000, 5000) for second in range(1200))
    assert len(read_fit(fit(file_id(), records([100] * 61), told)).sessions) == 1000


stretches = st.lists(st.integers(1, 9), min_size=2, max_size=20).map(
    lambda steps: list(pairwise(accumulate(steps)))[::2]
)


@given(stretches, st.integers(0, 60), st.integers(0, 60))
def test_pauses_between_any_two_times_are_added_up(pauses: list[tuple[int, int]], begin: int, end: int) -> None:
    parts = [(max(begin, start), min(stop, end)) for start, stop in pauses]
    parts = [(start, stop) for start, stop in parts if start < stop]
    told = Pauses(pauses)
    assert told.between(begin, end) == tuple(parts)
    assert told.seconds(begin, end) == sum(stop - start for start, stop in parts)


def test_a_session_of_no_length_is_derived_from_its_records() -> None:
    workout = read_fit(fit(file_id(), records([100] * 101), session(START, 0, 0)))
    assert (workout.elapsed_s, workout.timer_s) == (100, 100)


def test_an_activity_without_records_is_still_a_workout() -> None:
    workout = read_fit(fit(file_id()))
    assert (workout.records, workout.timer_s, workout.elapsed_s) == (0, 0, 0)
    assert workout.started_at.year == 2026


@pytest.mark.parametrize(("metres", "told"), [(952_300, None), (42_195, 42_195.0)])
def test_a_distance_that_nobody_covers_in_the_time_is_not_believed(metres: int, told: float | None) -> None:
    ridden = message(
        18,
        *((2, UINT32, START), (7, UINT32, 1_400_000), (8, UINT32, 1_400_000), (9, UINT32, metres * 100)),
        (253, UINT32, START + 1400),
    )
    assert read_fit(fit(file_id(), records([140] * 1401), ridden)).distance_m == told


def test_a_device_without_a_date_keeps_its_workout_but_has_no_clock() -> None:
    workout = read_fit(fit(file_id(created=5), records([100] * 11, start=10), session(10, 10, 10)))
    assert not workout.has_clock
    assert (workout.records, workout.elapsed_s) == (11, 10)
