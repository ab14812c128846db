"""What must the athlete know of a workout beside how hard it was?"""

from collections.abc import Mapping
from datetime import timedelta, tzinfo

from hersteld.parsers.workout import Session, Workout
from hersteld.recovery.advice import Load, Rung
from hersteld.recovery.athlete.ages import ages_of
from hersteld.recovery.athlete.history import History, PastWorkout
from hersteld.recovery.athlete.muscles import family, muscles
from hersteld.recovery.athlete.physiology import MaxHrOrigin, Physiology
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.athlete.regions import share_a_muscle
from hersteld.recovery.athlete.sport_families import has_motor
from hersteld.recovery.load.ladder import UNDERRATED
from hersteld.recovery.load.sensors import coverage, has_enough_power, heart_rate, power, threshold_power_w, within
from hersteld.recovery.rules import LoadRules, RestRules, Rules

_ASSUMED: Mapping[MaxHrOrigin, str] = {
    "default": "age_unknown",
    "age": "max_hr_unknown",
    "own_peak": "max_hr_own_peak",
}
"""The warning for each origin of a maximum heart rate that nobody has set or measured."""
_BY_HEART_RATE: tuple[Rung, ...] = ("heart_rate", "zone_times")


def warnings_of(
    workout: Workout,
    *,
    load: Load,
    physiology: Physiology,
    athlete: Athlete,
    history: History,
    rules: Rules,
    hard: bool,
    gentle: bool,
    zone: tzinfo,
) -> tuple[str, ...]:
    """Return the ids of the warnings of an assessment.

    Args:
        history: The workouts before this one.
        hard, gentle: What the rules call the workout; nothing is begun too early that is gentle.
        zone: The athlete's time zone, for local dates.
    """
    warnings = []
    if not workout.has_clock:
        warnings.append("no_clock")
    elif athlete.experience == "beginner" and not gentle and _trained_the_day_before(workout, history.workouts, zone):
        warnings.append("consecutive_days")
    elif not gentle and any(_is_too_soon(workout, past, rules.rest, hard=hard) for past in history.workouts):
        warnings.append("too_soon")
    if workout.has_clock and athlete.experience == "beginner" and athlete.experience_assumed and not gentle:
        warnings.append("experience_assumed")
    if workout.salvaged:
        warnings.append("salvaged")
    if load.rung == "duration" and _lacks_ftp(workout, physiology, rules.load):
        warnings.append("ftp_unknown")
    elif load.rung == "duration" and _says_little(workout, load, rules.load):
        warnings.append("heart_rate_says_little")
    return tuple(warnings)


def evidence_warnings(
    recorded: Workout,
    done: Workout,
    physiology: Physiology,
    load: Load,
    athlete: Athlete,
    rules: Rules,
) -> tuple[str, ...]:
    """Return the ids of the warnings about the athlete and the recording.

    Args:
        recorded: The workout as its file gave it.
        done: The same without what was recorded after the athlete had stopped.
    """
    warnings = []
    if done is not recorded and done.has_clock:
        warnings.append("counted_until")
    if load.rung in _BY_HEART_RATE and physiology.threshold_is_assumed:
        warnings.append(_ASSUMED[physiology.max_hr_origin])
    if ages_of(athlete, recorded).contradict(rules.athlete):
        warnings.append("ages_contradict")
    return tuple(warnings)


def _lacks_ftp(workout: Workout, physiology: Physiology, rules: LoadRules) -> bool:
    """Return whether a ride has enough power to give its load, and only the athlete's FTP is missing."""
    watts = power(workout, rules)
    return any(
        family(session) == "cycling"
        and not has_motor(session.sport, session.sub_sport)
        and threshold_power_w(session, physiology) is None
        and has_enough_power(within(session, workout, watts), session.timer_s, rules)
        for session in workout.sessions
    )


def _says_little(workout: Workout, load: Load, rules: LoadRules) -> bool:
    """Return whether there is a heart rate, and only the sport is one whose effort it underrates."""
    beats = heart_rate(workout, rules)

    def has_heart_rate(session: Session) -> bool:
        average_bpm = session.avg_hr_bpm
        is_believed = average_bpm is not None and rules.hr_low_bpm <= average_bpm <= rules.hr_high_bpm
        return is_believed or coverage(within(session, workout, beats), session.timer_s) >= rules.coverage_min

    return any(
        found.rung == "duration" and not found.rejected and family(session) in UNDERRATED and has_heart_rate(session)
        for session, found in zip(workout.sessions, load.sessions, strict=True)
    )


def _is_too_soon(workout: Workout, past: PastWorkout, rules: RestRules, *, hard: bool) -> bool:
    """Return whether a workout began hours before an earlier one allowed it: easy training, or hard where it was hard.

    After strength training the muscles that it did not train are ready earlier.
    """
    trained, hours = muscles(workout), timedelta(hours=float(rules.too_soon_h))
    rested_at, easy_from = past.rested_for(trained), past.easy_from
    if past.loaded_muscles and not share_a_muscle(past.loaded_muscles, trained):
        easy_from = None if rested_at is None else past.ended_at + (rested_at - past.ended_at) * rules.easy_share
    allowed = [moment for moment in (easy_from, rested_at if hard else None) if moment is not None]
    return any(moment - workout.started_at > hours for moment in allowed)


def _trained_the_day_before(workout: Workout, past: tuple[PastWorkout, ...], zone: tzinfo) -> bool:
    """Return whether yesterday was a training day and this is the first training of today.

    Gentle workouts do not count. A second workout of a day is left out, so that the athlete reads it once.
    """
    today = workout.started_at.astimezone(zone).date()
    training_days = {earlier.trained_at.astimezone(zone).date() for earlier in past if not earlier.gentle}
    return today - timedelta(days=1) in training_days and today not in training_days
