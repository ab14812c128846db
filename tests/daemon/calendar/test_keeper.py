"""The calendar is read when it changes and when time passes, and what is wrong with it is said once."""

import logging
import os
import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import Planned
from hersteld.daemon.calendar import files
from hersteld.daemon.calendar.keeper import LOOK_EVERY_S, READ_EVERY_S, SETTLED_S, CalendarKeeper
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.planned import read_calendar_faults, read_sessions
from hersteld.daemon.system.clock import ManualClock
from tests.daemon.calendar.exports import AMSTERDAM, NOW, calendar, crlf, event


class Kept:
    """A calendar that is kept."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.file = folder / "training.ics"
        self.store = store
        self.clock = ManualClock(NOW, zone=AMSTERDAM)
        self.changes = 0
        self.start()

    def start(self, planned: Planned | None = None) -> None:
        planned = planned or Planned(calendar=self.file)
        self.keeper = CalendarKeeper(self.store, planned, self.clock, on_change=self._count)

    def _count(self) -> None:
        self.changes += 1

    def write(self, *events: str) -> None:
        self.file.write_bytes(crlf(calendar(*events)))

    def titles(self) -> list[str]:
        now = self.clock.now()
        today = now.astimezone(AMSTERDAM).date()
        return [one.title for one in read_sessions(self.store, now=now, today=today)]

    def pass_time(self, seconds: float) -> bool:
        self.clock.move(timedelta(seconds=seconds))
        return self.keeper.look()


@pytest.fixture
def kept(tmp_path: Path, store: Store) -> Kept:
    return Kept(tmp_path, store)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "state" / "hersteld.db")


def test_it_is_read_at_the_start(kept: Kept) -> None:
    kept.write(event("Run"))
    assert kept.keeper.look()
    assert (kept.titles(), kept.changes) == (["Run"], 1)
    assert not kept.keeper.look()
    kept.start()
    assert not kept.keeper.look()
    assert kept.changes == 1


def test_what_could_not_be_stored_is_read_again_within_a_minute(kept: Kept) -> None:
    """As where the disk is full: an hour later it may be too late to eat before the training."""
    kept.write(event("Run"))
    kept.store.db.execute(
        "CREATE TRIGGER full BEFORE INSERT ON planned_sessions BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        kept.keeper.look()
    kept.store.db.execute("DROP TRIGGER full")
    assert kept.pass_time(LOOK_EVERY_S)
    assert kept.titles() == ["Run"]


def test_a_change_is_read_once_it_has_settled(kept: Kept) -> None:
    kept.write(event("Run"))
    kept.keeper.look()
    kept.write(event("Swim"))
    assert not kept.pass_time(LOOK_EVERY_S)
    assert kept.titles() == ["Run"]
    assert kept.keeper.wait_s() == SETTLED_S
    assert kept.pass_time(SETTLED_S)
    assert (kept.titles(), kept.changes) == (["Swim"], 2)


def test_a_file_that_is_still_written_to_is_waited_for(kept: Kept) -> None:
    kept.write(event("Run"))
    kept.keeper.look()
    for number in range(5):
        kept.write(event(f"Run {'x' * number}"), event("Swim", uid="two"))
        assert not kept.pass_time(LOOK_EVERY_S)
    assert kept.pass_time(SETTLED_S)
    assert sorted(kept.titles()) == ["Run xxxx", "Swim"]


def test_what_comes_into_reach_is_found_within_the_hour(kept: Kept) -> None:
    kept.write(event("Run", "20261206T093000Z"))
    assert not kept.keeper.look()
    assert not kept.pass_time(READ_EVERY_S - 1)
    assert kept.pass_time(1)
    assert kept.titles() == ["Run"]


def test_what_is_cancelled_or_moved_is_planned_no_more(kept: Kept) -> None:
    kept.write(event("Run"), event("Swim", "20261129T070000Z", uid="two"))
    kept.keeper.look()
    kept.write(event("Run", "20261128T200000Z"))
    kept.pass_time(LOOK_EVERY_S)
    assert kept.pass_time(SETTLED_S)
    (one,) = read_sessions(kept.store, now=kept.clock.now(), today=NOW.date())
    assert (one.title, one.starts_at) == ("Run", NOW.replace(hour=20))


def test_a_file_that_is_gone_is_said_once_and_what_was_planned_holds(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    kept.write(event("Run"))
    kept.keeper.look()
    kept.file.unlink()
    for _ in range(4):
        kept.pass_time(READ_EVERY_S)
    assert kept.titles() == ["Run"]
    assert [path for path, _ in read_calendar_faults(kept.store)] == [str(kept.file)]
    assert [record.message for record in caplog.records] == [
        f"{kept.file}: no such file or directory; training that is planned in it may be missing"
    ]
    kept.write(event("Run"))
    kept.pass_time(LOOK_EVERY_S)
    kept.pass_time(SETTLED_S)
    assert read_calendar_faults(kept.store) == ()
    assert caplog.records[-1].message == "the calendar can be read again"


def in_a_folder(kept: Kept) -> Path:
    """Let the calendar be a folder of two files, of which one cannot be read."""
    folder = kept.file.parent / "calendars"
    folder.mkdir()
    kept.file = folder / "b.ics"
    kept.start(Planned(calendar=folder))
    kept.write(event("Run"), event("Swim", "20261129T070000Z", uid="two"))
    (folder / "a.ics").write_text("<html>not found</html>")
    kept.keeper.look()
    return folder


def later(kept: Kept) -> bool:
    kept.pass_time(LOOK_EVERY_S)
    return kept.pass_time(SETTLED_S)


def test_what_is_taken_out_of_one_file_is_planned_no_more_also_while_another_cannot_be_read(kept: Kept) -> None:
    in_a_folder(kept)
    assert kept.titles() == ["Run", "Swim"]
    kept.write(event("Swim", "20261129T070000Z", uid="two"))
    assert later(kept)
    assert kept.titles() == ["Swim"]


def test_a_file_that_is_taken_out_of_the_folder_plans_no_more_also_while_another_cannot_be_read(kept: Kept) -> None:
    in_a_folder(kept)
    kept.file.unlink()
    assert later(kept)
    assert kept.titles() == []


def test_what_was_planned_in_a_file_that_cannot_be_read_any_more_holds(kept: Kept) -> None:
    folder = in_a_folder(kept)
    (folder / "a.ics").write_bytes(crlf(calendar(event("Ride", "20261129T090000Z", uid="three"))))
    assert later(kept)
    (folder / "a.ics").write_text("<html>not found</html>")
    kept.write(event("Swim", "20261129T070000Z", uid="two"))
    assert later(kept)
    kept.pass_time(READ_EVERY_S)
    assert kept.titles() == ["Swim", "Ride"]
    for file in folder.iterdir():
        file.unlink()
    assert not later(kept)
    assert kept.titles() == ["Swim", "Ride"], "a folder without files may be one that is not mounted"


def test_a_broken_event_is_named_once(kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    kept.write(event("Run"), event("Broken run", "tomorrow", uid="two"))
    kept.keeper.look()
    kept.pass_time(READ_EVERY_S)
    assert [record.message for record in caplog.records] == [
        f'{kept.file}: the event "Broken run" cannot be understood; training that is planned in it may be missing'
    ]
    assert kept.titles() == ["Run"]


def test_without_a_calendar_what_was_planned_and_said_of_it_is_forgotten(kept: Kept) -> None:
    kept.write(event("Run"), event("Run", "tomorrow", uid="two"))
    kept.keeper.look()
    kept.start(Planned())
    assert kept.keeper.look()
    assert (kept.titles(), read_calendar_faults(kept.store)) == ([], ())
    assert not kept.keeper.look()
    assert kept.keeper.wait_s() == float("inf")


def test_a_stop_while_it_is_read_leaves_all_as_it_was(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    from hersteld.daemon.calendar import reader

    hung = kept.file.parent / "hung.py"
    hung.write_text("import threading\ndef serve(channel):\n    threading.Event().wait()\n")
    monkeypatch.setattr(reader, "_PROGRAM", "hung:serve")
    monkeypatch.setenv("PYTHONPATH", str(kept.file.parent))
    kept.write(event("Run"))
    kept.keeper = CalendarKeeper(kept.store, Planned(calendar=kept.file), kept.clock, go_on=lambda: False)
    assert not kept.keeper.look()
    assert kept.titles() == []


_WITHOUT = """
import sys, tracemalloc
from pathlib import Path
import hersteld.daemon.service.lifecycle
from hersteld.config.settings import Planned
from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import SystemClock
store = Store(Path(sys.argv[1]))
for name in [name for name in sys.modules if name.startswith("hersteld.daemon.calendar")]:
    del sys.modules[name]
tracemalloc.start()
from hersteld.daemon.calendar.keeper import CalendarKeeper
keeper = CalendarKeeper(store, Planned(), SystemClock())
for _ in range(100):
    keeper.look()
print(tracemalloc.get_traced_memory()[1])
"""


def test_without_a_calendar_it_takes_less_than_a_mebibyte(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT, tmp_path / "a.db"], capture_output=True, text=True, check=True
    )
    assert 0 < int(done.stdout) < 2**20


def test_a_server_that_does_not_answer_holds_nobody_up_and_what_was_planned_holds(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept.write(event("Run", "20261129T070000Z"))
    assert kept.keeper.look()
    hangs, answers = threading.Event(), threading.Event()
    stat = Path.stat

    def hanging(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == kept.file and not answers.is_set():
            hangs.set()
            answers.wait(60)  # as the server of a network mount that is gone
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", hanging)
    monkeypatch.setattr(files, "ANSWER_S", 0.05)
    for _ in range(3):
        assert not kept.pass_time(LOOK_EVERY_S)
    assert hangs.is_set()
    assert sum("calendar-look" in thread.name for thread in threading.enumerate()) == 1
    assert [reason.id for _, reason in read_calendar_faults(kept.store)] == ["calendar.no_answer"]
    assert len([one for one in caplog.records if "does not answer" in one.getMessage()]) == 1
    assert kept.titles() == ["Run"]
    answers.set()
    assert not later(kept)
    assert read_calendar_faults(kept.store) == ()
    assert kept.titles() == ["Run"]
