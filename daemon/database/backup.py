"""How is the database copied, whole, while the service writes to it?

SQLite itself writes the copy, from one moment's state, without holding the service up. It grows under a name of its own
beside the one that was asked for, is checked, reaches the disk, and only then gets its name: what stands under that
name is always a whole copy, or what stood there before.
"""

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hersteld.daemon.database.schema.migrations import refuse_newer
from hersteld.daemon.database.sqlite import Database
from hersteld.daemon.system.errors import DaemonError, reason_of
from hersteld.daemon.system.paths import files_of, reply_key_file, shown
from hersteld.parsers.line import Line

_BUSY_S = 30.0
_LONGEST_KEY = 4096


class BackupFailed(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """No copy was made; a file that had its name is as it was."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made.

    Attributes:
        path: Where it is.
        size: In bytes.
        workouts: How many are in it.
        reply_key: Where the key of the buttons was copied; None where there is none.
    """

    path: Path
    size: int
    workouts: int
    reply_key: Path | None = None


def back_up(database: Path, target: Path, *, replace: bool = False) -> Backup:
    """Copy the database into a file of the owner's alone, and check the copy.

    Args:
        database: Path of the database, which may be in use.
        target: Path of the copy, where no file may be yet.
        replace: Allow a file there, and replace it.

    Raises:
        BackupFailed: No copy was made; the error says why.
        NewerDatabase: A newer hersteld made the database.
    """
    database, target = database.absolute(), target.absolute()
    _refuse(database, target, replace=replace)
    growing = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        os.close(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise BackupFailed("database.copy_not_written", target=shown(target), reason=(reason_of(error),)) from error
    try:
        _copy(database, growing)
        workouts = _checked(growing, database)
        size = growing.stat().st_size
        _flush(growing)
        key = _copy_key(database, target)  # first, so that a copy of the database is never without it
        growing.rename(target)
        _flush(target.parent)
    except sqlite3.Error as error:
        raise BackupFailed(_fault_of(database, target, error)) from error
    except OSError as error:
        raise BackupFailed("database.copy_broke_off", target=shown(target), reason=(reason_of(error),)) from error
    finally:
        growing.unlink(missing_ok=True)
    return Backup(target, size, workouts, key)


def _refuse(database: Path, target: Path, *, replace: bool) -> None:
    """Raise BackupFailed for what can be seen to be wrong beforehand."""
    if not database.is_file():
        raise BackupFailed("database.copy_of_none", path=shown(database))
    if not target.parent.is_dir():
        raise BackupFailed("database.copy_no_folder", target=shown(target), folder=shown(target.parent))
    if target.is_dir():
        raise BackupFailed("database.copy_on_folder", target=shown(target))
    ours = {file.resolve() for file in files_of(database)}
    if target.resolve() in ours or any(target.is_file() and file.exists() and target.samefile(file) for file in ours):
        raise BackupFailed("database.copy_on_itself", target=shown(target))
    if os.path.lexists(target):
        if not replace:
            raise BackupFailed("database.copy_there_already", target=shown(target))
        if not target.is_file():
            raise BackupFailed("database.copy_no_file", target=shown(target))


def _copy(database: Path, growing: Path) -> None:
    with _opened(database) as source:
        refuse_newer(Database(source), database)
        source.execute("PRAGMA temp_store = MEMORY")  # it needs room for the copy, and nowhere else
        source.execute("VACUUM INTO ?", (growing.as_uri(),))  # as a URI, a name may be made of any bytes


def _copy_key(database: Path, target: Path) -> Path | None:
    """Copy the key of the buttons beside the copy, for its owner alone; return where, or None where there is none.

    Raises:
        OSError: It cannot be copied.
    """
    source, copy = reply_key_file(database), reply_key_file(target)
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        copy.unlink(missing_ok=True)  # of an earlier copy, which this one replaces
        return None
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(_LONGEST_KEY)
    growing = copy.with_name(f".{copy.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        _flush(growing)
        growing.rename(copy)
    finally:
        growing.unlink(missing_ok=True)
    return copy


def _checked(copy: Path, database: Path) -> int:
    """Return how many workouts are in a copy.

    Raises:
        BackupFailed: It is damaged.
    """
    with _opened(copy, "&immutable=1") as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        found = None if verdict == "ok" else Line("system.quoted", {"words": verdict})
        if found is None and connection.execute("PRAGMA foreign_key_check").fetchone():
            found = Line("database.found_missing_row")
        if found is not None:
            raise BackupFailed("database.copy_of_damaged", path=shown(database), found=(found,))
        return int(connection.execute("SELECT COUNT(*) FROM workouts").fetchone()[0])


@contextlib.contextmanager
def _opened(path: Path, options: str = "") -> Iterator[sqlite3.Connection]:
    uri = f"{path.as_uri()}?mode=ro{options}"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_S, isolation_level=None)) as connection:
        yield connection


def _flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, have reached the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fault_of(database: Path, target: Path, error: sqlite3.Error) -> Line:
    if error.sqlite_errorname == "SQLITE_FULL":
        return Line("database.copy_no_room", {"target": shown(target)})
    return Line(
        "database.copy_failed", {"path": shown(database), "target": shown(target), "reason": (reason_of(error),)}
    )
