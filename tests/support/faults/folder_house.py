"""A watched folder, the real program that watches it, and a real receiver that counts what it is told."""

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.hours import noon_zone
from tests.support.machine.components import missing, require
from tests.support.machine.process import PATIENCE_S, Program
from tests.support.machine.systemd import listening
from tests.support.measured.figures import Measured
from tests.support.receivers import HttpReceiver, Received

IDLE_S = 2.0
MOST_CPU_S = 0.2
SELDOM_S, OFTEN_S = 600, 5
"""The longest and the shortest time between two looks that may be configured. With the longest, what is seen within
the patience of a test was reported by the kernel; with the shortest, it may have been found by a look as well."""


CONFIG = """\
[athlete]
experience = "recreational"
max_hr = 185
[watch]
folders = [{folders}]
poll_every_s = {poll_s}
[notify]
language = "en"
quiet_hours = ""
[[notify.targets]]
name = "phone"
url = "{phone}"
[rules.messages]
per_day = 10
"""
# Each of another sport and length, half an hour and more, so that no title can pass for another's.
_KINDS = (
    ("running", 31),
    ("cycling", 34),
    ("rowing", 37),
    ("walking", 40),
    ("hiking", 43),
    ("swimming", 46),
)
_APART = timedelta(minutes=110)
"""The next workout does not belong to the one before."""

Trace = dict[bytes, tuple[int, ...] | tuple[int | bytes, ...]]


class House:
    """A folder, a phone, and the configuration that joins them. Workouts are handed out oldest first.

    Attributes:
        inbox: The watched folder, not made yet.
        folders: What the configuration calls the watched folders; to be changed before `running()`.
    """

    def __init__(self, home: Path, phone: HttpReceiver, measured: Measured) -> None:
        self.home, self.phone, self._measured = home, phone, measured
        self.inbox = home / "Workouts"
        self.outside = home / "outside"
        self.outside.mkdir()
        self.folders: tuple[Path, ...] = (self.inbox,)
        self.poll_s = SELDOM_S
        self.database = home / "state" / "hersteld.db"
        self.given = 0
        self._ends_at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1) - _APART * (len(_KINDS) - 1)

    def workout(self) -> bytes:
        """Return the file of a workout nobody has seen yet, later than the one before and of this half-day."""
        sport, minutes = _KINDS[self.given]
        ended_at = self._ends_at + _APART * self.given
        self.given += 1
        beats = [150 + second % 7 for second in range(minutes * 60)]
        return encode_activity(ended_at - timedelta(minutes=minutes), sport, Recorded(heart_rate_bpm=beats))

    def put(self, name: str = "workout.fit") -> Path:
        """Write the next workout into the folder, as `cp` does."""
        path = self.inbox / name
        path.write_bytes(self.workout())
        return path

    @contextmanager
    def running(self, *before: str | Path) -> Iterator[Program]:
        """Run the installed daemon until the block ends; it begins when the daemon tells systemd that it is ready.

        Args:
            before: A program, with its arguments, that becomes the daemon: `unshare -m`.
        """
        config = self.home / "hersteld.toml"
        config.touch(mode=0o600)
        folders = ", ".join(f'"{folder}"' for folder in self.folders)
        config.write_text(CONFIG.format(folders=folders, poll_s=self.poll_s, phone=self.phone.url), encoding="utf-8")
        command = Path(sys.executable).with_name("hersteld")
        assert command.exists(), f"{command} is not installed; run: make install"
        address = self.home / "notify"
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TZ": noon_zone(),
            "STATE_DIRECTORY": str(self.database.parent),
            "NOTIFY_SOCKET": str(address),
        }
        words = [*before, command, "run", "--config", config]
        with listening(address) as heard, Program(words, environment=environment, folder=self.home) as daemon:
            daemon.wait_for(lambda: "READY=1" in heard, "the daemon to be ready")
            yield daemon
            daemon.stop_cleanly()
            assert "Traceback" not in daemon.stderr

    def wait_until_told(self, daemon: Program, count: int | None = None) -> None:
        """Wait until the phone was told of so many workouts; of all that were handed out, by default."""
        expected = self.given if count is None else count
        daemon.wait_for(lambda: self.told() >= expected, f"workout {expected} told")

    def told(self) -> int:
        """Return how many workouts the phone was told of."""
        return len(self._firsts())

    def assert_each_came_once(self, daemon: Program, *, silent: int = 0) -> None:
        """Check that each workout handed out was taken in once and told once, and that the daemon idles; ends it.

        From here on nothing in the folder may change, but for when it was read.

        Args:
            silent: How many workouts more are stored, of which nothing is said.
        """
        trace = _trace_of(self.inbox)
        self.wait_until_told(daemon)
        daemon.wait_for(lambda: processor_s_in(daemon.pid, IDLE_S) < MOST_CPU_S, "the daemon to be idle")
        daemon.stop_cleanly()
        assert _trace_of(self.inbox) == trace
        assert self.rows("SELECT count(*) FROM files WHERE status = 'workout'") == [(self.given + silent,)]
        assert self.rows("SELECT count(*) FROM workouts") == [(self.given + silent,)]
        told = Counter(self.phone.received)
        sent = "SELECT title, body FROM outbox WHERE state = 'sent'"
        assert told == Counter(Received(str(title), str(body)) for title, body in self.rows(sent))
        firsts = self._firsts()
        assert len(firsts) == len(set(firsts)) == self.given
        assert [told[first] for first in firsts] == [1] * self.given
        self._measured(workouts=self.given, repeated=told.total() - len(told))

    def rows(self, question: str) -> list[tuple[object, ...]]:
        """Ask the database."""
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return database.execute(question).fetchall()

    def _firsts(self) -> list[Received]:
        question = "SELECT title, body FROM outbox WHERE rule = 'first' AND state = 'sent' ORDER BY id"
        return [Received(str(title), str(body)) for title, body in self.rows(question)]


def _trace_of(folder: Path) -> Trace:
    """Return all there is to know of what is below a folder, but for when it was read."""
    trace: Trace = {}
    for here, folders, files in os.walk(os.fsencode(folder)):
        for name in (b".", *folders, *files):
            path = os.path.join(here, name)  # noqa: PTH118 - names that are no text
            status = os.lstat(path)
            times = (status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            is_file = stat.S_ISREG(status.st_mode)
            content = hashlib.sha256(Path(os.fsdecode(path)).read_bytes()).digest() if is_file else b""
            trace[path] = (*times, content)
    return trace


def processor_s(pid: int) -> float:
    """Return the time that all threads of a process have computed, its own and the kernel's for it."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def processor_s_in(pid: int, watched_s: float) -> float:
    """Return the same for a stretch of time that begins now: the pause is the measurement."""
    before_s = processor_s(pid)
    time.sleep(watched_s)
    return processor_s(pid) - before_s


def require_right(*command: str | Path) -> None:
    """Skip the test unless this succeeds, which takes a right that not every user has; in CI fail it."""
    program = require(str(command[0]))
    tried = subprocess.run([program, *command[1:]], capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    if tried.returncode:
        missing(f"this user may not: {' '.join(map(str, command))}: {tried.stderr.strip()}")


def call(*command: str | Path) -> None:
    """Run a program to its end."""
    words: Sequence[str | Path] = (require(str(command[0])), *command[1:])
    subprocess.run(words, check=True, timeout=PATIENCE_S, capture_output=True)
