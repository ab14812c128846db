"""Which files are left alone after reading them went wrong, and until when?"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from shlex import quote

from hersteld import __version__
from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.inbox.candidate import LARGE_BYTES, Candidate
from hersteld.daemon.inbox.in_hand import put_down, read_in_hand, write_in_hand
from hersteld.daemon.inbox.set_aside import (
    DEATHS,
    SAME_CONTENT,
    SetAside,
    forget_set_aside,
    read_set_aside,
    try_again_with,
    write_set_aside,
)
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

_NO_VERSION = ""


@dataclass(frozen=True, slots=True)
class _Pause:
    """How long a file is left alone after it ended its reader.

    Attributes:
        since: When that was, by the clock of then, aware UTC.
        until_s: By the clock that is never set.
    """

    since: datetime
    until_s: float


class GivenUp:
    """The files at which reading ended. Those that this version has not tried are tried again."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._pauses: dict[str, _Pause] = {}
        self._has_in_hand = False
        try_again_with(store, __version__)
        self._files = read_set_aside(store)
        self._count_interrupted()

    def _count_interrupted(self) -> None:
        """Note the file that an earlier run had in hand when it ended: it may be what ended it."""
        for found in read_in_hand(self._store):
            before = self._files.get(found.path)
            file = SetAside(
                found.path,
                found.size,
                found.mtime_ns,
                None,
                0 if before is None else before.deaths,
                Line("inbox.interrupted"),
                self._clock.now(),
                1 + (0 if before is None else before.interrupted),
            )
            with self._store.write():
                write_set_aside(self._store, file, __version__)
                put_down(self._store)
            self._files[file.path] = file
            if file.is_given_up:
                self._say_set_aside(file)
            else:
                minutes = file.pause.total_seconds() / 60
                log.warning(say("inbox.was_in_hand", path=file.path, minutes=minutes))

    def take_in_hand(self, candidate: Candidate, size: int = 0) -> None:
        """Write down that a file is being taken in, if it may take much: see `in_hand`.

        Args:
            size: Of what was found in it.
        """
        if candidate.may_take_long or size > LARGE_BYTES:
            write_in_hand(self._store, candidate.shown, candidate.signature)
            self._has_in_hand = True

    def put_down(self) -> None:
        """Write down that the file is not in hand any more, if one was."""
        if self._has_in_hand:
            put_down(self._store)
            self._has_in_hand = False

    def refresh(self) -> set[str]:
        """Return the files that the user wants to be tried again, and copies whose originals are not left alone now."""
        before, self._files = self._files, read_set_aside(self._store)
        if alone := [path for path, file in self._files.items() if file.is_copy and not self._has_original(file)]:
            self._forget(alone)
        return before.keys() - self._files.keys()

    def wait_s(self, path: str, signature: Signature) -> float | None:
        """Return for how many seconds a file is left alone, 0 for none; None until something else than time changes it.

        That is counted without the clock, which may be set meanwhile, and from what the clock says only at a start.
        """
        file = self._files.get(path)
        if file is None:
            return 0.0
        if file.is_given_up and file.is_of(signature):
            return None
        now_s = self._clock.monotonic_s()
        pause = self._pauses.get(path)
        if pause is None or pause.since != file.at:
            left = min(file.pause, file.try_at - self._clock.now())
            pause = self._pauses[path] = _Pause(file.at, now_s + left.total_seconds())
        return max(0.0, pause.until_s - now_s)

    def is_doubtful(self, path: str) -> bool:
        """Return whether reading a file has ended."""
        return path in self._files

    def has_content(self, sha256: str, *, besides: str) -> bool:
        """Return whether a file of this content, other than that at a path, is left alone, as reading it ended.

        One that is left alone as a copy does not count: two names of a content would keep each other from being read.
        """
        return any(
            file.sha256 == sha256 and file.is_given_up and not file.is_copy and path != besides
            for path, file in self._files.items()
        )

    def _has_original(self, copy: SetAside) -> bool:
        return copy.sha256 is not None and self.has_content(copy.sha256, besides=copy.path)

    def ended(self, path: str, signature: Signature, sha256: str | None, reason: Line, *, is_our_fault: bool) -> None:
        """Note that reading a file ended. How often is counted on while it changes, until it is read after all.

        Args:
            sha256: Of its content, where that is known.
            reason: How it ended, as a part of a sentence; `SAME_CONTENT` where it was not tried.
            is_our_fault: Whether our own code failed on it, as is logged already. There is no use in trying it a second
                time before the next start.
        """
        if reason == SAME_CONTENT:
            self._note_copy(path, signature, sha256)
            return
        before = self._files.get(path)
        deaths = 1 + (before.deaths if before is not None and not before.is_copy else 0)
        file = SetAside(
            path,
            signature.size,
            signature.mtime_ns,
            sha256,
            max(DEATHS, deaths) if is_our_fault else deaths,
            reason,
            self._clock.now(),
            0 if before is None else before.interrupted,
        )
        write_set_aside(self._store, file, _NO_VERSION if is_our_fault else __version__)
        self._files[path] = file
        if is_our_fault:
            return
        if deaths == 1:
            minutes = file.pause.total_seconds() / 60
            log.error(say("inbox.reading_ended", path=path, reason=(reason,), minutes=minutes))
        elif deaths == DEATHS:
            self._say_set_aside(file)

    def _say_set_aside(self, file: SetAside) -> None:
        command = f"hersteld retry {quote(file.path)}"
        log.error(say("inbox.set_aside", path=file.path, reason=(file.reason,), command=command))

    def _note_copy(self, path: str, signature: Signature, sha256: str | None) -> None:
        before = self._files.get(path)
        file = SetAside(path, signature.size, signature.mtime_ns, sha256, DEATHS, SAME_CONTENT, self._clock.now())
        write_set_aside(self._store, file, __version__)
        self._files[path] = file
        if before is None or not before.is_copy:
            log.warning(say("inbox.copy_set_aside", path=path, command=f"hersteld retry {quote(path)}"))

    def forget(self, path: str) -> None:
        """Forget a file that was read after all."""
        if path in self._files:
            self._forget([path])

    def forget_all_but(self, present: set[str]) -> None:
        """Forget files that are gone."""
        if gone := self._files.keys() - present:
            self._forget(gone)

    def _forget(self, paths: Collection[str]) -> None:
        forget_set_aside(self._store, paths)
        self._files = {path: file for path, file in self._files.items() if path not in paths}
        self._pauses = {path: pause for path, pause in self._pauses.items() if path in self._files}

    def reasons(self) -> dict[str, Line]:
        """Return why each file is left alone, or is tried once more, by path."""
        return {path: _why(file) for path, file in self._files.items()}


def _why(file: SetAside) -> Line:
    if file.is_copy:
        return Line("inbox.why_copy_set_aside")
    return Line("inbox.why_set_aside" if file.is_given_up else "inbox.why_tried_again", {"reason": (file.reason,)})
