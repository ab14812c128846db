"""Key 3: how much should the athlete drink after a workout, and when?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hersteld.recovery.advice import Advice
from hersteld.recovery.numbers import Reason, because, given
from hersteld.recovery.rules import HydrationRules
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent
from hersteld.recovery.sweat import net_loss

# Blood pressure is among them because the volumes are safe only with salt.
_NO_VOLUMES_WITH = ("kidney", "heart", "diuretics", "blood_pressure")
"""Conditions with which a volume to drink could harm."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What to drink at one time of the timetable.

    Attributes:
        at: Aware UTC.
        volume_ml: Above 0.
    """

    at: datetime
    volume_ml: int


def round_to_10(volume_ml: float) -> int:
    """Return a volume, 0 or more, rounded to whole steps of 10 ml."""
    return int(volume_ml / 10 + 0.5) * 10


def timetable(net_loss_ml: float, mass_kg: float, end: datetime, rules: HydrationRules) -> tuple[Portion, ...]:
    """Return what to drink when, from the end of the workout.

    The article replaces 150 % of the loss: 800 ml at once, then 200 ml every 15 minutes until the target is met. A
    light athlete drinks smaller portions, and the target is no more than fits before the timetable ends.

    Args:
        net_loss_ml: Loss that is not replaced yet, 0 or more.
        mass_kg: Body mass, above 0.
        end: End of the workout, aware UTC.

    Returns:
        In order of time; empty without a loss.

    Source: article key 3; going on beyond three portions, and the bounds, are ours.
    """
    wanted_ml = round_to_10(rules.replaced_share * net_loss_ml)
    most_at_once_ml = rules.max_first_ml_per_kg * mass_kg
    first_ml = min(wanted_ml, round_to_10(min(float(rules.first_portion_ml), most_at_once_ml)))
    portion_ml = round_to_10(min(float(rules.portion_ml), rules.max_portion_ml_per_kg * mass_kg))
    interval = timedelta(minutes=float(rules.interval_min))
    most_portions = int(timedelta(hours=float(rules.expires_h)) / interval)
    volumes_ml = [first_ml] if first_ml else []
    remaining_ml = min(wanted_ml - first_ml, most_portions * portion_ml)
    while remaining_ml > 0:
        volumes_ml.append(min(remaining_ml, portion_ml))
        remaining_ml -= volumes_ml[-1]
    if len(volumes_ml) > 1 and volumes_ml[-1] < rules.min_portion_ml:
        joined_ml = volumes_ml[-2] + volumes_ml[-1]
        if len(volumes_ml) > 2 or joined_ml <= most_at_once_ml:
            volumes_ml[-2:] = [joined_ml]
    return tuple(Portion(end + index * interval, volume_ml) for index, volume_ml in enumerate(volumes_ml))


def hydration(situation: Situation) -> KeyResult:
    """Return the drinking timetable, or advice without volumes where volumes would be unwise.

    Source: article key 3; the bounds are ours.
    """
    rules = situation.rules.hydration
    until = situation.after(float(rules.expires_h))
    mass_kg = situation.physiology.mass_kg

    def instead(text_id: str, why_not: str, *reasons: Reason) -> KeyResult:
        advice = lasting(text_id, "hydration", situation.end, until, *reasons)
        return KeyResult((advice,), silent("hydration", "hydration", why_not, *reasons).verdicts)

    if any(condition in situation.athlete.conditions for condition in _NO_VOLUMES_WITH):
        return instead("drink_condition", "condition")
    if situation.weighed_loss_kg is not None and situation.weighed_loss_kg < 0:
        return instead("drink_gained", "gained")
    if situation.weighed_loss_kg is None and situation.hours >= rules.unweighed_max_h:
        return instead("drink_long", "too_long", because(rules.unweighed_max_h))
    if not situation.physiology.adult:
        return instead("drink_thirst", "too_young", because(situation.rules.athlete.adult_age))
    loss = net_loss(situation)
    net = given("net_loss_ml", round_to_10(loss.net_ml), "ml", loss.origin)
    if loss.net_ml < 1000 * rules.thirst_below_share * mass_kg:
        return instead("drink_thirst", "small_loss", net, *loss.reasons, because(rules.thirst_below_share))
    portions = timetable(loss.net_ml, mass_kg, situation.end, rules)
    total_ml = sum(portion.volume_ml for portion in portions)
    reasons = (
        net,
        *loss.reasons,
        because(rules.replaced_share),
        because(rules.first_portion_ml),
        because(rules.portion_ml),
        because(rules.interval_min),
        because(rules.max_first_ml_per_kg),
        because(rules.max_portion_ml_per_kg),
    )
    interval = timedelta(minutes=float(rules.interval_min))
    advice: list[Advice] = [
        lasting(
            "drink_portion",
            "hydration",
            portion.at,
            portion.at + interval,
            *reasons,
            volume_ml=portion.volume_ml,
            total_ml=total_ml,
            portion=number,
            portions=len(portions),
        )
        for number, portion in enumerate(portions, start=1)
    ]
    last_until = portions[-1].at + interval
    if last_until < until:
        advice.append(lasting("drink_total", "hydration", last_until, until, *reasons, total_ml=total_ml))
    return fired("hydration", "hydration", *advice)
