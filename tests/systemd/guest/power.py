"""What is done, and looked at, on a machine whose power is cut: one life between two cuts.

It runs in the place of init, without systemd, so that the machine is there in seconds. What happens is told at once on
the second serial line, as whoever cuts the power waits for it.
"""

import ctypes
import fcntl
import json
import os
import re
import socket
import sqlite3
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO

from .tools.receiver import Receiver

DISK = Path("/mnt")
FOLDER, DATABASE = DISK / "Workouts", DISK / "state" / "hersteld.db"
PORT = 8100
_CONFIGURATION = f"""\
[athlete]
experience = "trained"
[watch]
folders = ["{FOLDER}"]
[notify]
language = "en"
quiet_hours = ""
[[notify.targets]]
name = "phone"
url = "json://127.0.0.1:{PORT}/"
"""
_FILES = {"one.fit": ("running", 15, 10), "two.fit": ("rowing", 20, 8), "three.fit": ("cycling", 240, 1)}
"""The workouts that come: sport, minutes, and how many hours ago they ended. The third takes a moment to read."""
_PATIENCE_S = 120.0


class Life:
    """The installed program between two cuts, and the receiver beside it."""

    def __init__(self, report: TextIO) -> None:
        self._report = report
        self._told = 0
        self.receiver = Receiver(PORT)
        FOLDER.mkdir(exist_ok=True)
        configuration = DISK / "hersteld.toml"
        configuration.touch(mode=0o600)
        configuration.write_text(_CONFIGURATION)
        noon = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
        environment = {"PATH": os.environ["PATH"], "HOME": "/root", "TZ": noon, "STATE_DIRECTORY": str(DATABASE.parent)}
        command = ["/opt/hersteld/bin/hersteld", "run", "--config", str(configuration)]
        self._program = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        self.lines: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def say(self, **what: object) -> None:
        """Tell whoever watches the machine."""
        self._report.write(json.dumps(what) + "\n")
        self._report.flush()

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        """Wait until the condition holds; meanwhile tell of each message that was heard."""
        until_s = time.monotonic() + _PATIENCE_S
        while not condition():
            self.tell_heard()
            if time.monotonic() > until_s or self._program.poll() is not None:
                said = f"waited in vain: {what}; the end of the log: {self.lines[-5:]}"
                self.say(failed=said)
                raise SystemExit(said)
            time.sleep(0.02)
        self.tell_heard()

    def tell_heard(self) -> None:
        """Tell of each message that the receiver has whole."""
        for title in self.receiver.heard[self._told :]:
            self._told += 1
            self.say(heard=title)

    def has_said(self, part: str) -> bool:
        return any(part in line for line in self.lines)

    def reads(self, name: str) -> bool:
        """Return whether another process than the service has this file open."""
        for entry in Path("/proc").glob("[0-9]*/fd/*"):
            try:
                if entry.readlink() == FOLDER / name and int(entry.parts[2]) != self._program.pid:
                    return True
            except OSError:  # closed meanwhile
                continue
        return False

    def is_cut_here(self, moment: str) -> None:
        """Say that this is the moment, and wait for the end."""
        self.say(moment=moment)
        time.sleep(_PATIENCE_S)

    def stop(self) -> int:
        self._program.terminate()
        return self._program.wait(_PATIENCE_S)

    def _listen(self) -> None:
        assert self._program.stderr is not None
        for line in self._program.stderr:
            self.lines.append(line.rstrip("\n"))


def put(name: str) -> None:
    """Let a workout arrive, such that no cut takes the file itself."""
    from hersteld.parsers.writing.encode import Recorded, encode_activity

    sport, minutes, hours_ago = _FILES[name]
    ended_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=hours_ago)
    recorded = Recorded(heart_rate_bpm=[175 + second % 9 for second in range(60 * minutes)])
    hidden = FOLDER / f".{name}"
    with hidden.open("wb") as file:
        file.write(encode_activity(ended_at - timedelta(minutes=minutes), sport, recorded))
        file.flush()
        os.fsync(file.fileno())
    hidden.rename(FOLDER / name)
    folder = os.open(FOLDER, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def a_cut_after_the_commit_of_a_workout(life: Life) -> None:
    life.receiver.refuses.set()
    put("one.fit")
    life.wait_for(lambda: life.has_said("one.fit: workout"), "the first workout to be stored")
    life.is_cut_here("stored")


def a_cut_after_the_acceptance(life: Life) -> None:
    life.wait_for(lambda: life.has_said("sent (workout)"), "the message of the first workout")
    life.receiver.drips.set()
    before = len(life.receiver.heard)
    put("two.fit")
    life.wait_for(lambda: len(life.receiver.heard) > before, "the message of the second workout")
    life.is_cut_here("accepted")


def a_cut_in_the_middle_of_reading(life: Life) -> None:
    life.wait_for(lambda: life.has_said("sent (workout)"), "the message of the second workout, once more")
    put("three.fit")
    life.wait_for(lambda: life.reads("three.fit"), "the third workout to be read")
    life.is_cut_here("reading")


def the_end(life: Life) -> None:
    life.wait_for(lambda: life.has_said("sent (workout)"), "the message of the third workout")
    code = life.stop()
    life.tell_heard()
    database = sqlite3.connect(DATABASE)
    (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
    stored = [Path(path).name for (path,) in database.execute("SELECT path FROM files WHERE status = 'workout'")]
    workouts = database.execute("SELECT COUNT(*) FROM workouts").fetchone()[0]
    sent = database.execute("SELECT title, state FROM outbox WHERE rule = 'first' ORDER BY id").fetchall()
    life.say(end={"code": code, "verdict": verdict, "stored": sorted(stored), "workouts": workouts, "messages": sent})


LIVES = (a_cut_after_the_commit_of_a_workout, a_cut_after_the_acceptance, a_cut_in_the_middle_of_reading, the_end)


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        name_and_flags = struct.pack("16sh", b"lo", 1)  # IFF_UP
        fcntl.ioctl(any_socket, 0x8914, name_and_flags)  # SIOCSIFFLAGS


def _power_off() -> None:
    os.sync()
    ctypes.CDLL(None).reboot(0x4321FEDC)  # RB_POWER_OFF


def main() -> None:
    """Live the life whose number stands on the kernel's command line."""
    _loopback_up()
    number = re.search(r"hersteld_life=(\d)", Path("/proc/cmdline").read_text())
    assert number is not None
    try:
        with open("/dev/ttyS1", "w") as report:  # noqa: PTH123 - a device, not a file
            LIVES[int(number[1])](Life(report))
    finally:
        sys.stdout.flush()
        _power_off()


if __name__ == "__main__":
    main()
