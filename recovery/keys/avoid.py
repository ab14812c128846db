"""Key 5: what should the athlete avoid after a workout?"""

from collections.abc import Iterator

from hersteld.recovery.advice import Advice
from hersteld.recovery.athlete.muscles import has_strength, strength_s
from hersteld.recovery.numbers import Reason, Source, because, given
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent, to_the_quarter


def avoid(situation: Situation) -> KeyResult:
    """Return the advice to avoid anti-inflammatories from now on, and alcohol in the evening.

    The word about medicine comes at once, because the pill is taken at noon. It follows hard, long and hot workouts and
    strength training; gentle workouts only when they were hot for long. The word about alcohol follows only hard
    workouts and strength training. It is left out for minors and for athletes who never drink alcohol.

    Source: article key 5; the window, and when it applies, are ours.
    """
    rules, workout = situation.rules.avoid, situation.workout
    shortest = situation.rules.messages.strength_min
    if strength_s(workout) and workout.timer_s < 60 * shortest and not situation.assessment.hard:
        return silent("avoid", "avoid", "too_short", because(shortest))
    is_hard = situation.assessment.hard or has_strength(workout, float(shortest))
    triggers = tuple(_triggers(situation))
    if not triggers:
        return silent("avoid", "avoid", "not_hard", because(rules.long_h), because(rules.heat_c))
    until = situation.after(float(rules.window_h))
    reasons = (*triggers, because(rules.window_h), because(rules.evening_hour))
    told = to_the_quarter(until)
    advice: list[Advice] = [lasting("avoid_medicine", "avoid", situation.end, until, *reasons, until=told)]
    if is_hard and "no_alcohol" not in situation.athlete.food and situation.physiology.adult:
        evening = max(situation.at_hour(float(rules.evening_hour)), situation.end)
        midnight = situation.at_hour(24)
        advice.append(lasting("avoid_tonight", "avoid", evening, midnight, *reasons, until=told))
        if until > midnight:
            advice.append(lasting("avoid_until", "avoid", midnight, until, *reasons, until=told))
    return fired("avoid", "avoid", *advice)


def _triggers(situation: Situation) -> Iterator[Reason]:
    """Yield the numbers of each ground on which something is to be avoided; none where there is no ground."""
    rules, workout, assessment = situation.rules, situation.workout, situation.assessment
    if assessment.hard:
        yield given("clock_h", round(assessment.clock_h, 1), "h", Source.COUNTED)
        yield because(rules.rest.hard_from_h)
    if has_strength(workout, float(rules.messages.strength_min)):
        yield given("strength_min", round(strength_s(workout) / 60, 1), "min", Source.COUNTED)
        yield because(rules.messages.strength_min)
    if not assessment.gentle and workout.timer_s >= 3600 * rules.avoid.long_h:
        yield given("timer_s", workout.timer_s, "s", Source.FILE)
        yield because(rules.avoid.long_h)
    felt_c = workout.min_temperature_c
    # A thermometer on a warm wrist reads 28 °C within minutes.
    long_enough = not assessment.gentle or workout.timer_s >= 60 * rules.avoid.gentle_heat_min
    if felt_c is not None and felt_c >= rules.avoid.heat_c and long_enough:
        yield given("temperature_c", felt_c, "°C", Source.FILE)
        yield because(rules.avoid.heat_c)
