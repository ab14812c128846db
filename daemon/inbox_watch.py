"""Who says "look now"? The kernel, of each folder that the last scan walked, and of the watched folders themselves.

Events are hints. They get lost (a queue that ran over, a limit of the kernel, a disk of another machine), so nothing
depends on them but how soon a file is seen.
"""

import errno
import logging
import os
import stat
import threading
from dataclasses import dataclass
from pathlib import Path

from hersteld.daemon.inbox_mounts import must_be_polled
from hersteld.daemon.inotify import Listener
from hersteld.daemon.paths import shown

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Root:
    """One watched folder.

    Attributes:
        identity: Device and inode when last seen, None while it is missing.
        is_silent: Whether its file system does not report all changes.
        said: What was last logged about it, so that it is logged once.
    """

    folder: Path
    identity: tuple[int, int] | None = None
    is_silent: bool = False
    said: str = ""


class Watcher:
    """Keeps the kernel's watches on the folders.

    A scan announces itself, and each folder before it lists it: what arrives after that is reported, what was there
    before is listed, and nothing comes in between.

    Args:
        wake: Set when something may have changed.
        poll_every_s: How often folders are looked at that do not report changes; for the log.
    """

    def __init__(self, folders: tuple[Path, ...], wake: threading.Event, poll_every_s: float = 60.0) -> None:
        self._roots = [_Root(folder) for folder in folders]
        self._wake = wake
        self._often = f"it is looked at every {poll_every_s:g} s"
        self._listener: Listener | None = None
        self._watched: set[int] = set()
        self._walked: set[int] = set()
        self._fault = ""
        self._said = ""

    def refresh(self) -> bool:
        """Look whether each folder is there and the same, and watch it; whether anything changed."""
        renewed = self._listen()
        return any([renewed, *[self._refresh(root) for root in self._roots]])

    @property
    def is_waiting(self) -> bool:
        """Whether a folder is missing."""
        return any(root.identity is None for root in self._roots)

    @property
    def is_polling(self) -> bool:
        """Whether what happens in a folder that is there may go unreported."""
        return bool(self._fault) or any(root.identity is not None and root.is_silent for root in self._roots)

    def begin_walk(self) -> None:
        """A scan begins."""
        self._walked = set()
        self._fault = self._fault if self._listener is None else ""

    def enter(self, folder: Path) -> None:
        """A scan is about to list this folder."""
        self._walked |= self._watch(folder)

    def end_walk(self, *, is_whole: bool) -> None:
        """A scan is over.

        Args:
            is_whole: Whether it saw everything; then what it did not see needs no watching any more.
        """
        if self._listener is not None:
            if is_whole:
                for number in self._watched - self._walked:
                    self._listener.unwatch(number)
                self._watched = set()
            self._watched |= self._walked
        self._say_fault()

    def stop(self) -> None:
        """Watch nothing any more."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        self._watched = set()

    def _listen(self) -> bool:
        """See to it that somebody listens; whether that is somebody new."""
        if not self._roots or (self._listener is not None and self._listener.is_alive):
            return False
        self.stop()
        try:
            self._listener = Listener(self._wake.set)
        except OSError as error:
            advice = "; raise fs.inotify.max_user_instances to be quicker" if error.errno == errno.EMFILE else ""
            self._fault = f"{error.strerror}{advice}"
            self._say_fault()
            return False
        self._fault = ""
        for root in self._roots:
            root.identity = None  # each is to be watched anew
        return True

    def _watch(self, folder: Path) -> set[int]:
        """Watch a folder; return its number, or nothing where that failed."""
        if self._listener is None:
            return set()
        try:
            return {self._listener.watch(folder)}
        except OSError as error:
            if error.errno == errno.ENOSPC:
                self._fault = "the kernel's limit is reached; raise fs.inotify.max_user_watches to be quicker"
            return set()  # else it is gone, or may not be read, of which the scan itself tells

    def _refresh(self, root: _Root) -> bool:
        try:
            found = os.stat(root.folder)  # noqa: PTH116 - with Path.stat() a loop of links is a RuntimeError on Python 3.11
            why = "" if stat.S_ISDIR(found.st_mode) else "is no folder"
        except OSError as error:
            is_hidden = error.errno in (errno.EACCES, errno.EPERM)
            why = f"cannot be reached ({error.strerror})" if is_hidden else "this folder is not there"
        if why:
            self._say(root, f"{shown(root.folder)}: {why}; waiting for it", logging.WARNING)
            self._watched |= self._watch(root.folder.parent)  # which tells when it comes
            gone = root.identity is not None
            root.identity = None
            return gone
        identity = (found.st_dev, found.st_ino)
        if identity == root.identity:
            return False
        root.identity = identity
        root.is_silent = must_be_polled(root.folder)
        self._watched |= self._watch(root.folder)
        silent = f"on a network or FUSE file system, so {self._often}"
        self._say(root, f"{shown(root.folder)}: {silent if root.is_silent else 'watching'}")
        return True

    def _say_fault(self) -> None:
        if self._fault != self._said:
            self._said = self._fault
            if self._fault:
                log.warning("not every folder can be watched, so %s: %s", self._often, self._fault)
            else:
                log.info("every folder can be watched again")

    @staticmethod
    def _say(root: _Root, said: str, level: int = logging.INFO) -> None:
        if said != root.said:
            root.said = said
            log.log(level, "%s", said)
