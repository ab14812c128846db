"""Which of the masses that a scale measured are those of the athlete?

A scale of a household has several users. It gives them numbers, and the athlete is the one whose usual mass is near the
mass that is known. Where that is not clear, no mass of the scale is taken: a wrong one is worse than none.
"""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from hersteld.recovery.nights.record import Weighing

NEAR_SHARE = 0.10
"""A mass that is farther from the known one than this is that of somebody else [H]."""
ONE_BODY_SHARE = 0.15
"""Between the lightest and the heaviest mass of one body, over years, lies no more [H]."""


def of_athlete(weighings: Sequence[Weighing], known_kg: float | None) -> tuple[bool, ...]:
    """Return of each mass whether it is the athlete's.

    Args:
        weighings: All that the scales of the athlete measured, of any user.
        known_kg: The athlete's body mass by anything but these scales; None where nobody knows.
    """
    by_user: defaultdict[tuple[str, int | None], list[float]] = defaultdict(list)
    for one in weighings:
        by_user[one.device, one.user].append(one.mass_kg)
    own: set[tuple[str, int | None]] = set()
    for device in {device for device, _ in by_user}:
        bodies = {key: median(masses) for key, masses in by_user.items() if key[0] == device and _is_one_body(masses)}
        near = [key for key, mass_kg in bodies.items() if known_kg is None or _is_near(mass_kg, known_kg)]
        users = [key for key in by_user if key[0] == device]
        if len(near) == 1 and (known_kg is not None or len(users) == 1):
            own.add(near[0])
    return tuple((one.device, one.user) in own for one in weighings)


def _is_one_body(masses: Sequence[float]) -> bool:
    return max(masses) <= min(masses) * (1 + ONE_BODY_SHARE)


def _is_near(mass_kg: float, known_kg: float) -> bool:
    return abs(mass_kg / known_kg - 1) <= NEAR_SHARE
