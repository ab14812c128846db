"""What must the reader know of a workout beside how hard it was?"""

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
    """Return the text ids of an assessment's warnings.

    Args:
        light: Whether it stayed so light that it asks for no rest.
        zone: The athlete's time zone, for local dates.
    """
    found = []
    if not workout.has_clock:
        found.append("no_clock")
    elif athlete.experience == "beginner" and not light and _trained_the_day_before(workout, history.workouts, zone):
        found.append("consecutive_days")
    elif not light and any(
        past.easy_from is not None and past.easy_from > workout.started_at for past in history.workouts
    ):
        found.append("too_soon")
    if workout.has_clock and athlete.experience == "beginner" and athlete.experience_assumed and not light:
        found.append("experience_assumed")
    if workout.salvaged:
        found.append("salvaged")
    if load.rung == "duration" and _lacks_ftp(workout, physiology, rules.load):
        found.append("ftp_unknown")
    return tuple(found)


def _lacks_ftp(workout: Workout, physiology: Physiology, rules: LoadRules) -> bool:
    """Whether a ride has power that would give its load, if the athlete's FTP were known."""
    watts = power(workout, rules)
    return any(
        family(session) == "cycling"
        and threshold_power_w(session, physiology) is None
        and has_enough_power(within(session, workout, watts), session, rules)
        for session in workout.sessions
    )


def _trained_the_day_before(workout: Workout, past: tuple[PastWorkout, ...], zone: tzinfo) -> bool:
    """Whether yesterday was a training day, and today was none until now: that is said once a day."""
    today = workout.started_at.astimezone(zone).date()
    days = {one.started_at.astimezone(zone).date() for one in past if not one.light}
    return today - timedelta(days=1) in days and today not in days
