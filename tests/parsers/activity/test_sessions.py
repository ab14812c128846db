"""Which sessions there are and how long each was, whatever the device says of them."""

from typing import Any

import pytest

from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import (
    ENUM,
    SINT32,
    START,
    UINT8,
    UINT32,
    definition,
    file_id,
    fit,
    message,
    records,
    session,
    timer_event,
    values,
)

_ACTIVITY_TOTAL_TIMER_TIME = 0
"""A field that is not read."""


def test_without_session_and_records_the_laps_tell() -> None:
    layout = (
        (fields.LAP_START_TIME, 4, UINT32),
        (fields.LAP_TOTAL_ELAPSED_TIME, 4, UINT32),
        (fields.LAP_TOTAL_TIMER_TIME, 4, UINT32),
        (fields.TIMESTAMP, 4, UINT32),
    )
    laps = [(0, 600, 500), (600, 300, 900)]  # the timer of the second is impossible
    told = b"".join(
        values(1, layout, START + at, 1000 * elapsed, 1000 * timer, START + at + elapsed) for at, elapsed, timer in laps
    )
    workout = read_fit(fit(file_id(), definition(1, fields.LAP, layout), told))
    assert (workout.elapsed_s, workout.timer_s) == (900, 900)


def test_a_time_below_zero_ends_nothing_before_it_began() -> None:
    lap = message(
        fields.LAP,
        (fields.LAP_START_TIME, UINT32, START),
        (fields.LAP_TOTAL_ELAPSED_TIME, SINT32, -50_000),
        (fields.LAP_TOTAL_TIMER_TIME, SINT32, -5_000_000),
    )
    ride = message(
        fields.SESSION, (fields.SESSION_START_TIME, UINT32, START), (fields.SESSION_TOTAL_TIMER_TIME, SINT32, -1000)
    )
    for told in (lap, ride):
        workout = read_fit(fit(file_id(), told))
        assert (workout.elapsed_s, workout.timer_s) == (0, 0)
        assert workout.ended_at == workout.started_at
    lap = message(
        fields.LAP,
        (fields.LAP_START_TIME, UINT32, START),
        (fields.LAP_TOTAL_ELAPSED_TIME, UINT32, 3_600_000),
        (fields.LAP_TOTAL_TIMER_TIME, SINT32, -5_000_000),
    )
    assert read_fit(fit(file_id(), lap)).timer_s == 3600


def test_without_a_session_the_records_tell() -> None:
    sport = message(fields.SPORT, (fields.SPORT_SPORT, ENUM, 2))
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
        fields.SESSION,
        *(
            (fields.SESSION_START_TIME, UINT32, START),
            (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, 2_000_000_000),
            (fields.SESSION_TOTAL_TIMER_TIME, UINT32, timer_s * 1000),
            (fields.TIMESTAMP, UINT32, START + 100),
        ),
    )
    workout = read_fit(fit(file_id(), records([140] * 101), told, checksum=checksum))
    assert (workout.elapsed_s, workout.timer_s) == (100, 100)


@pytest.mark.parametrize(("elapsed_s", "believed_s"), [(4_000_000, 1800), (3600, 3600)])
@pytest.mark.parametrize("end", [(), ((253, UINT32, START),)], ids=["no end", "its start for an end"])
def test_a_session_that_knows_no_end_lasts_no_month(elapsed_s: int, believed_s: int, end: tuple[Any, ...]) -> None:
    told = message(
        fields.SESSION,
        (fields.SESSION_START_TIME, UINT32, START),
        (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, elapsed_s * 1000),
        (fields.SESSION_TOTAL_TIMER_TIME, UINT32, 1_800_000),
        *end,
    )
    assert read_fit(fit(file_id(), told)).elapsed_s == believed_s


def test_no_more_sessions_are_read_than_anybody_has() -> None:
    """Each costs a look at the records, so that thousands would cost their square."""
    told = b"".join(session(START + 10 * number, 10, 10) for number in range(1200))
    assert len(read_fit(fit(file_id(), records([100] * 61), told)).sessions) == 1000


def test_a_session_of_no_length_is_derived_from_its_records() -> None:
    workout = read_fit(fit(file_id(), records([100] * 101), session(START, 0, 0)))
    assert (workout.elapsed_s, workout.timer_s) == (100, 100)


@pytest.mark.parametrize(
    ("elapsed_s", "stops", "ended_s"),
    [(600, False, 600), (600, True, 600), (0, True, 600), (None, True, 600), (0, False, 3600), (None, False, 3600)],
)
def test_the_moment_of_saving_counts_only_where_neither_an_elapsed_time_nor_a_stop_is_told(
    elapsed_s: int | None, stops: bool, ended_s: int
) -> None:
    """Ten minutes were recorded, and saved an hour after they began."""
    elapsed = () if elapsed_s is None else ((fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, elapsed_s * 1000),)
    run = message(
        fields.SESSION, (fields.SESSION_START_TIME, UINT32, START), *elapsed, (fields.TIMESTAMP, UINT32, START + 3600)
    )
    timer = (timer_event(START, 0), timer_event(START + 600, 4)) if stops else ()
    assert read_fit(fit(file_id(), records([140] * 601), *timer, run)).elapsed_s == ended_s


def test_the_timer_of_the_whole_activity_overrules_no_session() -> None:
    """Some makers write the elapsed time there."""
    whole = message(fields.ACTIVITY, (_ACTIVITY_TOTAL_TIMER_TIME, UINT32, 9_000_000), (fields.TIMESTAMP, UINT32, START))
    workout = read_fit(fit(file_id(), records([140] * 601), session(START, 600, 500), whole))
    assert (workout.elapsed_s, workout.timer_s) == (600, 500)


@pytest.mark.parametrize(("rates", "average", "highest"), [((0,) * 101, None, None), ((140, 0, 150) * 40, 145, 150)])
def test_a_heart_rate_of_0_is_the_lack_of_one(
    rates: tuple[int, ...], average: float | None, highest: float | None
) -> None:
    told = message(
        fields.SESSION,
        *((fields.SESSION_START_TIME, UINT32, START), (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, 100_000)),
        *((fields.SESSION_AVG_HEART_RATE, UINT8, 0), (fields.SESSION_MAX_HEART_RATE, UINT8, 0)),
    )
    workout = read_fit(fit(file_id(), records(rates), told))
    assert workout.avg_hr_bpm == pytest.approx(average, abs=0.5)
    assert workout.max_hr_bpm == highest
    assert workout.samples.heart_rate_bpm is None or not (workout.samples.heart_rate_bpm == 0).any()


@pytest.mark.parametrize(("metres", "told"), [(952_300, None), (42_195, 42_195.0)])
def test_a_distance_that_nobody_covers_in_the_time_is_not_believed(metres: int, told: float | None) -> None:
    ridden = message(
        fields.SESSION,
        *(
            (fields.SESSION_START_TIME, UINT32, START),
            (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, 1_400_000),
            (fields.SESSION_TOTAL_TIMER_TIME, UINT32, 1_400_000),
            (fields.SESSION_TOTAL_DISTANCE, UINT32, metres * 100),
        ),
        (fields.TIMESTAMP, UINT32, START + 1400),
    )
    assert read_fit(fit(file_id(), records([140] * 1401), ridden)).distance_m == told
