"""What was told of the parts of a brick before its last one?"""

from datetime import datetime

from hersteld.daemon.planning.bad_workout import readable
from hersteld.daemon.planning.telling.told import Told
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.recovery.messages.drinking import ToldPlan


class ToldParts:
    """The plans of earlier parts of bricks, as they were told."""

    def __init__(self, told: Told, workouts: Workouts) -> None:
        self._told = told
        self._workouts = workouts

    def before(self, stored: StoredWorkout, until: datetime) -> ToldPlan | None:
        """Return what was told of the workout that this one continues; None where it continues none, or none was.

        Args:
            until: When this one is told.
        """
        if stored.brick_after is None:
            return None
        earlier = self._workouts.summary(stored.brick_after)
        told_at = self._told.first_at(earlier.identity)
        if told_at is None:
            return None
        plan = readable(self._workouts.recovery, earlier.id)
        if plan is None:
            return None
        training = (stored.started_at, stored.ended_at)
        return ToldPlan(plan, told_at, until, training, self.before(earlier, told_at))
