"""What follows from a workout: its plan, what of other plans it changes, and which of their messages it makes void?

Everything here happens within the transaction of one file.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce

from hersteld.config.settings import Settings
from hersteld.daemon.clock import Clock
from hersteld.daemon.letters import Letters, still_true
from hersteld.daemon.outbox import Outbox
from hersteld.daemon.store import Store
from hersteld.daemon.store_summaries import StoredWorkout
from hersteld.daemon.store_workouts import Workouts
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.join import is_brick, join, richer, same_activity
from hersteld.recovery.past import past_workout
from hersteld.recovery.recover import recover

_FUTURE = timedelta(days=1)
"""A workout that ends later than this from now was dated by a device with a wrong clock."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a workout.

    Attributes:
        workout_id: Where it is, or the same activity of another file.
        twin: Whether the activity was known already.
        replaced: Whether this recording took the place of that poorer one.
    """

    workout_id: int
    twin: bool = False
    replaced: bool = False


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
        if workout.has_clock and workout.ended_at > now + _FUTURE and now >= self._store.newest_at():
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
        after = self._brick_after(workout, before)
        self._workouts.set_plan(workout_id, own, brick_after=before.id if before else None)
        if after is not None:
            self._workouts.continue_from(after.id, workout_id)
        latest = self._workouts.latest()
        if latest is not None and latest.started_at > workout.started_at:
            # It came late: the plan of the newest counts, and that one now knows more of the past.
            if not in_backlog:
                newest = latest.id
                for part in self._following(workout_id):
                    if part != newest:
                        self._plan_anew(part, now, may_add=False)
                self._plan_anew(newest, now, may_add=workout_id in self._parts(newest))
            return Accepted(workout_id)
        whole, plan = (workout, own) if before is None else self._plan_brick(workout_id)
        self._outbox.cancel_older(workout.started_at, keep=still_true(plan), now=now)
        if not in_backlog:
            self.letters.say(identity, workout_id, whole, plan, now)
        return Accepted(workout_id)

    def revise(self, workout_id: int, *, may_add: bool = False) -> None:
        """Apply the rules again to a workout whose past has changed; of its messages, change what is not sent yet.

        Done to one workout after the other in order of start, it makes of them what that order would have made.

        Args:
            may_add: Whether it has become more than it was, so that there may be something to say for the first time.
        """
        stored = self._workouts.summary(workout_id)
        if not stored.has_clock:
            return
        before = self._brick_before(stored.started_at)
        self._workouts.continue_from(workout_id, before.id if before else None)
        self._plan_anew(workout_id, self._clock.now(), may_add=may_add)

    def continues_any(self, workout_id: int, others: Collection[int]) -> bool:
        """Whether a workout is one brick with an earlier one of these."""
        return any(part in others for part in self._parts(workout_id))

    def announce(self, workout_id: int) -> None:
        """Say of a workout that was stored in silence what it would have brought by itself."""
        now = self._clock.now()
        stored = self._workouts.summary(workout_id)
        whole, plan = self._plan_brick(workout_id)
        self._outbox.cancel_older(stored.started_at, keep=still_true(plan), now=now)
        self.letters.say(stored.identity, workout_id, whole, plan, now)

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
        # What was said of half a file may have been wrong.
        is_whole = twin.salvaged and not workout.salvaged and not in_backlog
        newer = self._workouts.started_after(workout.started_at, limit=2)
        is_newest = all(other.id == twin.id for other in newer)
        following = self._following(twin.id)
        for part in following:
            self._plan_anew(part, now, may_add=is_whole and is_newest, corrects=is_whole and is_newest)
        latest = self._workouts.latest()
        if latest is not None and latest.id not in following and not in_backlog:  # its past is another one now
            self._plan_anew(latest.id, now, may_add=False)
        return Accepted(twin.id, twin=True, replaced=True)

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

    def _brick_after(self, workout: Workout, before: StoredWorkout | None) -> StoredWorkout | None:
        """Return the workout that continues this one, if it continues none yet or the one before this."""
        reach = timedelta(hours=float(self._rules.messages.brick_gap_h))
        near = self._workouts.between(workout.started_at, workout.ended_at + reach)
        for other in near:
            if other.started_at <= workout.started_at:
                continue
            if is_brick(workout.ended_at, other.started_at, self._rules.messages):
                free = other.brick_after is None or (before is not None and other.brick_after == before.id)
                return other if free else None
        return None

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
