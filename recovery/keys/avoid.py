"""Key 5: what should the athlete avoid after a workout?"""

from hersteld.recovery.advice import Advice
from hersteld.recovery.athlete.muscles import has_strength, strength_s
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent, to_the_quarter


def avoid(situation: Situation) -> KeyResult:
    """Return the advice to avoid anti-inflammatories from now on, and alcohol in the evening.

    The word about medicine comes at once, because the pill is taken at noon. It follows hard, long and hot workouts and
    strength training, and gentle ones only where the heat lasted; the word about alcohol only hard workouts and
    strength training. Alcohol is left out for minors
    and for athletes who never drink it.

    Source: article key 5; the window, and when it applies, are ours.
    """
    rules, workout = situation.rules.avoid, situation.workout
    shortest = situation.rules.messages.strength_min
    if strength_s(workout) and workout.timer_s < 60 * shortest and not situation.assessment.hard:
        return silent("avoid", "avoid", "too_short", because(shortest))
    is_hard = situation.assessment.hard or has_strength(workout, float(shortest))
    is_long = workout.timer_s >= 3600 * rules.long_h and not situation.assessment.gentle
    shortest_hot_min = rules.gentle_heat_min if situation.assessment.gentle else 0.0
    is_hot = (
        workout.min_temperature_c is not None
        and workout.min_temperature_c >= rules.heat_c
        and workout.timer_s >= 60 * shortest_hot_min
    )
    if not (is_hard or is_long or is_hot):
        return silent("avoid", "avoid", "not_hard", because(rules.long_h), because(rules.heat_c))
    until = situation.after(float(rules.window_h))
    reasons = (because(rules.window_h), because(rules.evening_hour))
    told = to_the_quarter(until)
    advice: list[Advice] = [lasting("avoid_medicine", "avoid", situation.end, until, *reasons, until=told)]
    if is_hard and "no_alcohol" not in situation.athlete.food and situation.physiology.adult:
        evening = max(situation.at_hour(float(rules.evening_hour)), situation.end)
        midnight = situation.at_hour(24)
        advice.append(lasting("avoid_tonight", "avoid", evening, midnight, *reasons, until=told))
        if until > midnight:
            advice.append(lasting("avoid_until", "avoid", midnight, until, *reasons, until=told))
    return fired("avoid", "avoid", *advice)
