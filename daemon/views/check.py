"""Is everything there that hersteld needs, and if not, what is to be done?"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shlex import quote
from typing import Literal

from hersteld.config.problems import ConfigError
from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import in_words, is_read_only
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.delivery.notifiers import ADDRESS_PROBLEMS, LOG_TARGET, notifier_for
from hersteld.daemon.health.outside import from_outside
from hersteld.daemon.inbox.mounts import must_be_polled
from hersteld.daemon.store.clock_check import newest_at
from hersteld.daemon.store.left_out import count_left_out, left_out_line
from hersteld.daemon.system.clock import BUILT_AT
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import database_path, files_of, open_to_others, shown
from hersteld.parsers.line import Line, Value

State = Literal["ok", "warn", "bad"]

_INOTIFY = Path("/proc/sys/fs/inotify")
_SPARE_INSTANCES = 9  # hersteld takes one, and other programs of the user some
_ROOM_BYTES = 100 * 2**20
_MOST_FOLDERS = 200_000
_ASK_S = 10.0
_UNITS = (("--user", "hersteld.service"), ("--system", "hersteld@*.service"))
_A_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: "configuration", "folder", "inotify", "target", "reply", "picture", "occasion", "calendar",
            "ping", "home_assistant", "clock", "state", "service".
        line: What was found.
        advice: What to do about it, None when nothing.
    """

    what: str
    state: State
    line: Line
    advice: Line | None = None


def _finding(what: str, state: State, name: str, do: str | None = None, /, **values: Value) -> Finding:
    """Return a finding of texts in `check.toml`; both may name all values."""
    advice = None if do is None else Line(f"check.{do}", values)
    return Finding(what, state, Line(f"check.{name}", values), advice)


def mistakes(error: ConfigError) -> Iterator[Finding]:
    """Yield what is wrong with the configuration."""
    for problem in error.problems:
        said = problem.without_command()
        if problem.line.id in ADDRESS_PROBLEMS:
            yield _finding("target", "bad", "mistake", "target_bad_do", problem=said)
        elif problem.command is not None:
            yield _finding("configuration", "bad", "mistake", "mistake_run_do", problem=said, command=problem.command)
        elif problem.line.id.startswith("problems.not_toml"):
            yield _finding("configuration", "bad", "mistake", "mistake_toml_do", problem=said)
        elif problem.key:
            yield _finding("configuration", "bad", "mistake", "mistake_do", problem=said)
        else:
            yield _finding("configuration", "bad", "mistake", "mistake_file_do", problem=said)


def check_settings(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is found of the configuration: folders, targets."""
    if settings.source:
        yield _finding("configuration", "ok", "source", file=shown(settings.source))
    else:
        yield _finding("configuration", "ok", "no_source")
    for folder in settings.watch.folders:
        yield _folder(folder, settings.watch.poll_every_s)
    yield _inotify(settings.watch.folders, settings.watch.poll_every_s)
    yield from _targets(settings, environment)
    yield from _occasions(settings)
    if settings.health.ping_url:
        yield _finding("ping", "ok", "ping_ok", seconds=settings.health.ping_every_s)


def _occasions(settings: Settings) -> Iterator[Finding]:
    """Yield what is told at a time of its own."""
    notify = settings.notify
    if notify.morning is not None:
        yield _finding("occasion", "ok", "morning_ok", at=f"{notify.morning:%H:%M}")
    if notify.weekly is not None:
        at = datetime.combine(_A_MONDAY + timedelta(days=notify.weekly.weekday), notify.weekly.at, tzinfo=UTC)
        at = at if notify.quiet_hours is None else notify.quiet_hours.move_out(at, UTC)
        yield _finding("occasion", "ok", "weekly_ok", on=at.date(), at=f"{at:%H:%M}")
    if notify.silence:
        yield _finding("occasion", "ok", "silence_ok")


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
                if (left_out := count_left_out(store)).activities:
                    yield _finding("state", "warn", "left_out", "left_out_do", text=(left_out_line(left_out),))
                yield from _others(database)
        else:
            yield _finding("state", "ok", "state_new", database=shown(database))
    except DaemonError as error:
        yield _finding("state", "bad", "failing", reason=str(error))
    except (sqlite3.Error, OSError) as error:
        yield _finding("state", "bad", "failing", reason=in_words(error, database))
    clock = {"moment": f"{now:%Y-%m-%d %H:%M}", "zone": str(getattr(now.tzinfo, "key", None) or now.tzname())}
    if now < newest:
        yield _finding("clock", "bad", "clock_behind", "clock_behind_do", **clock)
    else:
        yield _finding("clock", "ok", "clock_ok", **clock)
    yield from _services(environment, database, now)


def _folder(folder: Path, poll_every_s: float) -> Finding:
    name = shown(folder)
    if not folder.exists():
        make = f"mkdir -p {quote(name)}"
        return _finding("folder", "warn", "folder_missing", "folder_missing_do", folder=name, command=make)
    if not folder.is_dir():
        return _finding("folder", "bad", "no_folder", "no_folder_do", folder=name)
    if not os.access(folder, os.R_OK | os.X_OK):
        allow = f"chmod u+rx {quote(name)}"
        return _finding("folder", "bad", "folder_closed", "folder_closed_do", folder=name, command=allow)
    if must_be_polled(folder):
        return _finding("folder", "ok", "folder_polled", folder=name, seconds=poll_every_s)
    return _finding("folder", "ok", "folder_ok", folder=name)


def _inotify(folders: tuple[Path, ...], poll_every_s: float) -> Finding:
    """Compare the folders to be watched with what the kernel allows; what is beyond that is still scanned."""
    try:
        limit = int((_INOTIFY / "max_user_watches").read_text())
        instances = int((_INOTIFY / "max_user_instances").read_text())
    except (OSError, ValueError):
        return _finding("inotify", "warn", "no_inotify", seconds=poll_every_s)
    count = 0
    for folder in folders:
        for _ in os.walk(folder):
            count += 1
            if count >= _MOST_FOLDERS:
                break
    name = "inotify_one" if count == 1 else "inotify_many"
    values: dict[str, Value] = {"count": count, "limit": limit, "instances": instances}
    if count > 0.8 * limit:
        more = f"sudo sysctl fs.inotify.max_user_watches={max(2 * limit, 4 * count)}"
        return _finding("inotify", "warn", name, "inotify_do", **values, command=more)
    if instances < _SPARE_INSTANCES:
        more = "sudo sysctl fs.inotify.max_user_instances=512"
        return _finding("inotify", "warn", name, "inotify_do", **values, command=more)
    return _finding("inotify", "ok", name, **values)


def _targets(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    try:
        names = notifier_for(settings.notify.targets, environment).targets()
    except ConfigError as error:
        yield from mistakes(error)
        return
    if settings.notify.targets:
        for name in names:
            yield _finding("target", "ok", "target_ok", name=name)
    elif names == (LOG_TARGET,):
        yield _finding("target", "warn", "target_log", "target_log_do")
    else:
        yield _finding("target", "ok", "target_desktop")


def _state_folder(folder: Path) -> Finding:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    name = shown(folder)
    if not there.is_dir():
        return _finding("state", "bad", "no_folder", "state_no_folder_do", folder=shown(there))
    if is_read_only(there):
        return _finding("state", "bad", "state_closed", "state_read_only_do", folder=name)
    if not os.access(there, os.W_OK | os.X_OK):
        own = f"sudo chown $USER {quote(name)}"
        return _finding("state", "bad", "state_closed", "state_closed_do", folder=name, command=own)
    if may := open_to_others(there) if there == folder else None:
        close = f"chmod 700 {quote(name)}"
        return _finding("state", "warn", "state_open", "state_open_do", folder=name, may=may, command=close)
    free = shutil.disk_usage(there).free
    if free < _ROOM_BYTES:
        return _finding("state", "warn", "state_full", "state_full_do", folder=name, free_mib=free // 2**20)
    return _finding("state", "ok", "state_ok", folder=name)


def _database(store: Store) -> Finding:
    store.look_through()
    (workouts,) = store.db.execute("SELECT COUNT(*) FROM workouts").fetchone()
    name = "database_one" if workouts == 1 else "database_many"
    return _finding("state", "ok", name, database=shown(store.path), count=workouts)


def _others(database: Path) -> Iterator[Finding]:
    """Yield the files of the database that could not be made the owner's alone."""
    for file in files_of(database):
        if may := open_to_others(file):
            close = f"chmod 600 {quote(shown(file))}"
            yield _finding("state", "warn", "file_open", "file_open_do", file=shown(file), may=may, command=close)


def _services(environment: Mapping[str, str], database: Path, now: datetime) -> Iterator[Finding]:
    """Yield whether hersteld works on this database, and what systemd, where it runs, says of our units."""
    try:
        daemon = daemon_at(database)
    except OSError as error:
        yield _finding("service", "warn", "failing", reason=in_words(error, database))
        return
    outside = from_outside(database, daemon, now)
    if outside.trouble is not None and outside.reason is not None:
        yield _finding("service", "bad", "service_in_trouble", "service_in_trouble_do", reason=(outside.reason,))
    elif daemon is not None:
        looked_at = f"{daemon.looked_at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        if daemon.pid is None:
            yield _finding("service", "ok", "service_runs", moment=looked_at)
        else:
            yield _finding("service", "ok", "service_runs_as", process=str(daemon.pid), moment=looked_at)
    if outside.reads_alone is not None:
        yield _finding("service", "warn", "reads_alone", None, reason=(outside.reads_alone,))
    if not shutil.which("systemctl", path=environment.get("PATH")) or not Path("/run/systemd/system").is_dir():
        if daemon is None:
            yield _finding("service", "warn", "service_stopped", "service_stopped_do", command="hersteld run")
        return
    has_unit = False
    for scope, pattern in _UNITS:
        for unit, active in _units(scope, pattern):
            has_unit = True
            yield _unit(scope, unit, active, running=daemon is not None)
    if not has_unit and daemon is None:
        yield _finding("service", "warn", "no_unit", "no_unit_do")


def _unit(scope: str, unit: str, active: str, *, running: bool) -> Finding:
    """Return what is found of a unit.

    Args:
        active: Its state, as systemd calls it.
        running: Whether hersteld works on this database, so that a second one would find it locked.
    """
    if active == "active":
        return _finding("service", "ok", "unit_runs", unit=unit)
    if running:
        return _finding("service", "ok", "unit_state", unit=unit, active=active)
    user = " --user" if scope == "--user" else ""
    commands = {"log": f"journalctl{user} -u {unit}", "command": f"systemctl{user} enable --now {unit}"}
    return _finding("service", "warn", "unit_state", "unit_stopped_do", unit=unit, active=active, **commands)


def _units(scope: str, pattern: str) -> list[tuple[str, str]]:
    """Return the loaded units and their state; none where there is no such manager to ask."""
    command = ["systemctl", scope, "list-units", "--all", "--plain", "--no-legend", "--no-pager", pattern]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=_ASK_S, check=False)  # noqa: S603 - words of ours alone
    except (OSError, subprocess.TimeoutExpired):
        return []
    words = [line.split() for line in answer.stdout.splitlines()] if answer.returncode == 0 else []
    return [(unit[0], unit[2]) for unit in words if len(unit) > 2]
