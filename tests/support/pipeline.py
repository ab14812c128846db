"""The whole way of a file, from folder to message, with everything real but the clock and the receivers."""

import math
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from hersteld.config.file.load import load_settings
from hersteld.daemon.calendar.recovery_file import RecoveryFile
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.delivery.sender import Ask, deliver_due
from hersteld.daemon.inbox.scan import Inbox
from hersteld.daemon.inbox.watcher import Watcher
from hersteld.daemon.ingest.from_inbox import InboxIngest
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.daemon.planning.occasions.configured import configured_occasions
from hersteld.daemon.planning.occasions.keeper import Occasions
from hersteld.daemon.reading.file_reader import FileReader
from hersteld.daemon.service.catching_up import catch_up
from hersteld.daemon.service.main_loop import MainLoop
from hersteld.daemon.store.files import files_seen
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import ManualClock
from hersteld.parsers.writing.encode import Recorded, encode_activity

_NOBODY = threading.Event()
NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


def a_file(
    ended_at: datetime = NOON,
    *,
    minutes: int = 60,
    bpm: float | None = 165,
    sport: str = "running",
    sub_sport: str = "generic",
    power: float | None = None,
    created_at: datetime | None = None,
) -> bytes:
    """Return the bytes of a training's file; steady, but for a small wave."""
    seconds = minutes * 60
    heart_rate = None if bpm is None else [round(bpm + 3 * math.sin(second / 40)) for second in range(seconds)]
    watts = None if power is None else [power] * seconds
    recorded = Recorded(heart_rate_bpm=heart_rate, power_w=watts)
    return encode_activity(
        ended_at - timedelta(minutes=minutes),
        sport,
        recorded,
        sub_sport=sub_sport,
        timer_s=seconds,
        created_at=created_at,
    )


class ScriptedNotifier:
    """Receivers in memory.

    Args:
        names: Of the targets.
        answer: What a target says to a message; accepts all by default.
    """

    def __init__(
        self, *names: str, answer: Callable[[str, Message], SendResult] = lambda _target, _message: SendResult(ok=True)
    ) -> None:
        self.names = names
        self.answer = answer
        self.received: list[tuple[str, Message]] = []
        self.ways: dict[str, Way] = {}
        self.tried = 0
        self.started_early = 0

    def targets(self) -> tuple[str, ...]:
        return self.names

    def send(self, target: str, message: Message) -> SendResult:
        self.tried += 1
        delivery = self.answer(target, message)
        if delivery.ok:
            self.received.append((target, message))
        return delivery

    def picture_way(self, target: str) -> Way:
        return self.ways.get(target, Way.NONE)

    def start_early(self) -> None:
        self.started_early += 1

    def titles(self) -> list[str]:
        """What arrived, in order."""
        return [message.title for _, message in self.received]


class Pipeline:
    """A daemon without threads, stepped by hand. `start()` again is a restart.

    Attributes:
        zone: The timezone in which the athlete lives.
        reader: Reads the files; None to read them in this process.
        ask: Lets messages ask how hard the workout was; None where none does.
    """

    zone: tzinfo = UTC
    reader: FileReader | None = None
    ask: Ask | None = None

    def __init__(
        self,
        folder: Path,
        *targets: str,
        now: datetime = NOON + timedelta(minutes=5),
        **overrides: str,
    ) -> None:
        self.inbox_folder = folder / "inbox"
        self.inbox_folder.mkdir(exist_ok=True)
        self.database = folder / "state" / "hersteld.db"
        self.clock = ManualClock(now, zone=self.zone)
        self.notifier = ScriptedNotifier(*(targets or ("phone",)))
        self._home = folder
        self._overrides = {
            "athlete.experience": "trained",
            "notify.quiet_hours": '""',
            "notify.language": "en",
            "notify.weekly": '""',  # most tests are about something else
            "watch.folders": f'["{self.inbox_folder}"]',
        }
        self.store = Store(self.database)
        self.configure(**overrides)

    def configure(self, **overrides: str) -> None:
        """Change these settings ("athlete__experience" for the key "athlete.experience"), and start again."""
        self._overrides |= {key.replace("__", "."): value for key, value in overrides.items()}
        self.settings = load_settings(None, overrides=self._overrides, environ={"HOME": str(self._home)})
        self.start()

    def leave_to_default(self, key: str) -> None:
        """Say nothing of a key, and start again."""
        del self._overrides[key]
        self.configure()

    def start(self) -> None:
        """Begin, or end and begin again."""
        self.store.close()
        self.store = Store(self.database)
        self.outbox = Outbox(self.store)
        self.workouts = Workouts(self.store)
        self.ingest = Ingest(self.store, self.settings, self.notifier.targets(), self.clock)
        catch_up(self.store, self.ingest, self.notifier.targets(), now=self.clock.now())
        # Without watches: these tests scan when they say so.
        watcher = Watcher((), _NOBODY)
        self.inbox = Inbox((self.inbox_folder,), self.store, self.clock, watcher)
        self.told_at_times = self.occasions()
        self.main_loop = MainLoop(
            self.store,
            watcher,
            self.inbox,
            InboxIngest(self.inbox, self.ingest, reader=self.reader),
            self.ingest,
            self.clock,
            occasions=self.told_at_times,
            recovery=RecoveryFile(self.store, self.settings, self.clock),
        )

    def occasions(self) -> Occasions:
        """Return what is told at a certain time; a test may bring occasions of its own."""
        targets = self.notifier.targets()
        occasions = configured_occasions(self.store, self.settings, targets, self.clock)
        return Occasions(self.store, occasions, self.settings, targets, self.clock)

    def put(self, name: str, content: bytes) -> Path:
        """Let a file arrive."""
        path = self.inbox_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def look(self) -> None:
        """Scan the inbox, then deliver what is due."""
        self.main_loop.go(called=True)
        deliver_due(self.store, self.notifier, self.clock, self.settings.notify.quiet_hours, self.ask)

    def pass_time(self, *, step: timedelta = timedelta(minutes=10), **by: float) -> None:
        """Let time pass in steps, looking and delivering after each."""
        until = self.clock.now() + timedelta(**by)
        while self.clock.now() < until:
            self.clock.move(min(step, until - self.clock.now()))
            self.look()

    def rows(self, rule: str | None = None) -> list[OutboxRow]:
        """Return the outbox, by due time."""
        return [row for row in self.outbox.rows() if rule in (None, row.rule)]

    def stored(self) -> list[StoredWorkout]:
        """Return the workouts, oldest first."""
        return list(reversed(self.workouts.newest(100)))

    def statuses(self) -> dict[str, str]:
        """Return what became of each file, by name."""
        return {Path(row.path).name: row.status for row in files_seen(self.store)}
