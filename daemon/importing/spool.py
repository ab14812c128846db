"""Where does an import keep what it has read, until everything is read and can be stored in order of start?

In a spool: a file without a name beside the database, so that years of workouts take little memory.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

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
        folder: Where its file is made; there must be room on that disk.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, start_s: float, message: Json, samples: bytes) -> Spooled:
        """Add a reading as `reading_told` gives it, and return its place."""
        piece = in_one(message, samples)
        offset = self._file.seek(0, os.SEEK_END)
        self._file.write(piece)
        return Spooled(start_s, str(message["sha256"]), str(message["path"]), offset, len(piece))

    def get(self, spooled: Spooled) -> Reading:
        """Return the reading in a place."""
        self._file.seek(spooled.offset)
        return reading_in(*taken_apart(self._file.read(spooled.size)))
