"""What was the athlete told, and does it still hold?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import MAY_BE_TOLD, MAY_BE_TOLD_SQL, OutboxRow
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.system.clock import Clock, iso
from hersteld.recovery.advice import (
    Recovery,
)
from hersteld.recovery.messages.correction import is_wrong
from hersteld.recovery.messages.draft import MessageKind, ToldReadiness
from hersteld.recovery.messages.readiness import NAMES_AN_EASY_WEEK, readiness
from hersteld.recovery.rules import Rules

_TOLD_OR_TO_BE_TOLD = "unless_sent = '' AND state IN ('pending', 'sending', 'sent', 'unknown')"
"""Of messages that were sent, or may have been, or wait, but for those that stand ready for another."""
_TOLD_OR_WAITING = f"({MAY_BE_TOLD_SQL} OR (state = 'pending' AND unless_sent = ''))"
"""Of messages that were sent, or may have been, in whatever place, or wait."""

_TELLS = "kind IN ('first', 'correction') AND (told_ready_at IS NOT NULL OR told_easy_from IS NOT NULL)"


class Moved(NamedTuple):
    """Whether a plan moves a readiness that somebody was told, or is about to be told.

    Attributes:
        at_all: By hours, either way.
        later: By hours, to later.
    """

    at_all: bool
    later: bool


class ToldLines(NamedTuple):
    """The lines of a message, and when it was or will be read."""

    at: datetime
    lines: frozenset[str]


class Told:
    """What stands in the outbox, as the athlete remembers it."""

    def __init__(self, outbox: Outbox, rules: Rules, targets: Sequence[str], clock: Clock) -> None:
        self._outbox = outbox
        self._rules = rules
        self._targets = tuple(targets)
        self._clock = clock

    def has_first(self, identities: Sequence[str]) -> bool:
        """Return whether anybody was, or is about to be, told of one of these workouts."""
        return self._outbox.has_queued(MessageKind.FIRST, identities)

    def first_at(self, identity: str) -> datetime | None:
        """Return when somebody was, or is about to be, told of a workout; None when nobody is."""
        rows = self._outbox.rows(f"workout_identity = ? AND kind = 'first' AND {_TOLD_OR_WAITING}", [identity])
        return min((row.due_at for row in rows), default=None)

    def first_lines(self, identity: str) -> frozenset[str]:
        """Return the lines of the first message of a workout, whether sent or still waiting."""
        rows = self._outbox.rows(f"workout_identity = ? AND kind = 'first' AND {_TOLD_OR_WAITING}", [identity])
        return frozenset(line for row in rows for line in row.body.splitlines())

    def is_wrong(
        self, holders: Sequence[StoredWorkout], target: str, plan: Recovery, cause: Cause, at: datetime, now: datetime
    ) -> bool:
        """Return whether a target was told a readiness that is wrong now.

        Args:
            holders: The newest workout, and those before it whose readiness it left as it was; see `Standing`.
            plan: That of the newest one, whose readiness holds.
            cause: Why another readiness holds than was told.
            at: When the target would be told what holds.
        """
        stored, holds_for = holders[0], {workout.identity for workout in holders}
        rows = [row for row in self._outbox.of_workout(stored.identity) if row.target == target]
        waits = [row for row in rows if row.state == "pending" and _tells_readiness(row)]
        # What is on its way, or may have arrived, has the old words, whatever stands ready in its place.
        if waits and not any(row.state in ("sending", "unknown") for row in rows):
            return False
        is_ready = plan.assessment.ready_at is not None and plan.assessment.ready_at <= now
        if is_ready and any(row.waits and row.kind is MessageKind.READY for row in rows):
            return False  # The message that tells of recovery is due: it says what holds.
        last = self._outbox.last_told(target)
        if last is None or self._will_be_told(target, plan, at):
            return False
        told = ToldReadiness(last.told_easy_from, last.told_ready_at)
        moments = [moment for moment in (told.easy_from, told.ready_at) if moment is not None]
        # A moment after a workout that seemed to ask for no rest was told of that one, too. Other rules or settings put
        # no readiness right that has passed.
        was_for_both = cause is not Cause.SETTINGS and max(moments) > stored.ended_at
        if max(moments) <= now and last.workout_identity not in holds_for and not was_for_both:
            # It was true of a workout that is over; of this one nothing was ever told. Or it was, before it was
            # forgotten for a while, and it was taken back.
            was_told = any(_tells_readiness(row) and row.state in MAY_BE_TOLD for row in rows)
            if not (was_told and last.kind is MessageKind.CORRECTION):
                return False
        return is_wrong(told, plan, self._rules, at, self._clock.zone())

    def is_corrected(self, target: str, plan: Recovery, now: datetime) -> bool:
        """Return whether a correction is the last that a target was told of readiness, or may have been, and is right.

        Args:
            plan: What holds.
        """
        last, zone = self._outbox.last_told(target), self._clock.zone()
        if last is None or last.kind is not MessageKind.CORRECTION or readiness(plan, self._rules, now, zone) is None:
            return False
        return not is_wrong(ToldReadiness(last.told_easy_from, last.told_ready_at), plan, self._rules, now, zone)

    def until(self, target: str) -> datetime | None:
        """Return until when a target would wait, by what it was told last of readiness; None where it was told none."""
        last = self._outbox.last_told(target)
        if last is None:
            return None
        return max(moment for moment in (last.told_easy_from, last.told_ready_at) if moment is not None)

    def waits_in_vain(self, target: str, at: datetime) -> bool:
        """Return whether a target was told to wait, for hours more, while no workout asks for it.

        Args:
            at: When the target would be told so.
        """
        until = self.until(target)
        return until is not None and until - at >= timedelta(hours=float(self._rules.messages.correct_from_h))

    def _will_be_told(self, target: str, plan: Recovery, at: datetime) -> bool:
        """Return whether the first message of another workout waits that tells a target what holds."""
        waiting = self._outbox.rows(
            "target = ? AND kind = 'first' AND state = 'pending' AND unless_sent = '' AND told_ready_at IS NOT NULL",
            [target],
        )
        zone = self._clock.zone()
        return any(
            not is_wrong(ToldReadiness(row.told_easy_from, row.told_ready_at), plan, self._rules, at, zone)
            for row in waiting
        )

    def moved(self, identity: str, plan: Recovery, now: datetime) -> Moved:
        """Return whether the plan of a workout moves what was told of other workouts, and is still to come.

        Args:
            identity: Of the workout.
        """
        zone, by = self._clock.zone(), timedelta(hours=float(self._rules.messages.correct_from_h))
        holds = readiness(plan, self._rules, now, zone)
        is_easy_week = holds is not None and holds.line.id in NAMES_AN_EASY_WEEK
        at_all = later = False
        for target in self._targets:
            rows = self._outbox.rows(
                f"target = ? AND workout_identity <> ? AND {_TOLD_OR_TO_BE_TOLD} AND {_TELLS}"
                " ORDER BY created_at DESC, id DESC LIMIT 1",
                [target, identity],
            )
            for row in rows:
                told = ToldReadiness(row.told_easy_from, row.told_ready_at)
                if all(moment is None or moment <= now for moment in (told.easy_from, told.ready_at)):
                    continue
                if is_easy_week and told.easy_from is not None and told.easy_from <= now:
                    told = replace(told, easy_from=None)  # only the week itself is still to come
                at_all |= is_wrong(told, plan, self._rules, now, zone)
                later |= holds is not None and told.ready_at is not None and holds.ready_at - told.ready_at >= by
        return Moved(at_all, later)

    def lines(self, identity: str, since: datetime, until: datetime) -> tuple[ToldLines, ...]:
        """Return what the messages about other workouts say in a stretch of time, whether sent or still waiting.

        Args:
            identity: Of the workout whose own messages are left out.
        """
        rows = self._outbox.rows(
            f"workout_identity <> ? AND {_TOLD_OR_TO_BE_TOLD} AND due_at > ? AND due_at <= ?",
            [identity, iso(since), iso(until)],
        )
        return tuple(ToldLines(row.due_at, frozenset(row.body.splitlines())) for row in rows)

    def has_read(self, identity: str, line: str) -> bool:
        """Return whether a line stands in a message about another workout that was sent, or still waits.

        Args:
            identity: Of the workout.
            line: As it was said.
        """
        within = "instr(char(10) || body || char(10), char(10) || ? || char(10)) > 0"
        states = "state IN ('pending', 'sending', 'sent', 'unknown')"
        return bool(self._outbox.rows(f"workout_identity <> ? AND {states} AND {within} LIMIT 1", [identity, line]))


def _tells_readiness(row: OutboxRow) -> bool:
    return row.kind in (MessageKind.FIRST, MessageKind.CORRECTION) and (
        row.told_ready_at is not None or row.told_easy_from is not None
    )
