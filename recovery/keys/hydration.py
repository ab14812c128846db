"""Key 3: how much to drink, and when?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hersteld.recovery.advice import Advice
from hersteld.recovery.numbers import Reason, because, given
from hersteld.recovery.rules import HydrationRules
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent
from hersteld.recovery.sweat import net_loss

# Blood pressure as well: the volumes are only good with salt.
_NO_VOLUMES_WITH = ("kidney", "heart", "diuretics", "blood_pressure")


@dataclass(frozen=True, slots=True)
class Portion:
    """One glass (or bottle) of the timetable."""

    at: datetime
    volume_ml: int


def round_to_10(volume_ml: float) -> int:
    """Return a volume as a person would say it, in steps of 10 ml."""
    return int(volume_ml / 10 + 0.5) * 10


def timetable(net_loss_ml: float, mass_kg: float, end: datetime, rules: HydrationRules) -> tuple[Portion, ...]:
    """Return what to drink when, from the end of the workout.

    The article's 150 % of the loss: 800 ml at once, then 200 ml every 15 minutes until the target is met; portions are
    smaller for a light athlete, and the target is no more than fits before the timetable ends.

    Args:
        net_loss_ml: Loss not yet replaced, 0 or more.
        mass_kg: Body mass, above 0.
        end: End of the workout, aware UTC.

    Source: article key 3; going on beyond three portions, and the bounds, are ours.
    """
    target = round_to_10(rules.replaced_share * net_loss_ml)
    first = min(target, round_to_10(min(float(rules.first_portion_ml), rules.max_first_ml_per_kg * mass_kg)))
    step = timedelta(minutes=float(rules.interval_min))
    room = int(timedelta(hours=float(rules.expires_h)) / step)
    portion = round_to_10(min(float(rules.portion_ml), rules.max_portion_ml_per_kg * mass_kg))
    target = min(target, first + room * portion)
    volumes = [first] if first else []
    left = target - first
    while left > 0:
        volumes.append(min(left, portion))
        left -= volumes[-1]
    if len(volumes) > 1 and volumes[-1] < rules.min_portion_ml:
        joined = volumes[-2] + volumes[-1]
        if len(volumes) > 2 or joined <= rules.max_first_ml_per_kg * mass_kg:
            volumes[-2:] = [joined]
    return tuple(Portion(end + number * step, volume) for number, volume in enumerate(volumes))


def hydration(situation: Situation) -> KeyResult:
    """Return the drinking timetable, or thirst where volumes would be unwise.

    Source: article key 3.
    """
    rules = situation.rules.hydration
    until = situation.after(float(rules.expires_h))
    mass = situation.physiology.mass_kg

    def instead(id_: str, why_not: str, *reasons: Reason) -> KeyResult:
        advice = lasting(id_, "hydration", situation.end, until, *reasons)
        return KeyResult((advice,), silent("hydration", "hydration", why_not, *reasons).verdicts)

    if any(flag in situation.athlete.conditions for flag in _NO_VOLUMES_WITH):
        return instead("drink_condition", "condition")
    weighed = situation.weighed_loss_kg is not None
    if weighed and (situation.weighed_loss_kg or 0.0) < 0:
        return instead("drink_gained", "gained")
    if not weighed and situation.hours >= rules.unweighed_max_h:
        return instead("drink_long", "too_long", because(rules.unweighed_max_h))
    if not situation.physiology.adult:
        return instead("drink_thirst", "too_young", because(situation.rules.athlete.adult_age))
    loss = net_loss(situation)
    net = given("net_loss_ml", round_to_10(loss.net_ml), "ml", loss.origin)
    if loss.net_ml < 1000 * rules.thirst_below_share * mass:
        return instead("drink_thirst", "small_loss", net, *loss.reasons, because(rules.thirst_below_share))
    portions = timetable(loss.net_ml, mass, situation.end, rules)
    total = sum(portion.volume_ml for portion in portions)
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
    step = timedelta(minutes=float(rules.interval_min))
    advice: list[Advice] = [
        lasting(
            "drink_portion",
            "hydration",
            portion.at,
            portion.at + step,
            *reasons,
            volume_ml=portion.volume_ml,
            total_ml=total,
            portion=number,
            portions=len(portions),
        )
        for number, portion in enumerate(portions, start=1)
    ]
    over = portions[-1].at + step
    if over < until:
        advice.append(lasting("drink_total", "hydration", over, until, *reasons, total_ml=total))
    return fired("hydration", "hydration", *advice)
