"""Is the glucose to be checked after a workout?"""

from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent


def glucose(situation: Situation) -> KeyResult:
    """Return the advice to check the glucose, for somebody with diabetes after hours of training, however easy.

    The glucose can fall for many hours after a workout, and unnoticed in sleep. The advice therefore lasts as long as
    the workout is news, and not only as long as the meal after it does.

    Source: ours.
    """
    from_h = situation.rules.glycogen.glucose_from_h
    if "diabetes" not in situation.athlete.conditions:
        return silent("glucose", "glucose", "no_diabetes")
    if situation.hours < from_h:
        return silent("glucose", "glucose", "too_short", because(from_h))
    until = situation.after(float(situation.rules.messages.late_h))
    return fired("glucose", "glucose", lasting("check_glucose", "glucose", situation.end, until, because(from_h)))
