"""Is another hersteld at work on this database?

Whoever is at work has a lock on a file beside the database, which names the process, and one on the folder of the
database. Anybody may delete the file, and the next daemon would lock a new one; a folder with a database in it stays.
The database itself cannot be locked without harm: to close any descriptor of it drops the locks that SQLite has on it
for this process. A folder on a network may refuse to be locked: then the file is all there is.
"""

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from hersteld.daemon.database.faults import StoreUnusable, fault_of
from hersteld.daemon.database.file_numbers import changed_at
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import make_private, shown

_TRIES, _PAUSE_S = 5, 0.05


class AlreadyRunning(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """Another daemon holds the database."""


class DatabaseLock:
    """The right to be the one daemon of a database, until the block or the process ends.

    The kernel gives it back when the process ends, however it ends; the file stays and means nothing by itself.

    Args:
        database: Path of the database; the lock stands beside it.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = _lock_path(database)
        self._folder: int | None = None
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            AlreadyRunning: Another process has it.
            StoreUnusable: The folder cannot be written.
        """
        try:
            make_private(self._path.parent)
            self._folder = _folder_locked(self._path.parent, fcntl.LOCK_EX)
            self._descriptor = self._named()
        except BlockingIOError:
            self._give_back()
            holder = _holder_in(self._path)
            text_id = "database.running" if holder else "database.running_unknown"
            raise AlreadyRunning(text_id, pid=holder, path=shown(self._database)) from None
        except OSError as error:
            self._give_back()
            raise StoreUnusable(fault_of(error, self._database)) from error
        return self

    def _named(self) -> int:
        """Return a descriptor of the lock file, locked, with our number in it.

        Raises:
            BlockingIOError: Another process has it.
            OSError: It cannot be made or locked.
        """
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            _lock(descriptor, fcntl.LOCK_EX)
        except BaseException:
            os.close(descriptor)
            raise
        _tell_number(descriptor)
        return descriptor

    def is_in_place(self) -> bool:
        """Return whether the folder that we have locked is still the one in which the database stands.

        Another disk may have been mounted there meanwhile, or somebody has deleted it.
        """
        try:
            return self._folder is None or _is_at(self._path.parent, self._folder)
        except OSError:  # it cannot be said
            return True

    def renew(self) -> None:
        """Make the lock file anew where somebody has deleted it, and tell our number where there was no room for it."""
        if self._descriptor is None:
            return
        with contextlib.suppress(OSError):  # a disk that may only be read
            if not _is_at(self._path, self._descriptor):
                before, self._descriptor = self._descriptor, self._named()
                os.close(before)
            if not os.fstat(self._descriptor).st_size:
                _tell_number(self._descriptor)

    def looked(self, now: datetime) -> None:
        """Record when the folders were last looked at, as the date of the lock file, which `daemon_at` reads.

        What is missing of the file is made anew (`renew`), so that commands find us again.
        """
        if self._descriptor is None:
            return
        self.renew()
        with contextlib.suppress(OSError, OverflowError):  # a disk that may only be read; a year beyond counting
            os.utime(self._descriptor, (now.timestamp(), now.timestamp()))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):  # nobody may take the number for that of the next holder
                os.ftruncate(self._descriptor, 0)
        self._give_back()

    def _give_back(self) -> None:
        for descriptor in (self._descriptor, self._folder):
            if descriptor is not None:
                os.close(descriptor)
        self._descriptor = self._folder = None


@dataclass(frozen=True, slots=True)
class RunningDaemon:
    """The daemon at work on a database.

    Attributes:
        pid: Its process.
        looked_at: When it last looked into its folders, by its clock.
    """

    pid: int | None
    looked_at: datetime

    def wake(self) -> None:
        """Tell it that there is something to do; where that is not allowed, it finds out within a minute."""
        if self.pid is not None and self.pid != os.getpid():
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGUSR1)


def daemon_at(database: Path) -> RunningDaemon | None:
    """Return the daemon that works on a database, or None when none does.

    Raises:
        OSError: The lock cannot be read.
    """
    with contextlib.suppress(FileNotFoundError):
        descriptor = os.open(_lock_path(database), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _number_in(descriptor)
            return RunningDaemon(int(holder) if holder else None, changed_at(os.fstat(descriptor)))
        finally:
            os.close(descriptor)
    return _unnamed_daemon_at(database)


def _unnamed_daemon_at(database: Path) -> RunningDaemon | None:
    """Return the daemon whose lock file somebody has deleted, which changed the folder after its last look at least."""
    try:
        folder = _folder_locked(database.parent, fcntl.LOCK_SH, tries=0)
    except BlockingIOError:
        return RunningDaemon(None, changed_at(database.parent.stat()))
    if folder is not None:
        os.close(folder)
    return None


@contextlib.contextmanager
def importing(database: Path) -> Iterator[None]:
    """Say, for as long as the block lasts, that an import stores workouts: the service assesses nothing anew meanwhile.

    As the kernel gives the lock back, an import that is killed holds up nobody.

    Raises:
        OSError: The file beside the database cannot be made.
    """
    descriptor = os.open(_import_path(database), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)  # shared, as several imports may run
        yield
    finally:
        os.close(descriptor)


def is_importing(database: Path) -> bool:
    """Return whether an import stores workouts in a database."""
    try:
        descriptor = os.open(_import_path(database), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def _import_path(database: Path) -> Path:
    return database.with_name(database.name + ".importing")


def _lock_path(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _holder_in(path: Path) -> str:
    """Return the number of the process in a lock file, "" where there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return ""
    try:
        return _number_in(descriptor)
    finally:
        os.close(descriptor)


def _tell_number(descriptor: int) -> None:
    with contextlib.suppress(OSError):  # on a full disk it is not told
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)


def _number_in(descriptor: int) -> str:
    number = os.read(descriptor, 20).decode("ascii", "replace").strip()
    return number if number.isdecimal() else ""


def _folder_locked(folder: Path, how: int, *, tries: int = _TRIES) -> int | None:
    """Return a descriptor of a folder, locked; None where the machine locks no folders.

    Raises:
        BlockingIOError: A daemon has it.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        _lock(descriptor, how, tries=tries)
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _lock(descriptor: int, how: int, *, tries: int = _TRIES) -> None:
    """Take a lock, trying for a moment: `daemon_at`, which only looks whether it is taken, holds it briefly.

    Raises:
        BlockingIOError: A daemon has it.
    """
    for _ in range(tries):
        with contextlib.suppress(BlockingIOError):
            return fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        time.sleep(_PAUSE_S)
    return fcntl.flock(descriptor, how | fcntl.LOCK_NB)
