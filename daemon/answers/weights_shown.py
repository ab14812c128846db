"""What did the scales and the athlete say of a workout, and what would be its loss without that?"""

from dataclasses import dataclass

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import told_if_damaged
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.said import Said


@dataclass(frozen=True, slots=True)
class WeightsShown:
    """What was said of a workout with all it continues.

    Attributes:
        without: What the rules would say if nothing had been said of it.
    """

    said: Said
    without: Recovery


def weights_shown(store: Store, workout_id: int, settings: Settings, clock: Clock) -> WeightsShown | None:
    """Return what the scales and the athlete say of a stored workout; None where they say nothing.

    Raises:
        DamagedWorkout: The workout was damaged on disk.
    """
    assessor = Assessor(Workouts(store), settings, clock)
    with told_if_damaged(workout_id):
        said = assessor.said_of_brick(workout_id)
        if said.before_kg is None and said.after_kg is None and said.drunk_ml is None:
            return None
        return WeightsShown(said, assessor.without_answers(workout_id))
