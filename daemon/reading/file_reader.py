"""What is it to read one file after the other, and how does the service do so by itself where it must?"""

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

from hersteld.daemon.reading.contents import Reading, read_content
from hersteld.daemon.reading.folders import MAX_BYTES
from hersteld.parsers.archive.each_file import SayLeftOut
from hersteld.parsers.line import Line

SILENT_S: Final = 180.0
"""Longest time from one thing that is found in a file to the next; a second opinion ends itself after one minute."""
BREATH_S: Final = 1.0
"""How often it is said that we are alive while a file is being read."""
_READ_CHUNK = 2**20


class Stopped(Exception):  # noqa: N818 - says what happened
    """The service is to end, and does not wait for the rest of the file."""


class Unread(Exception):  # noqa: N818 - says what happened
    """The process ended, or took too long, while it read a file.

    Attributes:
        reason: How, as a part of a sentence.
    """

    def __init__(self, reason: Line) -> None:
        super().__init__(reason)
        self.reason = reason


class OurFault(Exception):  # noqa: N818 - says what happened
    """Our own code failed on a file in the process that reads; the words are its traceback, for a report."""


@dataclass(frozen=True, slots=True)
class ReaderCallbacks:
    """What the process that reads needs of us.

    Attributes:
        is_known: Returns whether a content with this sha256 was stored before; such a content is not read again.
        say_left_out: Called with each file in an archive that is left out, and what it is.
        say_read: Called when all bytes of the file have been read, with their number and sha256; raises where they do
            not count.
    """

    is_known: Callable[[str], bool]
    say_left_out: SayLeftOut
    say_read: Callable[[int, str], None]


class FileReader(Protocol):
    """Reads one file after the other."""

    def read(self, descriptor: int, path: str, callbacks: ReaderCallbacks, *, salvage: bool) -> Iterator[Reading]:
        """Yield a reading of each FIT file in an open file: itself, or those packed in it; see `read_content`.

        Raises:
            OSError: The file cannot be read.
            OurFault: Our own code failed on it.
            Unread: The process that read it has ended.
            Stopped: The service is to end.
        """
        ...


class OwnReader:
    """Reads in this process.

    Args:
        go_on: Called once a second, by another thread, while this one is busy with a file.
        silent_s: For how long at most, from one thing that is found to the next: after that it hangs, and says so by
            its silence.
    """

    def __init__(self, go_on: Callable[[], bool] = lambda: True, *, silent_s: float = SILENT_S) -> None:
        self._go_on = go_on
        self._silent_s = silent_s

    def read(self, descriptor: int, path: str, callbacks: ReaderCallbacks, *, salvage: bool) -> Iterator[Reading]:
        """Yield the readings; see `FileReader`."""
        with self._breathing() as say_alive:
            content = bytes_of(descriptor, say_alive)
            sha256 = hashlib.sha256(content).hexdigest()
        callbacks.say_read(len(content), sha256)
        readings = read_content(
            content, path, is_known=callbacks.is_known, salvage=salvage, say_left_out=callbacks.say_left_out
        )
        while True:
            with self._breathing():
                reading = next(readings, None)
            if reading is None:
                return
            yield reading

    @contextmanager
    def _breathing(self) -> Iterator[Callable[[], None]]:
        """Say that we are alive while the block lasts, and give what is called when it gets on.

        Where no thread can be started, it is not said.
        """
        is_over = threading.Event()
        until_s = time.monotonic() + self._silent_s

        def say_alive() -> None:
            nonlocal until_s
            until_s = time.monotonic() + self._silent_s

        def breathe() -> None:
            while not is_over.wait(BREATH_S) and time.monotonic() < until_s:
                self._go_on()

        with suppress(RuntimeError):
            threading.Thread(target=breathe, name="breathe", daemon=True).start()
        try:
            yield say_alive
        finally:
            is_over.set()


def bytes_of(descriptor: int, say_alive: Callable[[], None]) -> bytes:
    """Return the content of an open file from its beginning, and a byte more than is allowed of one that is longer.

    Args:
        say_alive: Called after each part; a slow disk may take minutes for all of them.

    Raises:
        OSError: It cannot be read.
    """
    parts: list[bytes] = []
    at = 0
    while at <= MAX_BYTES and (part := os.pread(descriptor, _READ_CHUNK, at)):
        parts.append(part)
        at += len(part)
        say_alive()
    return b"".join(parts)


def sha256_of(head: bytes, file: BinaryIO, go_on: Callable[[], object]) -> str:
    """Return the hash of what was read of a file and of the rest of it, up to the size that is taken in.

    Args:
        go_on: Called after each part; a slow disk may take minutes for all of them.
    """
    digest = hashlib.sha256(head)
    for _ in range(MAX_BYTES // _READ_CHUNK):
        if not (part := file.read(_READ_CHUNK)):
            break
        digest.update(part)
        go_on()
    return digest.hexdigest()
