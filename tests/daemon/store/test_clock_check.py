"""A clock that shows what has passed is not believed, unless it goes on steadily for long."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.clock_check import ClockDoubt, forget_future, newest_at
from hersteld.daemon.store.files import FileRow, add_file, files_seen
from hersteld.daemon.system.clock import BUILT_AT, ManualClock
from hersteld.parsers.line import Line
from tests.support.languages import speaking
from tests.support.pipeline import NOON

NOTHING_SENT = Line("service.clock_wrong")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "a.db") as store:
        yield store


def seen(store: Store, name: str, at: datetime) -> None:
    add_file(store, FileRow(name, f"{name}.fit", 1, "ignored", Line("files.of_no_kind"), at))


def test_a_fresh_store_knows_only_that_the_build_has_passed(store: Store) -> None:
    assert newest_at(store) == BUILT_AT
    seen(store, "a", NOON)
    assert newest_at(store) == NOON


def test_a_clock_that_is_behind_is_told_once_until_it_is_right(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    seen(store, "a", NOON)
    clock = ManualClock(NOON - timedelta(hours=3))
    doubt = ClockDoubt(store, clock, NOTHING_SENT)
    with speaking("nl"):
        assert [doubt.behind_s(), doubt.behind_s()] == [3 * 3600.0] * 2
    (record,) = caplog.records
    assert record.getMessage() == (
        "de klok wijst een tijd aan van voor 2026-05-06 12:00 UTC, en die is al voorbij:"
        " bestanden worden verwerkt, en er wordt niets gestuurd tot hij is gezet"
    )
    clock.jump(NOON)
    assert doubt.behind_s() == 0
    clock.jump(NOON - timedelta(hours=1))
    doubt.behind_s()
    assert len(caplog.records) == 2


def test_a_small_step_back_is_waited_out_in_silence(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    seen(store, "a", NOON)
    assert ClockDoubt(store, ManualClock(NOON - timedelta(seconds=59)), NOTHING_SENT).behind_s() == 59
    assert caplog.records == []


def test_a_clock_that_goes_on_steadily_is_believed_against_what_is_stored(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    seen(store, "ahead", NOON)
    clock = ManualClock(NOON - timedelta(days=30))
    doubt = ClockDoubt(store, clock, NOTHING_SENT)
    assert not doubt.believe_when_steady()
    clock.move(timedelta(minutes=9))
    assert not doubt.believe_when_steady()
    clock.move(timedelta(minutes=2))
    assert doubt.believe_when_steady()
    assert newest_at(store) == clock.now()
    assert "what was dated later (1 rows) is not" in caplog.text


def test_a_clock_that_jumps_meanwhile_begins_anew(store: Store) -> None:
    seen(store, "ahead", NOON)
    clock = ManualClock(NOON - timedelta(days=30))
    doubt = ClockDoubt(store, clock, NOTHING_SENT)
    doubt.believe_when_steady()
    clock.move(timedelta(minutes=9))
    clock.jump(clock.now() - timedelta(hours=1))
    assert not doubt.believe_when_steady()
    clock.move(timedelta(minutes=9))
    assert not doubt.believe_when_steady()
    clock.move(timedelta(minutes=2))
    assert doubt.believe_when_steady()


def test_a_clock_from_before_the_build_is_never_believed(store: Store) -> None:
    clock = ManualClock(datetime(1970, 1, 1, tzinfo=UTC))
    doubt = ClockDoubt(store, clock, NOTHING_SENT)
    for _ in range(10):
        assert not doubt.believe_when_steady()
        clock.move(timedelta(minutes=30))


def test_only_what_is_dated_later_gets_the_date_of_now(store: Store) -> None:
    for hours in (-2, 0, 2):
        seen(store, str(hours), NOON + timedelta(hours=hours))
    assert forget_future(store, NOON) == 1
    assert sorted(row.seen_at for row in files_seen(store)) == [NOON - timedelta(hours=2), NOON, NOON]
