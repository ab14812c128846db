"""What follows from a workout: its plan, what of other plans it changes, and which of their messages it makes void?

Everything here happens within the transaction of one file.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.planning.announcements import Letters, still_true
from hersteld.daemon.store.clock_check import newest_at
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.join import is_brick, join, richer, same_activity
from hersteld.recovery.past import past_workout
from hersteld.recovery.recover import recover

MOST_AT_ONCE = 8
"""Workouts assessed anew in one transaction: short enough that delivery can write meanwhile."""

_FUTURE = timedelta(days=1)
"""A workout that ends later than this from now was dated by a device with a wrong clock."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a workout.

    Attributes:
        workout_id: Where it is, or the same activity of another file.
        twin: Whether the activity was known already.
        replaced: Whether this recording took the place of that poorer one.
        is_unsettled: Whether so many later ones are to be assessed anew that it takes more than this transaction.
    """

    workout_id: int
    twin: bool = False
    replaced: bool = False
    is_unsettled: bool = False


class Planner:
    """Applies the rules to what is stored.

    Args:
        targets: Names of the receivers; each message gets a row for each.

    Attributes:
        letters: Put what is to be said in the outbox.
    """

    def __init__(self, store: Store, settings: Settings, targets: Sequence[str], clock: Clock) -> None:
        self._store = store
        self._workouts = Workouts(store)
        self._outbox = Outbox(store)
        self._settings = settings
        self._rules = settings.rules
        self._clock = clock
        self.letters = Letters(self._outbox, settings, targets, clock)

    def accept(self, identity: str, workout: Workout, *, in_backlog: bool) -> Accepted:
        """Store a workout, plan its recovery and queue its messages.

        Args:
            identity: Of the file that brings it.
            in_backlog: Among many: without messages of its own.
        """
        now = self._clock.now()
        if workout.has_clock and workout.ended_at > now + _FUTURE and now >= newest_at(self._store):
            # It would count as the newest workout, and silence all others, until that day comes. (Where it is our own
            # clock that is wrong, the device is believed.)
            workout = replace(workout, has_clock=False)
        if workout.has_clock and (twin := self._twin_of(workout)):
            return self._accept_twin(twin, workout, now, in_backlog=in_backlog)
        own = self._recover((workout,), without=())
        workout_id = self._workouts.add(identity, workout, own, past_workout(workout, own), now=now)
        if not workout.has_clock:
            self._workouts.set_plan(workout_id, own, brick_after=None)
            return Accepted(workout_id)
        before = self._brick_before(workout.started_at)
        self._workouts.set_plan(workout_id, own, brick_after=before.id if before else None)
        later = self._workouts.started_after(workout.started_at, limit=MOST_AT_ONCE + 1)
        if later:
            # It came late: all of these know more of the past now. What a backlog brings is put in order at its end.
            is_unsettled = len(later) > MOST_AT_ONCE
            if not in_backlog and not is_unsettled:
                self.revise(workout_id)
                for one in later:
                    self.revise(one.id, grown_by=(workout_id,) if one == later[-1] else ())
                self.tell_late(workout_id)
            return Accepted(workout_id, is_unsettled=is_unsettled and not in_backlog)
        whole, plan = (workout, own) if before is None else self._plan_brick(workout_id)
        self._make_void(workout.started_at, plan, now)
        if not in_backlog:
            self.letters.say(identity, workout_id, whole, plan, now)
        return Accepted(workout_id)

    def tell_late(self, workout_id: int) -> None:
        """Say what follows from a workout that came in after later ones, once all of these are revised.

        What it would have left to say if it had come in order is said; and who was told a readiness that it moves is
        told what holds now. Of a workout that ended too long ago nothing is said.
        """
        now, stored = self._clock.now(), self._workouts.summary(workout_id)
        if now >= stored.ended_at + timedelta(hours=float(self._rules.messages.late_h)):
            return
        whole, plan = self._stored_plan(workout_id)
        self._make_void(stored.started_at, plan, now)
        known = [(one, *self._stored_plan(one.id)) for one in self._workouts.started_after(stored.started_at)]
        later = [(one, after, holds) for one, after, holds in known if holds.plan]  # a few minutes ask for nothing
        if not any(self.letters.has_news(after, holds) for _, after, holds in later):
            self.letters.say(stored.identity, workout_id, whole, plan, now)
            return
        last, after, holds = later[-1]
        if not self.letters.is_told_of([one.identity for one, _, _ in later]):
            # Alone they were worth no word; with this one they are.
            self.letters.say(last.identity, last.id, after, holds, now)
        else:
            self.letters.put_right(last.identity, last.id, holds, now, because_of=workout_id)
            self.letters.say(last.identity, last.id, after, holds, now, only=("ready",))
        if len(self._following(workout_id)) == 1:
            standing = set.intersection(*(set(still_true(holds)) for _, _, holds in later))
            self.letters.say(stored.identity, workout_id, whole, plan, now, only=standing)

    def revise(self, workout_id: int, *, grown_by: Collection[int] = (), is_whole: bool = False) -> None:
        """Apply the rules again to a workout whose past has changed; of its messages, change what is not sent yet.

        Done to one workout after the other in order of start, it makes of them what that order would have made.

        Args:
            grown_by: Where it is one brick with one of these, it has become more than it was: there may be something to
                say for the first time.
            is_whole: Whether only a part of it was known, so that what was said of that part is put right.
        """
        stored = self._workouts.summary(workout_id)
        if not stored.has_clock:
            return
        before = self._brick_before(stored.started_at)
        self._workouts.continue_from(workout_id, before.id if before else None)
        may_add = is_whole or any(part in grown_by for part in self._parts(workout_id))
        self._plan_anew(workout_id, self._clock.now(), may_add=may_add, corrects=is_whole)

    def announce(self, workout_id: int) -> None:
        """Say of a workout that was stored in silence what it would have brought by itself."""
        now = self._clock.now()
        stored = self._workouts.summary(workout_id)
        whole, plan = self._plan_brick(workout_id)
        self._make_void(stored.started_at, plan, now)
        self.letters.say(stored.identity, workout_id, whole, plan, now)

    def _make_void(self, started_at: datetime, plan: Recovery, now: datetime) -> None:
        """Cancel what is not sent yet of workouts that began earlier, but for what this plan leaves standing."""
        if plan.plan:
            self._outbox.cancel_older(started_at, keep=still_true(plan), now=now)

    # --- the same activity

    def _twin_of(self, workout: Workout) -> StoredWorkout | None:
        for other in self._workouts.between(workout.started_at, workout.ended_at):
            if same_activity(
                other.started_at, other.ended_at, workout.started_at, workout.ended_at, self._rules.messages
            ):
                return other
        return None

    def _accept_twin(self, twin: StoredWorkout, workout: Workout, now: datetime, *, in_backlog: bool) -> Accepted:
        if richer(self._workouts.workout(twin.id), workout, self._rules.messages) is not workout:
            return Accepted(twin.id, twin=True)
        own = self._recover((workout,), without=(twin.id,))
        self._workouts.replace(twin.id, workout, own, past_workout(workout, own))
        since = min(twin.started_at, workout.started_at)
        later = [one.id for one in self._workouts.started_after(since, limit=MOST_AT_ONCE + 2) if one.id != twin.id]
        is_unsettled = len(later) > MOST_AT_ONCE and not in_backlog
        if in_backlog or is_unsettled:
            for part in self._following(twin.id):
                self._plan_anew(part, now, may_add=False)
        else:
            # What was said of half a file may have been wrong.
            self.revise(twin.id, is_whole=not later and twin.salvaged and not workout.salvaged)
            for one in later:  # their past is another one now
                self.revise(one)
            known = [self._workouts.summary(one) for one in (twin.id, *later)]
            if self.letters.is_told_of([one.identity for one in known]):  # then recovery was promised, too
                whole, plan = self._stored_plan(known[-1].id)
                self.letters.say(known[-1].identity, known[-1].id, whole, plan, now, only=("ready",))
        return Accepted(twin.id, twin=True, replaced=True, is_unsettled=is_unsettled)

    # --- bricks

    def _brick_before(self, started_at: datetime) -> StoredWorkout | None:
        reach = timedelta(hours=float(self._rules.messages.brick_gap_h))
        near = self._workouts.between(started_at - reach, started_at)
        parts = [
            other
            for other in near
            if other.started_at < started_at and is_brick(other.ended_at, started_at, self._rules.messages)
        ]
        return max(parts, key=lambda other: other.ended_at, default=None)

    def _following(self, workout_id: int) -> list[int]:
        """Return the ids of a brick from this workout on, in order; just this one when nothing continues it."""
        ids = [workout_id]
        while followers := [part for part in self._workouts.followers(ids[-1]) if part.id not in ids]:
            ids.append(followers[-1].id)
        return ids

    def _parts(self, workout_id: int) -> tuple[int, ...]:
        """Return the ids of a brick up to this workout, in order; just this one when it is none."""
        parts: list[int] = []
        part: int | None = workout_id
        while part is not None and part not in parts:
            parts.insert(0, part)
            part = self._workouts.summary(part).brick_after
        return tuple(parts)

    # --- plans

    def _recover(self, parts: Sequence[Workout], *, without: Sequence[int]) -> Recovery:
        whole, zone = reduce(join, parts), self._clock.zone()
        history = self._workouts.recent(whole, self._rules.athlete, zone, without=without)
        return recover(whole, self._settings.athlete, history, self._rules, zone=zone)

    def _stored_plan(self, workout_id: int) -> tuple[Workout, Recovery]:
        """Return a workout with all it continues, and what is stored as its plan."""
        parts = [self._workouts.workout(part) for part in self._parts(workout_id)]
        return reduce(join, parts), self._workouts.recovery(workout_id)

    def _plan_brick(self, workout_id: int) -> tuple[Workout, Recovery]:
        """Assess a workout and plan it with all it continues, store both, and return the whole and its plan."""
        ids = self._parts(workout_id)
        parts = [self._workouts.workout(part) for part in ids]
        own = self._recover(parts[-1:], without=(workout_id,))
        self._workouts.set_own(workout_id, own, past_workout(parts[-1], own))
        plan = own if len(ids) == 1 else self._recover(parts, without=ids)
        self._workouts.set_plan(workout_id, plan, brick_after=ids[-2] if len(ids) > 1 else None)
        return reduce(join, parts), plan

    def _plan_anew(self, workout_id: int, now: datetime, *, may_add: bool, corrects: bool = False) -> None:
        """Plan a stored workout again with what is known now; of its messages, change what is not sent yet.

        Args:
            may_add: Whether it has become more than it was, so that there may be something to say for the first time.
            corrects: Whether to say the first message again when it would now be another one than was sent.
        """
        whole, plan = self._plan_brick(workout_id)
        identity = self._workouts.summary(workout_id).identity
        self.letters.say_anew(identity, workout_id, whole, plan, now, may_add=may_add, corrects=corrects)
