"""How are thousands of files read, on all cores and with little memory, before the first of them is stored?

Files come in any order, and history must be stored in order of start. So each is read once, in a worker; what was
found waits, samples compressed, in a file without a name beside the database until its turn comes.
"""

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from hersteld.daemon.inbox_files import MAX_BYTES, files_below, is_ours
from hersteld.daemon.paths import shown
from hersteld.daemon.pool import Lost, Pool
from hersteld.daemon.reading import Inner, Reading, read_one, unpack_content
from hersteld.daemon.samples_blob import packed
from hersteld.daemon.store import FileRow
from hersteld.parsers.errors import ParseError
from hersteld.parsers.workout import Workout

_IN_MEMORY = 16 * 2**20
"""What waits goes to disk from here on."""

_STILL_S = 60.0
"""What was handed over on purpose, and was not written to for so long, is not being copied any more."""

_OLD_S = 24 * 3600.0

_ON_ITS_WAY = (
    "It is not complete, and changed less than a minute ago: if it is being copied, import it again when that is done."
    " A minute after its last change it is taken as it is."
)

Unread = Callable[[str, str], None]
"""Told of a file that could not be read: its path, and why in one sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
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


@dataclass(frozen=True, slots=True)
class _Job:
    """One FIT file to be read.

    Attributes:
        day_ago_s: A workout that ended later than this, as a timestamp, may still be on its way, if its file is young.
        is_young: Whether the file was changed a moment ago.
    """

    inner: Inner
    sha256: str
    day_ago_s: float
    is_young: bool


class WaitingRoom:
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

    def put(self, start_s: float, sha256: str, path: str, pickled: bytes) -> Waiting:
        """Take a reading as `pickle` wrote it."""
        offset = self._file.seek(0, os.SEEK_END)
        self._file.write(pickled)
        return Waiting(start_s, sha256, path, offset, len(pickled))

    def get(self, waiting: Waiting) -> Reading:
        """Return a reading."""
        self._file.seek(waiting.offset)
        reading: Reading = pickle.loads(self._file.read(waiting.size))  # noqa: S301 - our own, in a file nobody can name
        return reading


def files_in(paths: Iterable[Path], say_unread: Unread) -> tuple[Path, ...]:
    """Return the files that were named, and those in the folders that were, each once and in order of their names.

    What counts as a file of ours in a folder is what the inbox would take; a file that was named is taken as it is,
    there or not.
    """
    found: dict[Path, None] = {}
    walked: set[tuple[int, int]] = set()
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - with Path.is_dir() a folder closed to us is an error
            found[path] = None
            continue
        below = files_below(
            path, walked, lambda name, error: say_unread(name, f"The folder cannot be read: {_why(error)}.")
        )
        found.update(dict.fromkeys(sorted(file for file, _ in below)))
    return tuple(found)


def is_below(folder: Path, parents: Iterable[Path]) -> bool:
    """Whether one of these folders is a folder or in it, under whatever name it was walked."""
    real = Path(os.path.realpath(folder))
    return any(
        parent.is_relative_to(folder) or Path(os.path.realpath(parent)).is_relative_to(real) for parent in parents
    )


class BulkReader:
    """Reads many files into the waiting room.

    Args:
        known: What became of a content with this sha256 before, if it was concluded upon; it is not read again.
        now: To tell what is still being written from what will never be whole.
        named: Files that are read whatever their name and first bytes.
        workers, seconds: See `Pool`.

    Attributes:
        ours: The folders that files of ours were found in.
        known: Contents that were known before, but for those that could not be read then.
        copies: Contents that came more than once now.
    """

    def __init__(
        self,
        room: WaitingRoom,
        *,
        known: Callable[[str], FileRow | None],
        say_unread: Unread,
        now: datetime,
        named: Iterable[Path] = (),
        workers: int | None = None,
        seconds: float | None = None,
    ) -> None:
        self._room = room
        self._known = known
        self._say_unread = say_unread
        self._now = now
        self._named = frozenset(named)
        self._pool = Pool(_read_packed, workers=workers, **({} if seconds is None else {"seconds": seconds}))
        self._seen: set[str] = set()
        self._waiting: list[Waiting] = []
        self.ours: set[Path] = set()
        self.known = 0
        self.copies = 0

    def read(self, files: Iterable[Path], done: Callable[[], None]) -> list[Waiting]:
        """Read files; return what waits to be stored, in that order.

        Args:
            done: Called for each file when it is being read.
        """
        with self._pool as pool:
            for job, result in pool.map(self._jobs(files, done), in_order=False):
                if isinstance(result, Lost):
                    self._say_unread(job.inner.path, result.reason)
                    continue
                start_s, is_on_its_way, pickled = result
                if is_on_its_way:
                    self._say_unread(job.inner.path, _ON_ITS_WAY)
                else:
                    self._waiting.append(self._room.put(start_s, job.sha256, job.inner.path, pickled))
        return sorted(self._waiting)

    def _jobs(self, files: Iterable[Path], done: Callable[[], None]) -> Iterator[_Job]:
        for path in files:
            try:
                content, age_s = self._content(path)
            except OSError as error:
                self._say_unread(shown(path), f"The file cannot be read: {_why(error)}.")
                content = None
            if content is not None:
                yield from self._jobs_of(content, shown(path), is_young=abs(age_s) < _STILL_S)
            done()

    def _jobs_of(self, content: bytes, path: str, *, is_young: bool) -> Iterator[_Job]:
        try:
            for inner in unpack_content(content, path):
                sha256 = hashlib.sha256(inner.content).hexdigest()
                if self._is_new(sha256, inner.path):
                    yield _Job(inner, sha256, self._now.timestamp() - _OLD_S, is_young and not inner.is_packed)
        except ParseError as error:
            sha256 = hashlib.sha256(content).hexdigest()
            reading = Reading(path, sha256, len(content), error)
            if reading.is_incomplete and is_young:
                self._say_unread(path, _ON_ITS_WAY)
            elif self._is_new(sha256, path):
                self._waiting.append(self._room.put(0.0, sha256, path, pickle.dumps(reading)))

    def _is_new(self, sha256: str, path: str) -> bool:
        if sha256 in self._seen:
            self.copies += 1
            return False
        self._seen.add(sha256)
        known = self._known(sha256)
        if known is None:
            return True
        if known.status == "rejected":  # to whoever asks again it is still of no use, and still for that reason
            self._say_unread(path, known.reason or "")
        else:
            self.known += 1
        return False

    def _content(self, path: Path) -> tuple[bytes | None, float]:
        """Return what is in a file (None when it is nothing of ours) and how long ago it was changed, in seconds."""
        if not path.is_file():
            is_there = path.exists()  # a pipe, say
            said = "This is no file with a content that stays." if is_there else "There is no such file or folder."
            self._say_unread(shown(path), said)
            return None, 0.0
        with path.open("rb") as file:
            head = file.read(16)
            if path not in self._named and not is_ours(path.name, head):
                return None, 0.0
            self.ours.add(path.parent)
            status = os.fstat(file.fileno())
            if status.st_size > MAX_BYTES:
                self._say_unread(shown(path), f"The file is larger than {MAX_BYTES // 2**20} MiB.")
                return None, 0.0
            return head + file.read(MAX_BYTES), self._now.timestamp() - status.st_mtime


def _read_packed(job: _Job) -> tuple[float, bool, bytes]:
    """Be the work of a worker: return the start, whether more of the file is to come, and the pickled reading."""
    reading = read_one(job.inner, job.sha256, salvage=True)
    # A copy of an old file is young, but what was recorded years ago will not grow any more.
    is_old = isinstance(reading.found, Workout) and reading.found.ended_at.timestamp() < job.day_ago_s
    is_on_its_way = reading.is_cut_off and job.is_young and not is_old
    start_s = 0.0
    if isinstance(reading.found, Workout):
        start_s = reading.found.started_at.timestamp()
        reading = replace(reading, found=replace(reading.found, samples=packed(reading.found.samples)))
    return start_s, is_on_its_way, pickle.dumps(reading)


def _why(error: OSError) -> str:
    return (error.strerror or "no reason given").lower()
