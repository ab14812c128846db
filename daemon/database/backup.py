"""How is the database copied, whole, while the service writes to it?

SQLite itself writes the copy, from one moment's state, without holding the service up. It grows under a name of its own
beside the one that was asked for, is checked, reaches the disk, and only then gets its name: what stands under that
name is always a whole copy, or what stood there before.
"""

import contextlib
import errno
import os
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hersteld.daemon.database.migrations import refuse_newer
from hersteld.daemon.database.sqlite import Database
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import files_of, shown

_BUSY_S = 30.0
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BackupFailed(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """There is no copy; what stood under its name still stands there."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made.

    Attributes:
        path: Where it is.
        size: In bytes.
        workouts: How many are in it.
    """

    path: Path
    size: int
    workouts: int


def back_up(database: Path, target: Path, *, replace: bool = False) -> Backup:
    """Copy the database into a file of the owner's alone, and check the copy.

    Args:
        database: May be in use.
        target: A file that is not there yet.
        replace: Or may be.

    Raises:
        BackupFailed: It was not made, and why.
        NewerDatabase: A newer hersteld made the database.
    """
    database, target = database.absolute(), target.absolute()
    _refuse(database, target, replace=replace)
    growing = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        os.close(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise BackupFailed(
            f"{shown(target)}: cannot be written ({_why(error)}). Name a file in a folder that is yours to write."
        ) from error
    try:
        _copy(database, growing)
        workouts = _checked(growing, database)
        size = growing.stat().st_size
        _flush(growing)
        growing.rename(target)
        _flush(target.parent)
    except sqlite3.Error as error:
        raise BackupFailed(_said(database, target, error)) from error
    except OSError as error:
        raise BackupFailed(f"{shown(target)}: cannot be written ({_why(error)}). Nothing was changed.") from error
    finally:
        growing.unlink(missing_ok=True)
    return Backup(target, size, workouts)


def _refuse(database: Path, target: Path, *, replace: bool) -> None:
    """Refuse what can be seen beforehand."""
    if not database.is_file():
        raise BackupFailed(f"{shown(database)}: no database here yet, so there is nothing to copy.")
    if not target.parent.is_dir():
        folder = shown(target.parent)
        raise BackupFailed(f"{shown(target)}: there is no folder {folder}. Make it, or name a file in another.")
    if target.is_dir():
        raise BackupFailed(f"{shown(target)}: is a folder. Name the file in it that is to be written.")
    ours = {file.resolve() for file in files_of(database)}
    if target.resolve() in ours or any(target.is_file() and one.exists() and target.samefile(one) for one in ours):
        raise BackupFailed(f"{shown(target)}: belongs to the database that is to be copied. Name another file.")
    if os.path.lexists(target):
        if not replace:
            raise BackupFailed(f"{shown(target)}: is there already. Name another file, or say --replace.")
        if not target.is_file():
            raise BackupFailed(f"{shown(target)}: is no ordinary file. Name another.")


def _copy(database: Path, growing: Path) -> None:
    with _opened(database) as source:
        refuse_newer(Database(source), database)
        source.execute("VACUUM INTO ?", (growing.as_uri(),))  # as a URI, a name may be made of any bytes


def _checked(copy: Path, database: Path) -> int:
    """Return how many workouts are in a copy.

    Raises:
        BackupFailed: It is damaged.
    """
    with _opened(copy, "&immutable=1") as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict == "ok" and connection.execute("PRAGMA foreign_key_check").fetchone():
            verdict = "a row refers to one that is not there"
        if verdict != "ok":
            raise BackupFailed(f"{shown(database)}: the database is damaged: {verdict}. No copy was kept.")
        return int(connection.execute("SELECT COUNT(*) FROM workouts").fetchone()[0])


@contextlib.contextmanager
def _opened(path: Path, options: str = "") -> Iterator[sqlite3.Connection]:
    uri = f"{path.as_uri()}?mode=ro{options}"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_S, isolation_level=None)) as connection:
        yield connection


def _flush(path: Path) -> None:
    """Let a file, or the names in a folder, reach the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _said(database: Path, target: Path, error: sqlite3.Error) -> str:
    if error.sqlite_errorname == "SQLITE_FULL":
        return f"{shown(target)}: the disk is full. Make room, or name a file on another disk; nothing was changed."
    return f"{shown(database)}: cannot be copied to {shown(target)}: {error}. `hersteld check` looks at the database."


def _why(error: OSError) -> str:
    if error.errno in _NO_ROOM:
        return "the disk is full"
    return (error.strerror or "no reason given").lower()
