"""Who says "look now"? The library watchdog, of the watched folders and of those that links in them lead to.

Events are hints. They get lost (a queue that ran over, a limit of the kernel, folders made faster than they can be
watched, a disk of another machine), so nothing depends on them but how soon a file is seen: a scan comes anyway.
"""

import contextlib
import errno
import logging
import os
import stat
import threading
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import (
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.utils import BaseThread

from hersteld.config.texts.speech import said
from hersteld.daemon.inbox.mounts import mounts_now, must_be_polled
from hersteld.daemon.reading.folders import is_ours, is_temporary
from hersteld.daemon.system.errors import reason_of
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line, Value

log = logging.getLogger(__name__)

# Not "opened" nor "closed unwritten": each of our own scans would call for the next one.
_HINTS: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileClosedEvent, FileAttribEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent, DirAttribEvent),
]
_LIMITS = {errno.ENOSPC: "max_user_watches", errno.EMFILE: "max_user_instances"}
"""The limit of the kernel that an error comes from."""
_JOIN_S = 2.0


class _Heard:
    """What the observer has said of files since the last look. It is told by other threads than it is asked by."""

    def __init__(self) -> None:
        self.unfinished: set[str] = set()
        self.has_arrival = False

    def take(self, event: FileSystemEvent) -> None:
        """Take in what happened to a file, or a folder."""
        path = os.fsdecode(event.dest_path or event.src_path)
        if isinstance(event, FileModifiedEvent | DirCreatedEvent | DirMovedEvent) or (
            isinstance(event, FileCreatedEvent) and _is_empty(path)  # one that is not was renamed, or is written to now
        ):
            self.unfinished.add(path)
        elif isinstance(event, FileClosedEvent | FileMovedEvent | FileCreatedEvent):
            self.unfinished.discard(path)
            self.has_arrival |= is_ours(path, b"")


def _is_empty(path: str) -> bool:
    try:
        return os.stat(path).st_size == 0  # noqa: PTH116 - never a RuntimeError, unlike Path.stat()
    except OSError:
        return False


class _Hint(FileSystemEventHandler):
    """Sets an event, unless it happened under names that we skip. An error in here would end the observer."""

    def __init__(self, folder: str, wake: threading.Event, heard: _Heard) -> None:
        self._folder = folder
        self._wake = wake
        self._heard = heard

    def dispatch(self, event: FileSystemEvent) -> None:
        # A download that grows would otherwise have all folders walked twice a second.
        if any(path and not self._is_skipped(os.fsdecode(path)) for path in (event.src_path, event.dest_path)):
            self._heard.take(event)
            self._wake.set()

    def _is_skipped(self, path: str) -> bool:
        return any(is_temporary(name) for name in Path(path.removeprefix(self._folder)).parts)


@dataclass(slots=True)
class _Root:
    """One watched folder.

    Attributes:
        identity: Device and inode when last seen, None while it is missing.
        real: Where it is, links followed; None while it is not watched.
        is_due: Whether it is to be tried to watch it.
        is_silent: Whether its file system does not report all changes, so that it is not watched.
        logged: What was last logged about it, so that it is logged once.
    """

    folder: Path
    identity: tuple[int, int] | None = None
    real: Path | None = None
    is_due: bool = True
    is_silent: bool = False
    logged: Line | None = None


class Watcher:
    """Keeps an observer on the folders, and renews it when a folder was replaced or a thread of the observer died.

    A scan announces itself, and each folder before it lists it, so that the observer follows the same links.

    Args:
        wake: Set when something may have changed.
        poll_every_s: How often the folders are looked at in any case; for the log.
    """

    def __init__(self, folders: tuple[Path, ...], wake: threading.Event, poll_every_s: float = 60.0) -> None:
        self._roots = [_Root(folder) for folder in folders]
        self._wake = wake
        self._poll_every_s = poll_every_s
        self._observer: BaseObserver | None = None
        self._readers: set[BaseThread] = set()
        self._linked: dict[Path, ObservedWatch] = {}
        self._walked: set[Path] = set()
        self._mounts = mounts_now()
        self._heard = _Heard()

    def refresh(self) -> bool:
        """Look whether each folder is there and the same, and watch it; return whether anything changed."""
        changed = any([self._look(root) for root in self._roots])  # noqa: C419 - each of them, not up to the first
        mounts = mounts_now()
        # With an unmount its watches end in silence, and what is mounted next may look the same.
        if changed or mounts != self._mounts or not self._is_well():
            self.stop()
        self._mounts = mounts
        return any([changed, *[self._watch(root) for root in self._roots if root.is_due]])

    @property
    def is_waiting(self) -> bool:
        """True while a folder is missing."""
        return any(root.identity is None for root in self._roots)

    @property
    def is_polling(self) -> bool:
        """True while a folder that is there is not watched."""
        return any(root.identity is not None and root.real is None for root in self._roots)

    @property
    def is_writing(self) -> bool:
        """True while a file is written to, or a folder fills, as far as was heard since the last look."""
        return bool(self._heard.unfinished)

    @property
    def has_arrival(self) -> bool:
        """True when a file that may be ours was closed by its writer, or got its name, since the last look."""
        return self._heard.has_arrival

    def begin_walk(self) -> None:
        """Note that a scan begins; after it, what could not be watched is tried again."""
        self._heard.unfinished.clear()
        self._heard.has_arrival = False
        self._walked = set()
        for root in self._roots:
            root.is_due = root.real is None

    def enter(self, folder: Path | str) -> None:
        """Note that a scan is about to list a folder; where it is a link that leads elsewhere, watch that, too."""
        if self._observer is None or not os.path.islink(folder):  # noqa: PTH114 - never an error, unlike Path.is_symlink
            return
        target = Path(os.path.realpath(folder))
        if any(root.real is not None and target.is_relative_to(root.real) for root in self._roots):
            return
        self._walked.add(target)
        if target not in self._linked:
            try:
                self._linked[target] = self._schedule(target)
            except (OSError, RuntimeError) as error:
                log.debug("%s", said(self._unwatched(folder, error)))

    def end_walk(self, *, is_whole: bool) -> None:
        """Note that a scan is over.

        Args:
            is_whole: Whether it saw everything; then what it did not see needs no watching any more.
        """
        if is_whole and self._observer is not None:
            for target in self._linked.keys() - self._walked:
                with contextlib.suppress(KeyError):
                    self._observer.unschedule(self._linked.pop(target))

    def stop(self) -> None:
        """Watch nothing any more, until the next `refresh`."""
        observer, self._observer = self._observer, None
        self._readers, self._linked = set(), {}
        for root in self._roots:
            root.real, root.is_due = None, True
        if observer is not None:
            observer.stop()
            if observer.is_alive():
                observer.join(_JOIN_S)

    def _is_well(self) -> bool:
        """Return whether all threads of the observer live, if there is one."""
        if self._observer is None:
            return True
        return all(thread.is_alive() for thread in (self._observer, *self._observer.emitters, *self._readers))

    def _look(self, root: _Root) -> bool:
        """Find out whether a folder is there and the same; return whether that changed."""
        name, before = shown(root.folder), root.identity
        fault: Line | None
        try:
            status = os.stat(root.folder)  # noqa: PTH116 - with Path.stat() a loop of links is a RuntimeError on Python 3.11
        except OSError as error:
            is_hidden = error.errno in (errno.EACCES, errno.EPERM)
            out_of_reach = Line("inbox.out_of_reach", {"path": name, "reason": (reason_of(error),)})
            fault = out_of_reach if is_hidden else Line("inbox.missing", {"path": name})
        else:
            fault = None if stat.S_ISDIR(status.st_mode) else Line("inbox.no_folder", {"path": name})
        if fault:
            self._log(root, fault, logging.WARNING)
            root.identity = None
        else:
            root.identity = (status.st_dev, status.st_ino)
            if root.identity != before:
                root.is_silent = must_be_polled(root.folder)
        return root.identity != before

    def _watch(self, root: _Root) -> bool:
        """Try to watch a folder; return whether it is watched now."""
        root.is_due = False
        if root.identity is None:
            return False
        if root.is_silent:
            self._log(root, Line("inbox.polled", {"path": shown(root.folder), "seconds": self._poll_every_s}))
            return False
        if not os.access(root.folder, os.R_OK | os.X_OK):
            return False  # of which the scan itself tells
        real = Path(os.path.realpath(root.folder))
        try:
            self._schedule(real)
        except (OSError, RuntimeError) as error:
            self._log(root, self._unwatched(root.folder, error), logging.WARNING)
            return False
        root.real = real
        self._log(root, Line("inbox.watching", {"path": shown(root.folder)}))
        return True

    def _schedule(self, folder: Path) -> ObservedWatch:
        """Watch a folder, which is no link, and what is below it.

        Raises:
            OSError: It is gone, or the kernel's limit is reached.
            RuntimeError: There are no more threads.
        """
        if self._observer is None:
            others = set(threading.enumerate())
            self._observer = Observer()
            self._readers = {thread for thread in threading.enumerate() if isinstance(thread, BaseThread)} - others
            self._observer.start()
        handler = _Hint(str(folder), self._wake, self._heard)
        return self._observer.schedule(handler, str(folder), recursive=True, event_filter=_HINTS)

    def _unwatched(self, folder: Path | str, error: Exception) -> Line:
        """Return why a folder cannot be watched, and what the user can do about it."""
        values: dict[str, Value] = {"path": shown(folder), "seconds": self._poll_every_s}
        if isinstance(error, OSError) and error.errno in _LIMITS:
            return Line("inbox.unwatched_limit", {**values, "limit": _LIMITS[error.errno]})
        return Line("inbox.unwatched", {**values, "reason": (reason_of(error),)})

    @staticmethod
    def _log(root: _Root, line: Line, level: int = logging.INFO) -> None:
        if line != root.logged:
            root.logged = line
            log.log(level, "%s", said(line))
