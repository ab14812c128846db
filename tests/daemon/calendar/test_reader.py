"""The calendar is read in a process of its own, and whatever becomes of that the service goes on."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hersteld.config.settings import Planned
from hersteld.daemon.calendar import reader
from hersteld.daemon.calendar.found import CalendarFound
from hersteld.daemon.calendar.reader import read_calendar
from hersteld.daemon.reading.file_reader import Stopped
from hersteld.daemon.system.child_process import Limits
from tests.daemon.calendar.exports import AMSTERDAM, GOOGLE, NOW, calendar, crlf, event


def planned(path: Path) -> Planned:
    return Planned(calendar=path)


def faults(found: CalendarFound) -> list[str]:
    return [fault.reason.id for fault in found.faults]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "training.ics"
    path.write_bytes(crlf(GOOGLE))
    return path


def test_a_file_and_a_folder_are_read(file: Path) -> None:
    found = read_calendar(planned(file), NOW, AMSTERDAM)
    assert len(found.sessions) == 5
    assert (found.faults, found.is_whole) == ((), True)
    assert read_calendar(planned(file.parent), NOW, AMSTERDAM) == found


def test_the_words_of_the_configuration_count(file: Path) -> None:
    own = dataclasses.replace(planned(file), training_words=("brunch",), training_categories=(), hard_words=("jan",))
    (one,) = read_calendar(own, NOW, AMSTERDAM).sessions
    assert (one.title, one.is_hard) == ("Brunch met Jan", True)


def test_nothing_is_planned_where_no_calendar_is_named() -> None:
    assert read_calendar(Planned(), NOW, AMSTERDAM) == CalendarFound((), ())


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    found = read_calendar(planned(tmp_path / "none.ics"), NOW, AMSTERDAM)
    assert (found.sessions, faults(found), found.is_whole) == ((), ["reasons.not_there"], False)


def test_a_name_of_any_bytes_is_read_and_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.ics"))
    path.write_bytes(crlf(calendar(event("Run"), event("Run", "tomorrow", uid="two"))))
    found = read_calendar(planned(path), NOW, AMSTERDAM)
    assert len(found.sessions) == 1
    assert [fault.path for fault in found.faults] == [f"{tmp_path}/\\xff.ics"]


def test_a_process_that_lacks_memory_or_time_costs_only_the_calendar(file: Path) -> None:
    for more in ({"limits": Limits(data_bytes=2**23)}, {"whole_s": 0.001}):
        found = read_calendar(planned(file), NOW, AMSTERDAM, **more)
        assert (found.sessions, found.is_whole) == ((), False)
        assert faults(found)[0].startswith("reasons.")


def test_where_no_process_can_be_started_the_calendar_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(reader, "ChildProcess", refuse)
    found = read_calendar(planned(file), NOW, AMSTERDAM)
    assert (faults(found), found.is_whole) == (["reasons.no_memory"], False)


def test_an_answer_that_makes_no_sense_is_a_fault(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "found_in", lambda _message: CalendarFound(*[]))
    assert faults(read_calendar(planned(file), NOW, AMSTERDAM)) == ["reasons.child_garbled"]


def test_whoever_stops_meanwhile_is_not_kept_waiting(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop() -> None:
        raise Stopped

    hung = file.parent / "hung.py"
    hung.write_text("import threading\ndef serve(channel):\n    threading.Event().wait()\n")
    monkeypatch.setattr(reader, "_PROGRAM", "hung:serve")
    monkeypatch.setenv("PYTHONPATH", str(file.parent))
    with pytest.raises(Stopped):
        read_calendar(planned(file), NOW, AMSTERDAM, meanwhile=stop)


def test_the_libraries_are_loaded_in_no_other_process() -> None:
    """Whether or not a calendar is configured: only the process that reads it needs them."""
    modules = "hersteld.daemon.cli.main, hersteld.daemon.service.lifecycle, hersteld.daemon.views.check"
    code = f"import sys, {modules}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "hersteld.daemon.calendar.reader" in loaded
    assert not loaded & {"icalendar", "recurring_ical_events", "x_wr_timezone"}
