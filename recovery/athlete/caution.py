"""With whom must the advice be careful? One place for the conditions and ages that reach several keys.

Source: the conditions are ours; none of them is a diagnosis, and a doctor's word comes before ours.
"""

from collections.abc import Collection

from hersteld.recovery.athlete.profile import Condition

NO_VOLUMES: tuple[Condition, ...] = (
    "kidney",
    "heart",
    "diuretics",
    "blood_pressure",  # the volumes are safe only with salt
    "pregnancy",
    "eating_disorder",
)
"""Conditions with which a volume to drink could harm."""
NO_AMOUNTS: tuple[Condition, ...] = ("diabetes", "eating_disorder", "kidney")
"""Conditions with which an amount of food could harm."""
NO_BATH: tuple[Condition, ...] = (
    "heart",
    "blood_pressure",
    "raynaud",
    "pregnancy",
    "diabetes",
    "kidney",
    "diuretics",
    "injury",
)
"""Conditions with which a cold bath could harm."""
NO_EXERCISES: tuple[Condition, ...] = ("injury",)
"""Conditions with which walking on, stretching or another exercise could harm."""
DOCTOR_DECIDES: tuple[Condition, ...] = ("heart", "pregnancy", "injury")
"""Conditions with which a doctor decides about hard training."""


def has_any(conditions: Collection[Condition], of: Collection[Condition]) -> bool:
    """Return whether an athlete has one of these conditions."""
    return not set(conditions).isdisjoint(of)


def may_train_hard(conditions: Collection[Condition], *, adult: bool) -> bool:
    """Return whether it is for us to say that an athlete may train hard; else only easy training is spoken of."""
    return adult and not has_any(conditions, DOCTOR_DECIDES)
