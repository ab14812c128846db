"""Key 4: what should the athlete eat after a workout?"""

from datetime import datetime, timedelta

from hersteld.parsers.line import Value
from hersteld.recovery.athlete.caution import NO_AMOUNTS, has_any
from hersteld.recovery.athlete.muscles import has_strength, strength_s
from hersteld.recovery.numbers import Reason, because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent, to_the_quarter, within


def glycogen(situation: Situation) -> KeyResult:
    """Return the meal, with amounts by body mass, or instead the refuelling before a second session that is soon.

    Only a workout that asks for a meal has emptied the stores so far that they are filled by the hour.
    The meal is due within some hours; later it is still of use, and then told without hurry. With some conditions it
    has no amounts, nor for minors.

    Source: article key 4, to eat before and after; ACSM 2016 for the protein and, with Burke 2017, for a second session
    soon; the loads, the meal and its gram of carbohydrate for each kilogram are ours.
    """
    rules, load = situation.rules.glycogen, situation.load.value
    shortest = situation.rules.messages.strength_min
    strength = has_strength(situation.workout, float(shortest))
    if strength_s(situation.workout) and situation.workout.timer_s < 60 * shortest:
        return silent("glycogen", "glycogen", "too_short", because(shortest))
    meal = load >= rules.meal_load
    protein = meal or strength or load >= rules.protein_load
    without_amounts = has_any(situation.athlete.conditions, NO_AMOUNTS) or not situation.physiology.adult
    next_at = situation.next_session_at
    soon = next_at is not None and situation.end < next_at < situation.after(float(rules.soon_h))
    if next_at is not None and soon and meal and not without_amounts:
        return _refuel(situation, next_at)
    easy = situation.assessment.intensity in ("very_light", "light")
    if easy and not strength and situation.workout.timer_s < 60 * rules.nothing_below_min:
        return silent("glycogen", "glycogen", "easy_and_short", because(rules.nothing_below_min))
    if not protein:
        return silent("glycogen", "glycogen", "small_load", because(rules.protein_load), because(rules.meal_load))
    mass_kg = situation.physiology.mass_kg
    by, until = situation.after(float(rules.within_h)), situation.after(float(rules.expires_h))
    reasons: list[Reason] = [situation.physiology.reasons["mass_kg"], because(rules.within_h)]
    values: dict[str, Value] = {"within_h": float(rules.within_h), "by": to_the_quarter(by)}
    if meal:
        values["carbohydrate_g"] = round(rules.carbohydrate_g_per_kg * mass_kg)
        reasons += [because(rules.meal_load), because(rules.carbohydrate_g_per_kg)]
    if protein:
        values["protein_g"] = _protein_g(situation)
        reasons += [because(rules.protein_load), because(rules.protein_g_per_kg), because(rules.protein_max_g)]
    if without_amounts:
        values, reasons = {"within_h": float(rules.within_h), "by": to_the_quarter(by)}, []
        ids = ("eat_plain", "eat_plain_late")
    elif meal:
        ids = ("eat_meal", "eat_meal_late")
    else:
        ids = ("eat_protein", "eat_protein_late")
    return fired(
        "glycogen",
        "glycogen",
        lasting(ids[0], "glycogen", situation.end, by, *reasons, **values),
        lasting(ids[1], "glycogen", by, until, *reasons, **values),
    )


def _refuel(situation: Situation, next_at: datetime) -> KeyResult:
    """Return the carbohydrate per hour that fills the stores before a second session, and the protein beside it."""
    rules, mass_kg = situation.rules.glycogen, situation.physiology.mass_kg
    until = min(situation.after(float(rules.soon_for_h)), next_at)
    reasons = (
        situation.physiology.reasons["mass_kg"],
        because(rules.soon_h),
        because(rules.soon_g_per_kg_per_h),
        because(rules.soon_for_h),
    )
    per_hour_g = round(rules.soon_g_per_kg_per_h * mass_kg)
    by, protein_g = min(situation.after(float(rules.within_h)), next_at), _protein_g(situation)
    protein = (because(rules.protein_load), because(rules.protein_g_per_kg), because(rules.protein_max_g))
    return fired(
        "glycogen",
        "glycogen",
        lasting(
            "eat_soon_easy" if _is_recovering(situation, next_at) else "eat_soon",
            "glycogen",
            situation.end,
            until,
            *reasons,
            carbohydrate_g=per_hour_g,
            until=within(situation.end, until),
        ),
        lasting(
            "eat_protein",
            "glycogen",
            situation.end,
            by,
            *protein,
            protein_g=protein_g,
            by=within(situation.end, by),
        ),
    )


def _is_recovering(situation: Situation, next_at: datetime) -> bool:
    """Return whether the athlete is still to recover when the next session begins, so that it is to be easy."""
    ready_at, muscles = situation.assessment.ready_at, situation.assessment.resting_muscles
    if muscles:
        ready_at = situation.assessment.ready_other_at  # nobody knows which muscles the session trains
    too_soon = timedelta(hours=float(situation.rules.rest.too_soon_h))
    return ready_at is not None and next_at < ready_at - too_soon


def _protein_g(situation: Situation) -> int:
    """Return the protein of a meal in grams, by body mass and with an upper bound."""
    rules = situation.rules.glycogen
    return round(min(rules.protein_g_per_kg * situation.physiology.mass_kg, float(rules.protein_max_g)))
