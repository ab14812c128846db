"""What do later workouts need to know of a workout that was assessed?"""

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.history import PastWorkout
from hersteld.recovery.load.day import trained_at


def past_workout(workout: Workout, recovery: Recovery) -> PastWorkout:
    """Return the summary of an assessed workout that the assessment of later ones needs.

    Args:
        workout: As much of it as counts.
    """
    assessment = recovery.assessment
    return PastWorkout(
        started_at=workout.started_at,
        ended_at=workout.ended_at,
        trained_at=trained_at(workout),
        sport=workout.sport,
        load=recovery.load.value,
        hard=assessment.hard,
        gentle=assessment.gentle,
        very_long_run=assessment.very_long_run,
        hr_peak_30s_bpm=assessment.hr_peak_30s_bpm,
        ready_at=assessment.ready_at,
        easy_from=assessment.easy_from,
        ready_other_at=assessment.ready_other_at,
        rested_at=assessment.rested_at,
        rested_other_at=assessment.rested_other_at,
        loaded_muscles=assessment.loaded_muscles,
        best_20min_w=assessment.best_20min_w,
    )
