"""A device whose clock is ahead is never the newest of tomorrow, and costs no other workout a thing."""

import logging
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from hersteld.daemon.reading.contents import Reading
from tests.support.pipeline import NOON, Pipeline, a_file

ARRIVAL = NOON + timedelta(minutes=5)
AMSTERDAM = timezone(timedelta(hours=2))


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def ends(pipeline: Pipeline) -> list[datetime]:
    return [workout.ended_at for workout in pipeline.stored()]


def test_local_time_that_was_taken_for_utc_is_put_right(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    pipeline.put("run.fit", a_file((NOON + timedelta(hours=2)).astimezone(AMSTERDAM)))
    pipeline.look()
    assert ends(pipeline) == [NOON]
    assert "run.fit: ended after it arrived" in caplog.text
    assert "moved back by 2 h" in caplog.text
    assert len(pipeline.notifier.received) == 1


def test_a_clock_that_is_ahead_makes_the_arrival_the_end_of_the_last_and_moves_all_of_that_device(
    pipeline: Pipeline,
) -> None:
    pipeline.put("morning.fit", a_file(NOON - timedelta(hours=1), minutes=40))
    pipeline.put("noon.fit", a_file(NOON + timedelta(hours=3)))
    pipeline.look()
    assert ends(pipeline) == [ARRIVAL - timedelta(hours=4), ARRIVAL]


def test_local_time_taken_for_utc_is_put_right_in_all_of_that_device_that_comes_at_once(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    pipeline.put("morning.fit", a_file((NOON - timedelta(hours=3)).astimezone(AMSTERDAM), minutes=40))
    pipeline.put("noon.fit", a_file((NOON + timedelta(hours=2)).astimezone(AMSTERDAM)))
    pipeline.look()
    assert ends(pipeline) == [NOON - timedelta(hours=5), NOON]
    assert "morning.fit: the clock of its watch was wrong, as another file from it shows" in caplog.text
    assert "morning.fit: ended after it arrived" not in caplog.text


@pytest.mark.parametrize("restarts", [False, True])
def test_the_arrival_is_when_a_file_was_first_seen_however_long_it_is_waited_for(
    restarts: bool, pipeline: Pipeline
) -> None:
    """It lacks its end, so that it is taken in a day later; a clock that was 3 h ahead shows only at its arrival."""
    pipeline.put("cut-off.fit", a_file(NOON + timedelta(hours=3))[:-40])
    pipeline.look()
    assert pipeline.stored() == []
    pipeline.pass_time(hours=3, step=timedelta(minutes=30))
    if restarts:
        pipeline.start()
    pipeline.pass_time(hours=25, step=timedelta(minutes=30))
    (stored,) = pipeline.stored()
    assert abs(stored.ended_at - ARRIVAL) < timedelta(minutes=1)
    assert pipeline.store.rows("SELECT * FROM first_seen") == []


def test_a_recording_that_still_goes_on_when_it_is_seen_has_arrived_when_it_is_whole(pipeline: Pipeline) -> None:
    whole = a_file(NOON + timedelta(hours=2), minutes=120)
    for minutes in (5, 60, 115):
        pipeline.clock.jump(NOON + timedelta(minutes=minutes))
        pipeline.put("going-on.fit", whole[: len(whole) * minutes // 120])
        pipeline.look()
    pipeline.clock.jump(NOON + timedelta(hours=2, minutes=1))
    pipeline.put("going-on.fit", whole)
    pipeline.look()
    pipeline.pass_time(minutes=5, step=timedelta(minutes=1))
    assert ends(pipeline) == [NOON + timedelta(hours=2)]


def test_what_was_seen_while_this_clock_was_in_doubt_has_not_arrived_then(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=datetime(2020, 1, 1, tzinfo=NOON.tzinfo))
    pipeline.put("cut-off.fit", a_file(NOON)[:-40])
    pipeline.look()
    pipeline.clock.jump(ARRIVAL)
    pipeline.pass_time(hours=26, step=timedelta(hours=1))
    (stored,) = pipeline.stored()
    assert stored.has_clock
    assert abs(stored.ended_at - NOON) < timedelta(minutes=1)


def test_a_few_minutes_are_no_wrong_clock(pipeline: Pipeline) -> None:
    pipeline.put("run.fit", a_file(ARRIVAL + timedelta(minutes=5)))
    pipeline.look()
    assert ends(pipeline) == [ARRIVAL + timedelta(minutes=5)]


def test_more_than_a_day_ahead_is_stored_without_a_date_and_said(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    pipeline.put("run.fit", a_file(ARRIVAL + timedelta(hours=27)))
    pipeline.look()
    (stored,) = pipeline.stored()
    assert (stored.has_clock, stored.ready_at, pipeline.rows()) == (False, None, [])
    assert "its date is not believed" in caplog.text


def test_while_this_clock_is_in_doubt_the_device_is_believed(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=datetime(2020, 1, 1, tzinfo=NOON.tzinfo))
    pipeline.put("run.fit", a_file(NOON))
    pipeline.look()
    assert ends(pipeline) == [NOON]


def test_what_was_stored_is_what_it_was_read_as(pipeline: Pipeline) -> None:
    pipeline.put("run.fit", a_file(NOON + timedelta(hours=3)))
    pipeline.look()
    (stored,) = pipeline.stored()
    workout = pipeline.workouts.workout(stored.id)
    assert workout.shift_s == (ARRIVAL - NOON - timedelta(hours=3)).total_seconds()
    assert (workout.serial, workout.created_at) == (1, NOON + timedelta(hours=2))
    assert workout.sessions[0].started_at == workout.started_at == ARRIVAL - timedelta(hours=1)


def test_a_second_reading_of_the_same_file_gives_the_same(pipeline: Pipeline) -> None:
    """The service that the watch sends to exports the same recording again, days later and with more in it."""
    pipeline.put("run.fit", a_file(NOON + timedelta(hours=3)))
    pipeline.look()
    pipeline.pass_time(days=2, step=timedelta(hours=6))
    pipeline.put("export.fit", a_file(NOON + timedelta(hours=3), power=220))
    pipeline.look()
    (stored,) = pipeline.stored()
    assert (stored.ended_at, pipeline.workouts.workout(stored.id).avg_power_w) == (ARRIVAL, 220)


def test_a_backlog_shifts_what_comes_later_in_it_alike(pipeline: Pipeline) -> None:
    def read(name: str, ended_at: datetime) -> Reading:
        (reading,) = pipeline.ingest.read(a_file(ended_at, minutes=20), name)
        return reading

    with pipeline.ingest.arrivals() as arrivals:
        for hours in (0, -3, -6, 2, -9):
            arrivals.add(read(f"{hours}.fit", ARRIVAL + timedelta(hours=hours)))
    assert ends(pipeline) == [ARRIVAL - timedelta(hours=hours) for hours in (11, 8, 5, 2, 0)]


def test_history_is_put_right_by_its_local_time_or_loses_its_date(pipeline: Pipeline) -> None:
    for name, ended_at in (
        ("odd.fit", NOON + timedelta(hours=9)),
        ("local.fit", (NOON + timedelta(hours=2)).astimezone(AMSTERDAM)),
    ):
        (reading,) = pipeline.ingest.read(a_file(ended_at), name)
        pipeline.ingest.add_history(pipeline.ingest.dated_history(reading))
    assert {(one.has_clock, one.ended_at) for one in pipeline.stored()} == {
        (False, NOON + timedelta(hours=9)),
        (True, NOON),
    }
