"""Key 6: what should the athlete eat against sore muscles?"""

from hersteld.recovery.athlete.muscles import has_strength
from hersteld.recovery.athlete.profile import Condition, Food
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent


def omega3(situation: Situation) -> KeyResult:
    """Return the advice to eat oily fish or walnuts, and berries, of which the athlete can eat all.

    Source: article key 6; the load from which it applies is ours.
    """
    rules = situation.rules.omega3
    strength = has_strength(situation.workout, float(situation.rules.messages.strength_min))
    if situation.load.value < rules.load and not strength:
        return silent("omega3", "omega3", "small_load", because(rules.load))
    text_id = text_id_for(situation.athlete.food, situation.athlete.conditions)
    return fired(
        "omega3",
        "omega3",
        lasting(text_id, "omega3", situation.end, situation.at_hour(24), because(rules.load)),
    )


def text_id_for(food: frozenset[Food], conditions: frozenset[Condition] = frozenset()) -> str:
    """Return the id of the text that names only what the athlete can eat; with a pregnancy the fish is well cooked.

    Args:
        food: What the athlete does not eat or drink.
        conditions: What makes some advice unwise.
    """
    fish = food.isdisjoint(("fish_allergy", "vegetarian", "vegan"))
    nuts = "nut_allergy" not in food
    cooked = "_cooked" if "pregnancy" in conditions else ""
    if fish:
        return f"omega3{cooked}" if nuts else f"omega3_fish{cooked}"
    return "omega3_nuts" if nuts else "omega3_berries"
