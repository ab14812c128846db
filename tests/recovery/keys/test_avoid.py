"""Key 5: what to avoid, on which evening, and until when."""

from dataclasses import replace

import pytest

from hersteld.config.rules import load_rules
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.join import join
from hersteld.recovery.keys.avoid import avoid
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import silent
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    advice_of,
    local,
    recovery_of,
    situation_of,
)
from tests.support.fit.workouts import a_workout


def test_medicine_is_named_at_once_and_alcohol_in_the_evening_of_a_hard_day() -> None:
    ride = replace(HARD_RIDE, ended_at=local("13:00"))
    medicine, tonight, later = advice_of(recovery_of(ride), "avoid")
    assert (medicine.id, medicine.due_at, medicine.expires_at) == (
        "avoid_medicine",
        local("13:00"),
        local("13:00", "2026-05-07"),
    )
    assert (tonight.id, tonight.due_at, tonight.expires_at) == (
        "avoid_tonight",
        local("18:00"),
        local("00:00", "2026-05-07"),
    )
    assert (later.id, later.expires_at) == ("avoid_until", local("13:00", "2026-05-07"))
    assert advice_of(recovery_of(a_workout(40, hr=130)), "avoid") == []


@pytest.mark.parametrize(
    "athlete", [replace(TRAINED, food=frozenset({"no_alcohol"})), replace(TRAINED, birth_year=2010)]
)
def test_who_never_drinks_and_a_minor_are_told_of_medicine_only(athlete: Athlete) -> None:
    assert [advice.id for advice in advice_of(recovery_of(HARD_RIDE, athlete), "avoid")] == ["avoid_medicine"]


@pytest.mark.parametrize(
    "workout", [a_workout(125, hr=110, sport="cycling"), a_workout(45, hr=140, sport="cycling", temperature_c=29)]
)
def test_after_long_and_hot_workouts_that_were_not_hard_only_medicine_is_named(workout: Workout) -> None:
    assert not recovery_of(workout).assessment.hard
    assert [advice.id for advice in advice_of(recovery_of(workout), "avoid")] == ["avoid_medicine"]


@pytest.mark.parametrize(
    ("minutes", "sport", "found"),
    [(11, "yoga", []), (59, "walking", []), (59, "yoga", []), (60, "walking", ["avoid_medicine"])],
)
def test_a_warm_wrist_asks_for_nothing_after_gentle_minutes(minutes: int, sport: str, found: list[str]) -> None:
    recovery = recovery_of(a_workout(minutes, hr=80, sport=sport, temperature_c=29))
    assert recovery.assessment.gentle
    assert [advice.id for advice in advice_of(recovery, "avoid")] == found


@pytest.mark.parametrize(
    ("workout", "trigger"),
    [
        (HARD_RIDE, {"clock_h", "rest.hard_from_h", "timer_s", "avoid.long_h"}),
        (a_workout(60, hr=172), {"clock_h", "rest.hard_from_h"}),
        (a_workout(12, sport="training", sub_sport="strength_training"), {"strength_min", "messages.strength_min"}),
        (a_workout(125, hr=110, sport="cycling"), {"timer_s", "avoid.long_h"}),
        (a_workout(65, hr=120, sport="cycling", temperature_c=29), {"temperature_c", "avoid.heat_c"}),
    ],
)
def test_the_grounds_are_named_whenever_there_is_advice(workout: Workout, trigger: set[str]) -> None:
    (verdict,) = (verdict for verdict in recovery_of(workout).verdicts if verdict.rule == "avoid")
    assert verdict.fired
    assert {reason.name for reason in verdict.reasons} - {"avoid.window_h", "avoid.evening_hour"} == trigger


def test_strength_training_asks_for_it_unless_it_was_a_few_minutes() -> None:
    lifting = a_workout(12, sport="training", sub_sport="strength_training")
    assert not recovery_of(lifting).assessment.hard
    found = [advice.id for advice in advice_of(recovery_of(lifting), "avoid")]
    assert found == ["avoid_medicine", "avoid_tonight", "avoid_until"]
    short = recovery_of(a_workout(8, sport="training", sub_sport="strength_training"))
    assert [advice for key in ("avoid", "glycogen", "omega3") for advice in advice_of(short, key)] == []


def test_nine_minutes_of_strength_that_were_hard_ask_for_it_all_the_same() -> None:
    lifted = recovery_of(a_workout(9, hr=189, sport="training", sub_sport="strength_training"))
    assert lifted.assessment.hard
    assert "avoid_medicine" in [advice.id for advice in advice_of(lifted, "avoid")]


def test_a_few_minutes_of_strength_after_a_long_ride_take_nothing_from_what_the_ride_asks_for() -> None:
    ride = a_workout(170, hr=112, sport="cycling", ended_at=local("12:00"))
    press_ups = a_workout(6, hr=100, sport="training", sub_sport="strength_training", ended_at=local("12:08"))
    both = recovery_of(join(ride, press_ups))
    assert not both.assessment.hard
    assert [advice.id for advice in advice_of(both, "avoid")] == ["avoid_medicine"]
    run = a_workout(25, hr=110, ended_at=local("12:00"))
    assert advice_of(recovery_of(join(run, press_ups)), "glycogen") == [], "so few press-ups ask for no protein"


def test_a_workout_late_in_the_evening_asks_for_it_from_its_end() -> None:
    ride = replace(HARD_RIDE, ended_at=local("21:30"))
    _, tonight, later = advice_of(recovery_of(ride), "avoid")
    assert (tonight.due_at, tonight.expires_at) == (local("21:30"), local("00:00", "2026-05-07"))
    assert later.expires_at == local("21:30", "2026-05-07")


def test_a_shorter_window_that_ends_by_midnight_has_no_advice_for_tomorrow() -> None:
    situation = situation_of(replace(HARD_RIDE, ended_at=local("11:00")))
    short = replace(situation, rules=load_rules({"avoid": {"window_h": 12}}))
    assert [advice.id for advice in avoid(short).advice] == ["avoid_medicine", "avoid_tonight"]


@pytest.mark.parametrize(
    ("asks", "does_not"),
    [
        (a_workout(120, hr=110, sport="cycling"), a_workout(7199 / 60, hr=110, sport="cycling")),
        (
            a_workout(61, hr=120, sport="cycling", temperature_c=28),
            a_workout(61, hr=120, sport="cycling", temperature_c=27.9),
        ),
        (
            a_workout(10, sport="training", sub_sport="strength_training"),
            a_workout(599 / 60, sport="training", sub_sport="strength_training"),
        ),
    ],
    ids=["two hours", "28 degrees", "ten minutes of weights"],
)
def test_medicine_is_named_from_a_bound_on(asks: Workout, does_not: Workout) -> None:
    assert "avoid_medicine" in [advice.id for advice in avoid(situation_of(asks)).advice]
    assert avoid(situation_of(does_not)).advice == ()


def test_minutes_of_strength_are_too_short_even_in_the_heat() -> None:
    situation = situation_of(a_workout(599 / 60, sport="training", sub_sport="strength_training", temperature_c=33))
    shortest = because(situation.rules.messages.strength_min)
    assert avoid(situation) == silent("avoid", "avoid", "too_short", shortest)


def test_a_day_that_ends_at_midnight_has_no_advice_for_the_next_one() -> None:
    advice = avoid(situation_of(replace(HARD_RIDE, ended_at=local("00:00")))).advice
    assert [one.id for one in advice] == ["avoid_medicine", "avoid_tonight"]
