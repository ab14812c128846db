"""Key 4: what to eat after the workout?"""

from hersteld.recovery.advice import Value
from hersteld.recovery.numbers import Reason, because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent
from hersteld.recovery.sports import families

_NO_NUMBERS_WITH = ("diabetes", "eating_disorder")


def glycogen(situation: Situation) -> KeyResult:
    """Return the meal: at once with amounts, later without hurry; without any number where numbers could harm.

    Source: article key 4 (eat before and after); ACSM 2016 for protein; the loads and the meal are ours.
    """
    rules, load = situation.rules.glycogen, situation.load.value
    strength = "strength" in families(situation.workout)
    easy = situation.assessment.intensity in ("very_light", "light")
    if easy and not strength and situation.workout.timer_s < 60 * rules.nothing_below_min:
        return silent("glycogen", "glycogen", "easy_and_short", because(rules.nothing_below_min))
    meal = load >= rules.meal_load
    protein = strength or load >= rules.protein_load
    if not (meal or protein):
        return silent("glycogen", "glycogen", "small_load", because(rules.protein_load), because(rules.meal_load))
    mass = situation.physiology.mass_kg
    by, until = situation.after(float(rules.within_h)), situation.after(float(rules.expires_h))
    reasons: list[Reason] = [situation.physiology.reasons["mass_kg"], because(rules.within_h)]
    values: dict[str, Value] = {"within_h": float(rules.within_h), "by": by}
    if meal:
        values["carbohydrate_g"] = round(rules.carbohydrate_g_per_kg * mass)
        reasons += [because(rules.meal_load), because(rules.carbohydrate_g_per_kg)]
    if protein:
        values["protein_g"] = round(min(rules.protein_g_per_kg * mass, float(rules.protein_max_g)))
        reasons += [because(rules.protein_load), because(rules.protein_g_per_kg), because(rules.protein_max_g)]
    if any(flag in situation.athlete.conditions for flag in _NO_NUMBERS_WITH):
        ids, values, reasons = ("eat_plain", "eat_plain_late"), {"within_h": float(rules.within_h), "by": by}, []
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
