"""The real service with a calendar: what it says before a training, what it says no longer, and what it never loads."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tests.daemon.calendar.exports import calendar, crlf, event
from tests.support.home import Home
from tests.support.machine.process import Program, wait_until
from tests.support.receivers import HttpReceiver, Received

_LOOKS_OFTEN = (
    "from hersteld.daemon.calendar import keeper; keeper.LOOK_EVERY_S, keeper.SETTLED_S = 0.5, 0.2;"
    " from hersteld.daemon.cli.main import main; main()"
)
"""The service as it is, but for how often it looks whether a file of the calendar has changed."""
_EVENING = 20


class Planner(Home):
    """Somebody who plans training in a calendar."""

    def __init__(self, folder: Path, phone: HttpReceiver) -> None:
        super().__init__(folder, phone.url)
        self.phone = phone
        self.calendar = folder / "training.ics"
        self.plan()

    def configure_plan(self, keys: str) -> None:
        self.configure(experience="trained")
        text = self.config.read_text(encoding="utf-8")
        text = re.sub(r'(quiet_hours = ""\n)', r"\1weekly = false\nsilence = false\n", text)
        self.config.write_text(f"{text}[plan]\n{keys}", encoding="utf-8")

    def plan(self, *events: str) -> None:
        """Put these events into the calendar, as a program does that replaces the file."""
        new = self.calendar.with_suffix(".new")
        new.write_bytes(crlf(calendar(*events)))
        new.replace(self.calendar)

    def now(self) -> datetime:
        return datetime.now(ZoneInfo(self.environment["TZ"]))

    @contextmanager
    def running(self) -> Iterator[Program]:
        with Program(
            [sys.executable, "-c", _LOOKS_OFTEN, *self.words], environment=self.environment, folder=self.folder
        ) as daemon:
            daemon.wait_for(lambda: any("ready; messages" in line for line in daemon.stderr_lines), "it to be ready")
            yield daemon
            daemon.stop_cleanly()

    def told(self, title: str) -> Received:
        wait_until(lambda: any(title in one.title for one in self.phone.received), f'"{title}" to be told')
        return next(one for one in self.phone.received if title in one.title)


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with HttpReceiver() as phone:
        planner = Planner(tmp_path / "home", phone)
        planner.configure_plan(f'calendar = "{planner.calendar}"\nrecovery = true\n')
        yield planner


def in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def session(title: str, moment: datetime, *, uid: str = "one", hours: int = 1) -> str:
    return event(title, in_utc(moment), f"DTEND:{in_utc(moment + timedelta(hours=hours))}", uid=uid)


def test_what_to_eat_before_and_between_trainings_and_what_cannot_be_read(planner: Planner) -> None:
    soon = planner.now() + timedelta(hours=2, minutes=50)
    broken = event("Run into nowhere", "tomorrow", uid="two")
    planner.plan(session("Long run", soon, hours=2), broken)
    with planner.running():
        before = planner.told("Training at")
        assert f"{soon:%H:%M}" in before.title
        assert "pasta or rice" in before.body
        assert "Long run" not in before.title + before.body
        (fault,) = planner.ask("status")["calendar_faults"]
        assert (fault["path"], fault["reason_id"]) == (str(planner.calendar), "calendar.no_sense")
        assert "The calendar of planned training cannot be read in full: " in planner.call("status")
        (planner.inbox / "run.fit").write_bytes(planner.workout(minutes=100))
        assert "soon, and you will still be recovering: keep it easy." in planner.told(" run, ").body
        wait_until((planner.database.parent / "recovery.ics").exists, "the calendar of the recovery")
    stand = planner.ask("status")
    file = planner.database.parent / "recovery.ics"
    written: list[Any] = list(icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT"))
    starts = [one["DTSTART"].dt for one in written if isinstance(one["DTSTART"].dt, datetime)]
    assert min(starts) >= datetime.fromisoformat(stand["easy_from"])
    assert max(starts) - datetime.fromisoformat(stand["ready_at"]) < timedelta(hours=12)


def test_the_evening_before_a_hard_one_that_comes_too_soon(planner: Planner) -> None:
    offset = _EVENING - datetime.now(UTC).hour
    planner.environment["TZ"] = f"Etc/GMT{-(offset - 24 if offset > 14 else offset):+d}"
    tomorrow = (planner.now() + timedelta(days=1)).replace(hour=11, minute=0)
    planner.plan(session("Intervals", tomorrow))
    past = planner.folder / "past"
    past.mkdir()
    (past / "run.fit").write_bytes(planner.workout(ended_ago=timedelta(hours=3), minutes=110, bpm=178))
    planner.call("import", past)
    with planner.running():
        word = planner.told("Training tomorrow at 11:00")
        assert "looks hard, and you are still recovering" in word.body
        assert "Keep it easy instead" in word.body or "A day of rest suits you better" in word.body


def test_a_changed_calendar_cancels_what_is_not_sent(planner: Planner) -> None:
    planner.phone.status = 503
    planner.plan(session("Run", planner.now() + timedelta(hours=2, minutes=50)))
    with planner.running():
        wait_until(lambda: planner.phone.attempts, "a try")
        assert [row["rule"] for row in planner.ask("status")["due"]] == ["before"]
        planner.plan(session("Dinner", planner.now() + timedelta(hours=2, minutes=50)))
        wait_until(lambda: not planner.ask("status")["due"], "the word to be cancelled")
        planner.phone.status = 200
        planner.plan(session("Swim", planner.now() + timedelta(hours=2, minutes=40), uid="two"))
        planner.told("Training at")
    assert len(planner.phone.received) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "reasons.not_there"),
        (b"dear diary", "calendar.no_calendar"),
        (b"x" * (32 * 2**20 + 1), "calendar.too_large"),
    ],
    ids=["gone", "no calendar", "too large"],
)
def test_status_names_a_file_that_cannot_be_read(planner: Planner, content: bytes | None, reason: str) -> None:
    planner.calendar.unlink()
    if content is not None:
        planner.calendar.write_bytes(content)
    with planner.running() as daemon:
        daemon.wait_for(lambda: any("training.ics" in line for line in daemon.stderr_lines), "it to be named")
        assert [one["reason_id"] for one in planner.ask("status")["calendar_faults"]] == [reason]


def test_without_a_calendar_no_library_for_it_is_loaded(planner: Planner) -> None:
    """Also where the recovery is written as one; Python itself tells what each process of the service imports."""
    planner.configure_plan("recovery = true\n")
    planner.environment["PYTHONPROFILEIMPORTTIME"] = "1"
    with planner.running() as daemon:
        (planner.inbox / "run.fit").write_bytes(planner.workout())
        planner.told(" run, ")
        wait_until((planner.database.parent / "recovery.ics").exists, "the calendar of the recovery")
    loaded = {line.rpartition("|")[2].strip() for line in daemon.stderr_lines if line.startswith("import time:")}
    assert "hersteld.daemon.calendar.keeper" in loaded
    roots = {name.partition(".")[0] for name in loaded}
    assert not roots & {"icalendar", "recurring_ical_events", "x_wr_timezone"}
    assert "dateutil.rrule" not in loaded  # the rest of dateutil comes with sqlite-utils, calendar or not
