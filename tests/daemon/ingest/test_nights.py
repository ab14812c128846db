"""The nights in a watched folder are kept by day and device, whatever comes twice, late, in parts or broken."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.reading.reader import ReaderProcess
from hersteld.daemon.store.days import nights_between
from hersteld.daemon.system.clock import ManualClock
from hersteld.parsers.writing.night_file import SERIAL, NightFile
from hersteld.recovery.nights.night import Night
from tests.support.nights.files import a_night
from tests.support.pipeline import NOON, Pipeline, a_file

WOKE = datetime(2026, 5, 6, 5, tzinfo=UTC)
DAY = WOKE.date()


def nights(pipeline: Pipeline) -> tuple[Night, ...]:
    return nights_between(pipeline.store, DAY - timedelta(days=900), DAY + timedelta(days=900))


def look_at(pipeline: Pipeline, *contents: bytes) -> None:
    """Let files arrive, and look until also what is waited for is taken in."""
    for number, content in enumerate(contents):
        pipeline.put(f"{len(pipeline.statuses())}-{number}.fit", content)
    pipeline.look()


@pytest.mark.parametrize("alone", [True, False])
def test_a_night_is_kept_and_says_nothing_by_itself(tmp_path: Path, alone: bool) -> None:
    pipeline = Pipeline(tmp_path)
    if not alone:
        pipeline.reader = ReaderProcess()
        pipeline.start()
    look_at(pipeline, a_night(WOKE))
    (night,) = nights(pipeline)
    assert night == Night(DAY, WOKE, pipeline.clock.now(), 47.0, 52.0, "balanced", 8 * 3600.0, 81.0, f"1/3113/{SERIAL}")
    assert set(pipeline.statuses().values()) == {"day"}
    assert pipeline.rows() == []


def test_no_night_is_lost_of_somebody_who_flew_to_japan_while_the_machine_stayed_at_home(tmp_path: Path) -> None:
    """At 6:30 in Tokyo it is still the evening of the day on whose morning they woke up at home."""
    pipeline = Pipeline(tmp_path)
    pipeline.clock = ManualClock(NOON, zone=ZoneInfo("Europe/Amsterdam"))
    pipeline.start()
    home, there = datetime(2026, 5, 5, 5, 0, tzinfo=UTC), datetime(2026, 5, 5, 21, 30, tzinfo=UTC)
    for woke_at, hours, offset_h in ((home, 8, 2), (there, 7, 9)):
        slept = timedelta(hours=hours)
        file = NightFile(woke_at).slept_at(woke_at - slept, timedelta(hours=offset_h)).slept(woke_at - slept, woke_at)
        pipeline.put(f"{woke_at:%H}.fit", file.finish())
        beats = NightFile(woke_at).values(woke_at - slept, [40 + offset_h] * int(hours * 12)).status(woke_at)
        pipeline.put(f"{woke_at:%H}-hrv.fit", beats.finish())
    pipeline.look()
    found = [(one.day.day, one.sleep_s, one.rmssd_ms) for one in nights(pipeline)]
    assert found == [(5, 8 * 3600, 42), (6, 7 * 3600, 49)]


def test_the_same_content_twice_and_a_restart_leave_one_night(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    look_at(pipeline, a_night(WOKE), a_night(WOKE))
    before = nights(pipeline)
    pipeline.start()
    pipeline.look()
    assert nights(pipeline) == before
    assert len(before) == 1


def test_of_two_watches_the_longer_record_counts(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    look_at(pipeline, a_night(WOKE, hours=7, resting=44), a_night(WOKE, hours=8, resting=52, serial=7))
    (night,) = nights(pipeline)
    assert (night.sleep_s, night.resting_hr_bpm) == (8 * 3600.0, 52.0)


def test_a_fuller_version_that_comes_late_takes_the_place_of_the_first(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    begin = WOKE - timedelta(hours=8)
    look_at(pipeline, NightFile(begin).slept(begin, begin + timedelta(hours=4)).score(40).finish())
    first_seen = pipeline.clock.now()
    pipeline.clock.move(timedelta(hours=30))
    look_at(pipeline, a_night(WOKE))
    (night,) = nights(pipeline)
    assert (night.sleep_s, night.sleep_score, night.arrived_at) == (8 * 3600.0, 81.0, first_seen)


def test_a_broken_night_costs_nothing_but_itself(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    whole = a_night(WOKE - timedelta(days=1))
    pipeline.put("broken.fit", whole[:-1] + bytes([whole[-1] ^ 1]))
    look_at(pipeline, a_night(WOKE), a_file())
    assert [night.day for night in nights(pipeline)] == [DAY]
    assert len(pipeline.stored()) == 1
    pipeline.pass_time(minutes=30)
    assert pipeline.statuses()["broken.fit"] == "rejected"


@pytest.mark.parametrize("days", [2, 400])
def test_a_night_that_is_still_to_come_is_of_a_watch_that_does_not_know_the_date(tmp_path: Path, days: int) -> None:
    pipeline = Pipeline(tmp_path)
    look_at(pipeline, a_night(NOON + timedelta(days=days)))
    assert nights(pipeline) == ()
    assert set(pipeline.statuses().values()) == {"ignored"}


def test_what_an_earlier_version_left_out_as_monitoring_is_read(tmp_path: Path) -> None:
    """The migration forgets it; a settings file that was left out stays known."""
    pipeline = Pipeline(tmp_path)
    look_at(pipeline, a_night(WOKE))
    pipeline.store.close()
    with closing(sqlite3.connect(pipeline.database)) as database, database:
        old = '{"id": "files.not_an_activity_of_type", "values": {"name": "49"}}'
        kept = '{"id": "files.not_an_activity", "values": {"kind": "settings"}}'
        database.execute("DROP TABLE night_records")
        database.execute("UPDATE files SET status = 'ignored', reason = ?", [old])
        database.execute(
            "INSERT INTO files (sha256, path, size, status, reason, seen_at) VALUES"
            " ('s', '/settings.fit', 1, 'ignored', ?, '2026-05-06T12:00:00.000000Z')",
            [kept],
        )
        database.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '0020%'")
    pipeline = Pipeline(tmp_path)
    assert set(pipeline.statuses()) == {"settings.fit"}
    pipeline.look()
    assert [night.day for night in nights(pipeline)] == [DAY]
