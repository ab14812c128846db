"""How much does this athlete sweat, by what the scales said of earlier workouts?"""

from collections.abc import Sequence
from dataclasses import replace

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import SweatSample
from hersteld.recovery.athlete.muscles import is_swim
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.key_rules import HydrationRules
from hersteld.recovery.learning.learned import Learned, in_place_of, is_configured, learned
from hersteld.recovery.load.energy import energy
from hersteld.recovery.rules import LearningRules, Rules


def heat_factor(temperature_c: float, rules: HydrationRules) -> float:
    """Return by how much more an athlete sweats at a temperature for the same energy."""
    factor = rules.heat_base + rules.heat_per_c * (temperature_c - rules.heat_from_c)
    return min(max(factor, float(rules.heat_min)), float(rules.heat_max))


def temperature_c(workout: Workout, rules: HydrationRules) -> float:
    """Return the temperature of a workout, or what is assumed where its device felt none."""
    return float(rules.temperature_c) if workout.min_temperature_c is None else workout.min_temperature_c


def sweat_sample(
    workout: Workout, physiology: Physiology, rules: Rules, weighed_loss_kg: float | None, drunk_ml: float | None
) -> SweatSample | None:
    """Return what the scales say of this body's sweat; None where they do not say enough.

    It takes the mass before and after, what was drunk (nothing, of a short workout of which nobody said), and an energy
    that is more than the error of the scales.

    Args:
        weighed_loss_kg: Mass lost during the workout, negative when gained; None when nobody weighed.
        drunk_ml: Volume drunk during the workout; None when nobody said.
    """
    if weighed_loss_kg is None or is_swim(workout):
        return None
    if drunk_ml is None and workout.timer_s > 60 * rules.hydration.drunk_from_min:
        return None
    known = energy(workout, physiology, rules)
    if known is None or known[0] < rules.learning.sweat_least_kcal:
        return None
    warmth_c = temperature_c(workout, rules.hydration)
    sweat_ml = 1000 * weighed_loss_kg + (drunk_ml or 0.0)
    ml_per_kcal = sweat_ml / known[0] / heat_factor(warmth_c, rules.hydration)
    number = rules.hydration.sweat_ml_per_kcal
    return SweatSample(ml_per_kcal, warmth_c) if number.minimum <= ml_per_kcal <= number.maximum else None


def learned_sweat(samples: Sequence[SweatSample], warmth_c: float, rules: LearningRules) -> Learned | None:
    """Return the athlete's own sweat at a temperature, in ml/kcal without the factor of the heat.

    It is that of the workouts in the same band of temperature; while these are too few, that of all.

    Args:
        samples: Of earlier workouts.
        warmth_c: Temperature of the workout at hand.
    """
    own_band = band(warmth_c, rules)
    near = [one.ml_per_kcal for one in samples if band(one.temperature_c, rules) == own_band]
    least = float(rules.sweat_least)

    def reach(middle: float) -> float:
        return rules.odd_share * middle

    return learned(near, least, reach) or learned([one.ml_per_kcal for one in samples], least, reach)


def band(warmth_c: float, rules: LearningRules) -> int:
    """Return the band of a temperature: 0 is cold, 1 mild, 2 warm."""
    return (warmth_c >= rules.mild_from_c) + (warmth_c >= rules.warm_from_c)


def with_own_sweat(rules: Rules, samples: Sequence[SweatSample], workout: Workout) -> Rules:
    """Return the rules with the athlete's own sweat in the place of ours; what is configured stays."""
    number = rules.hydration.sweat_ml_per_kcal
    if is_configured(number) or not samples:
        return rules
    own = learned_sweat(samples, temperature_c(workout, rules.hydration), rules.learning)
    if own is None:
        return rules
    in_place = in_place_of(number, own, _source(own))
    return replace(rules, hydration=replace(rules.hydration, sweat_ml_per_kcal=in_place))


def _source(own: Learned) -> str:
    number, low, high = own.number, f"{own.low:.3g}", f"{own.high:.3g}"
    return f"learned from your scales: {number} answers, from {low} to {high}"
