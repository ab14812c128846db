"""Key 5: what should the athlete avoid after a workout?"""

from hersteld.recovery.athlete.muscles import families
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent


def avoid(situation: Situation) -> KeyResult:
    """Return the advice to avoid alcohol and anti-inflammatories after hard training and after strength training.

    There is one advice for the evening of the workout, and one from midnight until the window ends. Alcohol is left out
    for minors and for athletes who never drink it.

    Source: article key 5; the window is ours.
    """
    rules = situation.rules.avoid
    if not (situation.assessment.hard or "strength" in families(situation.workout)):
        return silent("avoid", "avoid", "not_hard")
    no_alcohol = "no_alcohol" in situation.athlete.food or not situation.physiology.adult
    suffix = "_medicine" if no_alcohol else ""
    evening = max(situation.at_hour(float(rules.evening_hour)), situation.end)
    midnight, until = situation.at_hour(24), situation.after(float(rules.window_h))
    reasons = (because(rules.window_h), because(rules.evening_hour))
    tonight = lasting(f"avoid_tonight{suffix}", "avoid", evening, midnight, *reasons, until=until)
    later = lasting(f"avoid_until{suffix}", "avoid", midnight, until, *reasons, until=until)
    return fired("avoid", "avoid", tonight, *((later,) if until > midnight else ()))
