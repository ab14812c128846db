"""How does the kernel tell that something changed in a folder?

A thread of its own listens and calls out; it keeps no account of what it watches, so that nothing it misses can put it
in the wrong. What a queue that ran over lost is found by the scan that is called for then.
"""

import ctypes
import logging
import os
import select
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from hersteld.daemon.inbox_files import is_temporary

log = logging.getLogger(__name__)

# Not "opened" nor "closed unwritten": each of our own scans would call for the next one. See inotify(7).
_MODIFIED, _ATTRIBUTES, _CLOSED_WRITTEN, _MOVED_HERE, _CREATED = 0x2, 0x4, 0x8, 0x80, 0x100
_FOLDER_DELETED, _FOLDER_MOVED, _ONLY_FOLDERS = 0x400, 0x800, 0x0100_0000
_EVENTS = (
    *(_MODIFIED, _ATTRIBUTES, _CLOSED_WRITTEN, _MOVED_HERE, _CREATED),
    *(_FOLDER_DELETED, _FOLDER_MOVED, _ONLY_FOLDERS),
)
_WATCH_ENDED = 0x8000
_HEADER = struct.Struct("iIII")
_BUFFER = 2**16
_MOUNTS = "/proc/self/mounts"
_JOIN_S = 2.0


class Listener:
    """Watches folders, not what is below them, and the list of mounts.

    Args:
        changed: Called from a thread of its own when something may have changed: a file under a name that is not
            skipped, a folder, or what is mounted.

    Raises:
        OSError: The kernel gives no more of these to this user.
    """

    def __init__(self, changed: Callable[[], object]) -> None:
        self._changed = changed
        self._c = ctypes.CDLL(None, use_errno=True)
        self._descriptor = self._checked(self._c.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK))
        self._ear, self._mouth = os.pipe()
        self._thread = threading.Thread(target=self._listen, name="inotify", daemon=True)
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether it still listens."""
        return self._thread.is_alive()

    def watch(self, folder: Path) -> int:
        """Watch a folder, or the one a link leads to; return its number, the same as before if it was watched.

        Raises:
            OSError: It is gone, may not be read, or is one too many (ENOSPC).
        """
        mask = sum(_EVENTS)
        return self._checked(self._c.inotify_add_watch(self._descriptor, os.fsencode(folder), ctypes.c_uint32(mask)))

    def unwatch(self, number: int) -> None:
        """Watch a folder no more; one that is gone is no error."""
        self._c.inotify_rm_watch(self._descriptor, number)

    def close(self) -> None:
        """End it."""
        os.close(self._mouth)
        self._thread.join(_JOIN_S)
        os.close(self._ear)
        os.close(self._descriptor)

    @staticmethod
    def _checked(answer: int) -> int:
        if answer < 0:
            error = ctypes.get_errno()
            raise OSError(error, os.strerror(error))
        return answer

    def _listen(self) -> None:
        poller = select.poll()
        poller.register(self._descriptor, select.POLLIN)
        poller.register(self._ear, select.POLLIN)
        mounts = -1
        try:
            mounts = os.open(_MOUNTS, os.O_RDONLY | os.O_CLOEXEC)
            poller.register(mounts, select.POLLPRI)
        except OSError:
            log.debug("%s cannot be opened, so what is mounted is looked at now and then", _MOUNTS)
        try:
            while True:
                ready = {descriptor for descriptor, _ in poller.poll()}
                if self._ear in ready:
                    return
                if mounts in ready or self._is_of_interest(os.read(self._descriptor, _BUFFER)):
                    self._changed()
        except OSError as error:
            log.warning("changes of the folders are not reported any more (%s); listening anew", error.strerror)
            self._changed()
        finally:
            if mounts >= 0:
                os.close(mounts)

    @staticmethod
    def _is_of_interest(events: bytes) -> bool:
        """Whether any of these events is about more than a name we skip: a download that grows is none of ours."""
        place = 0
        while place < len(events):
            _, mask, _, length = _HEADER.unpack_from(events, place)
            place += _HEADER.size + length
            name = events[place - length : place].rstrip(b"\0")
            if not mask & _WATCH_ENDED and not (name and is_temporary(os.fsdecode(name))):
                return True
        return False
