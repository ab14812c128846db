"""Of which workouts do the evening and the readiness hold, when newer ones leave them standing?"""

from datetime import datetime, timedelta

from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import readable
from hersteld.daemon.planning.telling.told import Told
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.messages.draft import MessageKind

LONGEST_REST = timedelta(days=14)
"""No workout is so long ago when the rest that it asked for is over."""
_ONE_DAY = timedelta(days=1)
"""No workout is so long ago in its own evening."""


class Standing:
    """Looks for the workouts beside the newest one of which something is still to be said."""

    def __init__(self, workouts: Workouts, assessor: Assessor, told: Told) -> None:
        self._workouts = workouts
        self._assessor = assessor
        self._told = told

    def planned_after(self, stored: StoredWorkout) -> list[tuple[StoredWorkout, Workout | None, Recovery]]:
        """Return the later workouts that have a plan, as a few minutes ask for none.

        Each comes with the whole of its brick, which is None where only the plan can be read.
        """
        later = []
        for workout in self._workouts.started_after(stored.started_at):
            plan = readable(self._workouts.recovery, workout.id)
            if plan is not None and plan.plan:
                whole = readable(self._assessor.stored_plan, workout.id)
                later.append((workout, whole and whole[0], plan))
        return later

    def holders(self, newest: StoredWorkout) -> list[StoredWorkout]:
        """Return the newest workout and those before it whose readiness it left as it was, the newest first."""
        earlier = [] if newest.ready_at is None else self._before(newest, LONGEST_REST)
        return [newest, *(workout for workout in earlier if workout.ready_at == newest.ready_at)]

    def with_readiness(self, newest: StoredWorkout, now: datetime) -> StoredWorkout | None:
        """Return the earlier workout whose readiness holds, and is told when it comes; None where there is none."""
        if newest.ready_at is None or newest.ready_at <= now:
            return None
        for earlier in self.holders(newest)[1:]:
            plan = readable(self._workouts.recovery, earlier.id)
            if plan is not None and plan.ready_advice is not None:
                return earlier
        return None

    def with_evening(self, newest: StoredWorkout) -> StoredWorkout | None:
        """Return the last hard workout before the newest one, if anybody was told of it; None where there is none."""
        for earlier in self._before(newest, _ONE_DAY):
            plan = readable(self._workouts.recovery, earlier.id)
            if plan is not None and plan.assessment.hard:
                return earlier if self._told.has_first([earlier.identity]) else None
        return None

    def _before(self, newest: StoredWorkout, reach: timedelta) -> list[StoredWorkout]:
        """Return the workouts of a stretch of time before this one, the newest first."""
        found = self._workouts.between(newest.started_at - reach, newest.started_at)
        return [workout for workout in reversed(found) if workout.id != newest.id]


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
