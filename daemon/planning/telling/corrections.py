"""Which messages put right what was told of readiness, to whom?"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage, OutboxRow
from hersteld.daemon.planning.bad_workout import readable
from hersteld.daemon.planning.telling.standing import Standing
from hersteld.daemon.planning.telling.told import Told
from hersteld.daemon.planning.telling.writer import MessageWriter
from hersteld.daemon.store.answers.pauses import pause_at
from hersteld.daemon.store.answers.rows import Kind, last_changed
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.summaries import StoredWorkout, Summaries
from hersteld.daemon.store.workouts import Workouts
from hersteld.parsers.line import Line
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.sport_families import word_of
from hersteld.recovery.messages.draft import MessageKind


class Corrections:
    """Puts corrections in the outbox, for each target its own.

    Args:
        targets: Names of the receivers.
    """

    def __init__(
        self,
        store: Store,
        workouts: Workouts,
        outbox: Outbox,
        writer: MessageWriter,
        told: Told,
        standing: Standing,
        targets: Sequence[str],
    ) -> None:
        self._store = store
        self._workouts = workouts
        self._outbox = outbox
        self._writer = writer
        self._told = told
        self._standing = standing
        self._targets = tuple(targets)

    def queue(self, newest: StoredWorkout, plan: Recovery, cause: Cause, rule: str, now: datetime) -> None:
        """Queue what holds now for each target that was told another readiness.

        Args:
            newest, plan: The workout whose readiness holds, and its plan.
            cause: Why another readiness holds than was told.
            rule: Name of the message.
        """
        holders, night = self._standing.holders(newest), self._workouts.night_of(newest)
        at = self._use_from(now)
        for target in self._targets:
            # One that waits is needless by now, or is written anew with the cause of today. One that is being sent this
            # moment may be refused: if it says what holds, nobody else would.
            self._outbox.cancel_corrections(target, keep_tried=self._told.is_corrected(target, plan, now), now=now)
            until = self._told.until(target)
            if at is None:
                continue
            message = self._writer.correction(
                plan, at, rule, cause, night=night, heard=heard(self._store), told_until=until
            )
            if message is not None and self._told.is_wrong(holders, target, plan, cause, message.due_at, now):
                self._outbox.queue(newest.identity, newest.id, [message], [target], now=now)

    def queue_none_left(self, cause: Cause, rule: str, now: datetime) -> None:
        """Queue, for each target that still waits, that no workout asks for it any more.

        Args:
            cause, rule: As for `queue`.
        """
        at = self._use_from(now)
        for target in self._targets:
            self._outbox.cancel_corrections(target, keep_tried=False, now=now)
            last = self._outbox.last_told(target)
            if last is None or last.workout_id is None or at is None:
                continue
            message = self._none_left(last.workout_id, rule, cause, at, self._told.until(target) or now)
            if message is not None and self._told.waits_in_vain(target, message.due_at):
                self._outbox.queue(last.workout_identity, last.workout_id, [message], [target], now=now)

    def again(
        self, rows: Sequence[OutboxRow], workout: StoredWorkout, plan: Recovery, now: datetime
    ) -> list[OutboxMessage]:
        """Return the corrections among the rows of a workout that may still leave, in the words that hold now."""
        may_leave = [row for row in rows if row.waits or row.state == "sending"]
        waiting = [row for row in may_leave if row.kind is MessageKind.CORRECTION]
        messages: list[OutboxMessage | None] = []
        at = self._use_from(now)
        if at is None:
            return []
        for rule, name in sorted({(row.rule, row.cause or "") for row in waiting}):
            cause, until = Cause(name), max(row.expires_at for row in waiting if row.rule == rule)
            if workout.has_clock:
                night = self._workouts.night_of(workout)
                messages.append(
                    self._writer.correction(
                        plan, at, rule, cause, night=night, heard=heard(self._store), told_until=until
                    )
                )
            else:  # it was forgotten, and no other one is left
                messages.append(self._none_left(workout.id, rule, cause, at, until))
        return [message for message in messages if message is not None]

    def _use_from(self, now: datetime) -> datetime | None:
        """Return from when on it is of use to know when to train again: after a pause; None while its end is open."""
        pause = pause_at(self._store, now)
        return now if pause is None else pause.until

    def _none_left(
        self, workout_id: int, rule: str, cause: Cause, now: datetime, told_until: datetime
    ) -> OutboxMessage | None:
        forgotten = readable(self._workouts.recovery, workout_id)
        if forgotten is None:
            return None
        return self._writer.no_workout_left(forgotten, now, rule, cause, told_until=told_until)


def firsts(messages: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """Return the first message and what stands in for it."""
    return [message for message in messages if message.kind is MessageKind.FIRST]


def with_new_evening(messages: Sequence[OutboxMessage], said: Collection[str]) -> list[OutboxMessage]:
    """Return messages with only those lines of an evening that are not said yet.

    An evening whose first line is said already is left out: the message that says it had no room for the others, or
    says them too.

    Args:
        said: The lines that the first message of the same workout says.
    """
    kept = []
    for message in messages:
        if message.kind is not MessageKind.EVENING:
            kept.append(message)
            continue
        lines = message.body.splitlines()
        if lines and lines[0] not in said:
            kept.append(replace(message, body="\n".join(line for line in lines if line not in said)))
    return kept


def corrected(message: OutboxMessage) -> OutboxMessage:
    """Return a message that may follow the one of the same rule."""
    spared = tuple(f"{rule}_corrected" for rule in message.unless_sent)
    return replace(message, rule=f"{message.rule}_corrected", cause=Cause.RECORDING, unless_sent=spared)


def heard(store: Store) -> Line | None:
    """Return the first line of a correction for a rating; None where something else was said or taken back since.

    It names the workout and the rating: who tapped below the message of another workout, or on another number than was
    meant, notices by that alone.
    """
    last = last_changed(store)
    if last is None or last.kind is not Kind.RPE or last.workout_id is None:
        return None
    workout = Summaries(store).summary(last.workout_id)
    if not workout.has_clock:
        return None
    sport = "multisport" if workout.sport == "multisport" else word_of(workout.sport, workout.sub_sport)
    return Line("correction_rated", {"sport": sport, "at": workout.started_at, "rpe": last.values["rpe"]})
