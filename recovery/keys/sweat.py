"""How much fluid did the athlete lose and not replace yet, by the scales, the device or a model?"""

from dataclasses import dataclass
from typing import Literal

from hersteld.recovery.assessment import INTENSITIES
from hersteld.recovery.athlete.muscles import is_swim
from hersteld.recovery.key_rules import HydrationRules
from hersteld.recovery.learning.sweat import heat_factor
from hersteld.recovery.load.energy import energy
from hersteld.recovery.numbers import Reason, Source, because, given
from hersteld.recovery.situation import Situation

Origin = Literal["weighed", "device", "model"]


@dataclass(frozen=True, slots=True)
class Loss:
    """Fluid that was lost and is not replaced yet.

    Attributes:
        net_ml: Sweat minus what was drunk, within the bound on a weighed loss; negative when mass was gained.
        lost_ml: The same without the bound.
        origin: The scales, the device's own estimate, or the model.
        reasons: The numbers that it was computed from.
    """

    net_ml: float
    lost_ml: float
    origin: Origin
    reasons: tuple[Reason, ...]


def net_loss(situation: Situation) -> Loss:
    """Return the net loss of a workout from the first source that exists: the scales, the device, the model.

    A device's estimate counts for no more than a human can sweat.

    Source: article key 3, by the weight lost; the bounds are ours.
    """
    rules = situation.rules.hydration
    if situation.weighed_loss_kg is not None:
        weighed_ml = 1000 * situation.weighed_loss_kg
        return Loss(
            min(weighed_ml, 1000 * rules.max_weighed_l),
            weighed_ml,
            "weighed",
            (given("weighed_loss_kg", situation.weighed_loss_kg, "kg", Source.SCALES), because(rules.max_weighed_l)),
        )
    device_ml = situation.workout.vendor.sweat_loss_ml
    origin: Origin
    if device_ml is not None and device_ml > 0:
        origin, sweat_ml = "device", min(device_ml, 1000 * rules.device_max_lph * situation.hours)
        reasons: tuple[Reason, ...] = (
            given("sweat_loss_ml", device_ml, "ml", Source.FILE),
            because(rules.device_max_lph),
        )
    else:
        origin = "model"
        sweat_ml, reasons = _modelled_ml(situation, rules)
    drunk_ml, drunk_reasons = _drunk_ml(situation, sweat_ml, rules)
    lost_ml = max(0.0, sweat_ml - drunk_ml)
    return Loss(lost_ml, lost_ml, origin, (*reasons, *drunk_reasons))


def _drunk_ml(situation: Situation, sweat_ml: float, rules: HydrationRules) -> tuple[float, tuple[Reason, ...]]:
    """Return what was drunk during the workout, as the athlete said, or else as is usual.

    Only the time beyond the first hour counts, and at most half of the sweat, so that more minutes never mean less to
    drink afterwards.
    """
    if situation.drunk_ml is not None:
        return situation.drunk_ml, (given("drunk_ml", situation.drunk_ml, "ml", Source.ATHLETE),)
    beyond_h = situation.hours - rules.drunk_from_min / 60
    if beyond_h <= 0:
        return 0.0, (because(rules.drunk_from_min),)
    rate_mlph = min(1000 * rules.drunk_lph, rules.drunk_share * sweat_ml / situation.hours)
    reasons = (because(rules.drunk_from_min), because(rules.drunk_lph), because(rules.drunk_share))
    return rate_mlph * beyond_h, reasons


def _modelled_ml(situation: Situation, rules: HydrationRules) -> tuple[float, tuple[Reason, ...]]:
    """Return the sweat by the model, which knows a swim, and otherwise goes by energy and temperature.

    Where nothing tells the energy it goes by intensity, body mass and temperature.
    """
    hours, workout = situation.hours, situation.workout
    if is_swim(workout):
        return 1000 * rules.swim_lph * hours, (because(rules.swim_lph),)
    if workout.min_temperature_c is None:
        temperature_c, temperature_reason = float(rules.temperature_c), because(rules.temperature_c)
    else:
        temperature_c = workout.min_temperature_c
        temperature_reason = given("temperature_c", temperature_c, "°C", Source.FILE)
    known = energy(workout, situation.physiology, situation.rules)
    if known is not None:
        kcal, energy_reasons = known
        sweat_ml = kcal * rules.sweat_ml_per_kcal * heat_factor(temperature_c, rules)
        low_ml, high_ml = 1000 * rules.sweat_min_lph * hours, 1000 * rules.sweat_max_lph * hours
        return min(max(sweat_ml, low_ml), high_ml), (
            *energy_reasons,
            because(rules.sweat_ml_per_kcal),
            because(rules.heat_base),
            because(rules.heat_per_c),
            because(rules.heat_from_c),
            temperature_reason,
        )
    rate_lph = rules.sweat_lph_by_intensity[INTENSITIES.index(situation.assessment.intensity)]
    warm_factor = 1 + rules.warm_per_c * (temperature_c - rules.warm_from_c)
    warm_factor = min(max(warm_factor, float(rules.warm_min)), float(rules.warm_max))
    mass_factor = situation.physiology.mass_kg / rules.sweat_reference_kg
    return 1000 * rate_lph * mass_factor * warm_factor * hours, (
        because(rules.sweat_lph_by_intensity),
        situation.physiology.reasons["mass_kg"],
        because(rules.warm_per_c),
        because(rules.warm_from_c),
        temperature_reason,
    )
