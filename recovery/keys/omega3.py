"""Key 6: what to eat against sore muscles?"""

from hersteld.recovery.athlete.muscles import families
from hersteld.recovery.athlete.profile import Food
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent


def omega3(situation: Situation) -> KeyResult:
    """Return oily fish or walnuts, and berries, in the words that suit the athlete's food.

    Source: article key 6; the load from which it applies is ours.
    """
    rules = situation.rules.omega3
    if situation.load.value < rules.load and "strength" not in families(situation.workout):
        return silent("omega3", "omega3", "small_load", because(rules.load))
    return fired(
        "omega3",
        "omega3",
        lasting(wording(situation.athlete.food), "omega3", situation.end, situation.at_hour(24), because(rules.load)),
    )


def wording(food: frozenset[Food]) -> str:
    """Return the text id that names only what the athlete can eat."""
    fish = food.isdisjoint(("fish_allergy", "vegetarian", "vegan"))
    nuts = "nut_allergy" not in food
    if fish:
        return "omega3" if nuts else "omega3_fish"
    return "omega3_nuts" if nuts else "omega3_berries"
