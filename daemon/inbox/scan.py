"""Which files in the watched folders are to be read now?

Every scan walks the folders anew and compares each file with what is known of it. Nothing of the user's is ever moved,
changed or deleted.
"""

import errno
import logging
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature, signature_of
from hersteld.daemon.inbox.candidate import Candidate, Changed, turn
from hersteld.daemon.inbox.first_seen import FirstSeen
from hersteld.daemon.inbox.given_up import GivenUp
from hersteld.daemon.inbox.held_up import write_held_up
from hersteld.daemon.inbox.mounts import must_be_polled
from hersteld.daemon.inbox.set_aside import SAME_CONTENT
from hersteld.daemon.inbox.settling import JUST_CHANGED, Settling
from hersteld.daemon.inbox.watcher import Watcher
from hersteld.daemon.reading.failing import Failing
from hersteld.daemon.reading.file_reader import sha256_of
from hersteld.daemon.reading.folders import MAX_BYTES, above, files_below, is_ours
from hersteld.daemon.store.left_out import Contents, LeftOut, count_kinds, remember_left_out
from hersteld.daemon.store.sightings import forget_sightings, read_sightings, remember_sightings
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import reason_of
from hersteld.daemon.system.paths import path_shown, shown
from hersteld.parsers.format.foreign import Kind, kind_of
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

GONE = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE)
_LOOKED_AT = 1024
_RACY_S = 2.0
_BREATH_NAMES = 20
"""After so many names it is asked whether to go on: a network mount may take 25 ms and more for each."""


class Inbox:
    """The watched folders, and what is known of the files in them.

    Args:
        store: Remembers across restarts which files are known.
        watcher: Hears of each folder that a scan walks.
        go_on: Asked during a scan; says that we are alive, and answers whether to go on.

    Attributes:
        clock: As given.
        failing: Whether the machine keeps us from reading.
        given_up: The files at which reading ended.
        scan_s: How long the last scan took, in seconds.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        store: Store,
        clock: Clock,
        watcher: Watcher,
        *,
        go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._folders = folders
        self._watcher = watcher
        self._go_on = go_on
        self._store = store
        self.clock = clock
        self._known = read_sightings(store)
        self._first_seen = FirstSeen(store, clock)
        self._unreadable: dict[str, Line] = {}
        self._held_up: dict[str, Line | None] | None = None
        self._passed_by: list[Candidate] = []
        self._left_out: dict[str, Contents] = {}
        self.settling = Settling(clock)
        self.failing = Failing(folders)
        self.given_up = GivenUp(store, clock)
        self.scan_s = 0.0

    def scan(self) -> tuple[Candidate, ...]:
        """Return the files to be read now, the one that was written first before the others.

        Those that may take long come last, the smallest of them first. None are due where it is not to go on.
        """
        began_s = self.clock.monotonic_s()
        is_whole = self.failing.begin()

        def say_unreadable(name: str, error: OSError) -> None:
            nonlocal is_whole
            is_whole = False
            self.failing.unlisted(name, error)
            if error.errno not in GONE:  # of a folder that is gone the watcher tells
                self._say_unreadable(name, error)

        names, is_stopped = 0, False

        def go_on() -> bool:
            nonlocal names, is_stopped
            names += 1
            if names % _BREATH_NAMES == 0 and not is_stopped:
                is_stopped = not self._go_on()
            return not is_stopped

        due: list[Candidate] = []
        not_taken_in: dict[str, Signature] = {}
        present: set[str] = set()
        walked = above(self._folders)
        is_forgetful: dict[int, bool] = {}
        self._passed_by.clear()
        self._left_out.clear()
        for name in self.given_up.refresh():
            self.settling.forget(name)
        self._watcher.begin_walk()
        for folder in self._folders:
            for path, status in files_below(folder, walked, say_unreadable, self._watcher.enter, go_on):
                name = shown(path)
                present.add(name)
                if status.st_dev not in is_forgetful:  # a link below a folder may lead to another file system
                    is_forgetful[status.st_dev] = must_be_polled(Path(path))
                signature = signature_of(status, is_forgetful=is_forgetful[status.st_dev])
                if signature == self._known.get(name):
                    continue
                not_taken_in[name] = signature
                if not self._hold_back(name, signature) and self.settling.is_due(name, signature):
                    due.append(Candidate(path, signature, self.given_up.is_doubtful(name)))
        if is_stopped:
            return ()
        self._watcher.end_walk(is_whole=is_whole)
        self._first_seen.see(not_taken_in)
        if is_whole:  # or a disk that is away for an hour would have all its files read again
            self._forget_all_but(present)
        self.settling.keep_only(present)
        self.failing.keep_only(present)
        self.scan_s = self.clock.monotonic_s() - began_s
        self._unreadable = {
            path: reason
            for path, reason in self._unreadable.items()
            if path in present or os.path.isdir(path_shown(path))  # noqa: PTH112 - never an error, unlike Path.is_dir()
        }
        return tuple(sorted(due, key=turn))

    def arrived_at(self, candidate: Candidate) -> datetime | None:
        """Return when a file was first seen as it is; None where that is not known."""
        return self._first_seen.at(candidate.shown, candidate.signature)

    @contextmanager
    def opened(self, candidate: Candidate) -> Iterator[int | None]:
        """Open a file for reading, and give its descriptor; None for one that is nothing of ours, or is refused.

        Raises:
            Changed: It is not any more what the scan saw; it will be looked at again.
        """
        try:
            # Not to be held up by a pipe that took the file's place.
            descriptor = os.open(candidate.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            self.refused(candidate, error)
            yield None
            return
        with open(descriptor, "rb") as file:  # noqa: PTH123 - opened above, with flags that Path.open lacks
            try:
                is_ours = self._is_to_be_read(candidate, file)
            except OSError as error:
                self.refused(candidate, error)
                is_ours = False
            yield descriptor if is_ours else None

    def check(self, candidate: Candidate, descriptor: int, size: int) -> None:
        """Check that a file is still what the scan saw, after so many bytes of it were read.

        Raises:
            Changed: It is not; it will be looked at again.
            OSError: The machine does not say.
        """
        after = signature_of(os.fstat(descriptor), is_forgetful=not candidate.signature.inode)
        if after != candidate.signature or size != candidate.signature.size:
            self.settling.postpone(candidate.shown, candidate.signature, JUST_CHANGED)
            raise Changed

    def refused(self, candidate: Candidate, error: OSError) -> None:
        """Note that a file cannot be read, and log it once.

        Raises:
            Changed: It is not there any more.
        """
        if error.errno in GONE:
            raise Changed from None
        self.failing.failed(candidate.shown, error)
        self._say_unreadable(candidate.shown, error)
        self.settling.postpone(candidate.shown, candidate.signature)

    def conclude(self, candidates: Iterable[Candidate]) -> LeftOut:
        """Remember that files need not be read again: these, and those that `read` found to be nothing of ours.

        What was left out of them, and of those set aside, is returned, and stored with that or not at all.
        """
        sure: list[tuple[str, Signature]] = []
        for candidate in (*self._passed_by, *candidates):
            name, signature = candidate.shown, candidate.signature
            age_s = self.clock.now().timestamp() - max(signature.mtime_ns, signature.ctime_ns) / 1e9
            if abs(age_s) < _RACY_S:
                # Another write within the same tick of the file system's clock would not show: read it once more.
                self.settling.postpone(name, signature, JUST_CHANGED, at_least_s=_RACY_S)
                continue
            sure.append((name, signature))
        left_out = {name: self._left_out.get(name, Contents()) for name, _ in sure}
        left_out |= {name: self._left_out[name] for name in self._left_out.keys() & self.given_up.reasons().keys()}
        if left_out:
            with self._store.write():  # together: the disk is waited for once, not for each picture
                remember_left_out(self._store, left_out, now=self.clock.now())
                remember_sightings(self._store, sure)
                self._first_seen.forget(name for name, _ in sure)
                self.given_up.put_down()
        for name, signature in sure:
            self.settling.forget(name)
            self.given_up.forget(name)
            self._unreadable.pop(name, None)
            self._known[name] = signature
        self._passed_by.clear()
        return count_kinds(kind for contents in left_out.values() for kind in contents.kinds.elements())

    def leave_out(self, candidate: Candidate, kinds: Iterable[Kind], sha256: str | None) -> None:
        """Note what is left out of a file or an archive, as it is no FIT; `sha256` is None where that is not known."""
        self._left_out[candidate.shown] = Contents(sha256, Counter(kinds))

    def write_down(self) -> None:
        """Store what is held up after a look, when nothing is in hand any more."""
        self.given_up.put_down()
        held_up = {**self.settling.unfinished(), **self._unreadable, **self.given_up.reasons()}
        if held_up != self._held_up:
            write_held_up(self._store, held_up)
            self._held_up = held_up

    def ended(
        self, candidate: Candidate, reason: Line, *, sha256: str | None = None, is_our_fault: bool = False
    ) -> None:
        """Note that reading a file ended in a way that it should not; see `GivenUp.ended`."""
        if reason != SAME_CONTENT:
            self.failing.failed(candidate.shown)
        self.given_up.ended(candidate.shown, candidate.signature, sha256, reason, is_our_fault=is_our_fault)
        self._hold_back(candidate.shown, candidate.signature)

    def _hold_back(self, name: str, signature: Signature) -> bool:
        """Return whether a file is left alone, as reading it ended."""
        wait_s = self.given_up.wait_s(name, signature)
        if wait_s is None:
            self.settling.forget(name)
        elif wait_s > 0:
            self.settling.hold(name, signature, wait_s)
        return wait_s != 0

    def _forget_all_but(self, present: set[str]) -> None:
        self.given_up.forget_all_but(present)
        self._first_seen.forget_all_but(present)
        if gone := self._known.keys() - present:
            forget_sightings(self._store, gone)
            self._known = {name: signature for name, signature in self._known.items() if name not in gone}

    def _is_to_be_read(self, candidate: Candidate, file: BinaryIO) -> bool:
        """Return whether an open file is ours and not too large; it is in hand then, and noted otherwise.

        Raises:
            Changed: Something else took its place.
            OSError: It cannot be read.
        """
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Changed
        head = file.read(16)
        name = os.path.basename(candidate.path)  # noqa: PTH119 - it is text
        if not is_ours(name, head):
            self._passed_by.append(candidate)
            head += file.read(_LOOKED_AT)
            kind = kind_of(name, head)
            # A picture or a film is not read to its end to know whether there are two of it.
            self.leave_out(candidate, [kind], None if kind == "other" else sha256_of(head, file, self._go_on))
            return False
        if status.st_size > MAX_BYTES:
            log.warning("%s", say("inbox.too_large", path=candidate.shown, limit_mib=MAX_BYTES // 2**20))
            self._passed_by.append(candidate)
            return False
        self.given_up.take_in_hand(candidate)
        return True

    def _say_unreadable(self, name: str, error: OSError) -> None:
        if name not in self._unreadable:
            self._unreadable[name] = reason_of(error)
            log.warning("%s", say("inbox.unreadable", path=name, reason=(reason_of(error),)))
