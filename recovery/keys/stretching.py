"""Key 2: which muscles should the athlete stretch, and is a cold bath wise?"""

from hersteld.parsers.line import Value
from hersteld.recovery.athlete.muscles import families, muscles
from hersteld.recovery.keys.red_flags import red_flags
from hersteld.recovery.numbers import Source, because, given
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent

_NO_BATH_WITH = ("heart", "blood_pressure", "raynaud", "pregnancy")
"""Conditions with which a cold bath could harm."""


def stretching(situation: Situation) -> KeyResult:
    """Return the advice to stretch: within some hours of the workout, and after those, in the evening.

    Source: article key 2, at least 20 minutes and the trained muscles first; the rest is ours.
    """
    rules = situation.rules.stretching
    if "injury" in situation.athlete.conditions:
        return silent("stretching", "stretching", "condition")
    if situation.workout.timer_s < 60 * rules.min_workout_min:
        return silent("stretching", "stretching", "too_short", because(rules.min_workout_min))
    if situation.assessment.intensity == "very_light":
        return silent("stretching", "stretching", "very_light")
    trained = muscles(situation.workout)
    reasons = (because(rules.duration_min), given("muscles", ", ".join(trained), "", Source.SPORT))
    until, evening = situation.after(float(rules.expires_h)), situation.at_hour(float(rules.evening_until_hour))
    values: dict[str, Value] = {"minutes": float(rules.duration_min), "muscles": trained}
    advice = [lasting("stretch", "stretching", situation.end, until, *reasons, **values)]
    if evening > until:
        advice.append(lasting("stretch_evening", "stretching", until, evening, *reasons, **values))
    return fired("stretching", "stretching", *advice)


def cold_bath(situation: Situation) -> KeyResult:
    """Return the advice to take a cold bath, after hard training and where nothing speaks against it.

    Source: article key 2; Machado 2016 for temperature and time, Brophy-Williams 2011 for the hours.
    """
    rules = situation.rules.stretching
    if any(condition in situation.athlete.conditions for condition in _NO_BATH_WITH):
        return silent("stretching", "cold_bath", "condition")
    if not situation.physiology.adult:
        return silent("stretching", "cold_bath", "too_young", because(situation.rules.athlete.adult_age))
    if red_flags(situation).advice:
        return silent("stretching", "cold_bath", "red_flags")
    if not situation.assessment.hard:
        return silent("stretching", "cold_bath", "not_hard")
    if "strength" in families(situation.workout):
        return silent("stretching", "cold_bath", "strength")
    before = situation.after(float(rules.bath_within_h))
    numbers = (rules.bath_low_c, rules.bath_high_c, rules.bath_low_min, rules.bath_high_min, rules.bath_within_h)
    return fired(
        "stretching",
        "cold_bath",
        lasting(
            "cold_bath",
            "stretching",
            situation.end,
            before,
            *(because(number) for number in numbers),
            low_c=float(rules.bath_low_c),
            high_c=float(rules.bath_high_c),
            low_min=float(rules.bath_low_min),
            high_min=float(rules.bath_high_min),
            before=before,
        ),
    )
