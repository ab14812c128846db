"""Who says "look now"? An observer per folder, rebuilt whenever its folder became another one, or it died.

Events are hints. They get lost (overflow, re-mounts, folders made inside new folders), so nothing depends on them but
how soon a file is seen.
"""

import logging
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from hersteld.daemon.inbox_files import is_temporary
from hersteld.daemon.inbox_mounts import must_be_polled
from hersteld.daemon.paths import shown

log = logging.getLogger(__name__)

# Not "opened" nor "closed unwritten": each of our own scans would call for the next one.
_HINTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileClosedEvent,
    DirCreatedEvent,
    DirMovedEvent,
]
_JOIN_S = 2.0


class _Hint(FileSystemEventHandler):
    """Sets an event, unless all that happened is under names we skip. An error in here would end the observer."""

    def __init__(self, folder: Path, wake: threading.Event) -> None:
        self._folder = str(folder)
        self._wake = wake

    def dispatch(self, event: FileSystemEvent) -> None:
        # A download that grows would otherwise have all folders walked twice a second.
        if any(path and not self._is_skipped(os.fsdecode(path)) for path in (event.src_path, event.dest_path)):
            self._wake.set()

    def _is_skipped(self, path: str) -> bool:
        return any(is_temporary(name) for name in Path(path.removeprefix(self._folder)).parts)


@dataclass(slots=True)
class _Root:
    """One watched folder.

    Attributes:
        identity: Device and inode when last seen, None while it is missing.
        said: What was last logged about it, so that it is logged once.
    """

    folder: Path
    identity: tuple[int, int] | None = None
    observer: BaseObserver | None = None
    is_polled: bool = False
    said: str = ""


class Watcher:
    """Keeps observers on the folders.

    Args:
        wake: Set when something may have changed.
    """

    def __init__(self, folders: tuple[Path, ...], wake: threading.Event) -> None:
        self._roots = [_Root(folder) for folder in folders]
        self._wake = wake

    def refresh(self) -> bool:
        """Look whether each folder is there and the same, and watch it accordingly; whether anything changed."""
        return any([self._refresh(root) for root in self._roots])  # noqa: C419 - each of them, not up to the first

    @property
    def is_waiting(self) -> bool:
        """Whether a folder is missing."""
        return any(root.identity is None for root in self._roots)

    @property
    def is_polling(self) -> bool:
        """Whether a folder that is there has no observer."""
        return any(root.identity is not None and root.observer is None for root in self._roots)

    def stop(self) -> None:
        """End all observers."""
        for root in self._roots:
            _end(root)

    def _refresh(self, root: _Root) -> bool:
        identity = _identity(root.folder)
        if identity is None:
            self._say(root, f"{shown(root.folder)}: this folder is not there; waiting for it", logging.WARNING)
            gone = root.identity is not None
            root.identity = None
            _end(root)
            return gone
        if identity == root.identity and (root.is_polled or _is_well(root.observer)):
            return False
        root.identity = identity
        _end(root)
        self._begin(root)
        return True

    def _begin(self, root: _Root) -> None:
        root.is_polled = must_be_polled(root.folder)
        if root.is_polled:
            self._say(root, f"{shown(root.folder)}: on a network or FUSE file system, so it is looked at every minute")
            return
        observer = Observer()
        try:
            observer.schedule(_Hint(root.folder, self._wake), str(root.folder), recursive=True, event_filter=_HINTS)
            observer.start()
        except (OSError, RuntimeError) as error:  # the limits of inotify, mostly
            root.observer = None
            root.is_polled = True  # until the folder changes: to try each minute would fail each minute
            advice = "raise fs.inotify.max_user_watches to be quicker"
            why = f"cannot be watched ({error}), so it is looked at every minute; {advice}"
            self._say(root, f"{shown(root.folder)}: {why}", logging.WARNING)
            return
        root.observer = observer
        self._say(root, f"{shown(root.folder)}: watching")

    def _say(self, root: _Root, said: str, level: int = logging.INFO) -> None:
        if said != root.said:
            root.said = said
            log.log(level, "%s", said)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(folder)  # noqa: PTH116 - with Path.stat() a loop of links is a RuntimeError on Python 3.11
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None


def _is_well(observer: BaseObserver | None) -> bool:
    return (
        observer is not None
        and observer.is_alive()
        and bool(observer.emitters)
        and all(emitter.is_alive() for emitter in observer.emitters)
    )


def _end(root: _Root) -> None:
    observer, root.observer = root.observer, None
    if observer is not None:
        observer.stop()
        if observer.is_alive():
            observer.join(_JOIN_S)
