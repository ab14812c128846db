"""What is wrong with the database, and what is to be done about it?

A damaged database is never repaired, moved or made anew by us: what has been sent stands in it, and without that it
would be sent again. Whoever owns it decides, and is told how.
"""

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from shlex import quote

from hersteld.config.texts.speech import said
from hersteld.daemon.system.errors import DaemonError, reason_of
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line

BUSY_S = 30.0
"""How long another program may keep the database locked before that is a fault."""

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NOT_WRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN})
_MAY_WORK_AGAIN = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}) | _NOT_WRITABLE
_PRIMARY = 0xFF  # the rest of an error code of SQLite's is detail
_MAY_PASS = frozenset(f"database.{what}" for what in ("no_room", "busy", "read_only", "not_writable", "unusable"))
_OF_THE_PATH = frozenset({errno.ELOOP, errno.ENAMETOOLONG, errno.EISDIR})
"""Somebody must change a name: a link stands where a file must be, say."""
_FULL_BYTES = 256 * 2**10


class StoreUnusable(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """The database cannot be opened, or not be used any more."""


def is_damage(error: BaseException) -> bool:
    """Return whether an error says that the database itself is broken, so that to try again is of no use."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_damaged(error: BaseException, database: Path) -> bool:
    """Return whether an error says that the database is broken, and a second look at all of it does, too.

    SQLite also says so of a sound one when the disk fails to read a page once.
    """
    return is_damage(error) and not _is_sound(database)


def _is_sound(database: Path) -> bool:
    """Return whether all of a database can be read, and each index says what its table says.

    The second takes longer than a start has time for (`Store.look_through`), and is what SQLite may have met.
    """
    try:
        address = f"{database.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_S)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()
            return bool(database.stat().st_size) and verdict == ("ok",)
    except (sqlite3.Error, OSError):
        return False


def is_hopeless(error: DaemonError) -> bool:
    """Return whether a start on this database is of no use until somebody has done something about it."""
    return error.line.id in ("database.damaged", "database.newer")


def may_pass(error: DaemonError) -> bool:
    """Return whether a fault may pass without anybody doing something to the database itself."""
    cause = error.__cause__
    is_of_the_path = isinstance(cause, OSError) and cause.errno in _OF_THE_PATH
    return error.line.id in _MAY_PASS and not is_of_the_path


def is_newer(error: BaseException, database: Path) -> bool:
    """Return whether an error is due to a newer hersteld that has changed the database while this process ran."""
    if _code(error) != sqlite3.SQLITE_ERROR:  # "no such column", say
        return False
    from hersteld.daemon.database.schema.migrations import newer_in  # noqa: PLC0415 - imports that a command without faults spares
    from hersteld.daemon.database.sqlite import Database  # noqa: PLC0415 - as above

    try:
        with closing(sqlite3.connect(database, timeout=BUSY_S)) as connection:
            return bool(newer_in(Database(connection)))
    except sqlite3.Error:
        return False


def changed_meanwhile(database: Path) -> Line:
    """Return what the user is told where a newer hersteld has changed the database while this process ran."""
    return Line("database.changed_meanwhile", {"path": shown(database)})


def damage(database: Path, found: Line) -> Line:
    """Return what the user is told of a damaged database.

    Args:
        found: What is wrong with it, as a part of a sentence.
    """
    name = shown(database)
    return Line("database.damaged", {"path": name, "found": (found,), "quoted_path": quote(name)})


def fault_of(error: Exception, database: Path) -> Line:
    """Return what went wrong with a database, and what to do about it."""
    name, folder, code = shown(database), database.parent, _code(error)
    number = error.errno if isinstance(error, OSError) else None
    reason = (_reason(error),)
    if is_damage(error):
        disk_failed = Line("system.os_error", {"reason": "EIO"})
        sound = Line("database.unusable", {"path": name, "reason": (disk_failed,)})
        return sound if _is_sound(database) else damage(database, *reason)
    if is_newer(error, database):
        return changed_meanwhile(database)
    if number in _NO_ROOM or code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and is_full(folder)):
        return Line("database.no_room", {"path": name})
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Line("database.busy", {"path": name, "seconds": BUSY_S})
    if number in (errno.EEXIST, errno.ENOTDIR):
        return Line("database.no_folder", {"folder": shown(folder)})
    # With too many files open, too, SQLite says that it may not write.
    is_refused = number in _NOT_ALLOWED or (code in _NOT_WRITABLE and not _is_ours_to_write(database))
    if is_refused and is_read_only(folder):
        return Line("database.read_only", {"path": name})
    if is_refused:
        quoted_folder = quote(shown(folder))
        return Line("database.not_writable", {"path": name, "reason": reason, "quoted_folder": quoted_folder})
    if code in _MAY_WORK_AGAIN or not isinstance(error, sqlite3.Error):
        return Line("database.unusable", {"path": name, "reason": reason})
    # No matter of the disk: SQLite refuses what we ask of it, and would refuse it again.
    return Line("database.refused", {"path": name, "reason": reason})


def in_words(error: Exception, database: Path) -> str:
    """Return what went wrong with a database, and what to do about it, in the language of this process."""
    return said(fault_of(error, database))


def _is_ours_to_write(database: Path) -> bool:
    return all(os.access(place, os.W_OK) for place in (database.parent, database))


def is_read_only(folder: Path) -> bool:
    """Return whether the file system that a folder is on may only be read, whoever asks."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _code(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None) if isinstance(error, sqlite3.Error) else None
    return None if code is None else code & _PRIMARY


def _reason(error: Exception) -> Line:
    match _code(error):
        case sqlite3.SQLITE_NOTADB:
            return Line("database.found_no_database")
        case sqlite3.SQLITE_CORRUPT:
            return Line("database.found_malformed")
        case _:
            return reason_of(error)


def is_full(folder: Path) -> bool:
    """Return whether a disk fails because it is full: SQLite does not always know."""
    try:
        return shutil.disk_usage(folder).free < _FULL_BYTES
    except OSError:
        return False
