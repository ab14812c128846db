"""What is said of a plan, to whom, and what of it changes when the plan does?"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import said
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.release import release_standing
from hersteld.daemon.outbox.rows import MAY_BE_TOLD, OutboxMessage, OutboxRow
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import readable
from hersteld.daemon.planning.telling.corrections import Corrections, corrected, firsts, with_new_evening
from hersteld.daemon.planning.telling.silence import why_no_message
from hersteld.daemon.planning.telling.standing import LONGEST_REST, Standing, kinds_left_by
from hersteld.daemon.planning.telling.told import Told
from hersteld.daemon.planning.telling.told_parts import ToldParts
from hersteld.daemon.planning.telling.writer import MessageWriter
from hersteld.daemon.store.answers.dones import needless_reminders
from hersteld.daemon.store.answers.pauses import is_paused
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.messages.drinking import ToldPlan

log = logging.getLogger(__name__)

_LATER = (MessageKind.EVENING, MessageKind.READY)
"""Kinds of messages that are still sent when the first message was sent before, or was not needed."""


class Announcer:
    """Puts what is to be said of workouts in the outbox, in the user's words.

    Args:
        targets: Names of the receivers; each message gets a row for each.
    """

    def __init__(
        self,
        store: Store,
        workouts: Workouts,
        assessor: Assessor,
        settings: Settings,
        targets: Sequence[str],
        clock: Clock,
    ) -> None:
        self._store = store
        self._workouts = workouts
        self._assessor = assessor
        self._outbox = outbox = Outbox(store)
        self._writer = MessageWriter(outbox, settings, clock)
        self._told = Told(outbox, settings.rules, targets, clock)
        self._standing = Standing(workouts, assessor, self._told)
        self._corrections = Corrections(store, workouts, outbox, self._writer, self._told, self._standing, targets)
        self._told_parts = ToldParts(self._told, workouts)
        self._settings = settings
        self._rules = settings.rules
        self._remembered = timedelta(hours=float(settings.rules.messages.remembered_h))
        self._targets = tuple(targets)
        self._clock = clock

    # --- of new workouts

    def announce(self, workout_id: int) -> None:
        """Queue what the plan of a workout has to say, and cancel what older plans had not said yet.

        Of one that came in after later ones, only what these leave to be said. Of one that ended too long ago, nothing.
        Of a better recording of one that was told already, what was not told yet.
        """
        now, stored = self._clock.now(), self._workouts.summary(workout_id)
        is_over = now >= stored.ended_at + timedelta(hours=float(self._rules.messages.late_h))
        if is_over and self._workouts.started_after(stored.started_at, limit=1):
            return
        brick, plan = self._assessor.stored_plan(workout_id)
        is_silent = not firsts(self._messages(stored, brick, plan, now))
        self._cancel_older(stored, plan, now, is_silent=is_silent)
        later = self._standing.planned_after(stored)
        if not any(self._has_news(workout, after, holds) for workout, after, holds in later):
            was_told = self._told.has_first([stored.identity])
            self._say(stored, brick, plan, now, only=_LATER if was_told else None)
            return
        last, after, holds = later[-1]
        if after is not None and not self._told.has_first([workout.identity for workout, _, _ in later]):
            # Alone they were worth no word; with this one they are.
            self._say(last, after, holds, now)
        if not self._assessor.is_continued(workout_id):
            standing = frozenset.intersection(*(kinds_left_by(holds) for _, _, holds in later))
            self._say(stored, brick, plan, now, only=standing)

    def moves_told(self, workout_id: int) -> bool:
        """Return whether somebody waits for a readiness that the plan of a workout moves by hours."""
        identity, plan = self._workouts.summary(workout_id).identity, self._workouts.recovery(workout_id)
        return self._told.moved(identity, plan, self._clock.now()).at_all

    def has_promised(self) -> bool:
        """Return whether anybody was, or is about to be, told of a readiness that is still to come."""
        return self._outbox.promises_readiness(self._clock.now())

    def revise_digest(self, identity: str, draft: Draft | None) -> None:
        """Put a digest that waits in the words and hours that hold now; None where nothing is left to be said."""
        messages = [] if draft is None else [self._writer.message(draft)]
        self._outbox.revise(identity, messages, now=self._clock.now())

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
        if not any(row.may_change(self._clock.now()) for row in rows):
            return
        brick, plan = self._assessor.stored_plan(workout_id)
        # As if it had been known from the start: what was queued then may still be due.
        arrived_at = min(row.created_at for row in rows)
        first_ever = any(row.disclaims for row in rows) or not self._outbox.disclaimed()
        now = self._clock.now()
        messages = self._messages(stored, brick, plan, arrived_at, first_ever=first_ever)
        unsent = [row for row in rows if (row.waits or row.state == "sending") and row.cause is not None]
        if again := [row.created_at for row in unsent if row.kind is MessageKind.FIRST]:
            messages += self._again(stored, brick, plan, rows, min(again))
        messages += self._corrections.again(rows, stored, plan, now)
        self._outbox.revise(stored.identity, messages, now=now)

    def correct(self, newest: StoredWorkout | None, cause: Cause, run: int) -> None:
        """Queue what holds now for each target that was told another readiness, once for each run of assessing anew.

        Args:
            newest: The last workout that has a plan; None when none is left.
            cause: Why another readiness holds.
            run: Number of the run.
        """
        now, rule = self._clock.now(), f"correction_{run}"
        if newest is None:
            self._corrections.queue_none_left(cause, rule, now)
        else:
            self._corrections.queue(newest, self._workouts.recovery(newest.id), cause, rule, now)

    def say_later(self, newest: StoredWorkout) -> None:
        """Queue the evening and the readiness of the last workout that has a plan, as they hold now."""
        now = self._clock.now()
        if self._told.has_first([newest.identity]) or self._outbox.promises_readiness(now):
            brick, plan = self._assessor.stored_plan(newest.id)
            is_silent = not firsts(self._messages(newest, brick, plan, newest.ended_at))
            self._cancel_older(newest, plan, now, is_silent=is_silent)
            self._say(newest, brick, plan, now, arrived_at=newest.ended_at, only=_LATER)
            if not plan.assessment.hard:
                self._say_standing(self._standing.with_evening(newest), MessageKind.EVENING, now)
            if plan.ready_advice is None and (holder := self._standing.with_readiness(newest, now)) is not None:
                # The moments of still earlier ones are not true any more.
                self._outbox.cancel_older(holder.started_at, keep=set(MessageKind) - {MessageKind.READY}, now=now)
                self._say_standing(holder, MessageKind.READY, now)

    def correct_recording(self, workout_id: int) -> None:
        """Say the first message of a workout again when another one was sent of a recording that lacked a part."""
        stored = self._workouts.summary(workout_id)
        rows = self._outbox.of_workout(stored.identity)
        if not rows:
            return
        brick, plan = self._assessor.stored_plan(workout_id)
        sent = {row.rule: (row.title, row.body) for row in rows if row.state in MAY_BE_TOLD}
        first_ever = any(row.disclaims for row in rows)
        arrived_at = min(row.created_at for row in rows)
        told_first = firsts(self._messages(stored, brick, plan, arrived_at, first_ever=first_ever))
        if any(sent.get(first.rule, first.words) != first.words for first in told_first):
            now = self._clock.now()
            again = self._again(stored, brick, plan, rows, now)
            self._outbox.queue(stored.identity, workout_id, again, self._targets, now=now)

    # --- what is said

    def _again(
        self, stored: StoredWorkout, brick: Workout, plan: Recovery, rows: Sequence[OutboxRow], at: datetime
    ) -> list[OutboxMessage]:
        """Return the first message as it is said again at a moment, to somebody who has drunk what it said before.

        Args:
            rows: What stands in the outbox of the workout.
        """
        sent = (row for row in rows if row.kind is MessageKind.FIRST and row.state in MAY_BE_TOLD)
        told_at = min((row.due_at for row in sent), default=at)
        told = ToldPlan(plan, told_at, at, before=self._told_parts.before(stored, told_at))
        return [*map(corrected, firsts(self._messages(stored, brick, plan, at, first_ever=False, told_same=told)))]

    def _has_news(self, stored: StoredWorkout, brick: Workout | None, plan: Recovery) -> bool:
        """Return whether a workout is told if it comes when it ends, or was told if it cannot be read any more."""
        if brick is None:
            return self._told.has_first([stored.identity])
        return bool(firsts(self._writer.messages(brick, plan, brick.ended_at, first_ever=False)))

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
        messages = self._messages(stored, brick, plan, arrived_at or now, with_first=only is None)
        if only is None and plan.plan and not firsts(messages):
            self._log_silence(stored, brick.ended_at, arrived_at or now)
        kept = [message for message in messages if message.expires_at > now and (only is None or message.kind in only)]
        kept = with_new_evening(kept, self._told.first_lines(stored.identity))
        makes_later = self._told.moved(stored.identity, plan, now).later
        never_dropped = plan.assessment.hard or plan.warns_of_danger or makes_later
        kept = self._writer.within_day(kept, never_dropped=never_dropped)
        if only is not None:
            release_standing(self._store, stored.identity, [message.rule for message in kept])
        self._outbox.queue(stored.identity, stored.id, kept, self._targets, now=now)

    def _log_silence(self, stored: StoredWorkout, ended_at: datetime, arrived_at: datetime) -> None:
        """Let the log say why a workout brings no message."""
        was_part_told = self._told_parts.before(stored, arrived_at) is not None
        zone = self._clock.zone()
        line = why_no_message(stored.id, ended_at, arrived_at, zone, self._settings, was_part_told=was_part_told)
        log.info(said(line))

    def _messages(
        self,
        stored: StoredWorkout,
        brick: Workout,
        plan: Recovery,
        arrived_at: datetime,
        *,
        first_ever: bool | None = None,
        with_first: bool = True,
        told_same: ToldPlan | None = None,
    ) -> list[OutboxMessage]:
        """Return the messages of a plan, to somebody who was told of the other workouts.

        Args:
            first_ever: Whether nobody was ever told anything; None to look.
            told_same: What was told of this same workout, where that is told again.
        """
        messages = self._writer.messages(
            brick,
            plan,
            arrived_at,
            first_ever=not self._outbox.disclaimed() if first_ever is None else first_ever,
            with_first=with_first,
            moves_told=self._told.moved(stored.identity, plan, self._clock.now()).at_all,
            told_before=self._told_parts.before(stored, arrived_at),
            told_same=told_same,
            told=self._told.lines(stored.identity, arrived_at - self._remembered, arrived_at + LONGEST_REST),
            has_read=partial(self._told.has_read, stored.identity),
        )
        done = needless_reminders(self._store, stored.id)
        return [one for one in messages if one.kind not in done and not is_paused(self._store, one.kind, one.due_at)]

    def _say_standing(self, earlier: StoredWorkout | None, kind: MessageKind, now: datetime) -> None:
        """Queue the evening or the readiness of an earlier workout, which the newest one left standing.

        Until it was assessed anew, that workout may have asked for too little to bring one.
        """
        whole = None if earlier is None else readable(self._assessor.stored_plan, earlier.id)
        if earlier is not None and whole is not None:
            brick, plan = whole
            self._say(earlier, brick, plan, now, arrived_at=earlier.ended_at, only=(kind,))

    def _cancel_older(self, stored: StoredWorkout, plan: Recovery, now: datetime, *, is_silent: bool) -> None:
        """Cancel what is not sent yet of workouts that began earlier, but for what this plan leaves standing.

        A workout that brings no first message takes the place of none. It may bring an evening of its own, and a moment
        of readiness.
        """
        if not plan.plan:
            return
        keep = kinds_left_by(plan)
        if is_silent:
            keep |= set(MessageKind) - {MessageKind.EVENING, MessageKind.READY}
        self._outbox.cancel_older(stored.started_at, keep=keep, now=now)
