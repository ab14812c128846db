"""When a message says that the athlete can train again, and which times it names."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import PastWorkout
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.draft import ToldReadiness
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import Readiness, announced_readiness, readiness
from hersteld.recovery.past import past_workout
from tests.support.fit.recoveries import (
    AMSTERDAM,
    BEGINNER,
    TRAINED,
    a_past_workout,
    local,
    recovery_of,
    shipped_rules,
    with_condition,
)
from tests.support.fit.workouts import a_workout

QUIET = QuietHours(time(22), time(7))
RULES = shipped_rules()


HARD = a_workout(124, hr=172, sport="cycling", ended_at=local("17:00"))
EASY = a_workout(45, hr=130, ended_at=local("12:00"))
GENTLE = a_workout(40, hr=100, ended_at=local("12:00"))
LEG_DAY = a_workout(45, sport="training", sub_sport="strength_training", exercises=("squat",), ended_at=local("12:00"))
MIDDLE = a_workout(80, hr=140, ended_at=local("08:00"))
BEGINNERS = a_workout(45, hr=140, ended_at=local("17:00"))
MARATHON = a_workout(250, hr=160, distance_m=42_195, ended_at=local("14:00"))
LONG_RIDE = a_workout(600, hr=165, sport="cycling", step_s=10, ended_at=local("18:00"))


def read_at(workout: Workout, at: datetime, athlete: Athlete = TRAINED, *past: PastWorkout) -> Readiness:
    train_again = readiness(recovery_of(workout, athlete, past=past), RULES, at, AMSTERDAM)
    assert train_again is not None
    return train_again


@pytest.mark.parametrize(
    ("exact", "announced"),
    [
        ("12:00", local("12:00")),
        ("12:00:01", local("12:15")),
        ("12:16", local("12:30")),
        ("05:10", local("06:00")),
        ("06:00", local("06:00")),
        ("06:20", local("06:30")),
        ("21:46", local("06:00", "2026-05-07")),
        ("21:45", local("21:45")),
        ("23:50", local("06:00", "2026-05-07")),
    ],
)
def test_readiness_is_announced_at_a_quarter_and_never_in_the_night(exact: str, announced: datetime) -> None:
    assert announced_readiness(local(exact), AMSTERDAM, RULES) == announced


@given(after=st.timedeltas(timedelta(0), timedelta(days=365)))
def test_readiness_is_never_announced_too_early_and_announcing_it_twice_changes_nothing(after: timedelta) -> None:
    exact = local("12:00") + after
    announced = announced_readiness(exact, AMSTERDAM, RULES)
    assert exact <= announced < exact + timedelta(hours=9)
    assert announced.minute % 15 == announced.second == announced.microsecond == 0
    assert announced_readiness(announced, AMSTERDAM, RULES) == announced
    assert announced.tzinfo is UTC


@pytest.mark.parametrize(
    ("workout", "athlete", "at", "text_id"),
    [
        (HARD, TRAINED, local("17:00"), "rest_hours"),
        (HARD, TRAINED, local("20:00", "2026-05-07"), "rest_easy_now"),
        (HARD, TRAINED, local("20:00", "2026-05-08"), "rest_ready_now"),
        (EASY, TRAINED, local("12:00"), "rest_short"),
        (EASY, TRAINED, local("21:00"), "rest_ready_now"),
        (replace(EASY, ended_at=local("21:00")), TRAINED, local("21:00"), "rest_short"),
        (GENTLE, TRAINED, local("12:00"), "rest_ready_now"),
        (LEG_DAY, TRAINED, local("12:00"), "rest_muscles"),
        (LEG_DAY, TRAINED, local("07:00", "2026-05-07"), "rest_muscles_now"),
        (LEG_DAY, TRAINED, local("14:00", "2026-05-07"), "rest_easy_now"),
        (LEG_DAY, TRAINED, local("13:00", "2026-05-08"), "rest_ready_now"),
        (BEGINNERS, BEGINNER, local("17:00"), "rest_day"),
        (BEGINNERS, BEGINNER, local("07:00", "2026-05-07"), "rest_day_today"),
        (LONG_RIDE, BEGINNER, local("18:00"), "rest_day_easy"),
        (LONG_RIDE, BEGINNER, local("07:00", "2026-05-07"), "rest_day_easy_today"),
        (MARATHON, TRAINED, local("14:00"), "rest_long_run"),
        (MARATHON, BEGINNER, local("07:00", "2026-05-07"), "rest_long_run"),
    ],
)
def test_what_is_said_is_true_when_it_is_read(workout: Workout, athlete: Athlete, at: datetime, text_id: str) -> None:
    assert read_at(workout, at, athlete).line.id == text_id


def test_one_moment_for_easy_and_hard_training_is_said_once() -> None:
    earlier = a_past_workout(local("06:00"), ready_h=30)
    same = replace(earlier, easy_from=earlier.ready_at)
    train_again = read_at(replace(EASY, ended_at=local("12:00")), local("12:00"), TRAINED, same)
    assert train_again.line.id == "rest_ready_from"
    assert train_again.told == ToldReadiness(None, train_again.ready_at)


AFTER_A_MARATHON = past_workout(MARATHON, recovery_of(MARATHON))
JOG = replace(MIDDLE, started_at=local("07:00", "2026-05-11"), ended_at=local("08:20", "2026-05-11"))


@pytest.mark.parametrize(
    ("workout", "athlete", "past", "until", "before", "from_then_on"),
    [
        (HARD, TRAINED, (), "easy_from", "rest_hours", "rest_easy_now"),
        (HARD, TRAINED, (), "ready_at", "rest_easy_now", "rest_ready_now"),
        (EASY, TRAINED, (), "ready_at", "rest_short", "rest_ready_now"),
        (LEG_DAY, TRAINED, (), "ready_other_at", "rest_muscles", "rest_muscles_now"),
        (LEG_DAY, TRAINED, (), "easy_from", "rest_muscles_now", "rest_easy_now"),
        (HARD, with_condition("heart"), (), "easy_from", "rest_careful", "rest_careful_now"),
        (JOG, TRAINED, (AFTER_A_MARATHON,), "easy_from", "rest_easy_week", "rest_easy_week_now"),
    ],
)
def test_a_sentence_holds_until_the_time_it_names_and_from_then_on_the_next_one(
    workout: Workout, athlete: Athlete, past: tuple[PastWorkout, ...], until: str, before: str, from_then_on: str
) -> None:
    named_at = read_at(workout, workout.ended_at, athlete, *past).line.values[until]
    assert isinstance(named_at, datetime)
    assert named_at == announced_readiness(named_at, AMSTERDAM, RULES), "a quarter of an hour, and not in the night"
    assert read_at(workout, named_at - timedelta(seconds=1), athlete, *past).line.id == before
    assert read_at(workout, named_at, athlete, *past).line.id == from_then_on


def test_a_sentence_is_given_the_times_that_count_as_told() -> None:
    for workout in (HARD, EASY, LEG_DAY, replace(HARD, ended_at=local("17:04"))):
        train_again = read_at(workout, workout.ended_at)
        values = train_again.line.values
        assert (values["easy_from"], values["ready_at"]) == (train_again.easy_from, train_again.ready_at)


def test_in_the_week_after_a_very_long_run_easy_training_is_named_and_hard_training_is_for_after_it() -> None:
    week = recovery_of(MARATHON).assessment.easy_week_until
    assert week is not None
    over_at = announced_readiness(week, AMSTERDAM, RULES)
    before, after = (
        read_at(JOG, local(clock, "2026-05-11"), TRAINED, AFTER_A_MARATHON) for clock in ("08:20", "20:00")
    )
    assert (before.line.id, before.told.ready_at) == ("rest_easy_week", over_at)
    assert (after.line.id, after.told.ready_at) == ("rest_easy_week_now", over_at)


def test_two_days_running_are_told_on_the_day_and_the_day_after() -> None:
    yesterday = a_past_workout(local("17:00", "2026-05-05"), ready_h=20)
    assert read_at(BEGINNERS, local("17:00"), BEGINNER, yesterday).line.id == "rest_two_days"
    assert read_at(BEGINNERS, local("07:00", "2026-05-07"), BEGINNER, yesterday).line.id == "rest_two_days_today"


@pytest.mark.parametrize(
    ("workout", "athlete", "names_easy", "names_ready"),
    [
        (HARD, TRAINED, True, True),
        (EASY, TRAINED, False, True),
        (BEGINNERS, BEGINNER, True, True),
        (LONG_RIDE, BEGINNER, True, False),
        (MARATHON, TRAINED, True, True),
        (LEG_DAY, TRAINED, True, True),
    ],
)
def test_only_the_times_that_the_sentence_names_count_as_told(
    workout: Workout, athlete: Athlete, names_easy: bool, names_ready: bool
) -> None:
    train_again = read_at(workout, workout.ended_at, athlete)
    told = train_again.told
    assert told.easy_from == (train_again.easy_from if names_easy else None)
    assert told.ready_at == (train_again.ready_at if names_ready else None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("workout", "athlete"), [(HARD, TRAINED), (EASY, TRAINED), (LONG_RIDE, BEGINNER), (LEG_DAY, TRAINED)]
)
def test_a_sentence_shows_a_time_exactly_where_it_counts_as_told(
    workout: Workout, athlete: Athlete, language: Language
) -> None:
    train_again = read_at(workout, workout.ended_at, athlete)
    template = load_texts(language).messages[train_again.line.id]
    assert ("{ready_at" in template) == (train_again.told.ready_at is not None)


def test_a_plan_without_rest_says_nothing_of_readiness() -> None:
    no_clock = recovery_of(replace(HARD, has_clock=False))
    assert readiness(no_clock, RULES, local("17:00"), AMSTERDAM) is None
    too_short = recovery_of(a_workout(4, hr=120))
    assert too_short.assessment.ready_at is not None
    assert readiness(too_short, RULES, local("17:00"), AMSTERDAM) is None
