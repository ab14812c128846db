"""What would hersteld say in a week of training?

The files are real, and so is all that happens to them: inbox, ingest, store, outbox and delivery. Only the clock is
made up: it goes from one event to the next.
"""

import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from hersteld.config.file.load import load_settings
from hersteld.config.settings import Language, Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable
from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.daemon.delivery.sender import deliver_due
from hersteld.daemon.demo.week import DemoFile, demo_week
from hersteld.daemon.inbox.scan import Inbox
from hersteld.daemon.inbox.watcher import Watcher
from hersteld.daemon.ingest.from_inbox import InboxIngest
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.clock import ManualClock
from hersteld.daemon.system.errors import DaemonError

_TARGET = "demo"
_SYNC_TIME = timedelta(minutes=3)
"""From the end of a workout to the file in the folder."""


@dataclass(frozen=True, slots=True)
class FileArrived:
    """A file comes into the folder."""

    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A message reaches the athlete."""

    at: datetime
    message: Message


class _Receiver:
    """Writes down which messages reach the athlete, and when."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.sent: list[MessageSent] = []

    def targets(self) -> tuple[str, ...]:
        return (_TARGET,)

    def send(self, target: str, message: Message) -> SendResult:
        del target
        self.sent.append(MessageSent(self._now(), message))
        return SendResult(ok=True)

    def start_early(self) -> None:
        pass


def demo_settings(language: Language) -> Settings:
    """Return the settings of the made-up athlete: nobody's own configuration is looked at."""
    own = {
        "athlete.experience": "recreational",
        "athlete.birth_year": "1990",
        "notify.language": language,
    }
    # A home that is not there has no configuration in it.
    return load_settings(None, overrides=own, environ={"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"})


class NoScratch(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """There is no room for the files of the week."""


def play(settings: Settings, monday: date, zone: tzinfo) -> Iterator[FileArrived | MessageSent]:
    """Yield what happens in the week, in order of time; it takes seconds, and leaves nothing behind.

    Raises:
        NoScratch: It cannot be played in the temporary folder.
    """
    try:
        yield from _play(settings, monday, zone)
    except (OSError, sqlite3.Error, StoreUnusable) as error:
        folder = tempfile.tempdir or os.environ.get("TMPDIR", "/tmp")  # noqa: S108 - only named
        raise NoScratch("help.no_scratch", folder=str(folder)) from error


def _play(settings: Settings, monday: date, zone: tzinfo) -> Iterator[FileArrived | MessageSent]:
    files = list(demo_week(monday, zone))
    clock = ManualClock(datetime.combine(monday, time(), tzinfo=zone).astimezone(UTC), zone=zone)
    receiver = _Receiver(clock.now)
    with tempfile.TemporaryDirectory(prefix="hersteld-demo-") as scratch:
        folder = Path(scratch, "Workouts")
        folder.mkdir()
        with Store(Path(scratch, "hersteld.db")) as store:
            ingest = Ingest(store, settings, receiver.targets(), clock)
            intake = InboxIngest(Inbox((folder,), store, clock, Watcher((), threading.Event())), ingest)
            outbox = Outbox(store)
            while (moment := _next_event(files, outbox)) is not None:
                clock.move(max(timedelta(0), moment - clock.now()))
                for file in [file for file in files if file.ended_at + _SYNC_TIME <= clock.now()]:
                    files.remove(file)
                    _write(folder / file.name, file)
                    yield FileArrived(clock.now(), file.name)
                intake.look()
                deliver_due(store, receiver, clock)
                yield from receiver.sent
                receiver.sent.clear()


def _next_event(files: list[DemoFile], outbox: Outbox) -> datetime | None:
    """Return when the next file comes or the next message is due; None when the week is over."""
    moments = [file.ended_at + _SYNC_TIME for file in files]
    if (due_at := outbox.next_try_at(_TARGET)) is not None:
        moments.append(due_at)
    return min(moments, default=None)


def _write(path: Path, file: DemoFile) -> None:
    path.write_bytes(file.content)
    written_at = file.ended_at.timestamp()
    os.utime(path, (written_at, written_at))
