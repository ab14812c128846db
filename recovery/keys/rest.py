"""Key 1: when may the athlete train again?"""

from datetime import date, datetime, timedelta

from hersteld.recovery.advice import Advice
from hersteld.recovery.assessment import is_long_run
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent

_A_MINUTE_H = 1 / 60  # readiness that differs by less is the same


def rest(situation: Situation) -> KeyResult:
    """Return until when to rest, and the moment of readiness.

    Source: article key 1; the hours are explained in `hersteld.recovery.assessment`.
    """
    return _until(situation) + _ready(situation)


def _until(situation: Situation) -> KeyResult:
    assessment, rules = situation.assessment, situation.rules
    if assessment.easy_from is None or assessment.ready_at is None:
        return silent("rest", "rest", "no_clock")
    # What the message says of readiness is news for as long as the workout itself is.
    until = max(assessment.ready_at, situation.after(float(rules.messages.late_h)))
    if is_long_run(situation.workout, rules.rest):
        id_ = "rest_long_run"
    elif assessment.next_training_on is not None:
        id_ = _rest_day(situation, assessment.next_training_on, assessment.ready_at)
    elif assessment.hard or assessment.recovery_h >= rules.rest.ready_min_h:
        id_ = "rest_hours"
    else:
        id_ = "rest_short"
    advice = Advice(
        id_,
        "rest",
        situation.end,
        until,
        {
            "easy_from": assessment.easy_from,
            "ready_at": assessment.ready_at,
            "next_training_on": assessment.next_training_on,
            "recovery_h": round(assessment.recovery_h, 1),
        },
        assessment.reasons,
    )
    return fired("rest", "beginner" if assessment.next_training_on is not None else "rest", advice)


def _rest_day(situation: Situation, next_training_on: date, ready_at: datetime) -> str:
    """Return how a beginner is told of the rest day: after two days running, for one day, or for more."""
    if "consecutive_days" in situation.assessment.warnings:
        return "rest_two_days"
    only_easily = ready_at.astimezone(situation.zone).date() > next_training_on
    ended_on = situation.end.astimezone(situation.zone).date()
    if (next_training_on - ended_on).days > situation.rules.rest.beginner_days:
        return "rest_days"
    return "rest_day_easy" if only_easily else "rest_day"


def _ready(situation: Situation) -> KeyResult:
    assessment, rules = situation.assessment, situation.rules.rest
    if assessment.ready_at is None:
        return silent("rest", "ready", "no_clock")
    if assessment.next_training_on is None:
        # Where hours were still open from before, a message was promised: it holds, or comes later with this one.
        open_h = assessment.remaining_h - situation.workout.elapsed_s / 3600
        if open_h > 0 and assessment.recovery_h <= open_h + _A_MINUTE_H:
            return silent("rest", "ready", "promised_before", *assessment.reasons)
        if open_h <= 0 and assessment.recovery_h < rules.ready_min_h:
            return silent("rest", "ready", "short_recovery", *assessment.reasons)
    # A beginner waits for the rest day to be over, and for the hour of hard training where that comes later still.
    due_at = assessment.ready_at
    expires_at = due_at + timedelta(hours=float(rules.ready_expires_h))
    if assessment.next_training_on is None:
        id_ = "ready"
    else:
        longer = due_at.astimezone(situation.zone).date() > assessment.next_training_on
        id_ = "ready_beginner_easy" if longer else "ready_beginner"
    return fired("rest", "ready", lasting(id_, "rest", due_at, expires_at, *assessment.reasons))
