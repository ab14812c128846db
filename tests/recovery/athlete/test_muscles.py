"""Which sports are in a workout, and which muscles they train."""

from dataclasses import replace

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.muscles import (
    families,
    family,
    has_strength,
    is_gentle_sport,
    is_swim,
    is_transition,
    muscles,
    overall_family,
    was_in_open_water,
)
from tests.support.fit.workouts import a_workout


def brick(*sports: str) -> Workout:
    parts = [a_workout(10, sport=sport) for sport in sports]
    return replace(parts[0], sessions=tuple(part.sessions[0] for part in parts))


def test_a_triathlon_has_its_sports_in_order_and_no_transition() -> None:
    triathlon = brick("swimming", "transition", "cycling", "transition", "running")
    assert families(triathlon) == ("swimming", "cycling", "running")
    assert overall_family(triathlon) == "multisport"
    assert [is_transition(session) for session in triathlon.sessions] == [False, True, False, True, False]


def test_a_workout_of_one_sport_in_several_sessions_is_of_that_sport() -> None:
    assert overall_family(brick("running", "running")) == "running"
    assert family(a_workout(10, sport="running").sessions[0]) == "running"


def test_a_transition_alone_is_some_other_sport_and_no_pool_swim() -> None:
    assert families(brick("transition")) == ("other",)
    assert not is_swim(brick("transition"))


def test_only_a_workout_that_is_swum_in_a_pool_all_the_time_is_a_pool_swim() -> None:
    pool = a_workout(30, sport="swimming", sub_sport="lap_swimming")
    assert is_swim(pool)
    assert is_swim(a_workout(30, sport="swimming", sub_sport="open_water"))
    assert not is_swim(replace(pool, sessions=(*pool.sessions, *a_workout(30).sessions)))


@pytest.mark.parametrize(
    ("sport", "like"), [("hiking", "running"), ("snowshoeing", "running"), ("surfing", "swimming")]
)
def test_some_sports_train_the_muscles_of_another(sport: str, like: str) -> None:
    assert muscles(a_workout(30, sport=sport)) == muscles(a_workout(30, sport=like)) != ("whole_body",)


@pytest.mark.parametrize(
    ("sport", "sub_sport", "name", "trained"),
    [
        ("cycling", "hand_cycling", "handcycle ride", "triceps"),
        ("wheelchair_push_run", None, "wheelchair push", "shoulders"),
        ("canoeing", None, "canoe trip", "lats"),
        ("rugby", None, "rugby session", "neck"),
        ("volleyball", None, "volleyball session", "shoulders"),
        ("fitness_equipment", "elliptical", "elliptical session", "quadriceps"),
        ("boxing", None, "boxing session", "chest"),
        ("horseback_riding", None, "ride on horseback", "adductors"),
        ("windsurfing", None, "windsurf", "forearms"),
        ("inline_skating", None, "skate", "adductors"),
        ("soccer", None, "football session", "hamstrings"),
    ],
)
def test_sports_have_names_and_muscles_of_their_own(sport: str, sub_sport: str | None, name: str, trained: str) -> None:
    workout = a_workout(30, sport=sport, sub_sport=sub_sport)
    assert load_texts("en").word("sport", overall_family(workout)) == name
    assert trained in muscles(workout)
    others = {muscles(a_workout(30, sport=other)) for other in ("cycling", "running", "swimming", "yoga")}
    assert muscles(workout) not in others


@pytest.mark.parametrize("other", ["running", "surfing", "hiking", "swimming"])
def test_muscles_of_two_sports_are_named_once_the_first_sports_before(other: str) -> None:
    first, second = muscles(brick("cycling")), muscles(brick(other))
    assert muscles(brick("cycling", other)) == (*first, *(one for one in second if one not in first))


@pytest.mark.parametrize("sport", ["yoga", "underwater_basket_weaving"])
def test_a_sport_without_muscles_of_its_own_trains_the_whole_body(sport: str) -> None:
    assert muscles(a_workout(30, sport=sport)) == ("whole_body",)


def test_strength_trains_what_was_exercised_and_unknown_exercises_change_nothing() -> None:
    lifting = a_workout(30, sport="training", sub_sport="strength_training", exercises=("squat", "unheard_of", "lunge"))
    assert muscles(lifting) == ("quadriceps", "glutes")


def test_strength_training_counts_from_so_many_minutes_on_and_never_where_there_was_none() -> None:
    lifting, run = a_workout(12, sport="training", sub_sport="strength_training"), a_workout(60, hr=140)
    assert [has_strength(lifting, minutes) for minutes in (0, 12, 13)] == [True, True, False]
    assert not has_strength(run, 0)
    one_second = a_workout(1 / 60, sport="training", sub_sport="strength_training")
    assert has_strength(one_second, 0)


@pytest.mark.parametrize(
    ("sport", "sub_sport", "gentle", "in_open_water"),
    [
        ("cycling", "e_bike_mountain", True, False),
        ("cycling", "mountain", False, False),
        ("walking", None, True, False),
        ("meditation", None, True, False),
        ("swimming", "open_water", False, True),
        ("swimming", "lap_swimming", False, False),
    ],
)
def test_a_sub_sport_says_whether_a_motor_helped_and_whether_the_water_was_open(
    sport: str, sub_sport: str | None, *, gentle: bool, in_open_water: bool
) -> None:
    workout = a_workout(30, sport=sport, sub_sport=sub_sport)
    assert is_gentle_sport(workout.sessions[0]) is gentle
    assert was_in_open_water(workout) is in_open_water
