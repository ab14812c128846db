"""Key 4: what to eat, how much, and for whom no amounts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.rules import load_rules
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.keys.glycogen import glycogen
from hersteld.recovery.messages.first_message import REFUEL_IDS
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import silent
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    advice_of,
    ids,
    recovery_of,
    shipped_rules,
    situation_of,
    the_advice,
    with_condition,
)
from tests.support.fit.workouts import NOON, a_workout


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


def test_a_small_load_asks_for_nothing_and_says_which_loads_would() -> None:
    (verdict,) = glycogen(situation_of(a_workout(31, hr=120))).verdicts
    assert (verdict.fired, verdict.why_not) == (False, "small_load")
    assert {reason.name for reason in verdict.reasons} == {"glycogen.protein_load", "glycogen.meal_load"}


def asked_of(load: float) -> dict[str, set[str]]:
    situation = situation_of(HARD_RIDE)
    advice = glycogen(replace(situation, load=replace(situation.load, value=load))).advice
    return {one.id: {"carbohydrate_g", "protein_g"} & set(one.values) for one in advice}


def test_from_a_middling_load_on_protein_is_asked_for_and_from_a_larger_one_a_meal() -> None:
    assert asked_of(49.9) == {}
    assert asked_of(50) == {"eat_protein": {"protein_g"}, "eat_protein_late": {"protein_g"}}
    both = {"carbohydrate_g", "protein_g"}
    assert asked_of(60) == {"eat_meal": both, "eat_meal_late": both}


def test_a_meal_names_carbohydrate_and_protein_whatever_loads_are_set_for_them() -> None:
    later_protein = load_rules({"glycogen": {"protein_load": 100}})
    situation = situation_of(a_workout(60, hr=155))
    (meal, _) = glycogen(replace(situation, rules=later_protein)).advice
    assert 60 <= situation.load.value < 100
    assert (meal.id, meal.values["carbohydrate_g"], meal.values["protein_g"]) == ("eat_meal", 70, 21)


def test_the_meal_can_be_late_and_then_has_no_hurry() -> None:
    meal, late = advice_of(recovery_of(HARD_RIDE), "glycogen")
    assert (late.id, late.due_at) == ("eat_meal_late", meal.expires_at)
    assert late.expires_at == NOON + timedelta(hours=float(shipped_rules().glycogen.expires_h))


@given(lighter_kg=st.floats(35, 120), heavier_kg=st.floats(0, 60))
def test_a_heavier_athlete_is_never_told_to_eat_less(lighter_kg: float, heavier_kg: float) -> None:
    lighter, heavier = (
        the_advice(recovery_of(HARD_RIDE, replace(TRAINED, mass_kg=mass_kg)), "eat_meal").values
        for mass_kg in (lighter_kg, lighter_kg + heavier_kg)
    )
    for name in ("carbohydrate_g", "protein_g"):
        less, more = lighter[name], heavier[name]
        assert isinstance(less, int)
        assert isinstance(more, int)
        assert 0 < less <= more


def test_a_second_session_soon_asks_for_carbohydrate_by_the_hour() -> None:
    soon = recovery_of(HARD_RIDE, next_session_at=NOON + timedelta(hours=7))
    refuel, protein = advice_of(soon, "glycogen")
    assert protein.id == "eat_protein"
    assert (refuel.id, refuel.values["carbohydrate_g"]) == ("eat_soon_easy", 70)
    assert refuel.expires_at == NOON + timedelta(hours=4)
    sooner = advice_of(recovery_of(HARD_RIDE, next_session_at=NOON + timedelta(hours=2)), "glycogen")
    assert [(one.id, one.expires_at) for one in sooner if one.id in REFUEL_IDS] == [
        ("eat_soon_easy", NOON + timedelta(hours=2))
    ]
    # A walk has emptied no store that is to be filled by the hour.
    assert advice_of(recovery_of(a_workout(40, hr=95), next_session_at=NOON + timedelta(hours=2)), "glycogen") == []
    assert advice_of(recovery_of(HARD_RIDE, next_session_at=NOON + timedelta(hours=9)), "glycogen") == advice_of(
        recovery_of(HARD_RIDE), "glycogen"
    )


def test_an_easy_short_workout_asks_for_no_food() -> None:
    assert advice_of(recovery_of(a_workout(40, hr=95)), "glycogen") == []


@pytest.mark.parametrize(
    "athlete",
    [
        with_condition("diabetes"),
        with_condition("eating_disorder"),
        with_condition("kidney"),
        replace(TRAINED, birth_year=2010),
    ],
    ids=["diabetes", "eating disorder", "kidney", "minor"],
)
@pytest.mark.parametrize("next_after_h", [None, 5])
def test_no_number_about_food_for_these_athletes(athlete: Athlete, next_after_h: float | None) -> None:
    soon = None if next_after_h is None else NOON + timedelta(hours=next_after_h)
    meal = advice_of(recovery_of(HARD_RIDE, athlete, next_session_at=soon), "glycogen")
    assert [advice.id for advice in meal] == ["eat_plain", "eat_plain_late"]
    assert not any(name.endswith("_g") for advice in meal for name in advice.values)


@pytest.mark.parametrize(("hours", "is_soon"), [(7.99, True), (8, False), (0, False), (-1, False), (0.5, True)])
def test_a_second_session_is_soon_when_it_begins_after_this_one_and_within_eight_hours(
    hours: float, *, is_soon: bool
) -> None:
    found = [one.id for one in glycogen(situation_of(HARD_RIDE, next_session_at=NOON + timedelta(hours=hours))).advice]
    assert bool(REFUEL_IDS & set(found)) is is_soon
    assert ("eat_meal" in found) is not is_soon, "somebody who has no time to refuel now still needs the meal"


def test_from_ten_minutes_of_strength_on_protein_is_asked_for() -> None:
    long_enough, too_short = (
        situation_of(
            a_workout(lifted_s / 60, sport="training", sub_sport="strength_training"),
            next_session_at=NOON + timedelta(hours=after_h),
        )
        for lifted_s, after_h in ((600, 9), (599, 3))
    )
    assert [advice.id for advice in glycogen(long_enough).advice] == ["eat_protein", "eat_protein_late"]
    shortest = because(too_short.rules.messages.strength_min)
    assert glycogen(too_short) == silent("glycogen", "glycogen", "too_short", shortest)


@given(after_min=st.floats(1, 479))
def test_refuelling_is_never_told_to_go_on_past_the_start_of_the_next_session(after_min: float) -> None:
    start = NOON + timedelta(minutes=after_min)
    told = {one.id: one.values for one in advice_of(recovery_of(HARD_RIDE, next_session_at=start), "glycogen")}
    for moment in (told["eat_soon_easy"]["until"], told["eat_protein"]["by"]):
        assert isinstance(moment, datetime)
        assert NOON < moment <= start
        assert moment == start or moment.minute % 15 == 0


def test_a_session_at_12_23_is_eaten_for_until_12_15() -> None:
    ride = replace(HARD_RIDE, ended_at=NOON - timedelta(hours=3))
    (refuel,) = (
        one for one in recovery_of(ride, next_session_at=NOON + timedelta(minutes=23)).plan if one.id in REFUEL_IDS
    )
    assert refuel.values["until"] == NOON + timedelta(minutes=15)


@pytest.mark.parametrize(("ready_h", "is_easy"), [(8, False), (8.01, True), (20, True), (2, False)])
def test_who_is_still_recovering_when_the_next_session_begins_is_asked_to_keep_it_easy(
    ready_h: float, *, is_easy: bool
) -> None:
    """Up to three hours before "hard from" is soon enough, as everywhere."""
    situation = situation_of(HARD_RIDE, next_session_at=NOON + timedelta(hours=5))
    ready_at = NOON + timedelta(hours=ready_h)
    found = glycogen(replace(situation, assessment=replace(situation.assessment, ready_at=ready_at))).advice
    assert [one.id for one in found] == ["eat_soon_easy" if is_easy else "eat_soon", "eat_protein"]
