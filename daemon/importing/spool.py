"""Where does what an import has read wait, until all is read and it can be stored in order of start?

In a file without a name beside the database, so that years of workouts take little memory.
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
"""What waits goes to disk from here on."""


@dataclass(frozen=True, slots=True, order=True)
class Spooled:
    """A reading that waits for its turn; in order of start, what is no workout first.

    Attributes:
        start_s: Start of the workout, as a timestamp.
        offset, size: Where it waits.
    """

    start_s: float
    sha256: str
    path: str
    offset: int
    size: int


class Spool:
    """Holds what was read until it is stored; gone when the block ends, however it ends.

    Args:
        folder: For the file, where there must be room.
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
        """Take a reading as `pickle` wrote it."""
        offset = self._file.seek(0, os.SEEK_END)
        self._file.write(pickled)
        return Spooled(start_s, sha256, path, offset, len(pickled))

    def get(self, spooled: Spooled) -> Reading:
        """Return a reading."""
        self._file.seek(spooled.offset)
        reading: Reading = pickle.loads(self._file.read(spooled.size))  # noqa: S301 - our own, in a file nobody can name
        return reading
