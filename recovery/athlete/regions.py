"""In which half of the body are muscles, and do two workouts share one?"""

from collections.abc import Collection, Iterable
from typing import Literal

WHOLE_BODY = "whole_body"
"""Stands for the muscles of a sport that trains no particular ones."""
Region = Literal["legs", "upper_body", "trained"]
"""A half of the body, or the trained muscles wherever they are."""
_LEGS = frozenset({"calves", "hamstrings", "quadriceps", "hip_flexors", "glutes", "adductors", "ankles"})
_TRUNK = frozenset({"core", "lower_back"})


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
