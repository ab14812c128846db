"""How much fluid was lost? Scales, else the device, else a model; minus what was drunk on the way."""

from dataclasses import dataclass
from typing import Literal

from hersteld.recovery.assessment import INTENSITIES
from hersteld.recovery.athlete.muscles import is_pool_swim
from hersteld.recovery.numbers import Reason, because, given
from hersteld.recovery.rules import HydrationRules
from hersteld.recovery.situation import Situation

Origin = Literal["weighed", "device", "model"]
_DEVICE: Origin = "device"
_MODEL: Origin = "model"


@dataclass(frozen=True, slots=True)
class Loss:
    """Fluid lost and not yet replaced.

    Attributes:
        net_ml: Sweat minus what was drunk, as far as it counts for drinking; negative when mass was gained.
        lost_ml: The same before the bounds on what counts.
        origin: Scales, the device's own estimate, or the model.
    """

    net_ml: float
    lost_ml: float
    origin: Origin
    reasons: tuple[Reason, ...]


def net_loss(situation: Situation) -> Loss:
    """Return the net loss of a workout, from the first source that exists, within the bounds of the rules."""
    rules = situation.rules.hydration
    if situation.weighed_loss_kg is not None:
        weighed = 1000 * situation.weighed_loss_kg
        return Loss(
            min(weighed, 1000 * rules.max_weighed_l),
            weighed,
            "weighed",
            (given("weighed_loss_kg", situation.weighed_loss_kg, "kg", "your scales"), because(rules.max_weighed_l)),
        )
    drunk, drunk_reasons = _drunk_ml(situation, rules)
    device = situation.workout.vendor.sweat_loss_ml
    if device is not None and 0 < device < 1000 * rules.device_max_lph * situation.hours:
        sweat, origin = device, _DEVICE
        reasons: tuple[Reason, ...] = (given("sweat_loss_ml", device, "ml", "the workout's file"),)
    else:
        sweat, reasons = _modelled_ml(situation, rules)
        origin = _MODEL
    lost = max(0.0, sweat - drunk)
    most = 1000 * min(float(rules.max_estimated_l), rules.max_estimated_share * situation.physiology.mass_kg)
    bounds = (because(rules.max_estimated_l), because(rules.max_estimated_share), because(rules.uncertainty))
    return Loss(min(lost, most), lost, origin, (*reasons, *drunk_reasons, *bounds))


def _drunk_ml(situation: Situation, rules: HydrationRules) -> tuple[float, tuple[Reason, ...]]:
    if situation.drunk_ml is not None:
        return situation.drunk_ml, (given("drunk_ml", situation.drunk_ml, "ml", "you said so"),)
    if situation.workout.timer_s <= 60 * rules.drunk_from_min:
        return 0.0, (because(rules.drunk_from_min),)
    return 1000 * rules.drunk_lph * situation.hours, (because(rules.drunk_lph),)


def _modelled_ml(situation: Situation, rules: HydrationRules) -> tuple[float, tuple[Reason, ...]]:
    """Return the model's sweat: by energy where the file has it, else by intensity, mass and temperature."""
    hours, workout = situation.hours, situation.workout
    if is_pool_swim(workout):
        return 1000 * rules.pool_lph * hours, (because(rules.pool_lph),)
    felt = workout.min_temperature_c
    celsius = float(rules.temperature_c) if felt is None else felt
    warmth = because(rules.temperature_c) if felt is None else given("temperature_c", felt, "°C", "the workout's file")
    if workout.kcal:
        heat = rules.heat_base + rules.heat_per_c * (celsius - rules.heat_from_c)
        heat = min(max(heat, float(rules.heat_min)), float(rules.heat_max))
        sweat = workout.kcal * rules.sweat_ml_per_kcal * heat
        low, high = 1000 * rules.sweat_min_lph * hours, 1000 * rules.sweat_max_lph * hours
        return min(max(sweat, low), high), (
            given("kcal", workout.kcal, "kcal", "the workout's file"),
            because(rules.sweat_ml_per_kcal),
            warmth,
        )
    rate = rules.sweat_lph_by_intensity[INTENSITIES.index(situation.assessment.intensity)]
    warm = min(max(1 + rules.warm_per_c * (celsius - rules.warm_from_c), float(rules.warm_min)), float(rules.warm_max))
    mass = situation.physiology.mass_kg
    return 1000 * rate * (mass / rules.sweat_reference_kg) * warm * hours, (
        because(rules.sweat_lph_by_intensity),
        situation.physiology.reasons["mass_kg"],
        warmth,
    )
