"""What each condition changes in the advice of every key: a table, so that no key forgets a condition."""

import pytest

from hersteld.recovery.athlete.caution import NO_EXERCISES
from hersteld.recovery.athlete.profile import CONDITIONS, Condition
from tests.support.fit.messages import drafts_of, said
from tests.support.fit.recoveries import ids, recovery_of, with_condition
from tests.support.fit.workouts import a_workout

RIDE = a_workout(200, hr=165, sport="cycling", kcal=1500, temperature_c=22, step_s=10)
"""Hard and long, without a cool-down: every key has something to say."""
PLAIN = {
    "avoid_medicine",
    "avoid_tonight",
    "avoid_until",
    "cold_bath",
    "drink_portion",
    "drink_total",
    "eat_meal",
    "eat_meal_late",
    "no_cooldown",
    "omega3",
    "ready",
    "rest_hours",
    "stretch",
    "stretch_evening",
}
CHANGES: dict[Condition, tuple[set[str], set[str]]] = {
    "kidney": (
        {"cold_bath", "drink_portion", "drink_total", "eat_meal", "eat_meal_late"},
        {"drink_condition", "eat_plain", "eat_plain_late"},
    ),
    "heart": (
        {"cold_bath", "drink_portion", "drink_total", "ready", "rest_hours"},
        {"drink_condition", "ready_careful", "rest_careful"},
    ),
    "blood_pressure": ({"cold_bath", "drink_portion", "drink_total"}, {"drink_condition"}),
    "diabetes": ({"cold_bath", "eat_meal", "eat_meal_late"}, {"check_glucose", "eat_plain", "eat_plain_late"}),
    "eating_disorder": (
        {"drink_portion", "drink_total", "eat_meal", "eat_meal_late"},
        {"drink_thirst", "eat_plain", "eat_plain_late"},
    ),
    "raynaud": ({"cold_bath"}, set()),
    "pregnancy": (
        {"cold_bath", "drink_portion", "drink_total", "omega3", "ready", "rest_hours"},
        {"drink_condition", "omega3_cooked", "ready_careful", "rest_careful"},
    ),
    "diuretics": ({"cold_bath", "drink_portion", "drink_total"}, {"drink_condition"}),
    "injury": (
        {"cold_bath", "no_cooldown", "ready", "rest_hours", "stretch", "stretch_evening"},
        {"ready_careful", "rest_careful"},
    ),
}
"""The advice that each condition takes away, and what it brings instead."""


def test_without_a_condition_every_key_speaks() -> None:
    assert ids(recovery_of(RIDE)) == PLAIN


def test_no_condition_is_missing_from_the_table() -> None:
    assert set(CHANGES) == set(CONDITIONS)


@pytest.mark.parametrize("condition", CHANGES)
def test_each_condition_reaches_every_key(condition: Condition) -> None:
    lost, found = CHANGES[condition]
    assert ids(recovery_of(RIDE, with_condition(condition))) == (PLAIN - lost) | found


@pytest.mark.parametrize("condition", NO_EXERCISES)
@pytest.mark.parametrize("sport", ["running", "cycling", "walking", "swimming"])
def test_an_injured_athlete_is_sent_neither_walking_nor_stretching(condition: Condition, sport: str) -> None:
    hard = a_workout(60, hr=175, sport=sport, step_s=10)
    first = said(drafts_of(hard, with_condition(condition))["first"]).body
    assert "Walk" not in first
    assert "tretch" not in first
