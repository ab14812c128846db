"""How does the service read a file that may take all the memory or time there is?

In a process of its own, which has limits on both, leaves when nothing has come for a while, and asks us for each
content whether it is known. Where no process can be started, or the machine refuses it a limit, the service reads by
itself and says so once. It does so, too, where the process ends before it has begun with the file, which is then not
to blame.
"""

import hashlib
import logging
import math
import os
import select
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, cast

from hersteld.config.texts.speech import say
from hersteld.daemon.reading.contents import Reading, read_content
from hersteld.daemon.reading.folders import MAX_BYTES
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.reading.reading_wire import reading_in, reading_told
from hersteld.daemon.reading.wire import NotUnderstood
from hersteld.daemon.system.channel import Channel, Closed, Garbled, Json, Late, content_of, in_memory
from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits
from hersteld.parsers.archive.each_file import SayLeftOut
from hersteld.parsers.format.foreign import Kind
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

LIMITS: Final = Limits(data_bytes=2**30, answer_bytes=2**26)
"""A file of 256 MiB and what is unpacked from it need some 600 MiB."""
SILENT_S: Final = 180.0
"""Longest time without a word from the process; the slow second opinion ends itself after one minute."""
IDLE_S: Final = 20.0
"""How long the process waits for another file. It takes some 60 MiB, which is much on a small machine."""
_BREATH_S = 1.0
"""How often it is said that we are alive while a file is being read."""
ALONE_S: Final = 600.0
"""For how long the service reads by itself before it tries to start a process again."""
_READ_CHUNK = 2**20
_FIRST_TO_GO = "800"
"""When the machine has no memory left, it ends this process before others (/proc/self/oom_score_adj, up to 1000)."""


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


@dataclass(frozen=True, slots=True)
class Asked:
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

    def read(self, descriptor: int, path: str, asked: Asked, *, salvage: bool) -> Iterator[Reading]:
        """Yield a reading of each FIT file in an open file: itself, or those packed in it; see `read_content`.

        Raises:
            OSError: The file cannot be read.
            Unread: The process that read it has ended.
            Stopped: The service is to end.
        """
        ...


class OwnReader:
    """Reads in this process."""

    def read(self, descriptor: int, path: str, asked: Asked, *, salvage: bool) -> Iterator[Reading]:
        """Yield the readings; see `FileReader`."""
        content = _content(descriptor)
        asked.say_read(len(content), hashlib.sha256(content).hexdigest())
        yield from read_content(
            content, path, is_known=asked.is_known, salvage=salvage, say_left_out=asked.say_left_out
        )


class ReaderProcess:
    """Reads in a process that is started with the first file, and ends when none has come for a while.

    Args:
        go_on: Asked at least once a second; says that we are alive, and answers whether to go on.
        limits, silent_s: What the process may use, and how long it may be silent.
    """

    def __init__(
        self, go_on: Callable[[], bool] = lambda: True, *, limits: Limits = LIMITS, silent_s: float = SILENT_S
    ) -> None:
        self._go_on = go_on
        self._limits = limits
        self._silent_s = silent_s
        self._child: ChildProcess | None = None
        self._used_s = time.monotonic()
        self._own: OwnReader | None = None
        self._alone_until_s = -math.inf
        self._has_begun = False

    @property
    def pid(self) -> int | None:
        """Number of the process; None when there is none."""
        return None if self._child is None else self._child.pid

    def start(self) -> None:
        """Start the process, where it is not there, so that it is ready when a file is; never raise."""
        self._used_s = time.monotonic()
        if self._child is None and time.monotonic() >= self._alone_until_s:
            try:
                self._child = ChildProcess(f"{__name__}:serve", limits=self._limits)
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
                if lost.is_late:
                    raise Unread(Line("reasons.silent", {"seconds": self._silent_s})) from None
                if self._has_begun:
                    raise Unread(lost.reason) from None
                self._read_alone(lost.reason)  # the file has nothing to do with it
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
        self._has_begun = False
        child.tell({"path": path, "salvage": salvage}, [descriptor], within_s=self._silent_s)
        while True:
            said, files = self._next(child)
            if "begun" in said:
                self._has_begun, self._own = True, None
            elif "reading" in said:
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
            elif "fault" in said:
                raise Unread(Line("reasons.system", {"words": str(said["fault"])}))
            elif "over" in said:
                self._used_s = time.monotonic()
                return

    def _next(self, child: ChildProcess) -> tuple[Json, tuple[int, ...]]:
        """Return the next thing the process says; meanwhile say that we are alive."""
        poll = select.poll()
        poll.register(child, select.POLLIN)
        until_s = time.monotonic() + self._silent_s
        while not poll.poll(1000 * _BREATH_S) and time.monotonic() < until_s:
            if not self._go_on():
                raise Stopped
        return child.answer(within_s=max(_BREATH_S, until_s - time.monotonic()))

    def _read_alone(self, why: Line) -> None:
        self._alone_until_s = time.monotonic() + ALONE_S
        if self._own is None:
            log.warning(say("ingest.alone", why=(why,)))
            self._own = OwnReader()


def serve(channel: Channel) -> None:
    """Run in the process that reads: one file after the other."""
    _go_first()
    while True:
        request, files = channel.receive()
        channel.send({"begun": True})  # if we end from here on, it may be due to the file
        try:
            _tell_all(channel, files[0], str(request["path"]), salvage=request["salvage"] is True)
        except OSError as error:
            channel.send({"refused": error.errno or 0})
        except (Closed, Late):  # nobody hears us
            raise
        except (Garbled, MemoryError) as error:
            channel.send({"fault": type(error).__name__})
        except Exception as error:  # noqa: BLE001 - a file must not stop the others, whatever is in it
            channel.send({"fault": f"{type(error).__name__}: {error}"})
        finally:
            os.close(files[0])


def _tell_all(channel: Channel, descriptor: int, path: str, *, salvage: bool) -> None:
    """Tell all that is in a file."""
    content = _content(descriptor)
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


def _content(descriptor: int) -> bytes:
    """Return the content of an open file from its beginning, and a byte more than is allowed of one that is longer.

    Raises:
        OSError: It cannot be read.
    """
    parts: list[bytes] = []
    at = 0
    while at <= MAX_BYTES and (part := os.pread(descriptor, _READ_CHUNK, at)):
        parts.append(part)
        at += len(part)
    return b"".join(parts)


def _go_first() -> None:
    """Have this process end first where the machine has no memory left, and not the service."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123 - a file of the kernel
            score.write(_FIRST_TO_GO)
    except OSError:
        pass
