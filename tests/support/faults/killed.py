"""A daemon that is killed again and again, and the books that tell whether anything was lost or repeated."""

import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hersteld.daemon.database.line_column import stored
from hersteld.daemon.system.clock import iso
from hersteld.parsers.line import Line
from tests.support.faults.fault_points import FaultPoint, Life, Nursery
from tests.support.hours import noon_zone
from tests.support.machine.process import PATIENCE_S, Program, wait_until
from tests.support.machine.witness import Witness
from tests.support.pipeline import a_file
from tests.support.receivers import Received

CONFIG = """\
[athlete]
experience = "trained"
[watch]
folders = ["{inbox}"]
[notify]
language = "en"
style = "coach"
quiet_hours = ""
[[notify.targets]]
name = "phone"
url = "{url}"
"""
MOST_WORKOUTS = 8
_APART = timedelta(minutes=85)
"""A quarter of an hour of training, and more than the hour within which the next would belong to it."""
_FIRST_AGO = timedelta(hours=11, minutes=50)
"""A workout of half a day ago is told no more."""

_SPORTS = ("running", "cycling", "rowing", "hiking", "walking")


def _places(constants: Mapping[str, float] | None) -> dict[str, float]:
    return {f"hersteld.daemon.{place}": value for place, value in (constants or {}).items()}


class Shelf:
    """A folder of workouts, a phone, and a daemon between them that may die at any moment."""

    def __init__(self, folder: Path, phone: Witness, nursery: Nursery) -> None:
        self.folder, self.phone, self.nursery = folder, phone, nursery
        self.inbox = folder / "Workouts"
        self.inbox.mkdir()
        self.database = folder / "state" / "hersteld.db"
        self.log = folder / "log"
        config = folder / "hersteld.toml"
        config.touch(mode=0o600)
        config.write_text(CONFIG.format(inbox=self.inbox, url=phone.url), encoding="utf-8")
        self.words = ["run", "--config", str(config)]
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "TZ": noon_zone(),
            "STATE_DIRECTORY": str(self.database.parent),
        }
        self.names: list[str] = []
        self._ends_at = datetime.now(UTC) - _FIRST_AGO
        self._heard: Counter[Received] = Counter()
        self.excused: Counter[Received] = Counter()
        """How often a message may come again: the daemon died between its acceptance and the word of it."""

    def next_workout(self) -> bytes:
        """Return the file of a hard workout later than all before and of another length: each has its own message."""
        number = len(self.names)
        assert number < MOST_WORKOUTS
        self._ends_at += _APART
        return a_file(self._ends_at, minutes=15 + number, bpm=182, sport=_SPORTS[number % len(_SPORTS)])

    def put(self, *names: str) -> None:
        """Let the next workouts arrive, one after the other within a moment."""
        for name in names:
            content = self.next_workout()
            self.names.append(name)
            (self.inbox / name).write_bytes(content)

    def put_archive(self, name: str, count: int) -> None:
        """Let the next workouts arrive in one zip."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(count):
                archive.writestr(f"{number}.fit", self.next_workout())
                self.names.append(f"{name}/{number}.fit")
        (self.inbox / name).write_bytes(packed.getvalue())

    # --- lives

    def start(
        self, point: FaultPoint | None = None, *, powerless: bool = False, constants: Mapping[str, float] | None = None
    ) -> Life:
        """Start the daemon, to be killed at this point if it gets there; a constant is `module__NAME`."""
        return self.nursery.start(
            self.words, self.environment, self.log, point, _places(constants), powerless=powerless
        )

    def call(
        self, *words: str, powerless: bool = False, constants: Mapping[str, float] | None = None
    ) -> tuple[int, str]:
        """Run a command to its end; return its exit code and all it said."""
        log = self.folder / "said"
        log.unlink(missing_ok=True)
        begin = [word if word != self.inbox.name else str(self.inbox) for word in words]
        begin += self.words[1:]
        with self.nursery.start(begin, self.environment, log, None, _places(constants), powerless=powerless) as life:
            return life.wait(), log.read_text()

    def shell(self, command: str) -> None:
        """Do what the user was told to do."""
        subprocess.run(["/bin/sh", "-c", command], check=False, cwd=self.folder)

    def wait_for_line(self, part: str, *, count: int = 1) -> None:
        """Wait until the log says this, so many times."""
        wait_until(
            lambda: self.log.exists() and self.log.read_text().count(part) >= count, f"{count} lines with {part!r}"
        )

    def see_tries(self, life: Life, count: int) -> None:
        """Wait until the daemon has woken up so many times more, by what the kernel counts of its switches."""

        def switches() -> int:
            tasks = Path(f"/proc/{life.pid}/task").glob("*/status")
            lines = [line for task in tasks for line in task.read_text().splitlines()]
            return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary"))

        before = switches()
        wait_until(lambda: switches() >= before + count, f"{count} more looks of the daemon")

    def end(self, life: Life) -> None:
        """Wait until all is done, and stop it as systemd does."""
        wait_until(lambda: self.is_done() or life.ended(0), "everything taken in and told")
        life.kill(signal.SIGTERM)
        assert life.wait() == 0, self.log.read_text()
        assert "Traceback" not in self.log.read_text()

    def live_until(self, point: FaultPoint, constants: Mapping[str, float] | None = None) -> None:
        """Let the daemon live until it gets to this point, and is killed there."""
        with self.start(point, constants=constants) as life:
            assert life.wait() == -9, f"not killed {point}\n{self.log.read_text()}"
        self.take_stock()

    def live_again(self, constants: Mapping[str, float] | None = None) -> None:
        """As `live_on`, but as a fork of the loaded program."""
        ready = "ready; messages go to"
        before = self.log.read_text().count(ready) if self.log.exists() else 0
        with self.start(constants=constants) as life:
            wait_until(lambda: self.log.exists() and self.log.read_text().count(ready) > before, "readiness")
            self.end(life)

    def live_on(self) -> None:
        """Start the installed program as a user would, wait until it has done all there is to do, and stop it."""
        command = Path(sys.executable).with_name("hersteld")
        with Program([command, *self.words], environment=self.environment, folder=self.folder) as daemon:
            daemon.wait_for_line("ready; messages go to")
            daemon.wait_for(self.is_done, "everything taken in and told")
            daemon.stop_cleanly()
            assert "Traceback" not in daemon.stderr

    def is_done(self) -> bool:
        """Whether all files are taken in and all that is due is told."""
        if not self.database.exists():
            return False
        due = "state = 'sending' OR ((state = 'pending' OR (state = 'unknown' AND tries_left > 0)) AND try_at <= ?)"
        questions = (
            ("SELECT COUNT(*) FROM files", (), len(self.names)),
            ("SELECT COUNT(*) FROM backlogs WHERE closed_at IS NULL", (), 0),
            (f"SELECT COUNT(*) FROM outbox WHERE {due}", (iso(datetime.now(UTC)),), 0),
        )
        return all(self.rows(question, *values) == [(count,)] for question, values, count in questions)

    def _leftovers(self) -> list[Path]:
        """Return what still runs of the daemon, in /proc: a call that is on its way dies a moment after it."""
        mark = f"STATE_DIRECTORY={self.database.parent}\0".encode()
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):  # ended meanwhile, or another user's
                if mark in environ.read_bytes():
                    found.append(environ.parent)
        return found

    # --- the books

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database while nobody, or somebody else, writes."""
        with closing(sqlite3.connect(self.database, timeout=PATIENCE_S)) as database:
            return database.execute(question, values).fetchall()

    def take_stock(self) -> None:
        """After a kill, note which message the phone has heard since the last one and the database still calls sending.

        Nothing can tell the daemon that it arrived.
        """
        wait_until(lambda: not self._leftovers(), "the processes of the dead to end")
        self.phone.is_idle()
        heard = Counter(self.phone.received)
        on_their_way: set[Received] = set()
        if self.database.exists():
            on_their_way = {Received(title, body) for title, body in self._sending()}
        for message in heard - self._heard:
            if message in on_their_way:
                self.excused[message] += 1
        self._heard = heard

    def _sending(self) -> list[tuple[str, str]]:
        """Ask a copy what is being sent: the daemon is to find the database and its WAL just as it left them."""
        with tempfile.TemporaryDirectory() as scratch:
            for ending in ("", "-wal"):
                with suppress(FileNotFoundError):
                    shutil.copy(f"{self.database}{ending}", f"{scratch}/copy{ending}")
            with closing(sqlite3.connect(f"{scratch}/copy")) as database:
                return database.execute("SELECT title, body FROM outbox WHERE state = 'sending'").fetchall()

    def check(self, *, digests: int = 0) -> None:
        """Compare what the phone heard with what was in the folder, after the daemon has done all and stopped."""
        self.phone.is_idle()
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []
        assert self.rows("SELECT COUNT(*) FROM outbox WHERE state = 'sending' OR cancel_reason IS NOT NULL") == [(0,)]
        # Each workout is stored once, under the path it came by.
        files = self.rows("SELECT path, status, reason FROM files JOIN workouts ON workouts.identity = files.sha256")
        assert sorted(files) == sorted((str(self.inbox / name), "workout", None) for name in self.names)
        assert self.rows("SELECT COUNT(*) FROM files") == [(len(self.names),)]
        assert self.rows("SELECT COUNT(*) FROM workouts") == [(len(self.names),)]
        # What was sent was heard, and once; nothing else was heard.
        heard = Counter(self.phone.received)
        sent = Counter(Received(*row) for row in self.rows("SELECT title, body FROM outbox WHERE state = 'sent'"))
        called_off = {
            Received(*row)
            for row in self.rows("SELECT title, body FROM outbox WHERE state IN ('cancelled', 'unknown')")
        }
        assert not sent - heard, "lost"
        unforeseen = heard - sent - self.excused
        assert not unforeseen, f"repeated, or never to be sent: {unforeseen}"
        assert set(heard) <= set(sent) | called_off
        # Whatever was to be said of a workout was said, or a newer one took its place.
        firsts = self.rows("SELECT workout_identity, state, reason FROM outbox WHERE rule = 'first'")
        newer = stored(Line("delivery.newer_workout"))
        superseded = [("cancelled", newer), ("unknown", newer)]  # the latter where the kill came while it was sent
        # So it is after two kills while it was sent, or one and a newer workout.
        cut_off = ("unknown", stored(Line("delivery.stopped_while_sending")))
        superseded.append(cut_off)
        assert all((state, reason) in (("sent", None), *superseded) for _, state, reason in firsts)
        if digests:
            assert self.rows("SELECT workout_identity, state FROM outbox WHERE rule = 'digest'") == [
                (f"backlog-{number}", "sent") for number in range(1, digests + 1)
            ]
        else:
            assert len(firsts) == len(self.names)
            newest = "SELECT state, reason FROM outbox WHERE rule = 'first' ORDER BY workout_id DESC LIMIT 1"
            (what_became_of_it,) = self.rows(newest)
            assert what_became_of_it in (("sent", None), cut_off)

    @property
    def repeated(self) -> int:
        """How many messages came more than once."""
        return sum(count - 1 for count in Counter(self.phone.received).values())


@contextmanager
def a_shelf(folder: Path, nursery: Nursery) -> Iterator[Shelf]:
    """Give a shelf with a phone that listens until the block ends."""
    with Witness() as phone:
        yield Shelf(folder, phone, nursery)
