"""What would hersteld say in some weeks of training?

The files are real, and so is all that happens to them: inbox, ingest, store, outbox and delivery. Only the clock is
made up: it goes from one event to the next.
"""

import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from hersteld.config.file.load import load_settings
from hersteld.config.settings import Language, Settings
from hersteld.daemon.calendar.keeper import CalendarKeeper
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable
from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.delivery.sender import deliver_due
from hersteld.daemon.demo.before import weeks_before
from hersteld.daemon.demo.stories import Coming
from hersteld.daemon.inbox.scan import Inbox
from hersteld.daemon.inbox.watcher import Watcher
from hersteld.daemon.ingest.from_inbox import InboxIngest
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.planning.occasions.configured import configured_occasions
from hersteld.daemon.planning.occasions.keeper import Occasions
from hersteld.daemon.system.clock import ManualClock
from hersteld.daemon.system.errors import DaemonError

_TARGET = "demo"
_BEGINS_AT = time(5)
_WRITTEN_BEFORE = timedelta(minutes=3)
_AFTER = timedelta(days=3)
"""So long after the last file the mornings are still told; what is promised by then is awaited in any case."""


@dataclass(frozen=True, slots=True)
class HistoryArrived:
    """The files of the weeks before come into the folder.

    Attributes:
        files: How many there are.
    """

    at: datetime
    files: int


@dataclass(frozen=True, slots=True)
class FileArrived:
    """A file comes into the folder, or the calendar becomes another one.

    Attributes:
        kind: "workout", "night" or "calendar".
    """

    at: datetime
    name: str
    kind: str


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

    def picture_way(self, target: str) -> Way:
        del target
        return Way.NONE

    def start_early(self) -> None:
        pass


def demo_settings(language: Language) -> Settings:
    """Return the settings of the made-up athlete: nobody's own configuration is looked at."""
    own = {
        "athlete.experience": "recreational",
        "athlete.birth_year": "1990",
        "notify.language": language,
        "notify.morning": "07:00",
    }
    # A home that is not there has no configuration in it.
    return load_settings(None, overrides=own, environ={"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"})


class NoScratch(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """There is no room for the files of the story."""


def play(
    settings: Settings, story: Sequence[Coming], monday: date, zone: tzinfo
) -> Iterator[HistoryArrived | FileArrived | MessageSent]:
    """Yield what happens, in order of time; it takes seconds, and leaves nothing behind.

    Args:
        story: What comes, in order of time.
        monday: The day on which it begins, with the files of the weeks before.
        zone: Where the athlete lives.

    Raises:
        NoScratch: It cannot be played in the temporary folder.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="hersteld-demo-") as scratch:
            yield from _play(Path(scratch), settings, story, monday, zone)
    except (OSError, sqlite3.Error, StoreUnusable) as error:
        folder = tempfile.tempdir or os.environ.get("TMPDIR", "/tmp")  # noqa: S108 - only named
        raise NoScratch("help.no_scratch", folder=str(folder)) from error


def _play(
    scratch: Path, settings: Settings, story: Sequence[Coming], monday: date, zone: tzinfo
) -> Iterator[HistoryArrived | FileArrived | MessageSent]:
    folder = scratch / "Workouts"
    folder.mkdir()
    settings = replace(settings, planned=replace(settings.planned, calendar=scratch / "training.ics"))
    clock = ManualClock(datetime.combine(monday, _BEGINS_AT, tzinfo=zone).astimezone(UTC), zone=zone)
    coming, until = list(story), story[-1].at + _AFTER
    with Store(scratch / "hersteld.db") as store:
        played = _Played(store, folder, settings, clock)
        before = list(weeks_before(monday, zone))
        for name, content in before:
            played.write(name, content)
        yield HistoryArrived(clock.now(), len(before))
        yield from played.look()
        while (moment := played.next_moment(coming, until)) is not None:
            clock.move(max(timedelta(0), moment - clock.now()))
            while coming and coming[0].at <= clock.now():
                come = coming.pop(0)
                yield FileArrived(clock.now(), come.name, come.kind)
                if come.kind == "calendar":
                    played.plan(come.content)
                else:
                    played.write(come.name, come.content)
            yield from played.look()


class _Played:
    """What the service does, one look at a time.

    Args:
        folder: Where the files come in.
    """

    def __init__(self, store: Store, folder: Path, settings: Settings, clock: ManualClock) -> None:
        self._store = store
        self._folder = folder
        self._planned = settings.planned
        self._clock = clock
        self._receiver = _Receiver(clock.now)
        targets = self._receiver.targets()
        self._ingest = Ingest(store, settings, targets, clock)
        self._intake = InboxIngest(Inbox((folder,), store, clock, Watcher((), threading.Event())), self._ingest)
        self._outbox = Outbox(store)
        occasions = configured_occasions(store, settings, targets, clock)
        self._occasions = Occasions(store, occasions, settings, targets, clock)

    def write(self, name: str, content: bytes) -> None:
        """Let a file come in that was written a while ago, so that nobody waits for the rest of it."""
        path = self._folder / name
        path.write_bytes(content)
        written_at = (self._clock.now() - _WRITTEN_BEFORE).timestamp()
        os.utime(path, (written_at, written_at))

    def plan(self, calendar: bytes) -> None:
        """Let the calendar hold something else; it is read once, as the service does when it has changed."""
        if self._planned.calendar is not None:
            self._planned.calendar.write_bytes(calendar)
        replan = self._ingest.reassessment.plan_recent_anew
        CalendarKeeper(self._store, self._planned, self._clock, on_change=replan).look()

    def look(self) -> Iterator[MessageSent]:
        """Take in what has come, and yield what is sent because of it or of the time."""
        self._intake.look()
        while self._ingest.reassessment.assess_next():
            pass
        if not self._ingest.backlog.close():
            self._ingest.reassessment.finish()
        self._occasions.ask()
        deliver_due(self._store, self._receiver, self._clock)
        yield from self._receiver.sent
        self._receiver.sent.clear()

    def next_moment(self, coming: Sequence[Coming], until: datetime) -> datetime | None:
        """Return when something comes or is due next; None when the story is over.

        Args:
            until: From then on no occasion is waited for.
        """
        moments = [coming[0].at] if coming else []
        if (due_at := self._outbox.next_try_at(_TARGET)) is not None:
            moments.append(due_at)
        if (wait_s := self._occasions.wait_s()) is not None:
            occasion_at = self._clock.now() + timedelta(seconds=wait_s)
            moments += [occasion_at] if occasion_at <= until else []
        return min(moments, default=None)
