"""How are thousands of files read, on all cores and with little memory, before the first of them is stored?

Files come in any order, but history must be stored in order of start. So each file is read once, in a worker process,
and what was found is kept in a spool, with its samples compressed, until all files are read.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import cast

from hersteld.daemon.importing.named_files import Unread
from hersteld.daemon.importing.spool import Spool, Spooled
from hersteld.daemon.importing.worker import Job, read_packed
from hersteld.daemon.reading.contents import Reading, unpack_content
from hersteld.daemon.reading.folders import MAX_BYTES, MAX_MIB, is_ours
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.reading.reading_wire import reading_told
from hersteld.daemon.store.files import FileRow
from hersteld.daemon.store.left_out import Contents
from hersteld.daemon.system.channel import Json
from hersteld.daemon.system.paths import shown
from hersteld.daemon.system.worker_pool import Lost, Pool, Result
from hersteld.parsers.errors import ParseError
from hersteld.parsers.format.foreign import Kind, kind_of
from hersteld.parsers.line import Line

_STILL_S = 60.0
"""A file that was given to an import and has not changed for so long is not being copied any more."""

_OLD_S = 24 * 3600.0
_LOOKED_AT = 1024

_ON_ITS_WAY = Line("files.on_its_way")


class BulkReader:
    """Reads many files into the spool.

    Args:
        known_file: Returns what became of a content with this sha256, if it was stored before; it is not read again.
        say_unread: Called with each file that could not be read, and why.
        now: By which it is decided whether a file is still being written.
        named: Files that are read whatever their name and first bytes.
        workers, seconds: See `Pool`.

    Attributes:
        ours: The folders that files of ours were found in.
        known_count: How many contents were known before, without those that could not be read then.
        left_out: For each file on disk that was read, what is left out of it.
        copies: How many files had the content of another one in this import.
    """

    def __init__(
        self,
        spool: Spool,
        *,
        known_file: Callable[[str], FileRow | None],
        say_unread: Unread,
        now: datetime,
        named: Iterable[Path] = (),
        workers: int | None = None,
        seconds: float | None = None,
    ) -> None:
        self._spool = spool
        self._known_file = known_file
        self._say_unread = say_unread
        self._now = now
        self._named = frozenset(named)
        self._pool = Pool(read_packed, workers=workers, **({} if seconds is None else {"seconds": seconds}))
        self._seen: set[str] = set()
        self._spooled: list[Spooled] = []
        self._open: Counter[Path] = Counter()
        self.ours: set[Path] = set()
        self.known_count = 0
        self.copies = 0
        self.left_out: dict[str, Contents] = {}

    def read(self, files: Iterable[Path], done: Callable[[], None]) -> list[Spooled]:
        """Read files into the spool; return what is to be stored, in the order in which it is.

        Args:
            done: Called for each file when everything in it has been read.
        """
        with self._pool as pool:
            for job, result in pool.map(self._jobs(files, done), in_order=False):
                self._take(job, result)
                self._close(job.file, done)
        return sorted(self._spooled)

    def _take(self, job: Job, result: Result | Lost) -> None:
        if isinstance(result, Lost):
            self._say_unread(job.inner.path, result.reason)
            return
        found, samples = result
        if found["is_on_its_way"]:
            self._say_unread(job.inner.path, _ON_ITS_WAY)
        else:
            start_s, reading = float(cast("float", found["start_s"])), cast("Json", found["reading"])
            self._spooled.append(self._spool.put(start_s, reading, samples))

    def _close(self, file: Path, done: Callable[[], None]) -> None:
        """Note that one step with a file is over, and call `done` after the last.

        The steps are to look for its FIT files, and to read each of them.
        """
        self._open[file] -= 1
        if not self._open[file]:
            del self._open[file]
            done()

    def _jobs(self, files: Iterable[Path], done: Callable[[], None]) -> Iterator[Job]:
        for path in files:
            self._open[path] += 1
            try:
                content, age_s = self._content(path)
            except OSError as error:
                self._say_unread(shown(path), Line("files.unreadable", {"why": (why_refused(error),)}))
                content = None
            if content is not None:
                yield from self._jobs_of(content, path, is_young=abs(age_s) < _STILL_S)
            self._close(path, done)

    def _jobs_of(self, content: bytes, path: Path, *, is_young: bool) -> Iterator[Job]:
        name = shown(path)
        kinds = self._leave_out(path, (), content)
        try:
            for inner in unpack_content(content, name, lambda _inner, kind: kinds.update([kind])):
                sha256 = hashlib.sha256(inner.content).hexdigest()
                if self._is_new(sha256, inner.path):
                    self._open[path] += 1
                    yield Job(path, inner, sha256, self._now.timestamp() - _OLD_S, is_young and not inner.is_packed)
        except ParseError as error:
            sha256 = hashlib.sha256(content).hexdigest()
            reading = Reading(name, sha256, len(content), error)
            if reading.is_incomplete and is_young:
                self._say_unread(name, _ON_ITS_WAY)
            elif self._is_new(sha256, name):
                self._spooled.append(self._spool.put(0.0, *reading_told(reading)))

    def _leave_out(self, path: Path, kinds: Iterable[Kind], content: bytes | None) -> Counter[Kind]:
        """Note what is left out of a file, and return it, so that it can be added to.

        Args:
            content: None where the file was not read to its end.
        """
        contents = Contents(None if content is None else hashlib.sha256(content).hexdigest(), Counter(kinds))
        self.left_out[shown(path.absolute())] = contents
        return contents.kinds

    def _is_new(self, sha256: str, path: str) -> bool:
        if sha256 in self._seen:
            self.copies += 1
            return False
        self._seen.add(sha256)
        known = self._known_file(sha256)
        if known is None:
            return True
        if known.status == "rejected":  # whoever gives it again is told the same reason again
            self._say_unread(path, known.reason or Line("reasons.unknown"))
        else:
            self.known_count += 1
        return False

    def _content(self, path: Path) -> tuple[bytes | None, float]:
        """Return the content of a file and its age in seconds; the content is None where there is nothing to read."""
        if not path.is_file():
            is_there = path.exists()  # a pipe, say
            self._say_unread(shown(path), Line("files.no_file") if is_there else Line("files.not_there"))
            return None, 0.0
        with path.open("rb") as file:
            head = file.read(16)
            if path not in self._named and not is_ours(path.name, head):
                head += file.read(_LOOKED_AT)
                kind = kind_of(path.name, head)
                self._leave_out(path, [kind], None if kind == "other" else head + file.read(MAX_BYTES))
                return None, 0.0
            self.ours.add(path.parent)
            status = os.fstat(file.fileno())
            if status.st_size > MAX_BYTES:
                self._say_unread(shown(path), Line("files.too_large_for_folder", {"size_mib": MAX_MIB}))
                return None, 0.0
            return head + file.read(MAX_BYTES), self._now.timestamp() - status.st_mtime
