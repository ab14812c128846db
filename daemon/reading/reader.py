"""How does the service read a file that may take all the memory or time there is?

In a process of its own, which has limits on both, leaves when nothing has come for a while, and asks us for each
content whether it is known. Where no process can be started, or the machine refuses it a limit, the service reads by
itself and says so once.
"""

import contextlib
import logging
import math
import os
import time
from collections.abc import Callable, Iterator
from typing import Final, cast

from hersteld.config.texts.speech import say
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.file_reader import (
    BREATH_S,
    SILENT_S,
    OurFault,
    OwnReader,
    ReaderCallbacks,
    Stopped,
    Unread,
)
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.reading.reading_wire import reading_in
from hersteld.daemon.reading.wire import NotUnderstood
from hersteld.daemon.system.channel import Garbled, Json, close_all, content_of
from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits
from hersteld.parsers.format.foreign import Kind
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

LIMITS: Final = Limits(data_bytes=2**30, answer_bytes=2**26)
"""A file of 256 MiB and what is unpacked from it need some 800 MiB."""
IDLE_S: Final = 20.0
"""How long the process waits for another file. It takes some 60 MiB, which is much on a small machine."""
WHOLE_S: Final = 1800.0
"""Longest time for one file, however much is found in it; a full archive takes some minutes."""
ALONE_S: Final = 600.0
"""How long the service reads by itself until it tries again to start a process for that."""
_START_S = 60.0
_PAUSES_S = (0.0, 1.0, 3.0)
"""How long to wait before each attempt to start the process."""
_PROGRAM = "hersteld.daemon.reading.reader_program:serve"


class ReaderProcess:
    """Reads in a process that is started with the first file, and ends when none has come for a while.

    Args:
        go_on: Asked at least once a second; says that we are alive, and answers whether to go on.
        limits, silent_s, whole_s: What the process may use, how long it may be silent, and how long one file may take.

    Attributes:
        alone: Why no process is used, as a part of a sentence; None where one is.
    """

    def __init__(
        self,
        go_on: Callable[[], bool] = lambda: True,
        *,
        limits: Limits = LIMITS,
        silent_s: float = SILENT_S,
        whole_s: float = WHOLE_S,
    ) -> None:
        self._go_on = go_on
        self._limits = limits
        self._silent_s = silent_s
        self._whole_s = whole_s
        self._child: ChildProcess | None = None
        self._is_ready = False
        self._used_s = time.monotonic()
        self._breathe_s = self._used_s + BREATH_S
        self._own = OwnReader(go_on, silent_s=silent_s)
        self._alone_until_s = 0.0
        self.alone: Line | None = None

    @property
    def pid(self) -> int | None:
        """Number of the process; None when there is none."""
        return None if self._child is None else self._child.pid

    def start(self) -> None:
        """Start the process, where it is not there, so that it is ready when a file is; never raise."""
        if not self._is_alone():
            with contextlib.suppress(OSError, MemoryError):  # the next file finds out
                self._begun()

    def leave(self) -> float:
        """End the process where it has been idle for long; return in how many seconds to ask again."""
        if self._child is None:
            return math.inf
        left_s = self._used_s + IDLE_S - time.monotonic()
        if left_s > 0:
            return left_s
        self.close()
        return math.inf

    def close(self) -> None:
        """End the process, if there is one."""
        child, self._child, self._is_ready = self._child, None, False
        if child is not None:
            child.end()

    def read(self, descriptor: int, path: str, callbacks: ReaderCallbacks, *, salvage: bool) -> Iterator[Reading]:
        """Yield the readings; see `FileReader`."""
        child = None if self._is_alone() else self._ready()
        if child is None:
            yield from self._own.read(descriptor, path, callbacks, salvage=salvage)
            return
        try:
            yield from self._read(child, descriptor, path, callbacks, salvage=salvage)
        except ChildLost as lost:
            self.close()
            self._breathe()  # a stop of the whole unit may have ended it, of which the file is not to blame
            raise Unread(Line("reasons.silent", {"seconds": self._silent_s}) if lost.is_late else lost.reason) from None
        except BaseException:
            self.close()  # whoever stops in the middle of a file does not read what else is said of it
            raise

    def _begun(self) -> ChildProcess:
        """Return the process, which may not be ready yet.

        Raises:
            OSError: It cannot be started.
            MemoryError: As above.
        """
        self._used_s = time.monotonic()
        if self._child is None:
            self._child = ChildProcess(
                _PROGRAM,
                limits=self._limits,
                heeds_stop=False,  # we end it, and do not take a stop of the whole unit for the fault of a file
                quiet=True,
            )
        return self._child

    def _ready(self) -> ChildProcess | None:
        """Return the process as soon as it waits for a file; None where none can be had, so that we read by ourselves.

        Until it is ready no file is to blame for its end: it may lack memory, or its code may be being replaced.

        Raises:
            Stopped: The service is to end.
        """
        if self._is_ready and self._child is not None and self._child.has_spoken():
            self.close()  # it ended while it had nothing to do, as when the machine lacks memory
        why = Line("reasons.unknown")
        for pause_s in _PAUSES_S:
            self._pause(pause_s)
            try:
                child = self._begun()
                if not self._is_ready:
                    child.answer(within_s=_START_S, meanwhile=self._breathe)
            except OSError as error:
                why = why_refused(error)
                break
            except MemoryError:
                self.close()
                why = Line("reasons.no_memory")
                break
            except ChildLost as lost:
                self.close()
                why = lost.reason
            except Stopped:
                self.close()
                raise
            else:
                self._is_ready, self.alone = True, None
                return child
        self._alone_until_s = time.monotonic() + ALONE_S
        if self.alone is None:  # once, and not at each try
            log.warning(say("ingest.alone", why=(why,)))
        self.alone = why
        return None

    def _is_alone(self) -> bool:
        return self.alone is not None and time.monotonic() < self._alone_until_s

    def _read(
        self, child: ChildProcess, descriptor: int, path: str, callbacks: ReaderCallbacks, *, salvage: bool
    ) -> Iterator[Reading]:
        until_s = time.monotonic() + self._whole_s
        child.tell({"path": path, "salvage": salvage}, [descriptor], within_s=self._silent_s)
        while True:
            word, files = self._next(child, until_s)
            if "reading" in word:
                try:
                    beside = b"".join(content_of(one) for one in files)
                    reading = reading_in(cast("Json", word["reading"]), beside)
                except (NotUnderstood, Garbled):
                    raise Unread(Line("reasons.child_garbled")) from None
                yield reading
                continue
            close_all(files)
            if "is_known" in word:
                child.tell({"known": callbacks.is_known(str(word["is_known"]))}, within_s=self._silent_s)
            elif "left_out" in word:
                callbacks.say_left_out(str(word["left_out"]), cast("Kind", word["kind"]))
            elif "read" in word:
                callbacks.say_read(int(cast("int", word["read"])), str(word["sha256"]))
                child.tell({}, within_s=self._silent_s)
            elif "refused" in word:
                number = int(cast("int", word["refused"]))
                raise OSError(number, os.strerror(number))
            elif "unread" in word:
                raise Unread(Line(str(word["unread"])))
            elif "fault" in word:
                raise OurFault(str(word["fault"]))
            elif "over" in word:
                self._used_s = time.monotonic()
                return

    def _next(self, child: ChildProcess, until_s: float) -> tuple[Json, tuple[int, ...]]:
        """Return the next thing the process says; meanwhile say that we are alive."""
        now_s = time.monotonic()
        if now_s >= until_s:
            raise Unread(Line("reasons.too_slow", {"minutes": round(self._whole_s / 60)}))
        if now_s >= self._breathe_s:  # also where one word follows the other, as of an archive with thousands of files
            self._breathe()
        return child.answer(within_s=self._silent_s, meanwhile=self._breathe)

    def _pause(self, seconds: float) -> None:
        until_s = time.monotonic() + seconds
        while (left_s := until_s - time.monotonic()) > 0:
            time.sleep(min(BREATH_S, left_s))
            self._breathe()

    def _breathe(self) -> None:
        """Say that we are alive.

        Raises:
            Stopped: The service is to end.
        """
        self._breathe_s = time.monotonic() + BREATH_S
        if not self._go_on():
            raise Stopped
