"""What must never be said to somebody with a condition, a food flag, or too few years: one table for all tests."""

import re
from collections.abc import Collection, Mapping
from typing import Literal

from hersteld.recovery.athlete.profile import Condition, Food

Flag = Condition | Food | Literal["minor"]

VOLUMES = r"\d\s?(ml|l)\b"
GRAMS = r"\d\s?g\b"
BATH = r"\b(bath|bad)\b|[Cc]old water|[Kk]oud water"
ALCOHOL = r"[Aa]lcohol"
FISH = r"\b(fish|vis)\b"
NUTS = r"\b(walnuts|walnoten)\b"
HARD = (
    r"[Hh]ard again|hard training|train hard|for anything"
    r"|hard (weer )?vanaf|weer hard|hard trainen|een zware training|kun je alles|kunt alles"
)
"""Leave to train hard; that a workout *was* hard may be said to everybody."""
STRETCHING = r"[Ss]tretch|rekoefeningen|[Rr]ekken|\b[Rr]ek\b"
WALKING = r"\bWalk \d|\bWandel \d|\bLoop \d"
RAW_FISH = r"(?<!well-cooked )oily fish|(?<!doorbakken )vette vis"

FORBIDDEN: Mapping[Flag, tuple[str, ...]] = {
    "kidney": (VOLUMES, GRAMS, BATH),
    "heart": (VOLUMES, BATH, HARD),
    "blood_pressure": (VOLUMES, BATH),
    "diabetes": (GRAMS, BATH),
    "eating_disorder": (VOLUMES, GRAMS),
    "raynaud": (BATH,),
    "pregnancy": (VOLUMES, BATH, HARD, RAW_FISH),
    "diuretics": (VOLUMES, BATH),
    "injury": (BATH, HARD, STRETCHING, WALKING),
    "fish_allergy": (FISH,),
    "vegetarian": (FISH,),
    "vegan": (FISH,),
    "nut_allergy": (NUTS,),
    "no_alcohol": (ALCOHOL,),
    "minor": (VOLUMES, GRAMS, BATH, ALCOHOL, HARD),
}


def contradictions(text: str, flags: Collection[Flag]) -> list[tuple[Flag, str]]:
    """Return which flags a text contradicts, each with the words that do."""
    return [
        (flag, found.group())
        for flag in flags
        for pattern in FORBIDDEN[flag]
        if (found := re.search(pattern, text)) is not None
    ]
