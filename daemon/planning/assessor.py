"""What do the rules say of a stored workout, with the past it has now?

A workout that starts soon after another one ended is its continuation: both are one brick, and the plan of its last
part is that of the whole brick. Everything here happens within the transaction of whoever asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce

from hersteld.config.settings import Settings
from hersteld.daemon.planning.bad_workout import readable
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Own, Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.answers.said import NOTHING, Said, of_brick, with_rating
from hersteld.recovery.join import is_brick, join, same_activity
from hersteld.recovery.load.left_running import as_told
from hersteld.recovery.past import past_workout
from hersteld.recovery.recover import recover


class Assessor:
    """Applies the rules to workouts, and stores what they say."""

    def __init__(self, workouts: Workouts, settings: Settings, clock: Clock) -> None:
        self._workouts = workouts
        self._athlete = settings.athlete
        self._rules = settings.rules
        self._clock = clock
        self._shortest_s = 60 * float(settings.rules.messages.min_workout_min)

    def add(self, identity: str, workout: Workout) -> int:
        """Store a workout that is not known yet with its plan, and return its id.

        Args:
            identity: Of the file that brings it.
        """
        own = self._recover({None: workout})
        workout_id = self._workouts.add(identity, workout, self._own(workout, own), now=self._clock.now())
        before = self._brick_before(workout, own) if workout.has_clock else None
        if before is None:
            self._workouts.set_plan(workout_id, own, brick_after=None)
        else:
            self._plan_brick((*self.parts(before.id), workout_id), own, workout)
        return workout_id

    def replace(self, workout_id: int, workout: Workout) -> None:
        """Put another recording in the place of a stored workout, with its plan."""
        own = self._recover({workout_id: workout})
        self._workouts.replace(workout_id, workout, self._own(workout, own))
        self.assess(workout_id)

    def replace_forgotten(self, workout_id: int, workout: Workout) -> None:
        """Put another recording in the place of a forgotten workout; its plan is made once that is taken back."""
        own = self._recover({workout_id: workout})
        self._workouts.replace(workout_id, workout, self._own(workout, own), is_forgotten=True)

    def assess(self, workout_id: int) -> None:
        """Apply the rules again to a stored workout.

        Done to one workout after the other in order of start, it makes of them what that order would have made.
        """
        workout = self._workouts.workout(workout_id)
        own = self._recover({workout_id: workout})
        before = self._brick_before(workout, own) if workout.has_clock else None
        self._workouts.set_own(workout_id, workout, self._own(workout, own))
        if before is None:
            self._workouts.set_plan(workout_id, own, brick_after=None)
        else:
            self._plan_brick((*self.parts(before.id), workout_id), own, workout)

    def stored_plan(self, workout_id: int) -> tuple[Workout, Recovery]:
        """Return a workout with all it continues that can be read, and what is stored as its plan.

        Raises:
            Exception: Of any kind, where the workout itself cannot be read.
        """
        workout = self._workouts.workout(workout_id)
        earlier = self._readable(self.parts(workout_id)[:-1])
        recovery = self._workouts.recovery(workout_id)
        return as_told(reduce(join, [*earlier.values(), workout]), recovery, self._rules.load), recovery

    def parts(self, workout_id: int) -> tuple[int, ...]:
        """Return the ids of a brick up to this workout, in order; only this one when it continues no other."""
        return self._workouts.parts(workout_id)

    def is_continued(self, workout_id: int) -> bool:
        """Return whether a later workout is the continuation of this one."""
        return any(part.id != workout_id for part in self._workouts.followers(workout_id))

    def brick_before(self, started_at: datetime) -> StoredWorkout | None:
        """Return the workout of which one that starts at this moment is the continuation; None when there is none.

        A gentle one, or one of a few minutes, is continued by none.
        """
        reach = timedelta(hours=float(self._rules.messages.brick_gap_h))
        candidates = [
            other
            for other in self._workouts.between(started_at - reach, started_at)
            if other.started_at < started_at
            and not other.gentle
            and other.timer_s >= self._shortest_s
            and is_brick(other.ended_at, started_at, self._rules.messages)
        ]
        return max(candidates, key=lambda other: other.ended_at, default=None)

    def _brick_before(self, workout: Workout, own: Recovery) -> StoredWorkout | None:
        """Return the workout that this one continues; None when there is none, or this one is gentle or too short.

        Args:
            own: What the rules say of this workout alone.
        """
        if own.assessment.gentle or workout.timer_s < self._shortest_s:
            return None
        return self.brick_before(workout.started_at)

    def twin_of(self, workout: Workout) -> StoredWorkout | None:
        """Return the stored workout that is the same activity; None when there is none."""
        others = self._workouts.between(workout.started_at, workout.ended_at)
        until = self.counted(workout).ended_at if others else workout.ended_at
        for other in others:
            if same_activity(other.started_at, other.ended_at, workout.started_at, until, self._rules.messages):
                return other
        return None

    def counted(self, workout: Workout) -> Workout:
        """Return a workout without what was recorded after its end, as its recording was not stopped."""
        return as_told(workout, self._recover({None: workout}), self._rules.load)

    def _own(self, workout: Workout, own: Recovery) -> Own:
        counted = as_told(workout, own, self._rules.load)
        return Own(own, counted, past_workout(counted, own))

    def _done(self, workout_id: int) -> Workout:
        """Return a stored workout, as much of it as counts."""
        recovery = self._workouts.recovery(workout_id)
        return as_told(self._workouts.workout(workout_id), recovery, self._rules.load)

    def _plan_brick(self, ids: Sequence[int], own: Recovery, last: Workout) -> None:
        """Store the plan of a brick as that of its last part.

        Args:
            ids: Of its parts, in order.
            own: What the rules say of the last part alone.
        """
        earlier = self._readable(ids[:-1])
        plan = self._recover({**earlier, ids[-1]: last}) if earlier else own
        self._workouts.set_plan(ids[-1], plan, brick_after=ids[-2] if earlier else None)

    def _readable(self, ids: Sequence[int]) -> dict[int | None, Workout]:
        """Return what counts of the workouts of a brick, in order, after the last one that cannot be read."""
        found: dict[int | None, Workout] = {}
        for part in reversed(ids):
            if (workout := readable(self._done, part)) is None:
                break
            found[part] = workout
        return dict(reversed(found.items()))

    def without_answers(self, workout_id: int) -> Recovery:
        """Return what the rules would say of a stored workout, with its brick, if the athlete had said nothing of it.

        Raises:
            Exception: Of any kind, where the workout cannot be read.
        """
        return self._recover(self._brick_of(workout_id), has_answers=False)

    def with_answers(self, workout_id: int) -> Recovery:
        """Return what the rules say now of a stored workout, with its brick, before that is stored.

        Raises:
            Exception: As `without_answers`.
        """
        return self._recover(self._brick_of(workout_id))

    def if_rated(self, workout_id: int, rpe: float) -> Recovery:
        """Return what the rules would say of a stored workout, with its brick, if the athlete rated its effort so.

        Args:
            rpe: Rating of perceived exertion, 1..10.

        Raises:
            Exception: As `without_answers`.
        """
        return self._recover(self._brick_of(workout_id), rating=(workout_id, rpe))

    def if_weighed(self, workout_id: int, loss_kg: float) -> Recovery:
        """Return what the rules would say of a stored workout, with its brick, if the scales said so.

        Args:
            loss_kg: Mass lost during the workout; negative when gained.

        Raises:
            Exception: As `without_answers`.
        """
        return self._recover(self._brick_of(workout_id), weighed_loss_kg=loss_kg)

    def said_of_brick(self, workout_id: int) -> Said:
        """Return what the scales and the athlete say of a stored workout, as its plan takes it: with its brick."""
        return of_brick(self._said_of(part, workout) for part, workout in self._brick_of(workout_id).items())

    def _brick_of(self, workout_id: int) -> dict[int | None, Workout]:
        earlier = self._readable(self.parts(workout_id)[:-1])
        return {**earlier, workout_id: self._workouts.workout(workout_id)}

    def _said_of(self, workout_id: int | None, workout: Workout) -> Said:
        """Return what was said of a workout; weights by their moment belong to what counts of it."""
        if self._workouts.are_weights_near(workout):
            workout = as_told(workout, self._recover({workout_id: workout}, has_answers=False), self._rules.load)
        return self._workouts.said_of(workout_id, workout)

    def _recover(
        self,
        parts: Mapping[int | None, Workout],
        *,
        has_answers: bool = True,
        rating: tuple[int, float] | None = None,
        weighed_loss_kg: float | None = None,
    ) -> Recovery:
        """Apply the rules to a workout, or to the parts of a brick in order of start.

        Args:
            parts: By id; None for a workout that is not stored yet.
            has_answers: Whether what the athlete said counts.
            rating: A part, and a rating of it in place of what the athlete said of its effort.
            weighed_loss_kg: A loss in place of what the scales said.
        """
        said = {part: self._said_of(part, workout) if has_answers else NOTHING for part, workout in parts.items()}
        if rating is not None:
            part, rpe = rating
            said[part] = replace(said[part], rpe=rpe)
        brick = reduce(join, (with_rating(workout, said[part]) for part, workout in parts.items()))
        whole, zone = of_brick(said.values()), self._clock.zone()
        ids = [part for part in parts if part is not None]
        history = self._workouts.recent(brick, self._rules, zone, without=ids)
        return recover(
            brick,
            self._athlete,
            history,
            self._rules,
            zone=zone,
            weighed_loss_kg=whole.weighed_loss_kg if weighed_loss_kg is None else weighed_loss_kg,
            drunk_ml=whole.drunk_ml,
            next_session_at=self._workouts.next_session_at(brick.ended_at),
            illness=self._workouts.illness_before(brick.started_at) if has_answers else None,
        )
