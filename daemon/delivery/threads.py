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
from pathlib import Path

from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import in_words
from hersteld.daemon.delivery.notifiers import Message, Notifier, SendResult
from hersteld.daemon.delivery.turns import Turns
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.daemon.store.clock_check import ClockDoubt
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import DaemonError, start
from hersteld.parsers.line import Line
from hersteld.recovery.messages.quiet_hours import QuietHours

log = logging.getLogger(__name__)

LOOK_EVERY_S = 30.0
_NOT_KNOWN = SendResult(ok=False, reason=Line("delivery.notifier_failed"), may_have_arrived=True)
_FOR_A_TURN_S = 0.25
"""After so long without a turn a thread says that it is alive, and looks whether it is to stop."""


class TargetSender:
    """Sends one target its messages, one step at a time. For one thread, with its own store.

    Attributes:
        has_failed: Whether the last message was refused.
    """

    def __init__(
        self, store: Store, notifier: Notifier, target: str, clock: Clock, quiet_hours: QuietHours | None = None
    ) -> None:
        self._store = store
        self._outbox = Outbox(store)
        self._notifier = notifier
        self._target = target
        self._clock = clock
        self._quiet_hours = quiet_hours
        self._unrecorded: tuple[OutboxRow, SendResult] | None = None
        self._doubt = ClockDoubt(store, clock, Line("delivery.clock_wrong", {"target": target}))
        self._clock_is_wrong = False
        self.has_failed = False

    def step(self) -> bool:
        """Send the message that has been due longest, and return whether there was one.

        Raises:
            sqlite3.Error: The store cannot be written: the disk is full, say. Then nothing new is sent.
        """
        # What was sent but could not be stored as sent is stored before anything else, or it would be sent twice.
        self._record_kept()
        self._clock_is_wrong = self._doubt.behind_s() > 0
        if self._clock_is_wrong:
            return False
        for row in self._outbox.expire(self._target, now=self._clock.now()):
            if row.state == "unknown":
                reason = row.reason or Line("delivery.without_reason")
                log.warning(say("delivery.not_known", target=row.target, kind=row.kind, reason=(reason,)))
            elif row.attempts:
                reason = row.reason or Line("delivery.without_reason")
                log.warning(say("delivery.not_in_time", target=row.target, kind=row.kind, reason=(reason,)))
            else:
                late = Line("delivery.time_passed")
                log.info(say("delivery.not_sent", target=row.target, kind=row.kind, reason=(late,)))
        # Messages are planned outside of quiet hours, but another attempt, or a clock that moved, may fall into them.
        if self._is_quiet():
            return False
        row_to_send = self._outbox.claim(self._target, now=self._clock.now())
        if row_to_send is None:
            return False
        self._send(row_to_send)
        self._record_kept()
        return True

    def resume(self, before: "TargetSender") -> None:
        """Go on where an earlier sender to the same target broke off."""
        self.has_failed = before.has_failed
        self._unrecorded = before._unrecorded  # noqa: SLF001 - an object of this class
        if self._unrecorded is None:
            # What became of a message is kept from before it leaves, so one still marked as being sent has not left.
            self._outbox.recover(target=self._target, now=self._clock.now())

    def wait_s(self) -> float:
        """Return how long nothing will be due, at most half a minute."""
        next_at = self._outbox.next_try_at(self._target)
        if next_at is None or self._clock_is_wrong or self._is_quiet():
            return LOOK_EVERY_S
        # Never 0, so that a row that is due and still not taken does not keep the thread busy.
        return min(LOOK_EVERY_S, max(0.1, (next_at - self._clock.now()).total_seconds()))

    def _record_kept(self) -> None:
        if self._unrecorded is not None:
            self._record(*self._unrecorded)

    def _is_quiet(self) -> bool:
        return self._quiet_hours is not None and self._quiet_hours.holds(self._clock.now(), self._clock.zone())

    def _send(self, row: OutboxRow) -> None:
        """Send a message, and keep what became of it before anything else is done."""
        tag = f"workout-{row.workout_id}" if row.workout_id is not None else row.workout_identity
        message = Message(row.title, row.body, tag)
        # Held at hand from the start: whatever fails after the message has left, this says what is known of it.
        self._unrecorded = (row, _NOT_KNOWN)
        try:
            self._unrecorded = (row, self._notifier.send(row.target, message))
        except Exception:  # a notifier promises not to raise, but the outbox must not depend on that
            log.exception(say("delivery.notifier_fault", target=row.target))

    def _record(self, row: OutboxRow, result: SendResult) -> None:
        self.has_failed = not result.ok
        if result.ok:
            self._outbox.record_sent(row.id, now=self._clock.now())
            self._unrecorded = None
            log.info(say("delivery.sent", target=row.target, kind=row.kind, title=row.title))
            return
        reason = result.reason or Line("delivery.without_reason")
        record = self._outbox.record_unanswered if result.may_have_arrived else self._outbox.record_refused
        after = record(row.id, reason, now=self._clock.now())
        self._unrecorded = None
        target, kind, why = row.target, row.kind, (reason,)
        if after.waits:
            pause_s = round((after.try_at - self._clock.now()).total_seconds())
            if after.state == "unknown":
                log.warning(say("delivery.once_more", target=target, kind=kind, reason=why, pause_s=pause_s))
            else:
                log.warning(say("delivery.again_later", target=target, kind=kind, reason=why, pause_s=pause_s))
        elif after.state == "unknown":
            log.warning(say("delivery.not_known", target=target, kind=kind, reason=why))
        else:
            log.warning(say("delivery.given_up", target=target, kind=kind, reason=why, state=after.state))


def deliver_due(store: Store, notifier: Notifier, clock: Clock, quiet_hours: QuietHours | None = None) -> int:
    """Send all that is due, to every target, in the thread of the caller; return the number of attempts."""
    attempts = 0
    for target in notifier.targets():
        sender = TargetSender(store, notifier, target, clock, quiet_hours)
        while sender.step():
            attempts += 1
    return attempts


class DeliveryThreads:
    """The threads that send messages, one per target.

    Args:
        stopping: Once it is set, no thread begins another message.
    """

    def __init__(
        self,
        database: Path,
        notifier: Notifier,
        clock: Clock,
        quiet_hours: QuietHours | None = None,
        *,
        stopping: threading.Event | None = None,
    ) -> None:
        self._stopping = stopping or threading.Event()
        turns = Turns()
        self._threads = [
            _TargetThread(database, notifier, target, clock, quiet_hours, self._stopping, turns)
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

    def wake(self) -> None:
        """Have all threads look at the outbox now."""
        for thread in self._threads:
            thread.wake.set()

    def start_early(self) -> None:
        """Prepare for messages that are probably to come, where they could be sent; return at once, and never raise."""
        if self._quiet_hours is None or not self._quiet_hours.holds(self._clock.now(), self._clock.zone()):
            with contextlib.suppress(RuntimeError):  # no thread is left: then it takes a little longer
                threading.Thread(target=self._notifier.start_early, name="start-early", daemon=True).start()

    def heartbeat_age_s(self) -> float:
        """Return how many seconds ago the thread that is furthest behind last showed that it is alive."""
        return max((self._clock.monotonic_s() - thread.beat_s for thread in self._threads), default=0.0)

    def standing(self) -> tuple[str, ...]:
        """Return the targets to which nothing can be sent for now, as database or machine do not allow it."""
        return tuple(thread.target for thread in self._threads if thread.stands)

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
        notifier: Notifier,
        target: str,
        clock: Clock,
        quiet_hours: QuietHours | None,
        stopping: threading.Event,
        turns: Turns,
    ) -> None:
        super().__init__(name=f"deliver-{target}", daemon=True)
        self._database = database
        self._make: Callable[[Store], TargetSender] = lambda store: TargetSender(
            store, notifier, target, clock, quiet_hours
        )
        self._target = target
        self._clock = clock
        self._store: Store | None = None
        self._sender: TargetSender | None = None
        self._fault = ""
        self._stopping = stopping
        self._turns = turns
        self.wake = threading.Event()
        self.beat_s = clock.monotonic_s()

    @property
    def target(self) -> str:
        """Name of its target."""
        return self._target

    @property
    def stands(self) -> bool:
        """Whether the last step failed."""
        return bool(self._fault)

    def run(self) -> None:
        while not self._stopping.is_set():
            self.beat_s = self._clock.monotonic_s()
            self.wake.clear()
            try:
                wait_s = self._step()
                self._fault = ""
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
        else:
            fault = f"{type(error).__name__}: {error}" if is_ours else str(error)
        if fault == self._fault:  # once, not every half minute for as long as the disk is full
            return
        self._fault = fault
        if is_ours:
            log.error(say("delivery.thread_failed", target=self._target, fault=fault), exc_info=error)
        else:
            log.error(say("delivery.thread_stands", target=self._target, fault=fault))
