"""The calendar of a recovery says what the messages and `status` say, and a disk that refuses it disturbs nothing."""

import errno
import logging
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from hersteld.config.settings import Planned
from hersteld.daemon.calendar.reader import read_calendar
from hersteld.daemon.calendar.recovery_file import RecoveryFile
from hersteld.daemon.cli.readiness import readiness_said
from hersteld.daemon.views.status import how_things_stand
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line
from tests.support.pipeline import NOON, Pipeline, a_file

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Athlete(Pipeline):
    """Somebody in Amsterdam whose recovery is written as a calendar."""

    zone = AMSTERDAM

    def __init__(self, folder: Path, **overrides: str) -> None:
        super().__init__(folder, plan__recovery="true")
        self.configure(**overrides)

    @property
    def file(self) -> Path:
        return self.database.with_name("recovery.ics")

    def events(self) -> list[Any]:
        return list(icalendar.Calendar.from_ical(self.file.read_bytes()).walk("VEVENT"))

    def moments(self) -> set[datetime]:
        starts = [event["DTSTART"].dt for event in self.events()]
        return {start for start in starts if isinstance(start, datetime)}

    def status(self) -> str:
        stand = how_things_stand(self.database, self.settings, self.clock.now())
        assert stand.last is not None
        voice = Voice(self.settings.notify, AMSTERDAM)
        return readiness_said(voice, self.settings, stand.last, stand.now, stand.rest_day_until, adult=stand.adult)


@pytest.fixture
def athlete(tmp_path: Path) -> Athlete:
    athlete = Athlete(tmp_path)
    athlete.put("run.fit", a_file())
    athlete.look()
    return athlete


@pytest.mark.parametrize(
    ("language", "easy", "hard", "says"),
    [
        (
            "en",
            "Easy training is fine from now",
            "Hard training is fine again",
            "Easy training from {easy}, hard again from {hard}.",
        ),
        (
            "nl",
            "Vanaf nu kun je rustig trainen",
            "Je kunt weer hard trainen",
            "Rustig trainen vanaf {easy}, hard weer vanaf {hard}.",
        ),
    ],
)
def test_told_is_status_is_calendar(tmp_path: Path, language: str, easy: str, hard: str, says: str) -> None:
    athlete = Athlete(tmp_path, notify__language=language)
    athlete.put("run.fit", a_file())
    athlete.look()
    told = next(row for row in athlete.rows() if row.told_ready_at is not None)
    shown = {str(event["SUMMARY"]): event["DTSTART"].dt for event in athlete.events()}
    assert {shown[easy], shown[hard]} == {told.told_easy_from, told.told_ready_at}
    texts = Voice(athlete.settings.notify, AMSTERDAM)
    from_easy, from_hard = (texts.line(Line("commands.when", {"at": shown[title]})) for title in (easy, hard))
    assert athlete.status() == says.format(easy=from_easy, hard=from_hard)


def test_it_is_written_once_for_what_it_says(athlete: Athlete) -> None:
    before = athlete.file.stat().st_ino, athlete.file.read_bytes()
    athlete.pass_time(hours=3)
    athlete.start()
    athlete.look()
    assert (athlete.file.stat().st_ino, athlete.file.read_bytes()) == before
    assert athlete.file.stat().st_mode & 0o777 == 0o600


def test_another_workout_is_another_recovery(athlete: Athlete) -> None:
    uids, moments = {str(event["UID"]) for event in athlete.events()}, athlete.moments()
    athlete.clock.move(timedelta(hours=5))
    athlete.put("ride.fit", a_file(NOON + timedelta(hours=5), sport="cycling", minutes=120))
    athlete.look()
    assert max(athlete.moments()) > max(moments)
    assert not uids & {str(event["UID"]) for event in athlete.events()}


def test_an_event_that_is_moved_stays_the_same_one(athlete: Athlete) -> None:
    def hard() -> tuple[str, datetime]:
        (event,) = (one for one in athlete.events() if one["SUMMARY"] == "Hard training is fine again")
        return str(event["UID"]), event["DTSTART"].dt

    uid, moment = hard()
    athlete.configure(athlete__experience="recreational")
    for _ in range(3):
        athlete.look()
    assert hard()[0] == uid
    assert hard()[1] > moment


def test_one_that_was_removed_is_written_again(athlete: Athlete) -> None:
    says = athlete.file.read_bytes()
    athlete.file.unlink()
    athlete.look()
    assert athlete.file.read_bytes() == says


def test_none_is_written_unasked_and_one_that_stands_is_taken_away(athlete: Athlete) -> None:
    assert athlete.file.exists()
    athlete.configure(plan__recovery="false")
    athlete.look()
    assert not athlete.file.exists()
    athlete.file.write_text("what somebody else keeps here")
    athlete.start()
    athlete.look()
    assert athlete.file.read_text() == "what somebody else keeps here"


def test_a_link_in_its_place_is_not_followed(athlete: Athlete, tmp_path: Path) -> None:
    other = tmp_path / "diary.ics"
    other.write_text("dear diary")
    athlete.file.unlink()
    athlete.file.symlink_to(other)
    athlete.look()
    assert other.read_text() == "dear diary"
    assert athlete.events()
    assert not athlete.file.is_symlink()


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "no_room"), (errno.EROFS, "system"), (errno.EACCES, "not_allowed"), (errno.EIO, "disk_error")],
)
def test_what_the_disk_refuses_is_said_once_and_disturbs_nothing(
    number: int, reason: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    athlete = Athlete(tmp_path)
    recovery = RecoveryFile(athlete.store, athlete.settings, athlete.clock)

    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr("hersteld.daemon.calendar.recovery_file.os.fsync", refused)
        athlete.put("run.fit", a_file())
        for _ in range(3):
            athlete.look()
            recovery.keep()
        assert athlete.notifier.titles()
        assert recovery.unwritten is not None
        assert recovery.unwritten.id == f"reasons.{reason}"
        assert not [one.name for one in athlete.file.parent.iterdir() if one.name.startswith("recovery")]
    assert len([one for one in caplog.messages if "cannot be written" in one]) == 2  # of either keeper
    caplog.set_level(logging.INFO)
    assert recovery.keep()
    assert recovery.unwritten is None
    assert caplog.messages[-1] == f"{athlete.file}: is written again"


def test_a_fault_of_ours_is_said_once_and_keeps_nothing_else_from_being_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    athlete = Athlete(tmp_path)

    def fails(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr("hersteld.daemon.calendar.recovery_file.recovery_events", fails)
    athlete.put("run.fit", a_file())
    for _ in range(3):
        athlete.look()
    assert athlete.notifier.titles()
    assert len([one for one in caplog.messages if "hersteld itself failed on this file (ValueError: odd)" in one]) == 1


def test_a_folder_in_its_place_is_said(athlete: Athlete, caplog: pytest.LogCaptureFixture) -> None:
    athlete.file.unlink()
    athlete.file.mkdir()
    athlete.look()
    assert f"{athlete.file}: cannot be written: is a directory; " in caplog.messages[-1]
    assert athlete.notifier.titles()
    held = len(list(Path("/proc/self/fd").iterdir()))
    athlete.look()
    assert len(list(Path("/proc/self/fd").iterdir())) == held, "the folder is left open"


def test_what_a_process_left_that_was_killed_while_it_wrote_is_no_hindrance(athlete: Athlete) -> None:
    athlete.file.unlink()
    left = athlete.file.with_name("recovery.ics.new")
    left.write_text("BEGIN:VCAL")
    athlete.look()
    assert athlete.events()
    assert not left.exists()


def test_what_we_wrote_is_no_training_that_is_planned(athlete: Athlete) -> None:
    planned = Planned(calendar=athlete.file, training_words=("*",))
    before = min(athlete.moments()) - timedelta(hours=1)
    found = read_calendar(planned, before, AMSTERDAM)
    assert (found.sessions, found.faults, found.is_whole) == ((), (), True)


def test_status_names_the_file(athlete: Athlete) -> None:
    def named() -> str | None:
        return how_things_stand(athlete.database, athlete.settings, athlete.clock.now()).recovery_file

    assert named() == str(athlete.file)
    athlete.configure(plan__recovery="false")
    assert named() is None
