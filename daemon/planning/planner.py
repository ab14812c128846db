"""What follows from a workout that comes in: its plan, its messages, and which others must be assessed anew?

Everything here happens within the transaction of one file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import readable
from hersteld.daemon.planning.reassess import Reassessment
from hersteld.daemon.planning.telling.announcer import Announcer
from hersteld.daemon.store.answers.of_workout import first_touched
from hersteld.daemon.store.changes import forgotten_times, tell_sport, told_sport
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.told_sport import names_of, with_sport
from hersteld.recovery.join import richer, same_activity, takes_its_place


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a workout.

    Attributes:
        workout_id: Where it is, or the same activity of another file.
        is_forgotten: Whether the athlete wants that activity forgotten, so that this recording is not counted either.
        twin: Whether the activity was known already.
        replaced: Whether this recording took the place of that poorer one.
    """

    workout_id: int
    twin: bool = False
    replaced: bool = False
    is_forgotten: bool = False


class Planner:
    """Applies the rules to workouts as they come in.

    Args:
        targets: Names of the receivers; each message gets a row for each.
        finishes: See `Reassessment`.

    Attributes:
        announcer: Puts what is to be said in the outbox.
        reassessment: Assesses anew what the workouts that came in have changed.
    """

    def __init__(
        self, store: Store, settings: Settings, targets: Sequence[str], clock: Clock, *, finishes: bool = True
    ) -> None:
        self._store = store
        self._workouts = Workouts(store)
        self._rules = settings.rules
        self._late = timedelta(hours=float(settings.rules.messages.late_h))
        self._clock = clock
        self._assessor = Assessor(self._workouts, settings, clock)
        self.announcer = Announcer(store, self._workouts, self._assessor, settings, targets, clock)
        self.reassessment = Reassessment(
            store, self._workouts, self._assessor, self.announcer, settings, clock, finishes=finishes
        )

    def accept(self, identity: str, workout: Workout, *, is_silent: bool, held_before: int | None = None) -> Accepted:
        """Store a workout, plan its recovery and queue its messages.

        Args:
            identity: Of the file that brings it.
            is_silent: Whether it brings no messages of its own: it is one of many, or of an import.
            held_before: The workout that came from the same path before; None when none did.
        """
        if workout.has_clock and (forgotten_id := self._forgotten_twin_of(workout)) is not None:
            self._keep_better_forgotten(forgotten_id, workout, held_before=held_before)
            return Accepted(forgotten_id, twin=True, is_forgotten=True)
        if workout.has_clock and held_before is not None:
            before = self._workouts.summary(held_before)
            known = readable(self._workouts.workout, before.id) if before.has_clock else None
            if known is not None and takes_its_place(known, workout, self._rules.messages):
                return self._replace(before, workout, is_silent=is_silent)
        if workout.has_clock and (twin := self._assessor.twin_of(workout)):
            return self._accept_twin(twin, workout, is_silent=is_silent)
        workout_id = self._assessor.add(identity, workout)
        if not workout.has_clock:
            return Accepted(workout_id)
        later = self._workouts.started_after(workout.started_at, limit=1)
        since = self._first_touched(workout_id)
        if later or since < workout.started_at:
            since = since if since < workout.started_at else later[0].started_at
            self.reassessment.mark(since, Cause.HISTORY if is_silent else Cause.WORKOUT)
        elif is_silent and self.announcer.has_promised():
            # It brings no message of its own; but whoever was told another readiness learns what holds.
            self.reassessment.mark(workout.started_at, Cause.HISTORY)
        if not is_silent and (later or since < workout.started_at):
            self._workouts.set_untold(workout_id, is_untold=True)
            self._reassess_a_few()
        elif not is_silent:
            self.announcer.announce(workout_id)
            is_over = self._clock.now() >= workout.ended_at + self._late
            if is_over and self.announcer.moves_told(workout_id):
                # It ended too long ago for a message of its own, and is no reason to leave a wrong one standing.
                self.reassessment.mark(workout.started_at, Cause.WORKOUT)
                self._reassess_a_few()
        return Accepted(workout_id)

    def _accept_twin(self, twin: StoredWorkout, workout: Workout, *, is_silent: bool) -> Accepted:
        """Put a recording that knows more, or that can be read at all, in the place of another one of the activity."""
        known = readable(self._workouts.workout, twin.id)
        if known is not None and richer(known, workout, self._rules.messages) is not workout:
            return Accepted(twin.id, twin=True)
        return self._replace(twin, workout, is_silent=is_silent)

    def _keep_better_forgotten(self, forgotten_id: int, workout: Workout, *, held_before: int | None) -> None:
        """Keep a recording of a forgotten workout that would take the place of the stored one if it were not forgotten.

        It counts once the workout is taken back.
        """
        known = readable(self._workouts.workout, forgotten_id)
        if known is not None:
            known = replace(known, has_clock=True)  # without one it only counts as forgotten
            is_new_content = held_before == forgotten_id and takes_its_place(known, workout, self._rules.messages)
            if not is_new_content and richer(known, workout, self._rules.messages) is not workout:
                return
        self._assessor.replace_forgotten(forgotten_id, self._as_told(forgotten_id, workout))

    def _as_told(self, workout_id: int, workout: Workout) -> Workout:
        """Return a recording with the sport that the athlete said the workout was: it holds for every recording."""
        told = told_sport(self._store, workout_id)
        if told is None:
            return workout
        tell_sport(self._store, workout_id, *told, names_of(workout))
        return with_sport(workout, *told)

    def _replace(self, twin: StoredWorkout, workout: Workout, *, is_silent: bool) -> Accepted:
        """Put a recording in the place of a stored one."""
        workout = self._as_told(twin.id, workout)
        first = first_touched(self._store, twin.started_at, twin.ended_at)
        self._assessor.replace(twin.id, workout)
        self.announcer.revise(twin.id)
        self.reassessment.mark(min(first, workout.started_at, self._first_touched(twin.id)), Cause.RECORDING)
        if not is_silent:
            if twin.salvaged and not workout.salvaged and not self._workouts.started_after(twin.started_at, limit=1):
                self.announcer.correct_recording(twin.id)
            # The poorer recording may have asked for too little to bring this message or that.
            self._workouts.set_untold(twin.id, is_untold=True)
            self._reassess_a_few()
        return Accepted(twin.id, twin=True, replaced=True)

    def _forgotten_twin_of(self, workout: Workout) -> int | None:
        """Return the id of the forgotten workout that is the same activity; None when there is none."""
        for forgotten_id, started_at, ended_at in forgotten_times(self._store):
            if started_at <= workout.ended_at and ended_at >= workout.started_at:
                until = self._assessor.counted(workout).ended_at
                if same_activity(started_at, ended_at, workout.started_at, until, self._rules.messages):
                    return forgotten_id
        return None

    def _first_touched(self, workout_id: int) -> datetime:
        """Return from which moment on a workout that came in touches others: it may have taken the weights of one."""
        stored = self._workouts.summary(workout_id)
        return first_touched(self._store, stored.started_at, stored.ended_at)

    def _reassess_a_few(self) -> None:
        """Assess a few workouts anew; if these were all, say what is left to be said.

        Otherwise the main loop goes on with both.
        """
        if not self.reassessment.assess_next():
            self.reassessment.finish()
