"""Where does an import keep what it has read, until everything is read and can be stored in order of start?

In a spool: a file without a name beside the database, so that years of workouts take little memory. Where the database
has room they will fit anyhow, and no other disk is asked for any.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from hersteld.daemon.database.faults import StoreUnusable, fault_of
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.reading_wire import in_one, reading_in, taken_apart
from hersteld.daemon.system.channel import Json

_IN_MEMORY = 16 * 2**20
"""Bytes that are held in memory; a larger spool is a file."""


@dataclass(frozen=True, slots=True, order=True)
class Spooled:
    """A reading in the spool. Readings sort by start of the workout; those without a workout come first.

    Attributes:
        start_s: Start of the workout in seconds since 1970, 0 without a workout.
        offset, size: Its place in the spool, in bytes.
    """

    start_s: float
    sha256: str
    path: str
    offset: int
    size: int


class Spool:
    """Holds readings until they are stored. It is gone when the block ends, however that ends.

    Args:
        database: The database beside which its file is made.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        folder = str(database.parent)
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=folder)  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):  # what did not fit does not fit now either
            self._file.close()

    def put(self, start_s: float, message: Json, samples: bytes) -> Spooled:
        """Add a reading as `reading_told` gives it, and return its place.

        Raises:
            StoreUnusable: The disk of the database is full, say.
        """
        piece = in_one(message, samples)
        with self._in_words():
            offset = self._file.seek(0, os.SEEK_END)
            self._file.write(piece)
        return Spooled(start_s, str(message["sha256"]), str(message["path"]), offset, len(piece))

    def get(self, spooled: Spooled) -> Reading:
        """Return the reading in a place.

        Raises:
            StoreUnusable: As above.
        """
        with self._in_words():
            self._file.seek(spooled.offset)
            piece = self._file.read(spooled.size)
        return reading_in(*taken_apart(piece))

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreUnusable(fault_of(error, self._database)) from error
