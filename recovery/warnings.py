"""What must the athlete know of a workout beside how hard it was?"""

from datetime import timedelta, tzinfo

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Load
from hersteld.recovery.athlete.history import History, PastWorkout
from hersteld.recovery.athlete.muscles import family
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.sensors import has_enough_power, power, threshold_power_w, within
from hersteld.recovery.rules import LoadRules, Rules


def warnings_of(
    workout: Workout,
    *,
    load: Load,
    physiology: Physiology,
    athlete: Athlete,
    history: History,
    rules: Rules,
    light: bool,
    zone: tzinfo,
) -> tuple[str, ...]:
    """Return the ids of the warnings of an assessment.

    Args:
        history: The workouts before this one.
        light: Whether the workout stayed so light, or so short, that it asks a beginner for no rest day.
        zone: The athlete's time zone, for local dates.
    """
    warnings = []
    if not workout.has_clock:
        warnings.append("no_clock")
    elif athlete.experience == "beginner" and not light and _trained_the_day_before(workout, history.workouts, zone):
        warnings.append("consecutive_days")
    elif not light and any(
        past.easy_from is not None and past.easy_from > workout.started_at for past in history.workouts
    ):
        warnings.append("too_soon")
    if workout.has_clock and athlete.experience == "beginner" and athlete.experience_assumed and not light:
        warnings.append("experience_assumed")
    if workout.salvaged:
        warnings.append("salvaged")
    if load.rung == "duration" and _lacks_ftp(workout, physiology, rules.load):
        warnings.append("ftp_unknown")
    return tuple(warnings)


def _lacks_ftp(workout: Workout, physiology: Physiology, rules: LoadRules) -> bool:
    """Return whether a ride has enough power to give its load, and only the athlete's FTP is missing."""
    watts = power(workout, rules)
    return any(
        family(session) == "cycling"
        and threshold_power_w(session, physiology) is None
        and has_enough_power(within(session, workout, watts), session, rules)
        for session in workout.sessions
    )


def _trained_the_day_before(workout: Workout, past: tuple[PastWorkout, ...], zone: tzinfo) -> bool:
    """Return whether yesterday was a training day and this is the first training of today.

    Light workouts do not count. A second workout of a day is left out, so that the athlete reads it once.
    """
    today = workout.started_at.astimezone(zone).date()
    training_days = {earlier.started_at.astimezone(zone).date() for earlier in past if not earlier.light}
    return today - timedelta(days=1) in training_days and today not in training_days
