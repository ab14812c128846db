"""How is something done beside the work at hand, or a while later, without a new thread for it?

Where memory is short, a thread that is started may end before it says that it has begun, and whoever starts it would
wait for that for ever. So one thread is there from the start of the service, and is given what there is to do.
"""

import contextlib
import heapq
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

from hersteld.daemon.system.errors import start


class Errand:
    """Something to be done, unless it is cancelled before its time."""

    def __init__(self, do: Callable[[], None], at_s: float) -> None:
        self.at_s = at_s
        self._do = do
        self._is_cancelled = False

    def __lt__(self, other: "Errand") -> bool:
        return self.at_s < other.at_s

    def cancel(self) -> None:
        """Do it no more, if it has not begun."""
        self._is_cancelled = True

    def run(self) -> None:
        """Do it; never raise."""
        if not self._is_cancelled:
            with contextlib.suppress(Exception):  # the next errand is not to suffer from it
                self._do()


class Later:
    """Does one errand after the other in a thread of its own, each as soon as its time has come."""

    def __init__(self, name: str) -> None:
        self._given: SimpleQueue[Errand] = SimpleQueue()
        self._name = name
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def runs(self) -> bool:
        """Whether there is anybody to do an errand."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start the thread, if it does not run yet.

        Raises:
            NoThread: The machine gives us none.
        """
        with self._lock:
            if not self.runs:
                thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                start(thread)
                self._thread = thread

    def give(self, do: Callable[[], None], *, in_s: float = 0.0) -> Errand:
        """Have something done that takes no longer than it must, and return at once.

        Args:
            do: What is to be done; what it raises is lost.
            in_s: In how many seconds, at the earliest.
        """
        errand = Errand(do, time.monotonic() + in_s)
        self._given.put(errand)
        return errand

    def _run(self) -> None:
        waiting: list[Errand] = []
        while True:
            with contextlib.suppress(Exception):  # no memory, say: there may be some in a moment
                self._step(waiting)

    def _step(self, waiting: list[Errand]) -> None:
        wait_s = max(0.0, waiting[0].at_s - time.monotonic()) if waiting else None
        with contextlib.suppress(Empty):
            heapq.heappush(waiting, self._given.get(timeout=wait_s))
        while waiting and waiting[0].at_s <= time.monotonic():
            heapq.heappop(waiting).run()
