"""How does work that may fail in any way run beside us, without taking us with it?

In a process of our own that is started afresh, not forked. It has limits on memory and time, leads a process group, so
that Ctrl-C is ours alone to answer and all that it started ends with it, and ends as soon as we have ended, in whatever
way. It answers one request after another over a channel, as JSON, whose length is bounded.
"""

import contextlib
import importlib
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from hersteld.daemon.system.channel import Channel, Closed, Garbled, Json, Late, wait_for_end
from hersteld.parsers.line import Line

_PARENT_GONE = 75
"""Exit code of a child whose parent has ended."""
_END_WITHIN_S = 1.0
_NOT_BEGUN = 76
"""Exit code of a child that has done nothing, as the machine refused it a limit, a thread or its program."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child process may use. A limit that the machine has already set lower stays.

    Attributes:
        data_bytes: What it may allocate (RLIMIT_DATA); None for no limit.
        address_bytes: All that it may map (RLIMIT_AS), which libraries with large maps need much of; None for no limit.
        cpu_s: Seconds of CPU time in all; None for no limit.
        answer_bytes: Longest answer that is taken.
    """

    data_bytes: int | None = None
    address_bytes: int | None = None
    cpu_s: int | None = None
    answer_bytes: int = 2**20


class ChildLost(Exception):  # noqa: N818 - says what happened
    """There is no answer, since the child has ended, or takes too long, or was never there.

    Attributes:
        reason: Why, as a part of a sentence.
        is_late: Whether it took too long.
    """

    def __init__(self, reason: Line, *, is_late: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_late = is_late


class ChildProcess:
    """A process that answers requests, one at a time; it ends with the object.

    Args:
        program: The function that it runs, "package.module:function": it is called with the channel to us, and the
            process ends when it returns.
        limits: What it may use.
        heeds_stop: Whether SIGTERM, SIGINT and SIGHUP end it; a stop of the whole unit must not break off what
            only we may break off.
        quiet: Whether what it prints to stderr is thrown away, as it may hold an address.
        environment: What is added to our environment.

    Raises:
        OSError: No process can be started.
    """

    def __init__(
        self,
        program: str,
        *,
        limits: Limits = Limits(),
        heeds_stop: bool = True,
        quiet: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        ours, theirs = socket.socketpair()
        given = json.dumps({"program": program, "limits": asdict(limits), "heeds_stop": heeds_stop})
        with theirs:
            try:
                process = subprocess.Popen(  # noqa: S603 - ourselves
                    [sys.executable, "-P", "-c", f"from {__name__} import run; run({theirs.fileno()}, {given!r})"],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL if quiet else None,
                    pass_fds=[theirs.fileno()],
                    process_group=0,
                    env=None if environment is None else os.environ | environment,
                )
            except BaseException:
                ours.close()
                raise
        self._channel = Channel(ours, most_bytes=limits.answer_bytes)
        self._process = process
        self._end = weakref.finalize(self, _end, process, self._channel)

    def fileno(self) -> int:
        """Return a descriptor that becomes readable when an answer begins to arrive, or the child ends."""
        return self._channel.fileno()

    def has_spoken(self) -> bool:
        """Return whether an answer has begun to arrive, or the child has ended."""
        poll = select.poll()
        poll.register(self, select.POLLIN)
        return bool(poll.poll(0))

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def tell(self, request: Json, files: Sequence[int] = (), *, within_s: float | None = None) -> None:
        """Send a request, and with it up to two open files, which stay open here.

        Args:
            within_s: How long the child may take to accept it.

        Raises:
            ChildLost: It cannot be sent. The child has ended then.
        """
        try:
            self._channel.send(request, files, within_s=within_s)
        except (Closed, Late, Garbled) as error:
            raise self._lost(error) from error

    def answer(self, *, within_s: float, meanwhile: Callable[[], None] = lambda: None) -> tuple[Json, tuple[int, ...]]:
        """Return the answer to the oldest request, and the descriptors that came with it, which the caller closes.

        Args:
            within_s: How long it may take.
            meanwhile: Called once a second while it has not come; what it raises ends the waiting.

        Raises:
            ChildLost: There is none. The child has ended then.
        """
        try:
            return self._channel.receive(within_s=within_s, meanwhile=meanwhile)
        except (Closed, Late, Garbled) as error:
            raise self._lost(error) from error

    def ask(self, request: Json, files: Sequence[int] = (), *, within_s: float) -> tuple[Json, tuple[int, ...]]:
        """Send a request and return its answer; see `tell` and `answer`."""
        self.tell(request, files, within_s=within_s)
        return self.answer(within_s=within_s)

    def end(self) -> Line:
        """End the process with all that it started; return how it ended, as a part of a sentence."""
        self._end()
        exit_code = self._process.returncode
        return how_ended(-signal.SIGKILL if exit_code is None else exit_code)

    def _lost(self, error: Exception) -> ChildLost:
        how = self.end()
        if isinstance(error, Late):
            return ChildLost(Line("reasons.child_late"), is_late=True)
        if isinstance(error, Garbled):
            return ChildLost(Line("reasons.child_garbled"))
        return ChildLost(how)


def how_ended(exit_code: int) -> Line:
    """Return how a process ended, as a part of a sentence.

    Args:
        exit_code: As `subprocess` gives it: below 0 the number of the signal that ended it.
    """
    if exit_code == -signal.SIGKILL:
        return Line("reasons.killed")
    if exit_code == _NOT_BEGUN:
        return Line("reasons.not_begun")
    if exit_code < 0:
        return Line("reasons.signal", {"number": -exit_code})
    return Line("reasons.exit_code", {"number": exit_code})


def _end(process: subprocess.Popen[bytes], channel: Channel) -> None:
    channel.close()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # before `wait`: until then no other process gets this number
    # One that reads from a mount that hangs does not end before the mount answers: we do not wait for that.
    with contextlib.suppress(OSError), os.fdopen(os.pidfd_open(process.pid)) as watched:
        poll = select.poll()
        poll.register(watched, select.POLLIN)
        poll.poll(1000 * _END_WITHIN_S)
    process.poll()


# --- in the child


def run(descriptor: int, given: str) -> None:
    """Be the child process: take on the limits, run the program, and end.

    Args:
        descriptor: Our end of the connection to the parent.
        given: The program and its limits, as JSON.
    """
    wanted = json.loads(given)
    limits = Limits(**wanted["limits"])
    if not wanted["heeds_stop"]:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
    # The threads of numpy's library bring nothing here, take a third of the time to start, and where it gets none, it
    # ends the process.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    module, _, name = wanted["program"].partition(":")
    try:
        threading.Thread(target=_leave_with_parent, args=(descriptor,), daemon=True).start()
        _take_on(limits)
        program = getattr(importlib.import_module(module), name)
    except (ImportError, OSError, ValueError, RuntimeError, MemoryError):
        os._exit(_NOT_BEGUN)
    with Channel(socket.socket(fileno=descriptor)) as channel, contextlib.suppress(Closed):
        program(channel)
    os._exit(0)  # without waiting for a thread of a library's


def _take_on(limits: Limits) -> None:
    """Limit this process; a limit that is lower already stays.

    Raises:
        OSError: The machine refuses it.
        ValueError: The machine refuses it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # an image of the memory may hold an address
    for what, most in (
        (resource.RLIMIT_DATA, limits.data_bytes),
        (resource.RLIMIT_AS, limits.address_bytes),
        (resource.RLIMIT_CPU, limits.cpu_s),
    ):
        if most is not None:
            allowed = [limit for limit in resource.getrlimit(what) if limit != resource.RLIM_INFINITY]
            least = min([most, *allowed])
            resource.setrlimit(what, (least, least))


def _leave_with_parent(descriptor: int) -> None:
    wait_for_end(descriptor)
    os._exit(_PARENT_GONE)
