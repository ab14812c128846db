"""Is another hersteld at work on this database?"""

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
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            AlreadyRunning: Another process has it.
            StoreUnusable: The folder cannot be written.
        """
        try:
            make_private(self._path.parent)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise StoreUnusable(fault_of(error, self._database)) from error
        try:
            _lock(descriptor)
        except BlockingIOError:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            text_id = "database.running" if holder else "database.running_unknown"
            raise AlreadyRunning(text_id, pid=holder, path=shown(self._database)) from None
        except OSError as error:
            os.close(descriptor)
            raise StoreUnusable(fault_of(error, self._database)) from error
        with contextlib.suppress(OSError):  # on a full disk the number of the process is not told
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor
        return self

    def looked(self, now: datetime) -> None:
        """Record when the folders were last looked at, as the date of the lock file, which `daemon_at` reads."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError, OverflowError):  # a disk that may only be read; a year beyond counting
                os.utime(self._descriptor, (now.timestamp(), now.timestamp()))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):  # nobody may take the number for that of the next holder
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


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
    try:
        descriptor = os.open(_lock_path(database), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
        return RunningDaemon(int(holder) if holder.isdecimal() else None, changed_at(os.fstat(descriptor)))
    else:
        return None
    finally:
        os.close(descriptor)


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


def _lock(descriptor: int) -> None:
    """Take the lock, trying for a moment: `daemon_at`, which only looks whether it is taken, holds it briefly.

    Raises:
        BlockingIOError: A daemon has it.
    """
    for _ in range(_TRIES):
        with contextlib.suppress(BlockingIOError):
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(_PAUSE_S)
    return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
