"""Key 3: how much should the athlete drink after a workout, and when?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hersteld.recovery.advice import Advice
from hersteld.recovery.athlete.caution import NO_VOLUMES, has_any
from hersteld.recovery.key_rules import HydrationRules
from hersteld.recovery.keys.sweat import net_loss
from hersteld.recovery.numbers import Reason, because, given
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent, to_the_quarter


@dataclass(frozen=True, slots=True)
class Portion:
    """What to drink at one time of the timetable.

    Attributes:
        at: Aware UTC.
        volume_ml: Above 0.
    """

    at: datetime
    volume_ml: int


def to_drink_ml(net_loss_ml: float, mass_kg: float, rules: HydrationRules, *, estimated: bool) -> int:
    """Return how much to drink after a workout, in whole steps of a kitchen's measure.

    An estimate never asks for more than a bound, because too much water after a guess is more dangerous than too
    little.

    Args:
        net_loss_ml: Loss that is not replaced yet, 0 or more.
        mass_kg: Body mass, above 0.
        estimated: Whether nobody weighed.

    Source: article key 3, 150 % of the loss; the bounds are ours, against hyponatraemia (Hew-Butler 2015).
    """
    wanted_ml = _rounded(rules.replaced_share * net_loss_ml, rules)
    if not estimated:
        return wanted_ml
    most_ml = min(float(rules.most_estimated_ml), rules.most_estimated_ml_per_kg * mass_kg)
    return min(wanted_ml, _rounded_down(most_ml, rules))


def _rounded(volume_ml: float, rules: HydrationRules) -> int:
    return int(int(volume_ml / rules.step_ml + 0.5) * rules.step_ml)


def _rounded_down(volume_ml: float, rules: HydrationRules) -> int:
    almost_whole = 1e-9  # a bound that is a whole number of steps stays one, however it was computed
    return int(int(volume_ml / rules.step_ml + almost_whole) * rules.step_ml)


def timetable(wanted_ml: int, mass_kg: float, end: datetime, rules: HydrationRules) -> tuple[Portion, ...]:
    """Return what to drink when, from the end of the workout.

    The article drinks 800 ml at once, then 200 ml every 15 minutes until the target is met. A light athlete drinks
    smaller portions, and the target is no more than fits before the timetable ends.

    Args:
        wanted_ml: How much to drink in all, 0 or more.
        mass_kg: Body mass, above 0.
        end: End of the workout, aware UTC.

    Returns:
        In order of time, after the first one at whole quarters of an hour; empty where there is nothing to drink.

    Source: article key 3; going on beyond three portions, and the bounds, are ours.
    """
    most_at_once_ml = rules.max_first_ml_per_kg * mass_kg
    first_ml = min(wanted_ml, _rounded_down(min(float(rules.first_portion_ml), most_at_once_ml), rules))
    most_ml = _rounded_down(min(float(rules.portion_ml), rules.max_portion_ml_per_kg * mass_kg), rules)
    portion_ml = max(int(rules.step_ml), most_ml)
    interval = timedelta(minutes=float(rules.interval_min))
    most_portions = int(timedelta(hours=float(rules.expires_h)) / interval)
    full, last_ml = divmod(min(wanted_ml - first_ml, most_portions * portion_ml), portion_ml)
    volumes_ml = [volume_ml for volume_ml in (first_ml, *[portion_ml] * full, last_ml) if volume_ml]
    volumes_ml = _without_a_sip(volumes_ml, min(portion_ml, _rounded(float(rules.min_portion_ml), rules)))
    return tuple(
        Portion(to_the_quarter(end + index * interval) if index else end, volume_ml)
        for index, volume_ml in enumerate(volumes_ml)
    )


def _without_a_sip(volumes_ml: list[int], least_ml: int) -> list[int]:
    """Return portions of the same sum, the last of them filled up from those before it, the latest of these first.

    Where these have too little to give, the last one is left out: a little less is better than more at once.
    """
    if len(volumes_ml) < 2:
        return volumes_ml
    *filled, last_ml = volumes_ml
    for index in reversed(range(len(filled))):
        given_ml = max(0, min(least_ml - last_ml, filled[index] - least_ml))
        filled[index] -= given_ml
        last_ml += given_ml
    return [*filled, last_ml] if last_ml >= least_ml else filled


def hydration(situation: Situation) -> KeyResult:
    """Return how much to drink: nothing, a volume with the next meal, or a timetable; no volumes where they are unwise.

    Source: article key 3; the bounds are ours.
    """
    rules = situation.rules.hydration
    until = situation.after(float(rules.expires_h))
    mass_kg = situation.physiology.mass_kg

    def instead(text_id: str, why_not: str, *reasons: Reason) -> KeyResult:
        advice = lasting(text_id, "hydration", situation.end, until, *reasons)
        return KeyResult((advice,), silent("hydration", "hydration", why_not, *reasons).verdicts)

    weighed = situation.weighed_loss_kg is not None
    if situation.weighed_loss_kg is not None and situation.weighed_loss_kg < 0:
        return instead("drink_gained", "gained")
    loss = net_loss(situation)
    net = given("net_loss_ml", _rounded(loss.net_ml, rules), "ml", loss.origin)
    if loss.net_ml < rules.nothing_below_ml:
        return silent("hydration", "hydration", "small_loss", net, *loss.reasons, because(rules.nothing_below_ml))
    if has_any(situation.athlete.conditions, NO_VOLUMES):
        by_doctor = "eating_disorder" not in situation.athlete.conditions
        return instead("drink_condition" if by_doctor else "drink_thirst", "condition")
    if not weighed and situation.hours >= rules.unweighed_max_h:
        return instead("drink_long", "too_long", because(rules.unweighed_max_h))
    if not situation.physiology.adult:
        return instead("drink_thirst", "too_young", because(situation.rules.athlete.adult_age))
    wanted_ml = to_drink_ml(loss.net_ml, mass_kg, rules, estimated=not weighed)
    reasons = (net, *loss.reasons, because(rules.replaced_share))
    if not weighed:
        reasons += (because(rules.most_estimated_ml), because(rules.most_estimated_ml_per_kg))
    if loss.net_ml < 1000 * rules.thirst_below_share * mass_kg:
        reasons += (because(rules.thirst_below_share),)
        advice = lasting("drink_with_meal", "hydration", situation.end, until, *reasons, total_ml=wanted_ml)
        return fired("hydration", "hydration", advice)
    return fired("hydration", "hydration", *_portions(situation, wanted_ml, until, reasons, estimated=not weighed))


def _portions(
    situation: Situation, wanted_ml: int, until: datetime, reasons: tuple[Reason, ...], *, estimated: bool
) -> list[Advice]:
    """Return the timetable as advice, and its total for as long as the timetable is over but not out of date."""
    rules, mass_kg = situation.rules.hydration, situation.physiology.mass_kg
    portions = timetable(wanted_ml, mass_kg, situation.end, rules)
    total_ml = sum(portion.volume_ml for portion in portions)
    reasons = (
        *reasons,
        because(rules.first_portion_ml),
        because(rules.portion_ml),
        because(rules.interval_min),
        because(rules.max_first_ml_per_kg),
        because(rules.max_portion_ml_per_kg),
    )
    interval = timedelta(minutes=float(rules.interval_min))
    advice = [
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
            estimated=estimated,
        )
        for number, portion in enumerate(portions, start=1)
    ]
    last_until = portions[-1].at + interval
    if last_until < until:
        advice.append(lasting("drink_total", "hydration", last_until, until, *reasons, total_ml=total_ml))
    return advice
