"""Key 5: what to leave alone after the workout?"""

from hersteld.recovery.athlete.muscles import families
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent


def avoid(situation: Situation) -> KeyResult:
    """Return no alcohol and no anti-inflammatories: tonight, and when told later than that, until the window closes.

    Source: article key 5; the window is ours.
    """
    rules = situation.rules.avoid
    if not (situation.assessment.hard or "strength" in families(situation.workout)):
        return silent("avoid", "avoid", "not_hard")
    sober = "no_alcohol" in situation.athlete.food or not situation.physiology.adult
    suffix = "_medicine" if sober else ""
    evening = max(situation.at_hour(float(rules.evening_hour)), situation.end)
    midnight, until = situation.at_hour(24), situation.after(float(rules.window_h))
    reasons = (because(rules.window_h), because(rules.evening_hour))
    tonight = lasting(f"avoid_tonight{suffix}", "avoid", evening, midnight, *reasons, until=until)
    later = lasting(f"avoid_until{suffix}", "avoid", midnight, until, *reasons, until=until)
    return fired("avoid", "avoid", tonight, *((later,) if until > midnight else ()))
