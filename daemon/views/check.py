"""Is everything there that hersteld needs, and if not, what is to be done?"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import Literal

from hersteld.config.problems import ConfigError
from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import in_words, is_read_only
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.delivery.notifiers import LOG_TARGET, notifier_for
from hersteld.daemon.inbox.mounts import must_be_polled
from hersteld.daemon.store.clock_check import newest_at
from hersteld.daemon.system.clock import BUILT_AT
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import database_path, files_of, open_to_others, shown

State = Literal["ok", "warn", "bad"]

_INOTIFY = Path("/proc/sys/fs/inotify")
_SPARE_INSTANCES = 9  # hersteld takes one, and other programs of the user some
_ROOM_BYTES = 100 * 2**20
_MOST_FOLDERS = 200_000
_ASK_S = 10.0
_UNITS = (("--user", "hersteld.service"), ("--system", "hersteld@*.service"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: "configuration", "folder", "inotify", "target", "clock", "state", "service".
        said: What was found.
        advice: What to do about it, None when nothing.
    """

    what: str
    state: State
    said: str
    advice: str | None = None


def check_settings(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is found of the configuration: folders, targets."""
    source = shown(settings.source) if settings.source else "no file; everything has its default"
    yield Finding("configuration", "ok", source)
    for folder in settings.watch.folders:
        yield _folder(folder, settings.watch.poll_every_s)
    yield _inotify(settings.watch.folders, settings.watch.poll_every_s)
    yield from _targets(settings, environment)


def check_machine(environment: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """Yield what is found of the machine: state, clock, service.

    Args:
        now: In the local timezone.
    """
    database = database_path(environment)
    yield _state_folder(database.parent)
    newest = BUILT_AT
    try:
        if database.exists():
            with Store(database, create=False) as store:
                newest = newest_at(store)
                yield _database(store)
                yield from _others(database)
        else:
            yield Finding("state", "ok", f"{shown(database)}: not there yet; `hersteld run` makes it")
    except DaemonError as error:
        yield Finding("state", "bad", str(error))
    except (sqlite3.Error, OSError) as error:
        yield Finding("state", "bad", in_words(error, database))
    shows = f"shows {now:%Y-%m-%d %H:%M} in {getattr(now.tzinfo, 'key', None) or now.tzname()}"
    if now < newest:
        yield Finding("clock", "bad", f"{shows}, which has passed: nothing is sent", "Set the clock.")
    else:
        yield Finding("clock", "ok", shows)
    yield from _services(environment, database, now)


def _folder(folder: Path, poll_every_s: float) -> Finding:
    name = shown(folder)
    if not folder.exists():
        return Finding(
            "folder", "warn", f"{name}: is not there; hersteld waits for it", f"Make it: mkdir -p {quote(name)}"
        )
    if not folder.is_dir():
        return Finding("folder", "bad", f"{name}: is no folder", "Correct watch.folders in the configuration.")
    if not os.access(folder, os.R_OK | os.X_OK):
        return Finding(
            "folder", "bad", f"{name}: cannot be read", f"Allow it: chmod u+rx '{name}', or change its owner."
        )
    if must_be_polled(folder):
        said = f"{name}: on a network or FUSE file system, so it is looked at every {poll_every_s:g} s"
        return Finding("folder", "ok", said)
    return Finding("folder", "ok", f"{name}: can be read")


def _inotify(folders: tuple[Path, ...], poll_every_s: float) -> Finding:
    """Compare the folders to be watched with what the kernel allows; what is beyond that is still scanned."""
    try:
        limit = int((_INOTIFY / "max_user_watches").read_text())
        instances = int((_INOTIFY / "max_user_instances").read_text())
    except (OSError, ValueError):
        return Finding("inotify", "warn", f"is not there: new files are seen within {poll_every_s:g} s, not at once")
    count = 0
    for folder in folders:
        for _ in os.walk(folder):
            count += 1
            if count >= _MOST_FOLDERS:
                break
    folders_said = "1 folder" if count == 1 else f"{count} folders"
    said = f"{folders_said} to watch; the kernel allows {limit} for all programs of a user, by {instances} watchers"
    if count > 0.8 * limit:
        more = max(2 * limit, 4 * count)
        return Finding("inotify", "warn", said, f"Allow more: sudo sysctl fs.inotify.max_user_watches={more}")
    if instances < _SPARE_INSTANCES:
        return Finding("inotify", "warn", said, "Allow more: sudo sysctl fs.inotify.max_user_instances=512")
    return Finding("inotify", "ok", said)


def _targets(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    try:
        names = notifier_for(settings.notify.targets, environment).targets()
    except ConfigError as error:
        for problem in error.problems:
            yield Finding("target", "bad", str(problem), "Correct the address.")
        return
    if settings.notify.targets:
        for name in names:
            yield Finding("target", "ok", f"{name}: the address is one that can be used; `hersteld notify-test` sends")
    elif names == (LOG_TARGET,):
        advice = "Name one under [[notify.targets]] in hersteld.toml."
        yield Finding("target", "warn", "none, and no desktop here: messages go only to the log", advice)
    else:
        yield Finding("target", "ok", "none named: messages go to this desktop and the log")


def _state_folder(folder: Path) -> Finding:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    name = shown(folder)
    if not there.is_dir():
        return Finding("state", "bad", f"{shown(there)}: is no folder", "Name another in STATE_DIRECTORY.")
    if is_read_only(there):
        return Finding("state", "bad", f"{name}: cannot be written", say("database.disk_read_only"))
    if not os.access(there, os.W_OK | os.X_OK):
        return Finding(
            "state", "bad", f"{name}: cannot be written", f"Give it to yourself: sudo chown $USER {quote(name)}"
        )
    if may := open_to_others(there) if there == folder else None:
        said = f"{name}: others can {may} in it"
        return Finding("state", "warn", said, f"Keep it to yourself: chmod 700 {quote(name)}")
    free = shutil.disk_usage(there).free
    if free < _ROOM_BYTES:
        return Finding("state", "warn", f"{name}: only {free // 2**20} MiB free", "Make room on that disk.")
    return Finding("state", "ok", f"{name}: can be written")


def _database(store: Store) -> Finding:
    store.look_through()
    (workouts,) = store.db.execute("SELECT COUNT(*) FROM workouts").fetchone()
    said = "1 workout" if workouts == 1 else f"{workouts} workouts"
    return Finding("state", "ok", f"{shown(store.path)}: sound, with {said}")


def _others(database: Path) -> Iterator[Finding]:
    """Tell of files of the database that could not be made the owner's alone."""
    for file in files_of(database):
        if may := open_to_others(file):
            said = f"{shown(file)}: others can {may} it"
            yield Finding("state", "warn", said, f"As its owner: chmod 600 {quote(shown(file))}")


def _services(environment: Mapping[str, str], database: Path, now: datetime) -> Iterator[Finding]:
    """Tell whether hersteld works on this database, and what systemd, where it runs, says of our units."""
    try:
        daemon = daemon_at(database)
    except OSError as error:
        yield Finding("service", "warn", in_words(error, database))
        return
    if daemon is not None:
        process = "" if daemon.pid is None else f" (process {daemon.pid})"
        looked_at = f"{daemon.looked_at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        yield Finding("service", "ok", f"runs{process}; it last looked into the folders at {looked_at}")
    if not shutil.which("systemctl", path=environment.get("PATH")) or not Path("/run/systemd/system").is_dir():
        if daemon is None:
            yield Finding("service", "warn", "hersteld is not running", "Start it: hersteld run")
        return
    found = False
    for scope, pattern in _UNITS:
        for unit, active in _units(scope, pattern):
            found = True
            if active == "active":
                yield Finding("service", "ok", f"{unit}: runs")
            elif daemon is not None:  # a second one on this database would find it locked
                yield Finding("service", "ok", f"{unit}: {active}")
            else:
                user = " --user" if scope == "--user" else ""
                start = f"systemctl{user} enable --now {unit}"
                yield Finding("service", "warn", f"{unit}: {active}", f"See journalctl{user} -u {unit}; start: {start}")
    if not found and daemon is None:
        yield Finding("service", "warn", "no unit of hersteld is loaded", "The README says how to install one.")


def _units(scope: str, pattern: str) -> list[tuple[str, str]]:
    """Return the loaded units and their state; none where there is no such manager to ask."""
    command = ["systemctl", scope, "list-units", "--all", "--plain", "--no-legend", "--no-pager", pattern]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=_ASK_S, check=False)  # noqa: S603 - words of ours alone
    except (OSError, subprocess.TimeoutExpired):
        return []
    words = [line.split() for line in answer.stdout.splitlines()] if answer.returncode == 0 else []
    return [(unit[0], unit[2]) for unit in words if len(unit) > 2]
