"""The process that reads tells what is planned and what it could not read; one fault costs only itself."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import Planned
from hersteld.daemon.calendar import calendar_program
from hersteld.daemon.calendar.calendar_program import MOST_FAULTS, MOST_SESSIONS, read_files
from hersteld.daemon.calendar.found import CalendarFound
from hersteld.daemon.system.clock import iso
from tests.daemon.calendar.exports import NOW, calendar, crlf, event

DEFAULT = Planned()


def read(*paths: Path, zone: str = "Europe/Amsterdam") -> CalendarFound:
    return read_files(
        {
            "paths": [str(path) for path in paths],
            "training_words": [*DEFAULT.training_words],
            "training_categories": [*DEFAULT.training_categories],
            "hard_words": [*DEFAULT.hard_words],
            "attendee": "",
            "start": iso(NOW),
            "end": iso(NOW + timedelta(hours=48)),
            "zone": zone,
        }
    )


def a_file(folder: Path, text: str, name: str = "training.ics") -> Path:
    path = folder / name
    path.write_bytes(crlf(text))
    return path


def faults(found: CalendarFound) -> list[str]:
    return [fault.reason.id for fault in found.faults]


def test_one_broken_event_costs_only_itself(tmp_path: Path) -> None:
    broken = event("Broken run", "20261128T250000Z", uid="broken")
    endless = event("Run at each second", "19700101T000000Z", "RRULE:FREQ=SECONDLY", uid="endless")
    found = read(a_file(tmp_path, calendar(broken, endless, event("Run", uid="good"))))
    assert [one.title for one in found.sessions] == ["Run"]
    assert [(one.reason.id, one.reason.values["title"]) for one in found.faults] == [
        ("calendar.no_sense", "Broken run"),
        ("calendar.endless", "Run at each second"),
    ]
    assert found.is_whole


def test_a_broken_event_that_is_no_training_is_nobodys_business(tmp_path: Path) -> None:
    found = read(a_file(tmp_path, calendar(event("Dentist", "tomorrow"), event("", "19700101T000000Z", "RRULE:x"))))
    assert found == CalendarFound((), ())


def test_sessions_of_several_files_come_in_order_and_each_once(tmp_path: Path) -> None:
    late, early = event("Run", "20261129T180000Z", uid="late"), event("Swim", "20261128T180000Z", uid="early")
    found = read(a_file(tmp_path, calendar(late), "a.ics"), a_file(tmp_path, calendar(early, late), "b.ics"))
    assert [one.title for one in found.sessions] == ["Swim", "Run"]


def test_one_bad_file_leaves_the_others(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ics")
    (tmp_path / "folder.ics").mkdir()
    large = tmp_path / "large.ics"
    with large.open("wb") as file:
        file.truncate(calendar_program.MOST_BYTES + 1)
    found = read(
        tmp_path / "none.ics",
        tmp_path / "pipe.ics",
        tmp_path / "folder.ics",
        large,
        a_file(tmp_path, "<html>not found</html>", "page.ics"),
        a_file(tmp_path, calendar(event("Run")), "good.ics"),
    )
    assert [one.title for one in found.sessions] == ["Run"]
    assert not found.is_whole
    assert [Path(path).name for path in found.unread] == ["none.ics", "pipe.ics", "folder.ics", "large.ics", "page.ics"]
    assert [Path(path).name for path in found.files.values()] == ["good.ics"]
    assert faults(found) == [
        *("reasons.not_there", "calendar.no_calendar", "reasons.a_folder"),
        *("calendar.too_large", "calendar.no_calendar"),
    ]


def test_a_file_that_is_cut_off_is_not_the_whole_calendar(tmp_path: Path) -> None:
    text = calendar(event("Run"), event("Swim", uid="two")).partition("UID:two")[0]
    found = read(a_file(tmp_path, text))
    assert ([one.title for one in found.sessions], faults(found)) == (["Run"], ["calendar.cut_off"])
    assert not found.is_whole


def test_a_calendar_that_only_cancels_plans_nothing(tmp_path: Path) -> None:
    assert read(a_file(tmp_path, calendar(event("Run"), head="METHOD:CANCEL\n"))) == CalendarFound((), ())


def test_a_zone_without_a_name_that_is_known_is_that_of_the_machine(tmp_path: Path) -> None:
    path = a_file(tmp_path, calendar(event("Run", "20261128T180000")))
    assert len(read(path, zone="local").sessions) == 1


def test_more_than_anybody_can_train_is_left_out_with_a_word(tmp_path: Path) -> None:
    many = [event("Run", f"20261129T{number % 24:02}0000Z", uid=str(number)) for number in range(MOST_SESSIONS + 3)]
    found = read(a_file(tmp_path, calendar(*many)))
    assert (len(found.sessions), faults(found)) == (MOST_SESSIONS, ["calendar.too_many_sessions"])


def test_a_calendar_full_of_endless_series_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_program, "ALL_S", 0.8)
    endless = [event("Run", "19700101T000000Z", "RRULE:FREQ=SECONDLY", uid=str(number)) for number in range(50)]
    found = read(a_file(tmp_path, calendar(*endless)))
    assert set(faults(found)[:-1]) == {"calendar.endless"}
    assert faults(found)[-1] == "calendar.too_slow"
    assert not found.is_whole, "what was planned before may still hold"


def test_files_that_take_all_the_time_are_given_up_before_the_process_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their lines alone may take it, with no event that can be training: 100 files of 32 MiB take many minutes."""
    monkeypatch.setattr(calendar_program, "ALL_S", -1.0)
    files = [a_file(tmp_path, calendar(event("Dentist")), f"{number}.ics") for number in range(3)]
    found = read(*files)
    assert (faults(found), found.is_whole) == (["calendar.too_slow"], False)
    assert found.unread == tuple(map(str, files))


def test_not_more_faults_are_told_than_anybody_reads(tmp_path: Path) -> None:
    broken = [event("Run", "tomorrow", uid=str(number)) for number in range(MOST_FAULTS + 30)]
    assert len(read(a_file(tmp_path, calendar(*broken))).faults) == MOST_FAULTS
