"""How does the service read a file that may take all the memory or time there is?

In a process of its own, which has limits on both, leaves when nothing has come for a while, and asks us for each
content whether it is known. Where no process can be started, or the machine refuses it a limit, the service reads by
itself and says so once.
"""

import hashlib
import logging
import os
import select
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Final, cast

from hersteld.config.texts.speech import say
from hersteld.daemon.reading.contents import Reading, read_content
from hersteld.daemon.reading.file_reader import (
    BREATH_S,
    SILENT_S,
    Asked,
    OurFault,
    OwnReader,
    Stopped,
    Unread,
    bytes_of,
)
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.reading.reading_wire import reading_in, reading_told
from hersteld.daemon.reading.wire import NotUnderstood
from hersteld.daemon.system.channel import Channel, Garbled, Json, content_of, in_memory
from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits
from hersteld.parsers.format.foreign import Kind
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

LIMITS: Final = Limits(data_bytes=2**30, answer_bytes=2**26)
"""A file of 256 MiB and what is unpacked from it need some 600 MiB."""
IDLE_S: Final = 20.0
"""How long the process waits for another file. It takes some 60 MiB, which is much on a small machine."""
_ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1"}
"""Reading multiplies no matrices, and to start the threads for that would take a third of the process's start."""
_FRAMES = -8
"""The last so many calls of a fault of ours are told; few are needed, and the answer is bounded."""
_FIRST_TO_GO = "800"
"""When the machine has no memory left, it ends this process before others (/proc/self/oom_score_adj, up to 1000)."""


class ReaderProcess:
    """Reads in a process that is started with the first file, and ends when none has come for a while.

    Args:
        go_on: Asked at least once a second; says that we are alive, and answers whether to go on.
        limits, silent_s: What the process may use, and how long it may be silent.

    Attributes:
        alone: Why no process is used, as a part of a sentence; None where one is.
    """

    def __init__(
        self, go_on: Callable[[], bool] = lambda: True, *, limits: Limits = LIMITS, silent_s: float = SILENT_S
    ) -> None:
        self._go_on = go_on
        self._limits = limits
        self._silent_s = silent_s
        self._child: ChildProcess | None = None
        self._used_s = time.monotonic()
        self._breathe_s = self._used_s + BREATH_S
        self._own: OwnReader | None = None
        self.alone: Line | None = None

    @property
    def pid(self) -> int | None:
        """Number of the process; None when there is none."""
        return None if self._child is None else self._child.pid

    def start(self) -> None:
        """Start the process, where it is not there, so that it is ready when a file is; never raise."""
        self._used_s = time.monotonic()
        if self._child is None and self._own is None:
            try:
                self._child = ChildProcess(f"{__name__}:serve", limits=self._limits, environment=_ONE_THREAD)
            except OSError as error:
                self._read_alone(why_refused(error))

    def leave(self) -> float:
        """End the process where it has been idle for long; return in how many seconds to ask again."""
        left_s = self._used_s + IDLE_S - time.monotonic()
        if self._child is None or left_s > 0:
            return IDLE_S if self._child is None else left_s
        self.close()
        return IDLE_S

    def close(self) -> None:
        """End the process, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def read(self, descriptor: int, path: str, asked: Asked, *, salvage: bool) -> Iterator[Reading]:
        """Yield the readings; see `FileReader`."""
        self.start()
        if self._child is not None:
            try:
                yield from self._read(self._child, descriptor, path, asked, salvage=salvage)
            except ChildLost as lost:
                self.close()
                if not lost.limit_refused:
                    late = Line("reasons.silent", {"seconds": self._silent_s})
                    raise Unread(late if lost.is_late else lost.reason) from None
                self._read_alone(lost.reason)
            except BaseException:
                self.close()  # whoever stops in the middle of a file does not read what else is said of it
                raise
            else:
                return
        if self._own is not None:
            yield from self._own.read(descriptor, path, asked, salvage=salvage)

    def _read(
        self, child: ChildProcess, descriptor: int, path: str, asked: Asked, *, salvage: bool
    ) -> Iterator[Reading]:
        child.tell({"path": path, "salvage": salvage}, [descriptor], within_s=self._silent_s)
        while True:
            said, files = self._next(child)
            if "reading" in said:
                beside = b"".join(content_of(one) for one in files)
                try:
                    yield reading_in(cast("Json", said["reading"]), beside)
                except NotUnderstood:
                    raise Unread(Line("reasons.child_garbled")) from None
            elif "is_known" in said:
                child.tell({"known": asked.is_known(str(said["is_known"]))}, within_s=self._silent_s)
            elif "left_out" in said:
                asked.say_left_out(str(said["left_out"]), cast("Kind", said["kind"]))
            elif "read" in said:
                asked.say_read(int(cast("int", said["read"])), str(said["sha256"]))
                child.tell({}, within_s=self._silent_s)
            elif "refused" in said:
                number = int(cast("int", said["refused"]))
                raise OSError(number, os.strerror(number))
            elif "unread" in said:
                raise Unread(Line(str(said["unread"])))
            elif "fault" in said:
                raise OurFault(str(said["fault"]))
            elif "over" in said:
                self._used_s = time.monotonic()
                return

    def _next(self, child: ChildProcess) -> tuple[Json, tuple[int, ...]]:
        """Return the next thing the process says; meanwhile say that we are alive."""
        poll = select.poll()
        poll.register(child, select.POLLIN)
        until_s = time.monotonic() + self._silent_s
        has_come = False
        while not has_come and time.monotonic() < until_s:
            has_come = bool(poll.poll(1000 * BREATH_S))
            # Also where one word follows the other: of an archive with thousands of files that are left out, say.
            if (not has_come or time.monotonic() >= self._breathe_s) and not self._breathe():
                raise Stopped
        return child.answer(within_s=max(BREATH_S, until_s - time.monotonic()))

    def _breathe(self) -> bool:
        self._breathe_s = time.monotonic() + BREATH_S
        return self._go_on()

    def _read_alone(self, why: Line) -> None:
        log.warning(say("ingest.alone", why=(why,)))
        self._own, self.alone = OwnReader(self._go_on, silent_s=self._silent_s), why


def serve(channel: Channel) -> None:
    """Run in the process that reads: one file after the other."""
    _go_first()
    while True:
        request, files = channel.receive()
        try:
            _tell_all(channel, files[0], str(request["path"]), salvage=request["salvage"] is True)
        except OSError as error:
            channel.send({"refused": error.errno or 0})
        except MemoryError:
            channel.send({"unread": "reasons.no_memory"})
        except Garbled:
            channel.send({"unread": "reasons.child_garbled"})
        except Exception:  # noqa: BLE001 - a file must not stop the others, whatever is in it
            channel.send({"fault": traceback.format_exc(limit=_FRAMES)})
        finally:
            os.close(files[0])


def _tell_all(channel: Channel, descriptor: int, path: str, *, salvage: bool) -> None:
    """Tell all that is in a file."""
    content = bytes_of(descriptor)
    channel.send({"read": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    channel.receive()

    def is_known(sha256: str) -> bool:
        channel.send({"is_known": sha256})
        return channel.receive()[0]["known"] is True

    def say_left_out(name: str, kind: Kind) -> None:
        channel.send({"left_out": name, "kind": kind})

    for reading in read_content(content, path, is_known=is_known, salvage=salvage, say_left_out=say_left_out):
        message, samples = reading_told(reading)
        with in_memory(samples) as beside:
            channel.send({"reading": message}, [beside])
    channel.send({"over": True})


def _go_first() -> None:
    """Have this process end first where the machine has no memory left, and not the service."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123 - a file of the kernel
            score.write(_FIRST_TO_GO)
    except OSError:
        pass
