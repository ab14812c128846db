"""In which words is a rule explained to somebody whom the words for everybody could harm?"""

from hersteld.recovery.athlete.caution import NO_AMOUNTS, NO_BATH, NO_VOLUMES, has_any, may_train_hard
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.keys.omega3 import text_id_for


def rule_text_id(rule: str, athlete: Athlete, *, adult: bool) -> str:
    """Return the id of the text that explains a rule and names nothing that the athlete is kept from.

    Args:
        rule: As a verdict names it.
        adult: Whether nothing allows the athlete to be a minor.
    """
    conditions = athlete.conditions
    if rule == "omega3":
        return text_id_for(athlete.food, conditions)
    careful = {
        "ready": not may_train_hard(conditions, adult=adult),
        "stretching": "injury" in conditions,
        "cold_bath": has_any(conditions, NO_BATH) or not adult,
        "hydration": has_any(conditions, NO_VOLUMES) or not adult,
        "glycogen": has_any(conditions, NO_AMOUNTS) or not adult,
        "avoid": "no_alcohol" in athlete.food or not adult,
    }
    return f"{rule}_careful" if careful.get(rule, False) else rule
