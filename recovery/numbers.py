"""Which number led to an advice, where does it come from, and how far can it be trusted?

A rule has no bare figures. It has a `Number`, which is a float that knows its name, unit, kind and source, so that
`hersteld explain` can show them beside every result.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

Kind = Literal["A", "P", "H", "input"]
"""A: the source article. P: published, with author and year. H: our heuristic. input: measured or configured."""


class Source(StrEnum):
    """Where an input comes from. The values are stored with the reasons of a workout, so they never change."""

    CONFIGURATION = "your configuration"
    FILE = "the workout's file"
    RATING = "your rating"
    SCALES = "your scales"
    WEIGH_IN = "your latest weigh-in"
    NIGHT = "measured in your night"
    USUAL_NIGHTS = "your nights before it"
    FACTORY = "factory setting, not used"
    OWN_PEAK = "your own highest heart rate"
    OWN_BEST = "95 % of your own best 20 minutes"
    ATHLETE = "you said so"
    SPORT = "your sport"
    EARLIER_WORKOUTS = "your earlier workouts"
    COUNTED = "counted in this workout"
    LAST_WEEK = "your last seven days"
    OWN_WEEKS = "your own earlier weeks"
    LAST_NIGHTS = "your last seven nights"
    EARLIER_NIGHTS = "your nights before these"
    BUSY_WEEK = "your last week against your last six"
    ASSUMED_EXPERIENCE = "the cautious side, as athlete.experience is not set"


_ATTRIBUTES = ("name", "unit", "kind", "source", "minimum", "maximum")


class Number(float):
    """A float of `rules.toml` that knows what it is.

    Attributes:
        name: Dotted name, "hydration.portion_ml".
        unit: "ml", "h", "1" for a pure number.
        kind: "A", "P" or "H".
        source: Author and year, "article key 3", or why we chose it.
        minimum, maximum: Allowed range for an override, inclusive.
    """

    __slots__ = ("kind", "maximum", "minimum", "name", "source", "unit")

    name: str
    unit: str
    kind: Kind
    source: str
    minimum: float
    maximum: float

    def __new__(
        cls, value: float, *, name: str, unit: str, kind: Kind, source: str, minimum: float, maximum: float
    ) -> "Number":
        """Make the number. Its range is not checked here, but by the loader, which can name the key at fault."""
        number = super().__new__(cls, value)
        number.name = name
        number.unit = unit
        number.kind = kind
        number.source = source
        number.minimum = minimum
        number.maximum = maximum
        return number

    def __getnewargs_ex__(self) -> tuple[tuple[float], dict[str, Any]]:
        """Return how to make it again in another process."""
        return (float(self),), {name: getattr(self, name) for name in _ATTRIBUTES}


class Numbers(tuple[float, ...]):
    """Floats of `rules.toml` that belong together (a curve, a table) and know what they are.

    Attributes:
        name, unit, kind, source: As for `Number`.
        minimum, maximum: Allowed range of each of the values, inclusive.
    """

    name: str
    unit: str
    kind: Kind
    source: str
    minimum: float
    maximum: float

    def __new__(
        cls,
        values: Iterable[float],
        *,
        name: str,
        unit: str,
        kind: Kind,
        source: str,
        minimum: float,
        maximum: float,
    ) -> "Numbers":
        """Make the numbers. Their range is not checked here, as for `Number`."""
        numbers = super().__new__(cls, (float(value) for value in values))
        numbers.name = name
        numbers.unit = unit
        numbers.kind = kind
        numbers.source = source
        numbers.minimum = minimum
        numbers.maximum = maximum
        return numbers

    def __getnewargs_ex__(self) -> tuple[tuple[tuple[float, ...]], dict[str, Any]]:
        """Return how to make it again in another process."""
        return (tuple(self),), {name: getattr(self, name) for name in _ATTRIBUTES}


@dataclass(frozen=True, slots=True)
class Reason:
    """One number that led to an advice, and where it comes from.

    Attributes:
        name: "net_loss_ml", or the dotted name of a number of the rules.
        value: The value that was used; text for what is no number ("beginner").
        unit: Unit, "1" for a pure number, "" for text.
        kind: See `Kind`.
        source: Where it comes from.
    """

    name: str
    value: float | str
    unit: str
    kind: Kind
    source: str


def because(number: Number | Numbers) -> Reason:
    """Return the reason that a number of the rules, or a list of numbers, was used."""
    value = float(number) if isinstance(number, Number) else ", ".join(f"{item:g}" for item in number)
    return Reason(number.name, value, number.unit, number.kind, number.source)


def given(name: str, value: float | str, unit: str, source: str) -> Reason:
    """Return the reason that a value was used which was measured, configured or computed on the way."""
    return Reason(name, value, unit, "input", source)
