"""Key 2: which muscles should the athlete stretch?"""

from hersteld.parsers.line import Value
from hersteld.recovery.athlete.caution import NO_EXERCISES, has_any
from hersteld.recovery.athlete.muscles import families, muscles
from hersteld.recovery.numbers import Source, because, given
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent


def stretching(situation: Situation) -> KeyResult:
    """Return the advice to stretch: within some hours of the workout, and after those, in the evening.

    A gentle workout asks for none, and yoga was some.

    Source: article key 2, at least 20 minutes and the trained muscles first; the rest is ours.
    """
    rules = situation.rules.stretching
    if has_any(situation.athlete.conditions, NO_EXERCISES):
        return silent("stretching", "stretching", "condition")
    if situation.workout.timer_s < 60 * rules.min_workout_min:
        return silent("stretching", "stretching", "too_short", because(rules.min_workout_min))
    if situation.assessment.gentle:
        return silent("stretching", "stretching", "gentle")
    if set(families(situation.workout)) == {"yoga"}:
        return silent("stretching", "stretching", "was_stretching")
    trained = muscles(situation.workout)
    reasons = (because(rules.duration_min), given("muscles", ", ".join(trained), "", Source.SPORT))
    until, evening = situation.after(float(rules.expires_h)), situation.at_hour(float(rules.evening_until_hour))
    values: dict[str, Value] = {"minutes": float(rules.duration_min), "muscles": trained}
    advice = [lasting("stretch", "stretching", situation.end, until, *reasons, **values)]
    if evening > until:
        advice.append(lasting("stretch_evening", "stretching", until, evening, *reasons, **values))
    return fired("stretching", "stretching", *advice)
