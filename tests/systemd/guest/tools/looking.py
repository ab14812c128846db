"""What do systemd, the kernel and the database say of a service?"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from .athletes import ATHLETES, Athlete
from .receiver import Receiver

PATIENCE_S = 180.0
RECEIVERS: dict[str, Receiver] = {}


def begin_to_receive() -> None:
    """Start each athlete's receiver."""
    RECEIVERS.update({athlete.name: Receiver(athlete.port) for athlete in ATHLETES})


def call(*words: str | Path, check: bool = True) -> str:
    """Run a program; return all that it prints."""
    done = subprocess.run(
        [str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if check and done.returncode:
        raise AssertionError(f"{' '.join(map(str, words))}: exit code {done.returncode}: {done.stdout.strip()}")
    return done.stdout


def as_user(name: str, *words: str | Path, check: bool = True) -> str:
    """Run a program as a user, with the session that lingers."""
    runtime = f"XDG_RUNTIME_DIR=/run/user/{Path('/home', name).stat().st_uid}"
    return call("runuser", "-u", name, "--", "env", f"HOME=/home/{name}", runtime, *words, check=check)


def ask(athlete: Athlete, *words: str) -> str:
    """Let an athlete ask the system service, as the papers say."""
    places = (f"STATE_DIRECTORY={athlete.state}", f"CONFIGURATION_DIRECTORY=/etc/hersteld/{athlete.name}")
    return call("sudo", "-u", athlete.name, "env", *places, "/opt/hersteld/bin/hersteld", *words)


def shown(unit: str, key: str) -> str:
    """Return one property of a unit."""
    return call("systemctl", "show", "--value", f"--property={key}", unit).strip()


def pid_of(athlete: Athlete) -> int:
    return int(shown(athlete.unit, "MainPID"))


def journal_of(athlete: Athlete) -> str:
    """Return what the unit logged, and what systemd logged about it."""
    return call("journalctl", "--no-pager", "--output=cat", "--unit", athlete.unit)


def wait_until(condition: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> float:
    """Poll until the condition holds; return how long that took."""
    begun_s = time.monotonic()
    while not condition():
        if time.monotonic() - begun_s > patience_s:
            raise AssertionError(f"waited {patience_s:g} s in vain: {what}")
        time.sleep(0.1)
    return time.monotonic() - begun_s


def is_watched(pid: int, folder: Path) -> bool:
    """Whether a process has an inotify watch on a folder, by the kernel's own account."""
    try:
        inode = f" ino:{folder.stat().st_ino:x} "
        described = "".join(entry.read_text() for entry in Path(f"/proc/{pid}/fdinfo").iterdir())
        return any(line.startswith("inotify wd:") and inode in line for line in described.splitlines())
    except OSError:
        return False


def stop_s(athlete: Athlete) -> float:
    """Stop a service; return how long `systemctl stop` took."""
    begun_s = time.monotonic()
    call("systemctl", "stop", athlete.unit)
    return time.monotonic() - begun_s


def messages_of(athlete: Athlete) -> list[tuple[str, str]]:
    """Return rule and state of each message, from a copy: a reader of ours must leave no file beside the database."""
    with tempfile.TemporaryDirectory() as folder:
        for file in athlete.state.glob("hersteld.db*"):
            if file.suffix != ".db-shm":
                shutil.copy(file, folder)
        database = sqlite3.connect(Path(folder, "hersteld.db"))
        try:
            return list(database.execute("SELECT rule, state FROM outbox ORDER BY id"))
        finally:
            database.close()


def start(athlete: Athlete) -> None:
    """Set an athlete's service up, with a folder, and start it."""
    athlete.install()
    athlete.make_folder()
    call("systemctl", "daemon-reload")
    call("systemctl", "start", athlete.unit)


def holds(condition: object, what: str) -> None:
    """Raise when it does not: `assert` without pytest says nothing.

    Raises:
        AssertionError: With `what`.
    """
    if not condition:
        raise AssertionError(what)


def owner_and_mode(path: Path) -> tuple[int, str]:
    found = os.stat(path)  # noqa: PTH116 - as root
    return found.st_uid, oct(found.st_mode & 0o7777)
