"""Who trains? Everything optional but the experience, and that defaults to the cautious side."""

from dataclasses import dataclass
from typing import Literal, get_args

Experience = Literal["beginner", "recreational", "trained", "elite"]
Sex = Literal["male", "female"]
Condition = Literal[
    "kidney",
    "heart",
    "blood_pressure",
    "diabetes",
    "eating_disorder",
    "raynaud",
    "pregnancy",
    "diuretics",
    "injury",
]
Food = Literal["fish_allergy", "nut_allergy", "vegetarian", "vegan", "no_alcohol"]

EXPERIENCES: tuple[str, ...] = get_args(Experience)
CONDITIONS: tuple[str, ...] = get_args(Condition)
FOODS: tuple[str, ...] = get_args(Food)


@dataclass(frozen=True, slots=True)
class Athlete:
    """What the athlete told us. None is "not told".

    Attributes:
        experience_assumed: Whether nobody told it, so that it is the cautious side.
        birth_year: Four digits.
        mass_kg: Body mass.
        resting_hr_bpm, max_hr_bpm, lthr_bpm: Heart rates in beats per minute; LTHR is at lactate threshold.
        ftp_w: Functional threshold power.
        conditions: The safety profile.
        food: The food profile.
    """

    experience: Experience = "beginner"
    experience_assumed: bool = False
    sex: Sex | None = None
    birth_year: int | None = None
    mass_kg: float | None = None
    resting_hr_bpm: float | None = None
    max_hr_bpm: float | None = None
    lthr_bpm: float | None = None
    ftp_w: float | None = None
    conditions: frozenset[Condition] = frozenset()
    food: frozenset[Food] = frozenset()
