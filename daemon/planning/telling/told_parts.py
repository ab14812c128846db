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
        """Return what was told of the last part before this one that was told; None where none was.

        A part that was not worth a word, or was imported, takes nothing back of what an earlier one asked to drink. On
        the way of each part nothing is drunk.

        Args:
            until: When this one is told.
        """
        trainings: list[tuple[datetime, datetime]] = []
        part = stored
        while part.brick_after is not None:
            trainings.append((part.started_at, part.ended_at))
            part = self._workouts.summary(part.brick_after)
            told_at = self._told.first_at(part.identity)
            plan = None if told_at is None else readable(self._workouts.recovery, part.id)
            if told_at is not None and plan is not None:
                return ToldPlan(plan, told_at, until, tuple(reversed(trainings)), self.before(part, told_at))
        return None
