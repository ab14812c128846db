"""Is another hersteld at work on this database?"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from hersteld.daemon.errors import DaemonError
from hersteld.daemon.paths import make_private, shown


class AlreadyRunning(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """Another daemon holds the database."""


class DatabaseLock:
    """The right to be the one daemon of a database, for as long as the process lives.

    The kernel gives it back when the process ends, however it ends; the file stays and means nothing by itself.

    Args:
        database: Path of the database; the lock stands beside it.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Take it.

        Raises:
            AlreadyRunning: Another process has it.
            OSError: The folder cannot be written.
        """
        make_private(self._path.parent)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise AlreadyRunning(
                f"Another hersteld{f' (process {holder})' if holder else ''} already works on {shown(self._database)}. "
                "Stop it first, or give this one a database of its own with STATE_DIRECTORY."
            ) from None
        except OSError:
            os.close(descriptor)
            raise
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
