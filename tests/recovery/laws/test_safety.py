"""No safety or food flag is ever contradicted by any message, whatever the workout: law 6."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from hersteld.config.settings import LANGUAGES, Language
from hersteld.recovery.athlete.profile import Condition, Experience, Food
from tests.support.fit.messages import RIDER, drafts_of, said
from tests.support.fit.recoveries import local
from tests.support.fit.workouts import a_workout

_VOLUMES = r"\d\s?(ml|l)\b"
_GRAMS = r"\d\s?g\b"
_HARD = r"\bhard\b"
_BATH = r"\b(bath|bad)\b"
_ALCOHOL = r"alcohol"
_FISH = r"\b(fish|vis)\b"
_NUTS = r"\b(walnuts|walnoten)\b"
_DOCTOR_DECIDES = rf"{_HARD}|anything|kun je alles"
_COOKED = r"(oily fish|vette vis)(?<!well-cooked oily fish)(?<!doorbakken vette vis)"

FORBIDDEN: Mapping[Condition | Food, tuple[str, ...]] = {
    "kidney": (_VOLUMES, _GRAMS, _BATH),
    "heart": (_VOLUMES, _BATH, _DOCTOR_DECIDES),
    "blood_pressure": (_VOLUMES, _BATH),
    "diabetes": (_GRAMS, _BATH),
    "eating_disorder": (_VOLUMES, _GRAMS),
    "raynaud": (_BATH,),
    "pregnancy": (_VOLUMES, _BATH, _DOCTOR_DECIDES, _COOKED),
    "diuretics": (_VOLUMES, _BATH),
    "injury": (_BATH, _DOCTOR_DECIDES, r"[Ss]tretch|rekoefeningen|Rek |[Ww]alk |Wandel "),
    "fish_allergy": (_FISH,),
    "vegetarian": (_FISH,),
    "vegan": (_FISH,),
    "nut_allergy": (_NUTS,),
    "no_alcohol": (_ALCOHOL,),
}
MINOR = (_VOLUMES, _GRAMS, _BATH, _ALCOHOL, _DOCTOR_DECIDES)


@settings(max_examples=150)
@given(
    minutes=st.integers(6, 420),
    bpm=st.integers(90, 195),
    sport=st.sampled_from(["running", "cycling", "swimming", "walking", "training"]),
    strength=st.booleans(),
    kcal=st.none() | st.integers(50, 4000),
    celsius=st.none() | st.integers(-20, 40),
    hour=st.integers(0, 23),
    experience=st.sampled_from(["beginner", "recreational", "trained", "elite"]),
    conditions=st.frozensets(st.sampled_from([name for name in FORBIDDEN if name in Condition.__args__]), max_size=3),  # type: ignore[attr-defined]
    foods=st.frozensets(st.sampled_from([name for name in FORBIDDEN if name in Food.__args__]), max_size=3),  # type: ignore[attr-defined]
    minor=st.booleans(),
    style=st.sampled_from(["brief", "coach"]),
    language=st.sampled_from(LANGUAGES),
    lost_kg=st.none() | st.floats(-1, 3),
)
def test_no_flag_is_contradicted_by_any_message(
    minutes: int,
    bpm: int,
    sport: str,
    strength: bool,
    kcal: int | None,
    celsius: int | None,
    hour: int,
    experience: Experience,
    conditions: frozenset[Condition],
    foods: frozenset[Food],
    minor: bool,
    style: Literal["brief", "coach"],
    language: Language,
    lost_kg: float | None,
) -> None:
    sub_sport = "strength_training" if strength and sport == "training" else None
    workout = a_workout(
        minutes,
        hr=bpm,
        sport=sport,
        sub_sport=sub_sport,
        kcal=kcal,
        temperature_c=celsius,
        ended_at=local(f"{hour:02}:10"),
        step_s=10,
    )
    athlete = replace(
        RIDER,
        experience=experience,
        conditions=conditions,
        food=foods,
        birth_year=2012 if minor else 1985,
    )
    drafts = drafts_of(workout, athlete, style=style, first_ever=True, weighed_loss_kg=lost_kg)
    for draft in drafts.values():
        message = said(draft, language)
        for flag in (*conditions, *foods):
            for pattern in FORBIDDEN[flag]:
                assert not re.search(pattern, message.body), (flag, pattern, message.body)
        if minor:
            for pattern in MINOR:
                assert not re.search(pattern, message.body), (pattern, message.body)
