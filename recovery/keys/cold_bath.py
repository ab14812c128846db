"""Key 2: is a cold bath wise?"""

from hersteld.recovery.athlete.caution import NO_BATH, has_any
from hersteld.recovery.athlete.muscles import families, was_in_open_water
from hersteld.recovery.keys.red_flags import red_flags
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent, to_the_quarter


def cold_bath(situation: Situation) -> KeyResult:
    """Return the advice to take a cold bath, after hard training and where nothing speaks against it.

    Source: article key 2; Machado 2016 for temperature and time; that sooner is better, and what speaks against it,
    are ours.
    """
    rules, physiology = situation.rules.stretching, situation.physiology
    felt_c = situation.workout.min_temperature_c
    if has_any(situation.athlete.conditions, NO_BATH):
        return silent("stretching", "cold_bath", "condition")
    if not physiology.adult:
        return silent("stretching", "cold_bath", "too_young", because(situation.rules.athlete.adult_age))
    if physiology.age is not None and physiology.age >= rules.bath_until_age:
        return silent("stretching", "cold_bath", "too_old", because(rules.bath_until_age))
    if red_flags(situation).advice:
        return silent("stretching", "cold_bath", "red_flags")
    if not situation.assessment.hard:
        return silent("stretching", "cold_bath", "not_hard")
    if "strength" in families(situation.workout):
        return silent("stretching", "cold_bath", "strength")
    if situation.load.grade == "D":
        return silent("stretching", "cold_bath", "a_guess")
    if was_in_open_water(situation.workout) or (felt_c is not None and felt_c < rules.bath_cold_c):
        return silent("stretching", "cold_bath", "was_cold", because(rules.bath_cold_c))
    before = situation.after(float(rules.bath_within_h))
    numbers = (rules.bath_low_c, rules.bath_high_c, rules.bath_low_min, rules.bath_high_min, rules.bath_within_h)
    return fired(
        "stretching",
        "cold_bath",
        lasting(
            "cold_bath",
            "stretching",
            situation.end,
            before,
            *(because(number) for number in numbers),
            low_c=float(rules.bath_low_c),
            high_c=float(rules.bath_high_c),
            low_min=float(rules.bath_low_min),
            high_min=float(rules.bath_high_min),
            before=to_the_quarter(before),
        ),
    )
