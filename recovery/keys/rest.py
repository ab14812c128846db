"""Key 1: when can the athlete train again?"""

from datetime import date, datetime, timedelta

from hersteld.recovery.advice import Advice, Assessment
from hersteld.recovery.athlete.caution import may_train_hard
from hersteld.recovery.athlete.regions import others, region
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent

_SAME_WITHIN = timedelta(minutes=1)
"""By so much two readinesses may differ and still be the same."""


def rest(situation: Situation) -> KeyResult:
    """Return until when to rest, and the advice at the moment of readiness.

    Source: article key 1; `hersteld.recovery.assessment` explains the hours.
    """
    easy_from, ready_at = situation.assessment.easy_from, situation.assessment.ready_at
    if easy_from is None or ready_at is None:
        return silent("rest", "rest", "no_clock")
    return _rest(situation, easy_from, ready_at) + _ready(situation, ready_at) + _comeback(situation)


def _rest(situation: Situation, easy_from: datetime, ready_at: datetime) -> KeyResult:
    """Return until when to rest, in the words for a very long run, a rest day, some muscles, hours, or a short rest."""
    assessment, rules = situation.assessment, situation.rules
    # The readiness is news at least as long as the workout itself is.
    until = max(ready_at, situation.after(float(rules.messages.late_h)))
    muscles_from = timedelta(hours=float(rules.rest.muscles_from_h))
    other_at = assessment.ready_other_at or ready_at
    if assessment.very_long_run:
        text_id = "rest_long_run"
    elif assessment.next_training_on is not None:
        text_id = _rest_day_id(situation, assessment.next_training_on, ready_at)
    elif _keeps_an_easy_week(assessment, ready_at):
        text_id = "rest_easy_week"
    elif not _may_train_hard(situation):
        text_id = "rest_careful"
    elif assessment.resting_muscles and ready_at - other_at >= muscles_from:
        text_id = "rest_muscles"
    elif assessment.hard or assessment.recovery_h >= rules.rest.ready_min_h:
        text_id = "rest_hours"
    else:
        text_id = "rest_short"
    advice = Advice(
        text_id,
        "rest",
        situation.end,
        until,
        {
            "easy_from": easy_from,
            "ready_at": ready_at,
            "ready_other_at": other_at,
            "region": region(assessment.resting_muscles),
            "others": others(assessment.resting_muscles),
            "next_training_on": assessment.next_training_on,
            "recovery_h": round(assessment.recovery_h, 1),
        },
        assessment.reasons,
    )
    return fired("rest", "beginner" if assessment.next_training_on is not None else "rest", advice)


def _may_train_hard(situation: Situation) -> bool:
    """Return whether it is for us to speak of hard training to this athlete."""
    return may_train_hard(situation.athlete.conditions, adult=situation.physiology.adult)


def _keeps_an_easy_week(assessment: Assessment, ready_at: datetime) -> bool:
    """Return whether a very long run leaves training easy for longer than the hours of rest last."""
    return assessment.easy_week_until is not None and assessment.easy_week_until > ready_at


def _rest_day_id(situation: Situation, next_training_on: date, ready_at: datetime) -> str:
    """Return the text for a beginner's rest: after training on two days running, for one day, or for more days."""
    if "consecutive_days" in situation.assessment.warnings:
        return "rest_two_days"
    ended_on = situation.end.astimezone(situation.zone).date()
    if (next_training_on - ended_on).days > situation.rules.rest.beginner_days:
        return "rest_days"
    return "rest_day_easy" if _lasts_beyond(next_training_on, situation, ready_at) else "rest_day"


def _lasts_beyond(next_training_on: date, situation: Situation, ready_at: datetime) -> bool:
    """Return whether the hours last longer than a beginner's rest day: then easy training comes first."""
    return ready_at.astimezone(situation.zone).date() > next_training_on


def _ready(situation: Situation, ready_at: datetime) -> KeyResult:
    """Return the advice at the moment of readiness, where the rest was long enough to be told of its end."""
    assessment, rules = situation.assessment, situation.rules.rest
    if assessment.next_training_on is None:
        # While an earlier workout's hours last, its plan has promised a message. That message still comes, unless this
        # workout moves the readiness: then its own message takes its place.
        before = assessment.ready_before_at
        if before is not None:
            if ready_at - before <= _SAME_WITHIN:
                return silent("rest", "ready", "promised_before", *assessment.reasons)
        elif assessment.recovery_h < rules.ready_min_h:
            return silent("rest", "ready", "short_recovery", *assessment.reasons)
    expires_at = ready_at + timedelta(hours=float(rules.ready_expires_h))
    if _keeps_an_easy_week(assessment, ready_at):
        text_id = "ready_long_run"
    elif not _may_train_hard(situation):
        text_id = "ready_careful" if situation.physiology.adult else "ready_minor"
    elif assessment.next_training_on is None:
        text_id = "ready"
    else:
        lasts_longer = _lasts_beyond(assessment.next_training_on, situation, ready_at)
        text_id = "ready_beginner_easy" if lasts_longer else "ready_beginner"
    return fired("rest", "ready", lasting(text_id, "rest", ready_at, expires_at, *assessment.reasons))


def _comeback(situation: Situation) -> KeyResult:
    """Return the advice to begin gently after an illness; nothing at all for whoever has not been ill.

    Source: ours. No study says for how long.
    """
    illness, most = situation.illness, situation.rules.rest.comeback_days
    if illness is None:
        return KeyResult((), ())
    easy_until = illness.easy_until(timedelta(days=float(most)))
    if situation.end >= easy_until:
        return silent("rest", "comeback", "well_again", because(most))
    told_until = situation.after(float(situation.rules.messages.late_h))
    day = easy_until.astimezone(situation.zone).date()
    return fired("rest", "comeback", lasting("comeback", "rest", situation.end, told_until, because(most), day=day))
