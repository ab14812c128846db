"""How do many files keep every core busy, when any of them may kill or hang what reads it?

Each worker is a process of its own with one job at a time, so that it is known which file it died of: that file is
lost, a new worker takes the place, and all others go on. Workers are started afresh, not forked, and each leads a
process group: Ctrl-C is ours alone to answer, and what a worker started ends with it.
"""

import contextlib
import pickle
import select
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from hersteld.daemon.system.channel import Channel, Garbled, Json, content_of, in_memory
from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits
from hersteld.daemon.system.cores import cores
from hersteld.parsers.line import Line

Job = TypeVar("Job")
Result = tuple[Json, bytes]
"""What came of a job, as JSON, and what is too large for that."""

SECONDS = 180.0
"""Longest time for one job: the slow second opinion included, which ends itself after one minute."""
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no result, and why.

    Attributes:
        is_late: Whether it took too long.
    """

    reason: Line
    is_late: bool = False


class Pool(Generic[Job]):
    """Processes that do the same work, each for one job after the other; all of them end when the block ends.

    Args:
        work: A function, or a `partial` of one, that can be imported by name; it runs in the workers. It goes there
            pickled, as the jobs do: only what comes from a worker, which has read a file, is not trusted.
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

    def _results(self) -> Iterator[tuple[int, Result | Lost]]:
        """Wait until a worker is done, or takes too long, or is dead; yield what came of its job."""
        poll = select.poll()
        for worker in self._busy:
            poll.register(worker, select.POLLIN)
        pause_s = max(0.0, min(worker.until_s for worker in self._busy) - time.monotonic())
        ready = {descriptor for descriptor, _ in poll.poll(1000 * pause_s)}
        for worker, number in list(self._busy.items()):
            if worker.fileno() not in ready and time.monotonic() < worker.until_s:
                continue
            del self._busy[worker]
            result, is_alive = worker.result()
            if is_alive:
                self._idle.append(worker)
            elif isinstance(result, Lost) and result.is_late:
                result = Lost(Line("files.reader_late", {"seconds": self._seconds}), is_late=True)
            yield number, result


class _Worker:
    """One worker process."""

    def __init__(self, work: Callable[[Job], Result]) -> None:
        self._child = ChildProcess(f"{__name__}:serve", limits=Limits(answer_bytes=2**26))
        self.until_s = 0.0
        self._tell(work)

    def fileno(self) -> int:
        return self._child.fileno()

    def give(self, job: object, seconds: float) -> None:
        self.until_s = time.monotonic() + seconds
        self._tell(job)

    def result(self) -> tuple[Result | Lost, bool]:
        """Return what came of its job, and whether the worker can do another."""
        try:
            answer, files = self._child.answer(within_s=max(0.0, self.until_s - time.monotonic()))
        except ChildLost as lost:
            return Lost(Line("files.reader_died", {"end": (lost.reason,)}), is_late=lost.is_late), False
        try:
            beside = b"".join(content_of(descriptor) for descriptor in files)
        except Garbled:
            self.end()
            return Lost(Line("files.reader_died", {"end": (Line("reasons.child_garbled"),)})), False
        if "no_memory" in answer:
            return Lost(Line("files.reader_died", {"end": (Line("reasons.no_memory"),)})), True
        if "fault" in answer:
            return Lost(Line("files.our_fault", {"fault": str(answer["fault"])})), True
        return (cast("Json", answer["result"]), beside), True

    def end(self) -> None:
        """End the process and all that it started."""
        self._child.end()

    def _tell(self, value: object) -> None:
        with in_memory(pickle.dumps(value)) as file, contextlib.suppress(ChildLost):
            self._child.tell({}, [file])  # if it is dead, whoever waits for its answer will hear of it


def serve(channel: Channel) -> None:
    """Run in a worker: receive the function, then one job after the other."""
    work = cast("Callable[[object], Result]", _unpickled(channel))
    while True:
        job = _unpickled(channel)
        try:
            result, beside = work(job)
            with in_memory(beside) as file:
                channel.send({"result": result}, [file])
        except MemoryError:
            channel.send({"no_memory": True})
        except Exception as error:  # noqa: BLE001 - a file must not stop the others, whatever is in it
            channel.send({"fault": f"{type(error).__name__}: {error}"})


def _unpickled(channel: Channel) -> object:
    _, files = channel.receive()
    return pickle.loads(content_of(files[0]))  # noqa: S301 - from the process that started this one
