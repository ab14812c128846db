"""What is said of a plan, to whom, and what of it changes when the plan does?"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage, OutboxRow
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.writer import MessageWriter
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Draft, MessageKind, Recovery, ToldReadiness
from hersteld.recovery.messages.correction import is_wrong

log = logging.getLogger(__name__)

_LATER = (MessageKind.EVENING, MessageKind.READY)
"""Kinds of messages that are still sent when the first message was sent before, or was not needed."""
_LONGEST_REST = timedelta(days=14)
"""No workout is so long ago when the rest that it asked for is over."""


class Announcer:
    """Puts what is to be said of workouts in the outbox, in the user's words.

    Args:
        targets: Names of the receivers; each message gets a row for each.
    """

    def __init__(
        self,
        workouts: Workouts,
        assessor: Assessor,
        outbox: Outbox,
        settings: Settings,
        targets: Sequence[str],
        clock: Clock,
    ) -> None:
        self._workouts = workouts
        self._assessor = assessor
        self._outbox = outbox
        self._writer = MessageWriter(outbox, settings, clock)
        self._rules = settings.rules
        self._targets = tuple(targets)
        self._clock = clock

    # --- of new workouts

    def announce(self, workout_id: int) -> None:
        """Queue what the plan of a workout has to say, and cancel what older plans had not said yet.

        Of one that came in after later ones, only what these leave to be said. Of one that ended too long ago, nothing.
        """
        now, stored = self._clock.now(), self._workouts.summary(workout_id)
        is_over = now >= stored.ended_at + timedelta(hours=float(self._rules.messages.late_h))
        if is_over and self._workouts.started_after(stored.started_at, limit=1):
            return
        brick, plan = self._assessor.stored_plan(workout_id)
        self._cancel_older(stored, plan, now)
        later = self._planned_after(stored)
        if not any(self._has_news(after, holds) for _, after, holds in later):
            self._say(stored, brick, plan, now)
            return
        last, after, holds = later[-1]
        if not self._is_told_of([workout.identity for workout, _, _ in later]):
            # Alone they were worth no word; with this one they are.
            self._say(last, after, holds, now)
        if not self._assessor.is_continued(workout_id):
            standing = frozenset.intersection(*(kinds_left_by(holds) for _, _, holds in later))
            self._say(stored, brick, plan, now, only=standing)

    def revise_digest(self, identity: str, draft: Draft) -> None:
        """Put a digest that waits in the words and hours that hold now."""
        self._outbox.revise(identity, [self._writer.message(draft)], now=self._clock.now())

    def queue_digest(self, identity: str, draft: Draft) -> None:
        """Queue the message that stands for many workouts.

        Args:
            identity: Of what brought them, unique for ever.
        """
        self._outbox.queue(identity, None, [self._writer.message(draft)], self._targets, now=self._clock.now())

    # --- of workouts that are assessed anew

    def revise(self, workout_id: int) -> None:
        """Put new words and times in what is not sent yet of a workout; cancel what is no longer said.

        The plan may have changed, or the language, or the quiet hours.
        """
        stored = self._workouts.summary(workout_id)
        rows = self._outbox.of_workout(stored.identity)
        if not any(row.state in ("pending", "sending") for row in rows):
            return
        brick, plan = self._assessor.stored_plan(workout_id)
        # As if it had been known from the start: what was queued then may still be due.
        arrived_at = min(row.created_at for row in rows)
        first_ever = any(row.disclaims for row in rows) or not self._outbox.disclaimed()
        messages = self._writer.messages(brick, plan, arrived_at, first_ever=first_ever)
        now = self._clock.now()
        corrected = [row for row in rows if row.state == "pending" and row.cause is not None]
        if any(row.kind is MessageKind.FIRST for row in corrected):
            messages += map(_corrected, _firsts(messages))
        for rule, cause in sorted(
            {(row.rule, row.cause or "") for row in corrected if row.kind is MessageKind.CORRECTION}
        ):
            if (message := self._writer.correction(plan, now, rule, Cause(cause))) is not None:
                messages.append(message)
        self._outbox.revise(stored.identity, messages, now=now)

    def correct(self, cause: Cause, run: int) -> None:
        """Queue what holds now for each target that was told another readiness, once for each run of assessing anew.

        Args:
            cause: Why another readiness holds.
            run: Number of the run.
        """
        newest = self._workouts.latest_planned()
        if newest is None:
            return
        now = self._clock.now()
        brick, plan = self._assessor.stored_plan(newest.id)
        message = self._writer.correction(plan, now, f"correction_{run}", cause)
        # A correction that still waits is needless by now, or is written anew with the cause of today.
        self._outbox.cancel_corrections(now=now)
        if message is not None:
            targets = [name for name in self._targets if self._is_told_wrong(newest, name, plan, message.due_at, now)]
            self._outbox.queue(newest.identity, newest.id, [message], targets, now=now)
        if self._is_told_of([newest.identity]) or self._outbox.promises_readiness(now):
            self._cancel_older(newest, plan, now)
            self._say(newest, brick, plan, now, arrived_at=newest.ended_at, only=_LATER)
            if plan.ready_advice is None:
                self._say_promised(newest, now)

    def correct_recording(self, workout_id: int) -> None:
        """Say the first message of a workout again when another one was sent of a recording that lacked a part."""
        stored = self._workouts.summary(workout_id)
        rows = self._outbox.of_workout(stored.identity)
        if not rows:
            return
        brick, plan = self._assessor.stored_plan(workout_id)
        sent = {row.rule: (row.title, row.body) for row in rows if row.state in ("sending", "sent")}
        first_ever = any(row.disclaims for row in rows)
        arrived_at = min(row.created_at for row in rows)
        firsts = _firsts(self._writer.messages(brick, plan, arrived_at, first_ever=first_ever))
        if any(sent.get(first.rule, first.words) != first.words for first in firsts):
            now = self._clock.now()
            again = map(_corrected, _firsts(self._writer.messages(brick, plan, now, first_ever=False)))
            self._outbox.queue(stored.identity, workout_id, again, self._targets, now=now)

    # --- what was told

    def _is_told_of(self, identities: Sequence[str]) -> bool:
        """Return whether anybody was, or is about to be, told of one of these workouts."""
        return self._outbox.has_queued(MessageKind.FIRST, identities)

    def _is_told_wrong(self, stored: StoredWorkout, target: str, plan: Recovery, at: datetime, now: datetime) -> bool:
        """Return whether a target was told a readiness that is wrong now.

        Args:
            stored, plan: The workout whose readiness holds, and its plan.
            at: When the target would be told what holds.
        """
        rows = [row for row in self._outbox.of_workout(stored.identity) if row.target == target]
        waits = [row for row in rows if row.state == "pending" and _tells_readiness(row)]
        # What is on its way has the old words, whatever stands ready in its place.
        if waits and not any(row.state == "sending" for row in rows):
            return False
        is_ready = plan.assessment.ready_at is not None and plan.assessment.ready_at <= now
        if is_ready and any(row.state == "pending" and row.kind is MessageKind.READY for row in rows):
            return False  # The message that tells of recovery is due: it says what holds.
        last = self._outbox.last_told(target)
        if last is None:
            return False
        told = ToldReadiness(last.told_easy_from, last.told_ready_at)
        is_over = all(moment is None or moment <= now for moment in (told.easy_from, told.ready_at))
        if is_over and last.workout_identity != stored.identity:
            return False  # It was true of a workout that is over; of this one nothing was ever told.
        return is_wrong(told, plan, self._rules, at, self._clock.zone())

    # --- what is said

    def _planned_after(self, stored: StoredWorkout) -> list[tuple[StoredWorkout, Workout, Recovery]]:
        """Return the later workouts that have a plan, each with the whole of its brick; a few minutes ask for none."""
        after = self._workouts.started_after(stored.started_at)
        later = [(workout, *self._assessor.stored_plan(workout.id)) for workout in after]
        return [(workout, brick, plan) for workout, brick, plan in later if plan.plan]

    def _has_news(self, brick: Workout, plan: Recovery) -> bool:
        """Return whether a workout is told if it comes when it ends."""
        return bool(_firsts(self._writer.messages(brick, plan, brick.ended_at, first_ever=False)))

    def _say(
        self,
        stored: StoredWorkout,
        brick: Workout,
        plan: Recovery,
        now: datetime,
        *,
        arrived_at: datetime | None = None,
        only: Collection[MessageKind] | None = None,
    ) -> None:
        """Queue the messages of a plan.

        Args:
            arrived_at: When the workout is taken to have come in; None for now.
            only: The kinds of those that are left to be said; None for all.
        """
        first_ever = not self._outbox.disclaimed()
        moved, later = self._moves(plan, now)
        messages = self._writer.messages(
            brick,
            plan,
            arrived_at or now,
            first_ever=first_ever,
            with_first=only is None,
            moves_told=moved,
            told_before=self._told_before(stored),
        )
        if only is None and plan.plan and not _firsts(messages):
            log.info(say("planning.nothing_new", workout=stored.id))
        kept = [message for message in messages if message.expires_at > now and (only is None or message.kind in only)]
        kept = self._writer.within_day(kept, never_dropped=plan.assessment.hard or later)
        self._outbox.queue(stored.identity, stored.id, kept, self._targets, now=now)

    def _moves(self, plan: Recovery, now: datetime) -> tuple[bool, bool]:
        """Return whether a plan moves, by hours, a readiness that somebody was told and that is still to come.

        Returns:
            Whether it moves it at all, and whether it moves it to later.
        """
        ready_at = plan.assessment.ready_at
        told = [row.told_ready_at for target in self._targets if (row := self._outbox.last_told(target)) is not None]
        open_until = [moment for moment in told if moment is not None and moment > now]
        if ready_at is None or not open_until:
            return False, False
        by = timedelta(hours=float(self._rules.messages.correct_from_h))
        later = any(ready_at - moment >= by for moment in open_until)
        return later or any(moment - ready_at >= by for moment in open_until), later

    def _told_before(self, stored: StoredWorkout) -> Recovery | None:
        """Return the plan that was told of what a workout continues; None where it continues none, or none was told."""
        before = stored.brick_after
        if before is None or not self._is_told_of([self._workouts.summary(before).identity]):
            return None
        return self._assessor.stored_plan(before)[1]

    def _say_promised(self, newest: StoredWorkout, now: datetime) -> None:
        """Queue the message of recovery of the workout that holds the readiness which the newest one left standing.

        That workout may have asked for too little to promise one, until it was assessed anew.
        """
        if newest.ready_at is None or newest.ready_at <= now:
            return
        for earlier in reversed(self._workouts.between(newest.started_at - _LONGEST_REST, newest.started_at)):
            if earlier.id != newest.id and earlier.ready_at == newest.ready_at:
                brick, plan = self._assessor.stored_plan(earlier.id)
                if plan.ready_advice is not None:
                    self._say(earlier, brick, plan, now, arrived_at=earlier.ended_at, only=(MessageKind.READY,))
                    return

    def _cancel_older(self, stored: StoredWorkout, plan: Recovery, now: datetime) -> None:
        """Cancel what is not sent yet of workouts that began earlier, but for what this plan leaves standing."""
        if plan.plan:
            self._outbox.cancel_older(stored.started_at, keep=kinds_left_by(plan), now=now)


def kinds_left_by(plan: Recovery) -> frozenset[MessageKind]:
    """Return which messages of older workouts a plan leaves standing.

    No alcohol tonight holds after an easy walk, too; and where a plan does not say when the athlete is ready, what was
    said before holds.
    """
    kinds = set()
    if not plan.assessment.hard:
        kinds.add(MessageKind.EVENING)
    if plan.ready_advice is None:
        kinds.add(MessageKind.READY)
    return frozenset(kinds)


def _tells_readiness(row: OutboxRow) -> bool:
    return row.kind in (MessageKind.FIRST, MessageKind.CORRECTION) and (
        row.told_ready_at is not None or row.told_easy_from is not None
    )


def _firsts(messages: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """Return the first message and what stands in for it."""
    return [message for message in messages if message.kind is MessageKind.FIRST]


def _corrected(message: OutboxMessage) -> OutboxMessage:
    """Return a message that may follow the one of the same rule."""
    spared = tuple(f"{rule}_corrected" for rule in message.unless_sent)
    return replace(message, rule=f"{message.rule}_corrected", cause=Cause.RECORDING, unless_sent=spared)
