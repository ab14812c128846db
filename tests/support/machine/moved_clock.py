"""The installed daemon under a clock that a test moves while it runs: libfaketime shifts the wall clock alone."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hersteld.daemon.system.clock import from_iso
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.machine.components import require
from tests.support.machine.process import Program
from tests.support.machine.systemd import listening
from tests.support.measured.figures import Measured
from tests.support.pipeline import a_file
from tests.support.receivers import HttpReceiver

CONFIG = """\
[athlete]
experience = "trained"
birth_year = 1986
[watch]
folders = ["{inbox}"]
[notify]
language = "en"
quiet_hours = "{quiet}"
[[notify.targets]]
name = "phone"
url = "{url}"
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message in the outbox, in the moments of the daemon's clock."""

    rule: str
    state: str
    due_at: datetime
    expires_at: datetime
    changed_at: datetime
    attempts: int
    reason: str | None


class MovedClock:
    """A daemon with one phone, a folder, and a wall clock of its own.

    Args:
        now: What its clock shows at first, aware.
        measured: Hears how many messages `assert_sent_in_time` found.
        zone: Name of its timezone.
        quiet: Its quiet hours.
    """

    def __init__(
        self,
        home: Path,
        phone: HttpReceiver,
        now: datetime,
        measured: Measured,
        *,
        zone: str = "Europe/Amsterdam",
        quiet: str = "",
    ) -> None:
        require("faketime")
        self.home, self.phone, self._measured, self.quiet = home, phone, measured, quiet
        self.inbox = home / "Workouts"
        self.inbox.mkdir()
        self.database = home / "state" / "hersteld.db"
        self._shift = home / "shift"
        self.zone = ZoneInfo(zone)
        self.set(now)
        config = home / "hersteld.toml"
        config.touch(mode=0o600)
        config.write_text(CONFIG.format(inbox=self.inbox, quiet=quiet, url=phone.url), encoding="utf-8")
        self._nudges = 0

    def set(self, now: datetime) -> None:
        """Let the daemon's clock show this moment, and go on from there."""
        behind_s = (now.astimezone(UTC) - datetime.now(UTC)).total_seconds()
        new = self._shift.with_suffix(".new")
        new.write_text(f"{behind_s:+.3f}\n")
        new.replace(self._shift)
        self._shift_by = timedelta(seconds=round(behind_s, 3))

    def now(self) -> datetime:
        """Return what the daemon's clock shows."""
        return datetime.now(UTC) + self._shift_by

    def nudge(self) -> None:
        """Let the daemon look now rather than within half a minute: a file that is no workout arrives."""
        self._nudges += 1
        (self.inbox / f"nudge-{self._nudges}.fit").write_text(f"no FIT file {self._nudges}")

    @property
    def environment(self) -> dict[str, str]:
        """What the daemon, and a look at it, run in."""
        (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TZ": self.zone.key,
            "STATE_DIRECTORY": str(self.database.parent),
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._shift),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    @contextmanager
    def running(self) -> Iterator[Program]:
        """Run the daemon until the block ends; it begins when the daemon is ready."""
        address = self.home / "notify"
        words = [str(self._command), "run", "--verbose", "--config", str(self.home / "hersteld.toml")]
        environment = {**self.environment, "NOTIFY_SOCKET": str(address)}
        with listening(address) as heard, Program(words, environment=environment, folder=self.home) as daemon:
            try:
                daemon.wait_for(lambda: "READY=1" in heard, "the daemon to be ready")
                yield daemon
                daemon.stop_cleanly()
                assert "Traceback" not in daemon.stderr
            finally:
                _sweep(daemon.pid)

    @property
    def _command(self) -> Path:
        command = Path(sys.executable).with_name("hersteld")
        assert command.exists(), f"{command} is not installed; run: make install"
        return command

    def put(self, name: str, *, ended_ago: timedelta = timedelta(minutes=5), minutes: int = 90) -> None:
        """Let a hard training arrive that ended so long ago."""
        (self.inbox / name).write_bytes(a_file(self.now() - ended_ago, minutes=minutes, bpm=175, sport="cycling"))

    def wait_for_state(self, daemon: Program, rule: str, state: str) -> None:
        """Wait until a message is in this state."""
        daemon.wait_for(lambda: self.states().get(rule) == state, f"{rule} to be {state}, not {self.states()}")

    def status(self) -> Any:
        """Return what `hersteld status --json` says."""
        words = [str(self._command), "status", "--json", "--config", str(self.home / "hersteld.toml")]
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def outbox(self) -> dict[str, Sent]:
        """Return the messages by rule; for a daemon that has met one workout."""
        if not self.database.exists():
            return {}
        columns = "rule, state, due_at, expires_at, changed_at, attempts, reason"
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            rows = database.execute(f"SELECT {columns} FROM outbox ORDER BY due_at, id").fetchall()
        return {
            row[0]: Sent(row[0], row[1], from_iso(row[2]), from_iso(row[3]), from_iso(row[4]), row[5], row[6])
            for row in rows
        }

    def states(self) -> dict[str, str]:
        """Return what became of each message."""
        return {rule: row.state for rule, row in self.outbox().items()}

    def assert_sent_in_time(self) -> None:
        """Each message that was sent came once, when it was of use, and not in quiet hours; for one timezone."""
        sent = [row for row in self.outbox().values() if row.state == "sent"]
        assert len(self.phone.received) == len(set(self.phone.received)) == len(sent)
        for row in sent:
            assert row.due_at <= row.changed_at < row.expires_at
            if self.quiet:
                start, end = (datetime.strptime(part, "%H:%M").time() for part in self.quiet.split("-"))  # noqa: DTZ007 - a time of day has no zone
                assert not QuietHours(start, end).holds(row.changed_at, self.zone)
        received = self.phone.received
        self._measured(messages=len(received), repeated=len(received) - len(set(received)))


def _sweep(pid: int) -> None:
    """Remove what libfaketime shares with children and leaves behind when a process does not end by returning."""
    for name in (f"sem.faketime_sem_{pid}", f"faketime_shm_{pid}"):
        Path("/dev/shm", name).unlink(missing_ok=True)
