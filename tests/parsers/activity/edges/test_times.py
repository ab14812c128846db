"""Whose seconds are whose, exactly at each edge: holes, the last stop, overlaps, clocks and dates."""

import struct
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from hersteld.parsers.activity.durations import Recording, duration
from hersteld.parsers.activity.overlaps import Counted, Timed, counted, each_second_once
from hersteld.parsers.activity.pauses import Pauses
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.fit_time import YEAR_2000, to_datetime
from hersteld.parsers.format.profile import fields
from hersteld.parsers.workout import Samples, Session
from tests.support.fit.build import (
    BYTE,
    ENUM,
    START,
    UINT8,
    UINT32,
    definition,
    file_id,
    fit,
    listed,
    message,
    records,
    session,
    values,
)

DAYS_30_S = 30 * 86_400


def recording(*times: float, pauses: Pauses | None = None) -> Recording:
    return Recording(Samples(np.array(times), heart_rate_bpm=np.full(len(times), 140.0)), pauses or Pauses(()))


def timed(begin: float, end: float, *, timer_s: float | None = None) -> Timed:
    its_timer_s = end - begin if timer_s is None else timer_s
    told = Session("running", None, datetime(2026, 5, 4, tzinfo=UTC), its_timer_s, end - begin)
    return Timed(begin, end, told)


def spans(*sessions: Timed) -> list[tuple[float, float]]:
    return [(one.begin, one.end) for one in each_second_once(sessions)]


@pytest.mark.parametrize(
    ("times", "begin", "first"),
    [
        ((0, 60, 100), 100, 0),
        ((0, 61, 100), 100, 61),
        ((0, 10, 100, 110), 120, 100),
        ((0, 10), 100, 100),
        ((100, 110), 100, 100),
    ],
)
def test_a_session_starts_with_the_first_record_that_is_reached_from_it_without_a_hole(
    times: tuple[float, ...], begin: float, first: float
) -> None:
    assert recording(*times).first_reached(begin) == first


@pytest.mark.parametrize(
    ("times", "stopped_at", "last"),
    [
        ((100, 130, 160), None, 100),
        ((100, 130, 161), None, 161),
        ((100, 150, 210, 220), None, 220),
        ((100, 150, 211, 220), None, 150),
        ((100, 150, 200, 250, 290, 303), 300, 300),
        ((100, 150, 200, 250, 290, 305), 300, 300),
        ((100, 150, 200, 250, 290, 306), 300, 290),
        ((100, 150, 200, 250, 295, 400), 300, 300),
        ((100, 150, 200, 250, 294, 400), 300, 294),
        ((100, 300), 103, 100),
    ],
)
def test_a_session_lasts_until_the_stop_or_the_last_record_that_is_reached_without_a_hole(
    times: tuple[float, ...], stopped_at: float | None, last: float
) -> None:
    assert recording(*times, pauses=Pauses((), stopped_at)).last_reached(100, np.inf) == last


@pytest.mark.parametrize(
    ("recorded_s", "told_s", "elapsed_s"), [(2100, 2000, 2000), (2101, 2000, 2101), (660, 600, 600), (661, 600, 661)]
)
def test_a_session_is_made_longer_only_by_more_than_a_minute_and_a_twentieth(
    recorded_s: int, told_s: float, elapsed_s: float
) -> None:
    one = recording(*np.arange(recorded_s + 1.0))
    found = duration(one, 0, told_s, told_s, limit=np.inf, is_first=True, may_grow=True)
    assert (found.elapsed_s, found.timer_s) == (elapsed_s, elapsed_s)


@pytest.mark.parametrize(("paused_s", "timer_s"), [(89, 1000), (90, 900), (110, 900), (111, 1000)])
def test_timer_and_elapsed_time_are_exchanged_where_pauses_explain_nine_tenths_of_the_difference(
    paused_s: float, timer_s: float
) -> None:
    one = recording(*np.arange(1001.0), pauses=Pauses([(200, 200 + paused_s)]))
    found = duration(one, 0, 900, 1000, limit=np.inf, is_first=True, may_grow=True)
    assert (found.elapsed_s, found.timer_s) == (1000, timer_s)


def test_by_five_seconds_the_times_of_sessions_are_only_rounded() -> None:
    assert each_second_once((timed(0, 105, timer_s=90), timed(100, 200)))[0].session.timer_s == 90
    assert each_second_once((timed(0, 106, timer_s=90), timed(100, 200)))[0].session.timer_s == pytest.approx(84.9057)
    assert spans(timed(0, 100), timed(-5, 50), timed(50, 105)) == [(-5, 50), (50, 105)]
    assert spans(timed(0, 100), timed(0, 57), timed(43, 100)) == [(0, 100)], "legs that are longer than the whole"
    assert spans(timed(0, 100), timed(0, 40), timed(60, 100)) == [(0, 40), (60, 100)]
    assert spans(timed(0, 100), timed(0, 40), timed(61, 100)) == [(0, 100)], "legs that fill less than four fifths"


@pytest.mark.parametrize("leg", [timed(-5, 50), timed(50, 105)])
def test_a_parent_adds_nothing_to_a_leg_that_tells_itself(leg: Timed) -> None:
    parent, other = timed(0, 100), timed(200, 300)
    assert Counted((leg, other), (parent,)).that_tell(lambda one: one is not other) == [leg]
    assert Counted((leg, other), (parent,)).that_tell(lambda one: one is not leg) == [other, parent]


def test_of_parents_within_each_other_only_the_outermost_counts() -> None:
    """The first round of a relay has two legs; the round and the whole stand in the file, too."""
    whole, first_round = timed(1000, 2000), timed(1000, 1400)
    legs = (timed(1000, 1200), timed(1200, 1400), timed(1400, 1600))
    found = counted((whole, first_round, *legs))
    assert found.kept == legs
    assert found.parents == (whole,)


@pytest.mark.parametrize(("start", "has_clock"), [(YEAR_2000, True), (YEAR_2000 - 1, False)])
def test_a_device_knows_the_date_from_the_first_second_of_2000_on(start: float, *, has_clock: bool) -> None:
    at = int(start)
    workout = read_fit(fit(file_id(created=at), records((120,) * 101, at), session(at)))
    assert workout.has_clock is has_clock
    assert (workout.created_at is not None) is has_clock


@pytest.mark.parametrize("order", ["<I", ">I"])
@pytest.mark.parametrize(("after_s", "is_read"), [(DAYS_30_S, True), (DAYS_30_S + 1, False)])
def test_a_date_of_bytes_is_read_within_thirty_days_of_another(order: str, after_s: int, *, is_read: bool) -> None:
    begin = START + after_s
    told = message(
        fields.SESSION,
        (fields.SESSION_START_TIME, BYTE, struct.pack(order, begin)),
        (fields.SESSION_SPORT, ENUM, 1),
        (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, 120_000),
        (fields.SESSION_TOTAL_TIMER_TIME, UINT32, 120_000),
    )
    workout = read_fit(fit(file_id(), records((120,) * 101, begin + 10), told))
    assert workout.started_at == to_datetime(begin) + timedelta(seconds=0 if is_read else 10)


@pytest.mark.parametrize(("days", "is_damaged"), [(30, False), (2, True)])
@pytest.mark.parametrize("beyond_s", [0, 1])
def test_a_record_counts_so_many_days_from_the_median_fewer_in_a_damaged_file(
    days: int, beyond_s: int, *, is_damaged: bool
) -> None:
    middle = START + 49
    early = records((120,), middle - days * 86_400 - beyond_s)
    whole = fit(file_id(), early, records((120,) * 100), checksum=1 if is_damaged else None)
    workout = read_fit(whole)
    assert workout.salvaged is is_damaged
    assert workout.elapsed_s == (99 if beyond_s else days * 86_400 + 50)


def test_records_of_the_same_second_keep_the_order_of_the_file() -> None:
    """Of a device that writes the later half of its recording first, four records to a second."""
    times = [*range(100, 200), *range(100)]
    layout = ((fields.TIMESTAMP, 4, UINT32), (fields.RECORD_HEART_RATE, 1, UINT8))
    told = (values(0, layout, START + time, 100 + place) for time in times for place in range(4))
    workout = read_fit(fit(file_id(), definition(0, fields.RECORD, layout), *told))
    assert listed(workout.samples.heart_rate_bpm) == [100, 101, 102, 103] * 200
    assert listed(workout.samples.time_s)[::4] == list(range(200))
