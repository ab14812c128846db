"""Which user of a scale is the athlete?

A scale of a household has several users. It gives them numbers, and the athlete is the one whose usual mass is near the
mass that is known. Where that is not clear, no mass of the scale is taken: a wrong one is worse than none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

NEAR_SHARE = 0.10
"""A mass that is farther from the known one than this is that of somebody else [H]."""
ONE_BODY_SHARE = 0.15
"""Between the lightest and the heaviest mass of one body, over years, lies no more [H]."""


@dataclass(frozen=True, slots=True)
class ScaleUser:
    """What a scale measured of one of its users, in all.

    Attributes:
        device: Tells one scale from another.
        number: Of the user; None where the scale gives none.
        lightest_kg, heaviest_kg: The least and the most of all masses.
        usual_kg: Returns the median of them; it is asked only where the decision needs it, as it takes longest to find.
    """

    device: str
    number: int | None
    lightest_kg: float
    heaviest_kg: float
    usual_kg: Callable[[], float]


def are_athlete(users: Sequence[ScaleUser], known_kg: float | None) -> tuple[bool, ...]:
    """Return of each user whether it is the athlete.

    Args:
        users: All of the scales of the athlete, each once.
        known_kg: The athlete's body mass by anything but these scales; None where nobody knows.
    """
    return tuple(_is_athlete(one, [user for user in users if user.device == one.device], known_kg) for one in users)


def _is_athlete(user: ScaleUser, of_scale: Sequence[ScaleUser], known_kg: float | None) -> bool:
    """Return whether a user is the athlete, and no other user of the scale can be.

    Args:
        of_scale: All users of the scale.
    """
    if known_kg is None:
        return len(of_scale) == 1 and _is_one_body(user)
    return [one for one in of_scale if _is_one_body(one) and _is_near(one, known_kg)] == [user]


def _is_one_body(user: ScaleUser) -> bool:
    return user.heaviest_kg <= user.lightest_kg * (1 + ONE_BODY_SHARE)


def _is_near(user: ScaleUser, known_kg: float) -> bool:
    """Return whether the usual mass is near the known one, which often follows from the least and the most alone."""
    least_kg, most_kg = known_kg * (1 - NEAR_SHARE), known_kg * (1 + NEAR_SHARE)
    if user.heaviest_kg < least_kg or user.lightest_kg > most_kg:
        return False
    if least_kg <= user.lightest_kg and user.heaviest_kg <= most_kg:
        return True
    return least_kg <= user.usual_kg() <= most_kg
