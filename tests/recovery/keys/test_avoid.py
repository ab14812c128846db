"""Key 5: what to avoid, on which evening, and until when."""

from dataclasses import replace

from hersteld.config.rules import load_rules
from hersteld.recovery.keys.avoid import avoid
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    advice_of,
    local,
    recovery_of,
    situation_of,
)
from tests.support.fit.workouts import a_workout


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


def test_a_minor_is_told_of_medicine_only() -> None:
    assert {advice.id for advice in advice_of(recovery_of(HARD_RIDE, replace(TRAINED, birth_year=2010)), "avoid")} == {
        "avoid_tonight_medicine",
        "avoid_until_medicine",
    }


def test_strength_that_is_not_hard_asks_for_it_too() -> None:
    lifting = a_workout(8, sport="training", sub_sport="strength_training")
    assert not recovery_of(lifting).assessment.hard
    assert [advice.id for advice in advice_of(recovery_of(lifting), "avoid")] == ["avoid_tonight", "avoid_until"]


def test_a_workout_late_in_the_evening_asks_for_it_from_its_end() -> None:
    ride = replace(HARD_RIDE, ended_at=local("21:30"))
    tonight, later = advice_of(recovery_of(ride), "avoid")
    assert (tonight.due_at, tonight.expires_at) == (local("21:30"), local("00:00", "2026-05-07"))
    assert later.expires_at == local("21:30", "2026-05-07")


def test_a_shorter_window_that_ends_by_midnight_has_no_advice_for_tomorrow() -> None:
    situation = situation_of(replace(HARD_RIDE, ended_at=local("11:00")))
    short = replace(situation, rules=load_rules({"avoid": {"window_h": 12}}))
    assert [advice.id for advice in avoid(short).advice] == ["avoid_tonight"]
