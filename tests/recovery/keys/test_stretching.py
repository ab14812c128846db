"""Key 2: which muscles are stretched."""

from dataclasses import replace
from datetime import timedelta

from hersteld.recovery.keys.stretching import stretching
from tests.support.fit.recoveries import (
    HARD_RIDE,
    advice_of,
    ids,
    local,
    recovery_of,
    situation_of,
    with_condition,
)
from tests.support.fit.workouts import NOON, a_workout


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


def test_a_gentle_walk_needs_no_stretching_and_yoga_was_some() -> None:
    assert advice_of(recovery_of(a_workout(60, hr=100, sport="walking")), "stretching") == []
    yoga = recovery_of(a_workout(60, hr=140, sport="training", sub_sport="yoga"))
    assert not yoga.assessment.gentle
    assert advice_of(yoga, "stretching") == []
    as_long = recovery_of(a_workout(60, hr=140, sport="training", sub_sport="cardio_training"))
    assert advice_of(as_long, "stretching") != []


def test_stretching_can_wait_for_the_evening_until_ten() -> None:
    ride = replace(HARD_RIDE, ended_at=local("13:00"))
    evening = next(advice for advice in recovery_of(ride).plan if advice.id == "stretch_evening")
    assert (evening.due_at, evening.expires_at) == (local("17:00"), local("22:00"))


def test_an_evening_workout_has_one_advice_to_stretch() -> None:
    ride = replace(HARD_RIDE, ended_at=local("19:00"))
    stretches = advice_of(recovery_of(ride), "stretching")
    assert [advice.id for advice in stretches if advice.id != "cold_bath"] == ["stretch"]


def test_where_the_evening_ends_with_the_four_hours_there_is_one_advice() -> None:
    advice = stretching(situation_of(replace(HARD_RIDE, ended_at=local("18:00")))).advice
    assert [(one.id, one.expires_at) for one in advice] == [("stretch", local("22:00"))]


def test_from_a_quarter_of_an_hour_on_there_is_something_to_stretch() -> None:
    quarter, shorter = (stretching(situation_of(a_workout(timer_s / 60, hr=150))) for timer_s in (900, 899))
    assert [advice.id for advice in quarter.advice] == ["stretch", "stretch_evening"]
    assert [verdict.why_not for verdict in shorter.verdicts] == ["too_short"]
