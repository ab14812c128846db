"""Who is the athlete? All of it is optional; without an experience the athlete counts as a beginner, to be cautious."""

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
    """What the athlete configured; None for what the athlete did not say.

    Attributes:
        experience: How much the athlete is used to training.
        experience_assumed: Whether the athlete did not set an experience, so that "beginner" is assumed.
        sex: For the formulas that differ by sex.
        birth_year: Four digits.
        mass_kg: Body mass.
        resting_hr_bpm, max_hr_bpm, lthr_bpm: Heart rates in beats per minute; LTHR is at lactate threshold.
        ftp_w: Functional threshold power.
        conditions: What makes some advice unwise.
        food: What the athlete does not eat or drink.
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
