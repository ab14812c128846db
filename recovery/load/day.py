"""To which day does the load of a workout belong?"""

from datetime import datetime, timedelta

import numpy as np

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.muscles import is_transition


def trained_at(workout: Workout) -> datetime:
    """Return the moment at which half of a workout was done, aware UTC.

    It tells the local day in which most of the training lies: that is another than the day of the start where a
    recording was resumed on a later day.

    Returns:
        A moment from the start to the end of the workout.
    """
    times_s = workout.samples.time_s
    is_active = np.ones(len(times_s), dtype=bool)
    for pause in workout.pauses:
        is_active &= (times_s <= pause.start_s) | (times_s >= pause.end_s)
    active_s = times_s[is_active]
    if len(active_s):
        middle = workout.started_at + timedelta(seconds=float(active_s[len(active_s) // 2]))
    else:
        middle = _by_sessions(workout)
    return min(max(middle, workout.started_at), workout.ended_at)


def _by_sessions(workout: Workout) -> datetime:
    """Return the moment at which half of the timer time was over, as if each session had its pauses at its end."""
    half_s = workout.timer_s / 2
    for session in workout.sessions:
        if half_s <= session.timer_s and not is_transition(session):
            return session.started_at + timedelta(seconds=half_s)
        half_s -= session.timer_s
    return workout.started_at
