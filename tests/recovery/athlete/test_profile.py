"""What is assumed of an athlete who says nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from hersteld.recovery.athlete.profile import CONDITIONS, EXPERIENCES, FOODS, Athlete, Condition, Experience, Food
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    ids,
    recovery_of,
    with_condition,
)
from tests.support.fit.workouts import NOON, a_workout


def test_an_athlete_who_says_nothing_is_a_beginner_without_conditions() -> None:
    athlete = Athlete()
    assert athlete.experience == "beginner"
    assert not athlete.conditions
    assert not athlete.food
    assert {athlete.max_hr_bpm, athlete.mass_kg, athlete.birth_year, athlete.sex, athlete.ftp_w} == {None}


def test_a_beginner_never_rests_less_than_any_other() -> None:
    hours = [
        recovery_of(a_workout(60, hr=150), replace(TRAINED, experience=experience)).assessment.recovery_h
        for experience in get_args(Experience)
    ]
    assert hours[0] == max(hours)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_condition_changes_some_advice(condition: Condition) -> None:
    soon = NOON + timedelta(hours=6)
    plain, careful = (
        {advice.id for advice in recovery_of(HARD_RIDE, athlete, next_session_at=soon).plan}
        for athlete in (TRAINED, with_condition(condition))
    )
    assert careful != plain


@pytest.mark.parametrize("food", FOODS)
def test_every_food_changes_some_words(food: Food) -> None:
    assert ids(recovery_of(HARD_RIDE, replace(TRAINED, food=frozenset({food})))) != ids(recovery_of(HARD_RIDE))


def test_the_options_of_the_configuration_are_those_of_the_rules() -> None:
    assert set(EXPERIENCES) == set(get_args(Experience))
    assert set(CONDITIONS) == set(get_args(Condition))
    assert set(FOODS) == set(get_args(Food))
