"""What do the rules say about a workout?"""

from dataclasses import replace
from datetime import datetime, tzinfo

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Assessment, Load, Recovery
from hersteld.recovery.answers.illness import Illness
from hersteld.recovery.assessment import assess
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import Physiology, resolve
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.learning.ratings import usual_numbers
from hersteld.recovery.learning.sweat import sweat_sample, with_own_sweat
from hersteld.recovery.load.believable import believable, with_cap
from hersteld.recovery.load.best_efforts import best_efforts
from hersteld.recovery.load.ladder import training_load
from hersteld.recovery.load.left_running import truly_done
from hersteld.recovery.plan import plan
from hersteld.recovery.rules import Rules
from hersteld.recovery.situation import Situation
from hersteld.recovery.warnings import evidence_warnings


def recover(
    workout: Workout,
    athlete: Athlete,
    history: History,
    rules: Rules,
    *,
    zone: tzinfo,
    rpe: float | None = None,
    weighed_loss_kg: float | None = None,
    drunk_ml: float | None = None,
    next_session_at: datetime | None = None,
    illness: Illness | None = None,
) -> Recovery:
    """Return everything that the rules say about a workout.

    All times count from the end of the workout, whenever its file arrived.

    Args:
        history: Earlier workouts; those that started no earlier than this one are left out.
        zone: The athlete's time zone, for evenings and local dates.
        rpe: The athlete's own rating of effort, 1..10; None without one.
        weighed_loss_kg: Mass lost during the workout by the scales, negative when gained; None when nobody weighed.
        drunk_ml: Volume drunk during the workout, 0 or more; None when nobody said.
        next_session_at: Start of the next planned session, aware UTC; None when nothing is planned.
        illness: The last illness before the workout; None where none is known.
    """
    before = replace(history, workouts=tuple(past for past in history.workouts if past.started_at < workout.started_at))
    recorded = workout
    rules = with_own_sweat(rules, before.sweats, workout)
    usual_rpe = usual_numbers(before.ratings, rules.learning)
    known_before = physiology = resolve(athlete, workout, before, rules.athlete)
    workout = truly_done(recorded, physiology, rules.load)
    shown = best_efforts(believable(workout, physiology, rules.load), rules)

    def assessed(physiology: Physiology) -> tuple[Workout, Load, Assessment]:
        counted = with_cap(believable(workout, physiology, rules.load), physiology)
        load = training_load(counted, physiology, rules.load, rpe=rpe, usual_rpe=usual_rpe)
        return counted, load, assess(counted, load, physiology, athlete, before, rules, zone)

    counted, load, assessment = assessed(physiology)
    raised = resolve(athlete, workout, before, rules.athlete, shown)
    if raised != physiology:
        # A best effort makes the athlete fitter on paper; the workout that took it was no easier for that. Then all of
        # it is told by the athlete as known before, since an explanation speaks of one athlete.
        anew = assessed(raised)
        if not _asks_for_less(anew[2], assessment):
            physiology = raised
            counted, load, assessment = anew
    warnings = evidence_warnings(recorded, workout, physiology, load, athlete, rules)
    sweat = sweat_sample(counted, physiology, rules, weighed_loss_kg, drunk_ml)
    assessment = replace(
        assessment,
        sweat_ml_per_kcal=None if sweat is None else sweat.ml_per_kcal,
        sweat_c=None if sweat is None else sweat.temperature_c,
        hr_peak_30s_bpm=shown.hr_peak_30s_bpm,
        best_20min_w=shown.best_20min_w,
        counted_until=None if workout is recorded or not workout.has_clock else workout.ended_at,
        warnings=(*assessment.warnings, *warnings),
    )
    result = plan(
        Situation(
            counted,
            athlete,
            physiology,
            load,
            assessment,
            rules,
            zone,
            weighed_loss_kg=weighed_loss_kg,
            drunk_ml=drunk_ml,
            next_session_at=next_session_at,
            illness=illness,
            recorded=recorded,
            known_before=known_before,
        )
    )
    return Recovery(load, assessment, result.advice, result.verdicts, physiology)


def _asks_for_less(anew: Assessment, before: Assessment) -> bool:
    """Return whether an assessment lets any muscles train earlier than another one, or calls the workout easier."""
    return any(new < old for new, old in zip(_asked(anew), _asked(before), strict=True))


def _asked(assessment: Assessment) -> tuple[float, ...]:
    other_at = assessment.rested_other_at
    other_s = 0.0 if other_at is None else other_at.timestamp()
    return (assessment.recovery_h, other_s, assessment.hard, assessment.very_hard, assessment.very_long_run)
