"""What is wrong with the database, and what is to be done about it?

A damaged database is never repaired, moved or made anew by us: what has been sent stands in it, and without that it
would be sent again. Whoever owns it decides, and is told how.
"""

import errno
import os
import shutil
import sqlite3
from pathlib import Path
from shlex import quote

from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import shown

BUSY_S = 30.0
"""How long another program may keep the database locked before that is a fault."""

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NOT_WRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN})
_PRIMARY = 0xFF  # the rest of an error code of SQLite's is detail
_FULL_BYTES = 256 * 2**10

READ_ONLY_DISK = (
    "may only be read at present, which Linux decides when a disk fails, or whoever mounted it. `sudo dmesg` says why; "
    "make it writable again, or name a folder on another disk in STATE_DIRECTORY."
)
"""What follows the name of such a disk."""


class StoreUnusable(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """The database cannot be opened, or not be used any more."""


def is_damage(error: BaseException) -> bool:
    """Whether an error says that the database itself is broken, so that to try again is of no use."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def damage_in_words(database: Path, found: str) -> str:
    """Return what is told of a damaged database.

    Args:
        found: What is wrong with it.
    """
    name = quote(shown(database))
    return (
        f"{shown(database)}: the database is damaged ({found}). It was left as it is. Stop hersteld; then put a backup "
        f"(`hersteld backup`) in its place, or move it aside with: for f in {name} {name}-wal {name}-shm; do "
        'mv "$f" "$f.damaged"; done. Without it the files in your folders are read anew, and workouts of the last half '
        "day are told again."
    )


def in_words(error: Exception, database: Path) -> str:
    """Return what went wrong with a database, and what to do about it; the path in it is for the user's eyes."""
    name, folder, code = shown(database), database.parent, _code(error)
    number = error.errno if isinstance(error, OSError) else None
    if is_damage(error):
        return damage_in_words(database, str(error))
    if number in _NO_ROOM or code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(folder)):
        return f"{name}: there is no room left on its disk. Make some; nothing is lost, and what waits is done then."
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return (
            f"{name}: another program has kept the database locked for {BUSY_S:.0f} s. Close what has it open, such as "
            "a database browser."
        )
    if number in (errno.EEXIST, errno.ENOTDIR):
        return f"{shown(folder)}: is no folder, so the database cannot be kept there. Name another in STATE_DIRECTORY."
    if is_read_only(folder) and (number in _NOT_ALLOWED or code in _NOT_WRITABLE):
        return f"{name}: its disk {READ_ONLY_DISK}"
    if number in _NOT_ALLOWED or code in _NOT_WRITABLE:
        return (
            f"{name}: the database cannot be opened for writing ({_why(error)}). It and its folder must be yours: "
            f"sudo chown -R $USER {quote(shown(folder))}. Or name another folder in STATE_DIRECTORY."
        )
    return (
        f"{name}: the database cannot be opened: {error}. Check that the folder is yours to write and has room, and "
        "that its disk is sound."
    )


def is_read_only(folder: Path) -> bool:
    """Whether the file system that a folder is on may only be read, whoever asks."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _code(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None) if isinstance(error, sqlite3.Error) else None
    return None if code is None else code & _PRIMARY


def _why(error: Exception) -> str:
    return (error.strerror or "no reason given").lower() if isinstance(error, OSError) else str(error)


def _is_full(folder: Path) -> bool:
    """Whether it is for want of room that a disk does not do what it is told: SQLite does not always know."""
    try:
        return shutil.disk_usage(folder).free < _FULL_BYTES
    except OSError:
        return False
