"""Key 2: for whom a cold bath is wise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hersteld.recovery.athlete.caution import NO_BATH
from hersteld.recovery.athlete.profile import Condition
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    ids,
    recovery_of,
    with_condition,
)
from tests.support.fit.workouts import NOON, a_workout


def test_a_cold_bath_is_for_hard_work_within_three_hours() -> None:
    bath = next(advice for advice in recovery_of(HARD_RIDE).plan if advice.id == "cold_bath")
    assert bath.expires_at == NOON + timedelta(hours=3)
    assert {bath.values[name] for name in ("low_c", "high_c", "low_min", "high_min")} == {11.0, 15.0}
    assert "cold_bath" not in ids(recovery_of(a_workout(40, hr=130)))
    assert "cold_bath" not in ids(recovery_of(a_workout(60, sport="training", sub_sport="strength_training")))


@pytest.mark.parametrize("condition", NO_BATH)
def test_no_cold_bath_with_these_conditions(condition: Condition) -> None:
    assert "cold_bath" not in ids(recovery_of(HARD_RIDE, with_condition(condition)))


def test_no_cold_bath_under_eighteen() -> None:
    assert "cold_bath" not in ids(recovery_of(HARD_RIDE, replace(TRAINED, birth_year=2010)))


def test_after_unusual_strain_no_cold_bath_is_advised() -> None:
    assert "cold_bath" not in ids(recovery_of(a_workout(60, hr=202)))


def test_no_cold_bath_where_the_body_was_cold_already() -> None:
    cold = a_workout(124, hr=165, sport="cycling", kcal=1500, temperature_c=9)
    mild = a_workout(124, hr=165, sport="cycling", kcal=1500, temperature_c=10)
    lake = a_workout(124, hr=165, sport="swimming", sub_sport="open_water")
    assert "cold_bath" not in ids(recovery_of(cold))
    assert "cold_bath" in ids(recovery_of(mild))
    assert "cold_bath" not in ids(recovery_of(lake))


@pytest.mark.parametrize(
    "sport", ["rowing", "water_skiing", "wakesurfing", "jet_skiing", "fishing", "sailing", "surfing"]
)
def test_no_cold_bath_after_sports_on_open_water(sport: str) -> None:
    assert "cold_bath" not in ids(recovery_of(a_workout(124, hr=165, sport=sport)))


def test_a_rowing_machine_stands_on_land() -> None:
    assert "cold_bath" in ids(recovery_of(a_workout(124, hr=165, sport="fitness_equipment", sub_sport="indoor_rowing")))


def test_no_cold_bath_from_sixty_five_on_where_the_age_is_known() -> None:
    year = HARD_RIDE.ended_at.year
    assert "cold_bath" not in ids(recovery_of(HARD_RIDE, replace(TRAINED, birth_year=year - 65)))
    assert "cold_bath" in ids(recovery_of(HARD_RIDE, replace(TRAINED, birth_year=year - 64)))


def test_no_cold_bath_where_the_load_is_only_a_guess() -> None:
    guess = recovery_of(a_workout(240, sport="cycling"))
    assert guess.assessment.hard
    assert guess.load.grade == "D"
    assert "cold_bath" not in ids(guess)
