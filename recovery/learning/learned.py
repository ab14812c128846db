"""What is learned of an athlete by several answers, so that one odd answer moves nothing?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from hersteld.recovery.numbers import Number


@dataclass(frozen=True, slots=True)
class Learned:
    """A number that was learned.

    Attributes:
        value: The median of what counts.
        number: How many answers count.
        low, high: The least and the most of them.
    """

    value: float
    number: int
    low: float
    high: float


def learned(values: Sequence[float], least: float, reach: Callable[[float], float]) -> Learned | None:
    """Return what values teach; None where too few of them agree.

    Values that are too far from the median are odd ones, and do not count.

    Args:
        values: Above 0.
        least: How many it takes.
        reach: Returns how far from a median a value may be to count, 0 or more.
    """
    if len(values) < least:
        return None
    middle = median(values)
    kept = [value for value in values if abs(value - middle) <= reach(middle)]
    if len(kept) < least:
        return None
    return Learned(median(kept), len(kept), min(kept), max(kept))


def in_place_of(number: Number, own: Learned, source: str) -> Number:
    """Return what was learned in the place of a number of the rules.

    Args:
        source: What it was learned from, with the number of answers and their range.
    """
    return Number(
        own.value,
        name=number.name,
        unit=number.unit,
        kind="H",
        source=source,
        minimum=number.minimum,
        maximum=number.maximum,
    )


def is_configured(number: Number) -> bool:
    """Return whether the athlete set a number of the rules: then nothing that was learned takes its place."""
    return number.kind == "input"
