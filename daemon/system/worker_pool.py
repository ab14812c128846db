"""How do many files keep every core busy, when any of them may kill or hang what reads it?

Each worker is a process of its own with one job at a time, so that it is known which file it died of: that file is
lost, a new worker takes the place, and all others go on. Workers are started afresh, not forked, and each leads a
process group: Ctrl-C is ours alone to answer, and what a worker started ends with it.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from hersteld.daemon.system.cores import cores
from hersteld.parsers.line import Line

Job = TypeVar("Job")
Result = TypeVar("Result")

SECONDS = 180.0
"""Longest time for one job: the slow second opinion included, which ends itself after one minute."""
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no result, and why."""

    reason: Line


class Pool(Generic[Job, Result]):
    """Processes that do the same work, each for one job after the other; all of them end when the block ends.

    Args:
        work: A function, or a `partial` of one, that can be imported by name; it runs in the workers.
        workers: How many; None for one per core that may be used.
        seconds: A job that takes longer is lost.
    """

    def __init__(self, work: Callable[[Job], Result], *, workers: int | None = None, seconds: float = SECONDS) -> None:
        self._work = work
        self._most = workers or cores()
        self._seconds = seconds
        self._idle: list[_Worker] = []
        self._busy: dict[_Worker, int] = {}

    def __enter__(self) -> Self:
        """Begin without a worker: one is started when there is a job and no worker is free."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in (*self._idle, *self._busy):
            worker.end()
        self._idle, self._busy = [], {}

    def map(self, jobs: Iterable[Job], *, in_order: bool = True) -> Iterator[tuple[Job, Result | Lost]]:
        """Yield each job with its result.

        Only a few jobs more than there are workers are taken from `jobs` before the first result leaves, so that
        memory does not grow with their number.

        Args:
            in_order: Yield in the order given: all others wait for a slow job once they are a few ahead of it. Without,
                each result leaves when it is there, and a slow job holds up nobody.
        """
        numbered = enumerate(jobs)
        taken: dict[int, Job] = {}
        done: dict[int, Result | Lost] = {}
        following, is_over = 0, False
        while not is_over or taken:
            while not is_over and len(self._busy) < self._most and len(taken) < self._most * _AHEAD:
                following_job = next(numbered, None)
                if following_job is None:
                    is_over = True
                    break
                number, job = following_job
                taken[number] = job
                worker = self._idle.pop() if self._idle else _Worker(self._work)
                worker.give(job, self._seconds)
                self._busy[worker] = number
            if self._busy:
                done.update(self._results())
            while done and (not in_order or following in done):
                number = following if in_order else next(iter(done))
                yield taken.pop(number), done.pop(number)
                following += 1

    def _results(self) -> Iterator[tuple[int, Any]]:
        """Wait until a worker is done, or takes too long, or is dead; yield what came of its job."""
        pause_s = max(0.0, min(worker.until_s for worker in self._busy) - time.monotonic())
        ready = wait([worker.connection for worker in self._busy], pause_s)
        for worker, number in list(self._busy.items()):
            if worker.connection in ready:
                try:
                    result = worker.connection.recv()
                except (EOFError, OSError):
                    result = Lost(Line("files.reader_died", {"end": (worker.end(),)}))
                else:
                    self._idle.append(worker)
            elif time.monotonic() >= worker.until_s:
                worker.end()
                result = Lost(Line("files.reader_late", {"seconds": self._seconds}))
            else:
                continue
            del self._busy[worker]
            yield number, result


class _Worker:
    """One worker process and the connection to it."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-P", "-c", f"from {__name__} import serve; serve({theirs.fileno()})"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                process_group=0,
            )
        self.connection = Connection(ours.detach())
        self.until_s = 0.0
        self._tell(work)

    def give(self, job: object, seconds: float) -> None:
        self.until_s = time.monotonic() + seconds
        self._tell(job)

    def end(self) -> Line:
        """End the process and all that it started; return how it ended, by itself or by us."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # before `wait`: until then nobody else gets this number
        code = self._process.wait()
        self.connection.close()
        if code < 0:
            return Line("reasons.signal", {"number": -code})
        return Line("reasons.exit_code", {"number": code})

    def _tell(self, value: object) -> None:
        with contextlib.suppress(OSError):  # it is dead; whoever waits for its answer will hear of it
            self.connection.send(value)


def serve(descriptor: int) -> None:
    """Work in this process: receive the function, then one job after the other, until the other side closes."""
    connection = Connection(descriptor)
    with contextlib.suppress(EOFError, ConnectionError):
        work = connection.recv()
        while True:
            connection.send(_outcome(work, connection.recv()))


def _outcome(work: Callable[[Any], Any], job: object) -> object:
    try:
        return work(job)
    except Exception as error:  # noqa: BLE001 - a file must not stop the others, whatever is in it
        return Lost(Line("files.our_fault", {"fault": f"{type(error).__name__}: {error}"}))
