"""How is one message after the other sent to a target, and what became of each recorded?

The first message of a workout carries a picture where the target takes one. None is carried by a message that puts an
earlier one right, as it is about the times and not about the workout; by one that may have arrived, and is sent once
more; and by any to a target that refused a picture within the last day.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from hersteld.config.texts.speech import say
from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.notifiers import Message, Notifier, SendResult
from hersteld.daemon.delivery.pictures.refusals import PictureRefusals
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.daemon.store.clock_check import ClockDoubt
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import MessageKind
from hersteld.recovery.messages.quiet_hours import QuietHours

log = logging.getLogger(__name__)

LOOK_EVERY_S = 30.0
Ask = Callable[[OutboxRow, Message], Message]
"""Lets a message that is about to leave ask the athlete something."""
Picture = Callable[[OutboxRow], CardFacts | None]
"""Returns what the picture of a message that is about to leave shows; None where it has none."""
_NOT_KNOWN = SendResult(ok=False, reason=Line("delivery.notifier_failed"), may_have_arrived=True)


class Refusal(NamedTuple):
    """A target has taken no message since some moment.

    Attributes:
        since_s: That moment, of the clock that never goes back.
        reason: Why it did not take the last one, as a part of a sentence.
    """

    since_s: float
    reason: Line


class TargetSender:
    """Sends one target its messages, one step at a time. For one thread, with its own store.

    Args:
        ask: Lets a message ask something; None where none does.
        picture: Says what the picture of a message shows; None where none has one.

    Attributes:
        has_failed: Whether the last message was refused.
        refusal: Since when the target has taken nothing, and why; None when it took the last message.
    """

    def __init__(
        self,
        store: Store,
        notifier: Notifier,
        target: str,
        clock: Clock,
        quiet_hours: QuietHours | None = None,
        ask: Ask | None = None,
        picture: Picture | None = None,
    ) -> None:
        self._ask = ask
        self._picture = picture
        self._refusals = PictureRefusals(store.path)
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
        self.refusal: Refusal | None = None

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
        to_follow = self._send(row_to_send)
        self._record_kept()
        if to_follow is not None:
            self._send_picture(row_to_send, to_follow)
        return True

    def resume(self, before: "TargetSender") -> None:
        """Go on where an earlier sender to the same target broke off."""
        self.has_failed, self.refusal = before.has_failed, before.refusal
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

    def _send(self, row: OutboxRow) -> Message | None:
        """Send a message, and keep what became of it before anything else is done.

        Returns:
            The picture alone, where it is to follow the message that has arrived.
        """
        tag = f"workout-{row.workout_id}" if row.workout_id is not None else row.workout_identity
        message = Message(row.title, row.body, tag)
        if self._ask is not None:
            try:
                message = self._ask(row, message)
            except Exception:  # what is to be told is worth more than the question
                log.exception(say("delivery.not_asked", target=row.target))
        to_follow = None
        if (picture := self._picture_of(row)) is not None:
            if self._notifier.picture_way(row.target) is Way.AFTER_WORDS:
                to_follow = Message(row.title, "", tag, picture=picture)
            else:
                message = replace(message, picture=picture)
        # Held at hand from the start: whatever fails after the message has left, this says what is known of it.
        self._unrecorded = (row, _NOT_KNOWN)
        try:
            self._unrecorded = (row, self._notifier.send(row.target, message))
        except Exception:  # a notifier promises not to raise, but the outbox must not depend on that
            log.exception(say("delivery.notifier_fault", target=row.target))
        return to_follow if self._unrecorded[1].ok else None

    def _picture_of(self, row: OutboxRow) -> CardFacts | None:
        """Return what the picture of a message shows; None where it gets none."""
        if self._picture is None or row.kind is not MessageKind.FIRST or row.tries_left is not None or not row.body:
            return None
        try:
            if self._notifier.picture_way(row.target) is Way.NONE:
                return None
            if self._refusals.of(row.target, self._clock.now()) is not None:
                return None
            return self._picture(row)
        except Exception:  # what is to be told is worth more than the picture
            log.exception(say("delivery.not_pictured", target=row.target))
            return None

    def _send_picture(self, row: OutboxRow, picture: Message) -> None:
        """Send the picture of a message that has arrived, once, whatever becomes of it."""
        try:
            result = self._notifier.send(row.target, picture)
        except Exception:
            log.exception(say("delivery.notifier_fault", target=row.target))
            return
        if result.picture_refused is not None:
            self._keep_refusal(row.target, result.picture_refused)
        elif not result.ok:
            why = result.reason or Line("delivery.without_reason")
            log.warning(say("delivery.picture_lost", target=row.target, reason=(why,)))

    def _keep_refusal(self, target: str, reason: Line) -> None:
        self._refusals.keep(target, reason, self._clock.now())
        log.warning(say("delivery.picture_refused", target=target, reason=(reason,)))

    def _record(self, row: OutboxRow, result: SendResult) -> None:
        self.has_failed = not result.ok
        if result.picture_refused is not None:
            self._keep_refusal(row.target, result.picture_refused)
        if result.ok:
            self.refusal = None
            self._outbox.record_sent(row.id, now=self._clock.now(), as_sent=row)
            self._unrecorded = None
            log.info(say("delivery.sent", target=row.target, kind=row.kind, title=row.title))
            return
        reason = result.reason or Line("delivery.without_reason")
        self.refusal = Refusal(self.refusal.since_s if self.refusal else self._clock.monotonic_s(), reason)
        if result.may_have_arrived:
            after = self._outbox.record_unanswered(row.id, reason, now=self._clock.now())
        else:
            after = self._outbox.record_refused(row.id, reason, now=self._clock.now(), as_sent=row)
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


def deliver_due(
    store: Store,
    notifier: Notifier,
    clock: Clock,
    quiet_hours: QuietHours | None = None,
    ask: Ask | None = None,
    picture: Picture | None = None,
) -> int:
    """Send all that is due, to every target, in the thread of the caller; return the number of attempts."""
    attempts = 0
    for target in notifier.targets():
        sender = TargetSender(store, notifier, target, clock, quiet_hours, ask, picture)
        while sender.step():
            attempts += 1
    return attempts
