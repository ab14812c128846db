"""How do two processes of ours speak with each other?

By JSON over a pair of sockets: the length of a message in four bytes, then the message. What is large goes beside it,
as the descriptor of an open file. Nothing that arrives can run code, and none of it is longer than was agreed.
"""

import contextlib
import json
import os
import select
import socket
import struct
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

Json = Mapping[str, object]

MOST_BYTES_BESIDE = 2**29
"""Longest file that is taken beside a message; no file that is read is longer, unpacked."""
_HEAD = struct.Struct("<I")
_ONE = array("i").itemsize
_MOST_FILES = 2
"""So many may come with a message."""
_ROOM = socket.CMSG_LEN(_MOST_FILES * _ONE)
_BREATH_S = 1.0
"""How often whoever waits for a message may do something else."""
_CHUNK = 2**16
_PAUSE_S = 0.2


class ChannelError(Exception):
    """The other side has closed, takes too long, or sent what is no message."""


class Closed(ChannelError):  # noqa: N818 - says what happened
    """The other side has ended, also in the middle of a message."""


class Late(ChannelError):  # noqa: N818
    """There was no whole message in time."""


class Garbled(ChannelError):  # noqa: N818
    """What arrived is no message, or a longer one than was agreed."""


class Channel:
    """One end of a connection between two processes.

    Args:
        end: A connected stream socket; the channel closes it.
        most_bytes: Longest message that is taken from the other side.
    """

    def __init__(self, end: socket.socket, *, most_bytes: int = 2**20) -> None:
        self._end = end
        self._most_bytes = most_bytes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when a message begins to arrive, or the other side ends."""
        return self._end.fileno()

    def send(self, message: Json, files: Sequence[int] = (), *, within_s: float | None = None) -> None:
        """Send a message, and with it up to two open files, which stay open here.

        Args:
            within_s: How long the other side may take to accept it; None for as long as it takes.

        Raises:
            Closed: The other side has ended.
            Late: It does not accept the message.
        """
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        framed = memoryview(_HEAD.pack(len(body)) + body)
        until_s = _until(within_s)
        try:
            self._end.settimeout(_left(until_s))
            sent = socket.send_fds(self._end, [framed[:_CHUNK]], list(files))
            while sent < len(framed):
                self._end.settimeout(_left(until_s))
                sent += self._end.send(framed[sent : sent + _CHUNK])
        except TimeoutError as error:
            raise Late from error
        except OSError as error:
            raise Closed from error

    def receive(
        self, *, within_s: float | None = None, meanwhile: Callable[[], None] = lambda: None
    ) -> tuple[Json, tuple[int, ...]]:
        """Return the next message and the descriptors of the files that came with it, which the caller closes.

        Args:
            within_s: How long to wait for all of it; None for as long as it takes.
            meanwhile: Called once a second while it has not all come; what it raises ends the waiting.

        Raises:
            Closed: The other side has ended.
            Late: There was no whole message in time.
            Garbled: What came is no message.
        """
        files: list[int] = []
        wait = _Wait(_until(within_s), meanwhile)
        try:
            message = self._message(wait, files)
        except BaseException:
            close_all(files)
            raise
        return message, tuple(files)

    def close(self) -> None:
        """Close this end; the other side then finds the connection closed."""
        self._end.close()

    def _message(self, wait: "_Wait", files: list[int]) -> Json:
        (length,) = _HEAD.unpack(self._exactly(_HEAD.size, wait, files))
        if length > self._most_bytes:
            raise Garbled
        text = self._exactly(length, wait, files)
        try:
            message = json.loads(text.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError) as error:
            raise Garbled from error
        if not isinstance(message, dict):
            raise Garbled
        return message

    def _exactly(self, size: int, wait: "_Wait", files: list[int]) -> bytes:
        """Return so many bytes; files that come with them are added to `files`."""
        parts: list[bytes] = []
        while size:
            self._end.settimeout(wait.slice_s())
            try:
                # `socket.recv_fds` leaves the flag out that keeps the files from the processes that we start.
                part, beside, _, _ = self._end.recvmsg(min(size, _CHUNK), _ROOM, socket.MSG_CMSG_CLOEXEC)
            except TimeoutError as error:
                if wait.is_over():
                    raise Late from error
                continue
            except OSError as error:
                raise Closed from error
            for level, kind, data in beside:
                if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                    files += array("i", data[: len(data) - len(data) % _ONE])
            if len(files) > _MOST_FILES:
                raise Garbled
            if not part:
                raise Closed
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


class _Wait:
    """The waiting for one message.

    Args:
        until_s: When it has lasted too long, on the monotonic clock; None for never.
        meanwhile: Called once a second.
    """

    def __init__(self, until_s: float | None, meanwhile: Callable[[], None]) -> None:
        self._until_s = until_s
        self._meanwhile = meanwhile
        self._next_s = time.monotonic() + _BREATH_S

    def slice_s(self) -> float:
        """Return how long to wait before this is asked again; never 0, as what is there already is always taken."""
        now_s = time.monotonic()
        if now_s >= self._next_s:
            self._next_s = now_s + _BREATH_S
            self._meanwhile()
        return min(_BREATH_S, _left(self._until_s) or _BREATH_S)

    def is_over(self) -> bool:
        """Return whether it has lasted too long."""
        return self._until_s is not None and time.monotonic() >= self._until_s


@contextlib.contextmanager
def in_memory(content: bytes) -> Iterator[int]:
    """Give the descriptor of a new file without a name that lies in memory, to be read from its beginning.

    Raises:
        OSError: There is no room.
    """
    descriptor = os.memfd_create("hersteld")
    try:
        with os.fdopen(descriptor, "wb", closefd=False) as file:
            file.write(content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def content_of(descriptor: int, most_bytes: int = MOST_BYTES_BESIDE) -> bytes:
    """Return the content of a file, and close it.

    Raises:
        Garbled: It is longer than that.
    """
    with os.fdopen(descriptor, "rb") as file:
        if os.fstat(descriptor).st_size > most_bytes:
            raise Garbled
        return file.read()


def wait_for_end(descriptor: int) -> None:
    """Return when the process at the other side of a socket has ended."""
    poll = select.poll()
    poll.register(descriptor, select.POLLRDHUP | select.POLLHUP)
    while True:
        try:
            poll.poll()
        except OSError:  # no memory for it, say: whoever waits here must not miss the end
            time.sleep(_PAUSE_S)
        else:
            return


def close_all(files: Sequence[int]) -> None:
    """Close these descriptors."""
    for descriptor in files:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _until(within_s: float | None) -> float | None:
    return None if within_s is None else time.monotonic() + within_s


def _left(until_s: float | None) -> float | None:
    """Return how long to wait still, for `settimeout`, where 0 would mean not to wait at all but to fail."""
    return None if until_s is None else max(0.001, until_s - time.monotonic())
