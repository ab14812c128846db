"""Which number is it, where does it come from, and how far may we trust it?

A rule never carries a bare figure. It carries a `Number`, which computes like the float it is and still knows its name,
unit, kind and source, so that `hersteld explain` can show them beside every result.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["A", "P", "H", "input"]
"""A: the source article. P: published, with author and year. H: our heuristic. input: measured or configured."""


_STANDING = ("name", "unit", "kind", "source", "minimum", "maximum")


class Number(float):
    """A float of `rules.toml` that remembers what it is.

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
        """Make the number; whether the value lies in its range is the loader's business, which can name the key."""
        number = super().__new__(cls, value)
        number.name = name
        number.unit = unit
        number.kind = kind
        number.source = source
        number.minimum = minimum
        number.maximum = maximum
        return number

    def __getnewargs_ex__(self) -> tuple[tuple[float], dict[str, Any]]:
        """Say how to make it again in another process."""
        return (float(self),), {name: getattr(self, name) for name in _STANDING}


class Numbers(tuple[float, ...]):
    """A list of floats of `rules.toml` (a curve, a table) that remembers what it is; attributes as for `Number`."""

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
        """Make the list; the range holds for each of its values."""
        numbers = super().__new__(cls, (float(value) for value in values))
        numbers.name = name
        numbers.unit = unit
        numbers.kind = kind
        numbers.source = source
        numbers.minimum = minimum
        numbers.maximum = maximum
        return numbers

    def __getnewargs_ex__(self) -> tuple[tuple[tuple[float, ...]], dict[str, Any]]:
        """Say how to make it again in another process."""
        return (tuple(self),), {name: getattr(self, name) for name in _STANDING}


@dataclass(frozen=True, slots=True)
class Reason:
    """One number that led to an advice, with its standing.

    Attributes:
        name: What it is: "net_loss_ml", or a rule number's dotted name.
        value: The value used; text for what is no number ("sweat model").
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
    """Return the reason that says a rule's number (or curve) was used."""
    value = float(number) if isinstance(number, Number) else ", ".join(f"{item:g}" for item in number)
    return Reason(number.name, value, number.unit, number.kind, number.source)


def given(name: str, value: float | str, unit: str, source: str) -> Reason:
    """Return the reason for something that was measured, configured or computed on the way."""
    return Reason(name, value, unit, "input", source)
