"""Key 6: which food against sore muscles, and when."""

from dataclasses import replace

import pytest

from hersteld.recovery.athlete.profile import Food
from hersteld.recovery.keys.omega3 import omega3, text_id_for
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    advice_of,
    ids,
    local,
    recovery_of,
    situation_of,
    the_advice,
)
from tests.support.fit.workouts import a_workout


@pytest.mark.parametrize(
    ("food", "id_"),
    [
        ((), "omega3"),
        (("fish_allergy",), "omega3_nuts"),
        (("vegan",), "omega3_nuts"),
        (("nut_allergy",), "omega3_fish"),
        (("vegetarian", "nut_allergy"), "omega3_berries"),
    ],
)
def test_only_what_the_athlete_can_eat_is_named(food: tuple[Food, ...], id_: str) -> None:
    assert text_id_for(frozenset(food)) == id_


@pytest.mark.parametrize("food", [frozenset(), frozenset({"vegan", "nut_allergy"})])
def test_the_words_follow_the_food_of_the_athlete(food: frozenset[Food]) -> None:
    assert text_id_for(food) in ids(recovery_of(HARD_RIDE, replace(TRAINED, food=food)))


def test_it_is_for_a_real_load_or_strength_and_until_midnight() -> None:
    assert the_advice(recovery_of(HARD_RIDE), "omega3").expires_at == local("00:00", "2026-05-07")
    assert advice_of(recovery_of(a_workout(30, hr=110)), "omega3") == []
    rode = situation_of(HARD_RIDE)
    at_the_bound, below = (
        omega3(replace(rode, load=replace(rode.load, value=load))) for load in (float(rode.rules.omega3.load), 49.9)
    )
    assert ([advice.id for advice in at_the_bound.advice], below.advice) == (["omega3"], ())
    lifting = a_workout(20, sport="training", sub_sport="strength_training")
    assert [advice.id for advice in advice_of(recovery_of(lifting), "omega3")] == ["omega3"]
