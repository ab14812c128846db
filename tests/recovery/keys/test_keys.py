"""The keys: what they say, and when they say nothing."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.profile import Condition, Food
from hersteld.recovery.keys.omega3 import text_id_for
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    advice_of,
    ids,
    local,
    recovery_of,
    with_condition,
)
from tests.support.fit.workouts import NOON, a_workout

# Stretching and the cold bath


def test_the_trained_muscles_come_first_and_those_of_two_sports_merge() -> None:
    stretch = next(advice for advice in recovery_of(HARD_RIDE).plan if advice.id == "stretch")
    assert stretch.values["muscles"] == ("quadriceps", "hip_flexors", "glutes", "hamstrings", "lower_back", "neck")
    assert stretch.values["minutes"] == 20
    assert stretch.expires_at == NOON + timedelta(hours=4)


def test_strength_stretches_what_was_exercised_and_else_the_whole_body() -> None:
    def trained(*exercises: str) -> object:
        lifting = a_workout(40, sport="training", sub_sport="strength_training", exercises=exercises)
        return next(advice for advice in recovery_of(lifting).plan if advice.id == "stretch").values["muscles"]

    assert trained("bench_press", "squat") == ("chest", "triceps", "quadriceps", "glutes")
    assert trained() == ("whole_body",)


def test_a_short_or_very_light_workout_and_an_injury_need_no_stretching() -> None:
    assert advice_of(recovery_of(a_workout(14, hr=150)), "stretching") == []
    assert advice_of(recovery_of(a_workout(40, hr=80)), "stretching") == []
    assert "stretch" not in ids(recovery_of(HARD_RIDE, with_condition("injury")))


def test_stretching_can_wait_for_the_evening_until_ten() -> None:
    ride = replace(HARD_RIDE, ended_at=local("13:00"))
    evening = next(advice for advice in recovery_of(ride).plan if advice.id == "stretch_evening")
    assert (evening.due_at, evening.expires_at) == (local("17:00"), local("22:00"))


def test_a_cold_bath_is_for_hard_work_within_three_hours() -> None:
    bath = next(advice for advice in recovery_of(HARD_RIDE).plan if advice.id == "cold_bath")
    assert bath.expires_at == NOON + timedelta(hours=3)
    assert {bath.values[name] for name in ("low_c", "high_c", "low_min", "high_min")} == {11.0, 15.0}
    assert "cold_bath" not in ids(recovery_of(a_workout(40, hr=130)))
    assert "cold_bath" not in ids(recovery_of(a_workout(60, sport="training", sub_sport="strength_training")))


@pytest.mark.parametrize("condition", ["heart", "blood_pressure", "raynaud", "pregnancy"])
def test_no_cold_bath_with_these_conditions(condition: Condition) -> None:
    assert "cold_bath" not in ids(recovery_of(HARD_RIDE, with_condition(condition)))


def test_no_cold_bath_under_eighteen() -> None:
    assert "cold_bath" not in ids(recovery_of(HARD_RIDE, replace(TRAINED, birth_year=2010)))


# Food


def test_a_real_load_asks_for_a_meal_by_body_mass() -> None:
    meal = next(
        advice for advice in recovery_of(HARD_RIDE, replace(TRAINED, mass_kg=72)).plan if advice.id == "eat_meal"
    )
    assert (meal.values["carbohydrate_g"], meal.values["protein_g"]) == (72, 22)
    assert meal.expires_at == meal.values["by"] == NOON + timedelta(hours=2)


def test_protein_is_never_more_than_forty_grams() -> None:
    meal = next(a for a in recovery_of(HARD_RIDE, replace(TRAINED, mass_kg=150)).plan if a.id == "eat_meal")
    assert meal.values["protein_g"] == 40


def test_strength_asks_for_protein_whatever_its_load() -> None:
    assert "eat_protein" in ids(recovery_of(a_workout(20, sport="training", sub_sport="strength_training")))


def test_a_second_session_soon_asks_for_carbohydrate_by_the_hour() -> None:
    soon = recovery_of(HARD_RIDE, next_session_at=NOON + timedelta(hours=7))
    refuel, protein = advice_of(soon, "glycogen")
    assert protein.id == "eat_protein"
    assert (refuel.id, refuel.values["carbohydrate_g"]) == ("eat_soon", 70)
    assert refuel.expires_at == NOON + timedelta(hours=4)
    sooner = advice_of(recovery_of(a_workout(40, hr=95), next_session_at=NOON + timedelta(hours=2)), "glycogen")
    assert [(advice.id, advice.expires_at) for advice in sooner] == [("eat_soon", NOON + timedelta(hours=2))]
    assert advice_of(recovery_of(HARD_RIDE, next_session_at=NOON + timedelta(hours=9)), "glycogen") == advice_of(
        recovery_of(HARD_RIDE), "glycogen"
    )


def test_an_easy_short_workout_asks_for_no_food() -> None:
    assert advice_of(recovery_of(a_workout(40, hr=95)), "glycogen") == []


@pytest.mark.parametrize("condition", ["diabetes", "eating_disorder", "kidney"])
def test_no_number_about_food_with_these_conditions(condition: Condition) -> None:
    meal = advice_of(recovery_of(HARD_RIDE, with_condition(condition)), "glycogen")
    assert [advice.id for advice in meal] == ["eat_plain", "eat_plain_late"]
    assert not any(name.endswith("_g") for advice in meal for name in advice.values)


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


# What to avoid


def test_alcohol_and_medicine_are_for_the_evening_of_a_hard_day() -> None:
    ride = replace(HARD_RIDE, ended_at=local("13:00"))
    tonight, later = advice_of(recovery_of(ride), "avoid")
    assert (tonight.id, tonight.due_at, tonight.expires_at) == (
        "avoid_tonight",
        local("18:00"),
        local("00:00", "2026-05-07"),
    )
    assert (later.id, later.expires_at) == ("avoid_until", local("13:00", "2026-05-07"))
    assert advice_of(recovery_of(a_workout(40, hr=130)), "avoid") == []


def test_who_never_drinks_is_told_of_medicine_only() -> None:
    sober = replace(TRAINED, food=frozenset({"no_alcohol"}))
    assert {advice.id for advice in advice_of(recovery_of(HARD_RIDE, sober), "avoid")} == {
        "avoid_tonight_medicine",
        "avoid_until_medicine",
    }


# Warm-up, cool-down, red flags


def test_an_end_at_full_speed_is_no_cool_down() -> None:
    assert "no_cooldown" in ids(recovery_of(a_workout(60, hr=150)))
    winding_down = np.full(3601, 150.0)
    winding_down[3300:] = 100
    assert "no_cooldown" not in ids(recovery_of(a_workout(60, hr=winding_down)))


def test_a_hard_start_is_no_warm_up() -> None:
    beats = np.full(3601, 110.0)
    beats[120:400] = 170
    assert "no_warmup" in ids(recovery_of(a_workout(60, hr=beats)))
    beats = np.full(3601, 110.0)
    beats[600:900] = 170
    assert "no_warmup" not in ids(recovery_of(a_workout(60, hr=beats)))


@pytest.mark.parametrize(
    "workout",
    [
        a_workout(60, hr=202),
        a_workout(365, hr=120, sport="hiking"),
        a_workout(60, hr=150, temperature_c=33),
    ],
)
def test_unusual_strain_names_the_signs_that_need_a_doctor(workout: Workout) -> None:
    assert "red_flags" in ids(recovery_of(workout))
    assert "red_flags" not in ids(recovery_of(HARD_RIDE))


def test_a_loss_above_three_percent_names_them_too_however_heavy_the_athlete() -> None:
    assert "red_flags" in ids(recovery_of(HARD_RIDE, weighed_loss_kg=2.2))
    assert "red_flags" in ids(recovery_of(HARD_RIDE, replace(TRAINED, mass_kg=110), weighed_loss_kg=6))


def test_after_unusual_strain_no_cold_bath_is_advised() -> None:
    assert "cold_bath" not in ids(recovery_of(a_workout(60, hr=202)))


def test_a_heart_rate_that_begins_late_is_no_hard_start() -> None:
    beats = np.full(3601, np.nan)
    beats[1300:] = 175
    assert "no_warmup" not in ids(recovery_of(a_workout(60, hr=beats)))


def test_every_rule_gives_a_verdict_with_a_ground() -> None:
    verdicts = recovery_of(a_workout(40, hr=95)).verdicts
    assert {verdict.rule for verdict in verdicts} >= {
        "rest",
        "stretching",
        "cold_bath",
        "hydration",
        "glycogen",
        "avoid",
    }
    assert all(verdict.fired != bool(verdict.why_not) for verdict in verdicts)
