"""What does the athlete mean by "72,4", "160 lb" or "500ml"?

Numbers have a point or a comma before their decimals, in either language, and a unit with or without a space. A number
without a unit has the unit with which it is a usual amount. Where there are several such readings, or none, nobody
guesses: the athlete is asked, or told them all.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Unit = Literal["kg", "lb", "l", "dl", "cl", "ml"]

KG_PER_LB = 0.45359237
LOWEST_KG, HIGHEST_KG = 25.0, 300.0
"""Between which a body mass is taken at all [H]."""
NEAR_KNOWN_SHARE = 0.25
"""A mass that is farther than this from the one that is known asks whether it is meant [H]."""
LIGHTEST_USUAL_KG = 40.0
"""Without a known mass, pounds that make less than this were kilograms [H]."""
MOST_ML = 15_000.0
"""Nobody drinks more during a workout [H]."""
MOST_USUAL_ML, LEAST_USUAL_ML = 5_000.0, 20.0
"""What is drunk is usually between them, or nothing [H]."""
MOST_LITRES_BARE, LEAST_ML_BARE = 3.0, 50.0
"""A number without a unit up to the first is litres, from the second on millilitres [H]."""

_MASSES: Mapping[Unit, float] = {"kg": 1.0, "lb": KG_PER_LB}
_VOLUMES: Mapping[Unit, float] = {"l": 1000.0, "dl": 100.0, "cl": 10.0, "ml": 1.0}
_WORDS: Mapping[str, Unit] = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), "lb"),
    **dict.fromkeys(("l", "liter", "liters", "litre", "litres"), "l"),
    **dict.fromkeys(("dl", "deciliter", "decilitre"), "dl"),
    **dict.fromkeys(("cl", "centiliter", "centilitre"), "cl"),
    **dict.fromkeys(("ml", "milliliter", "milliliters", "millilitre", "millilitres"), "ml"),
}
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_QUANTITY = re.compile(rf"({_NUMBER.pattern})\s*([a-z]*)")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a text may mean.

    Attributes:
        number, unit: As one would say it: 160 lb.
        amount: The same in kilograms or millilitres.
    """

    number: float
    unit: Unit
    amount: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text means.

    Attributes:
        readings: The one that is meant; or, where that is not sure, all that are possible, the likeliest first; empty
            where no reading is an amount that anybody has.
        is_sure: Whether there is no doubt.
        has_unit: Whether the first reading has the unit that the athlete named.
    """

    readings: tuple[Reading, ...]
    is_sure: bool
    has_unit: bool


def is_number(word: str) -> bool:
    """Return whether a word is a number that a unit may follow."""
    return _NUMBER.fullmatch(word) is not None


def is_unit(word: str) -> bool:
    """Return whether a word is a unit."""
    return word.lower() in _WORDS


def mass(text: str, known_kg: float | None) -> Meaning | None:
    """Return which body mass is meant; None where the text is no mass.

    Args:
        known_kg: Body mass as it was before; None where nobody knows.
    """

    def is_usual(reading: Reading, *, has_unit: bool) -> bool:
        if known_kg is not None:
            return abs(reading.amount / known_kg - 1) <= NEAR_KNOWN_SHARE
        return has_unit or reading.unit == "kg" or reading.amount >= LIGHTEST_USUAL_KG

    return _meaning(text, _MASSES, ("kg", "lb"), lambda amount: LOWEST_KG <= amount <= HIGHEST_KG, is_usual)


def volume(text: str) -> Meaning | None:
    """Return which volume is meant; None where the text is no volume."""

    def is_usual(reading: Reading, *, has_unit: bool) -> bool:
        if has_unit or not reading.amount:
            return not reading.amount or LEAST_USUAL_ML <= reading.amount <= MOST_USUAL_ML
        return reading.number <= MOST_LITRES_BARE if reading.unit == "l" else reading.number >= LEAST_ML_BARE

    return _meaning(text, _VOLUMES, ("ml", "l"), lambda amount: 0 <= amount <= MOST_ML, is_usual)


def _meaning(
    text: str,
    factors: Mapping[Unit, float],
    bare: tuple[Unit, ...],
    is_possible: Callable[[float], bool],
    is_usual: Callable[..., bool],
) -> Meaning | None:
    """Return what a text means.

    Args:
        factors: By which each allowed unit is multiplied.
        bare: The units of a number without one.
    """
    found = _QUANTITY.fullmatch(" ".join(text.lower().split()))
    if found is None or (found[2] and _WORDS.get(found[2]) not in factors):
        return None
    unit = _WORDS[found[2]] if found[2] else None

    def readings(units: tuple[Unit, ...]) -> Iterator[Reading]:
        amounts: set[float] = set()
        for number in _numbers(found[1]):
            for each in units:
                amount = number * factors[each]
                if is_possible(amount) and amount not in amounts:
                    amounts.add(amount)
                    yield Reading(number, each, amount)

    said = tuple(readings((unit,) if unit else bare))
    usual = tuple(one for one in said if is_usual(one, has_unit=unit is not None))
    if usual:
        return Meaning(usual, is_sure=len(usual) == 1, has_unit=unit is not None)
    others: tuple[Reading, ...] = ()
    if said and unit is not None:
        others = tuple(one for one in readings(bare) if one not in said and is_usual(one, has_unit=True))
    return Meaning((*said, *others), is_sure=False, has_unit=unit is not None)


def _numbers(written: str) -> tuple[float, ...]:
    """Return the numbers that are written so: 1.500 is one and a half, or fifteen hundred."""
    decimal = float(written.replace(",", "."))
    if _THOUSANDS.fullmatch(written):
        return decimal, float(written.replace(",", "").replace(".", ""))
    return (decimal,)
