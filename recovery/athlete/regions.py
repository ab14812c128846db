"""In which half of the body are muscles, do two workouts share one, and which sports are fine while some rest?"""

from collections.abc import Collection, Iterable
from typing import Literal

from hersteld.recovery.athlete.sport_families import MUSCLES_OF, Family

WHOLE_BODY = "whole_body"
"""Stands for the muscles of a sport that trains no particular ones."""
Region = Literal["legs", "upper_body", "trained"]
"""A half of the body, or the trained muscles wherever they are."""
_LEGS = frozenset({"calves", "hamstrings", "quadriceps", "hip_flexors", "glutes", "adductors", "ankles"})
_TRUNK = frozenset({"core", "lower_back"})
_NAMED: dict[Region, tuple[Family, ...]] = {"legs": ("swimming",), "upper_body": ("running", "cycling"), "trained": ()}
"""Sports that most people think of when a half of the body rests."""
_OTHER_HALF: dict[Region, Region] = {"legs": "upper_body", "upper_body": "legs", "trained": "trained"}


def share_a_muscle(some: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether two groups of muscles have one in common; the whole body has all."""
    one, other = set(some), set(others)
    return bool(one and other) and (WHOLE_BODY in one | other or not one.isdisjoint(other))


def region(trained: Collection[str]) -> Region:
    """Return in which half of the body all of these muscles are; the trunk belongs to both."""
    halves = {muscle in _LEGS for muscle in trained if muscle not in _TRUNK}
    if WHOLE_BODY in trained or len(halves) != 1:
        return "trained"
    return "legs" if halves.pop() else "upper_body"


def free_sports(resting: Collection[str]) -> tuple[Family, ...]:
    """Return the sports that a message names as fine while some muscles rest: none of them trains one of these.

    Args:
        resting: Ids of muscles, 1 or more.
    """
    named: tuple[Family, ...] = _NAMED[region(resting)]
    return tuple(sport for sport in named if not share_a_muscle(MUSCLES_OF[sport], resting))


def others(resting: Collection[str]) -> str:
    """Return the id of the words for what is fine while some muscles rest: sports by name, and the other half.

    Args:
        resting: Ids of muscles, 1 or more.

    Returns:
        "running_cycling_legs", "running_legs", "swimming_upper_body", ...; "trained" for any muscles but those trained.
    """
    return "_".join((*free_sports(resting), _OTHER_HALF[region(resting)]))
