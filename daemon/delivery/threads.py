"""How do due messages reach their targets, each at its own pace?

Each target has a thread with a connection of its own, so that a server that is slow or down delays no other target, as
long as not most of many are. The thread sends one message at a time, and a few threads send at the same time. Each
looks at the outbox at least every 30 s, because clocks jump and laptops sleep.
"""

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import fault_of, in_words
from hersteld.daemon.delivery.call_process import LATER
from hersteld.daemon.delivery.notifiers import Notifier
from hersteld.daemon.delivery.sender import LOOK_EVERY_S, Ask, Picture, Refusal, TargetSender
from hersteld.daemon.delivery.turns import Turns
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import DaemonError, reason_of, start
from hersteld.parsers.line import Line
from hersteld.recovery.messages.quiet_hours import QuietHours

log = logging.getLogger(__name__)

_FOR_A_TURN_S = 0.25
"""After so long without a turn a thread says that it is alive, and looks whether it is to stop."""


class DeliveryThreads:
    """The threads that send messages, one per target.

    Args:
        stopping: Once it is set, no thread begins another message.
        ask: Makes, for the store of a thread, what lets a message ask something; None where none does.
        picture: Makes, for the store of a thread, what says which picture a message carries; None where none does.
    """

    def __init__(
        self,
        database: Path,
        notifier: Notifier,
        clock: Clock,
        quiet_hours: QuietHours | None = None,
        *,
        stopping: threading.Event | None = None,
        ask: Callable[[Store], Ask] | None = None,
        picture: Callable[[Store], Picture] | None = None,
    ) -> None:
        self._stopping = stopping or threading.Event()
        turns = Turns()

        def sender(target: str, store: Store) -> TargetSender:
            asks, pictures = ask and ask(store), picture and picture(store)
            return TargetSender(store, notifier, target, clock, quiet_hours, asks, pictures)

        self._threads = [
            _TargetThread(database, target, clock, self._stopping, turns, partial(sender, target))
            for target in notifier.targets()
        ]
        self._notifier = notifier
        self._clock = clock
        self._quiet_hours = quiet_hours

    def start(self) -> None:
        """Start the threads.

        Raises:
            NoThread: The machine gives us no further one.
        """
        for thread in self._threads:
            start(thread)
        LATER.start()

    def wake(self) -> None:
        """Have all threads look at the outbox now."""
        for thread in self._threads:
            thread.wake.set()

    def start_early(self) -> None:
        """Prepare for messages that are probably to come, where they could be sent; return at once, and never raise."""
        if self._quiet_hours is None or not self._quiet_hours.holds(self._clock.now(), self._clock.zone()):
            with contextlib.suppress(Exception):  # no memory is left: then it takes a little longer
                LATER.give(self._notifier.start_early)

    def heartbeat_age_s(self) -> float:
        """Return how many seconds ago the thread that is furthest behind last showed that it is alive."""
        return max((self._clock.monotonic_s() - thread.beat_s for thread in self._threads), default=0.0)

    def standing(self) -> dict[str, Line]:
        """Return the targets to which nothing can be sent for now, as database or machine do not allow it, and why."""
        return {thread.target: why for thread in self._threads if (why := thread.stands_as) is not None}

    def refused_for(self, seconds: float) -> dict[str, Line]:
        """Return why each target takes nothing, when none has taken anything for so long; else nothing."""
        refusals = {thread.target: thread.refusal for thread in self._threads}
        latest_s = self._clock.monotonic_s() - seconds
        reasons = {name: one.reason for name, one in refusals.items() if one is not None and one.since_s <= latest_s}
        return reasons if len(reasons) == len(refusals) else {}

    def lost(self) -> tuple[str, ...]:
        """Return the names of the threads that should be running and are not."""
        return tuple(
            thread.name
            for thread in self._threads
            if thread.ident is not None and not thread.is_alive() and not self._stopping.is_set()
        )

    def stop(self, timeout_s: float) -> bool:
        """Stop after the message at hand, and return whether all threads ended in time."""
        self._stopping.set()
        self.wake()
        until_s = self._clock.monotonic_s() + timeout_s
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, until_s - self._clock.monotonic_s()))
        return not any(thread.is_alive() for thread in self._threads)


class _TargetThread(threading.Thread):
    """Runs one sender. It is a daemon thread, so that a call that hangs does not keep the process from ending."""

    def __init__(
        self,
        database: Path,
        target: str,
        clock: Clock,
        stopping: threading.Event,
        turns: Turns,
        make: Callable[[Store], TargetSender],
    ) -> None:
        super().__init__(name=f"deliver-{target}", daemon=True)
        self._database = database
        self._make = make
        self._target = target
        self._clock = clock
        self._store: Store | None = None
        self._sender: TargetSender | None = None
        self._fault = ""
        self._fault_line = Line("reasons.unknown")
        self._stopping = stopping
        self._turns = turns
        self.wake = threading.Event()
        self.beat_s = clock.monotonic_s()

    @property
    def target(self) -> str:
        """Name of its target."""
        return self._target

    @property
    def stands_as(self) -> Line | None:
        """Why the last step failed; None when it did not."""
        return self._fault_line if self._fault else None

    @property
    def refusal(self) -> Refusal | None:
        """Since when its target takes nothing, and why; None when it took the last message."""
        return None if self._sender is None else self._sender.refusal

    def run(self) -> None:
        while not self._stopping.is_set():
            self.beat_s = self._clock.monotonic_s()
            self.wake.clear()
            try:
                wait_s = self._step()
            except Exception as error:  # noqa: BLE001 - sending must go on when the trouble is over
                wait_s = self._close_store()
                with contextlib.suppress(Exception):  # this thread knows what became of its message, and must not end
                    self._log_fault(error)
            if not self._stopping.is_set():
                self._clock.wait(self.wake, wait_s)
        self._close_store()

    def _step(self) -> float:
        """Take the next step, and return the seconds until the following one."""
        if self._store is None:
            self._store = Store(self._database)
            before, self._sender = self._sender, self._make(self._store)
            if before is not None:
                self._sender.resume(before)
        sender = self._sender
        assert sender is not None
        with self._turns.turn(is_suspect=sender.has_failed, within_s=_FOR_A_TURN_S) as has_turn:
            if not has_turn or self._stopping.is_set():
                return 0.0
            has_sent = sender.step()
            self._fault = ""
        return 0.0 if has_sent else sender.wait_s()

    def _close_store(self) -> float:
        """Close the store, and return the seconds until another one is opened."""
        store, self._store = self._store, None
        if store is not None:
            with contextlib.suppress(Exception):
                store.close()
        return LOOK_EVERY_S

    def _log_fault(self, error: Exception) -> None:
        is_ours = not isinstance(error, sqlite3.Error | DaemonError)
        if isinstance(error, sqlite3.Error):
            fault = in_words(error, self._database)
            line = fault_of(error, self._database)
        else:
            line = error.line if isinstance(error, DaemonError) else reason_of(error)
            fault = f"{type(error).__name__}: {error}" if is_ours else str(error)
        if fault == self._fault:  # once, not every half minute for as long as the disk is full
            return
        self._fault, self._fault_line = fault, line
        if is_ours:
            log.error(say("delivery.thread_failed", target=self._target, fault=fault), exc_info=error)
        else:
            log.error(say("delivery.thread_stands", target=self._target, fault=fault))
