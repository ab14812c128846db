"""Where does an import keep what it has read, until everything is read and can be stored in order of start?

In a spool: a file without a name beside the database, so that years of workouts take little memory.
"""

import os
import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from hersteld.daemon.reading.contents import Reading

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

    def put(self, start_s: float, sha256: str, path: str, pickled: bytes) -> Spooled:
        """Add a reading, pickled, and return its place."""
        offset = self._file.seek(0, os.SEEK_END)
        self._file.write(pickled)
        return Spooled(start_s, sha256, path, offset, len(pickled))

    def get(self, spooled: Spooled) -> Reading:
        """Return the reading in a place."""
        self._file.seek(spooled.offset)
        reading: Reading = pickle.loads(self._file.read(spooled.size))  # noqa: S301 - our own, in a file nobody can name
        return reading
