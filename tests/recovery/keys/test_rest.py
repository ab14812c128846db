"""Key 1: how the rest is told, and when readiness is worth a message."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Assessment
from hersteld.recovery.athlete.history import PastWorkout
from hersteld.recovery.athlete.profile import EXPERIENCES, Athlete, Experience
from hersteld.recovery.keys.rest import rest
from hersteld.recovery.past import past_workout
from hersteld.recovery.situation import Situation, silent
from tests.support.fit.recoveries import (
    BEGINNER,
    HARD_RIDE,
    TRAINED,
    a_past_workout,
    local,
    recovery_of,
    shipped_rules,
    situation_of,
)
from tests.support.fit.workouts import NOON, a_workout

MARATHON = a_workout(250, hr=160, distance_m=42_195, ended_at=local("23:30"))
LEG_DAY = a_workout(45, sport="training", sub_sport="strength_training", exercises=("squat", "lunge"))
STRENGTH = a_workout(45, sport="training", sub_sport="strength_training")
EASY_RUN = a_workout(40, hr=100)
LONG_RIDE = a_workout(600, hr=165, sport="cycling", step_s=10, ended_at=local("18:00"))


def text_ids(workout: Workout, athlete: Athlete = TRAINED, *, past: tuple[PastWorkout, ...] = ()) -> list[str]:
    return [advice.id for advice in rest(situation_of(workout, athlete, past=past)).advice]


@pytest.mark.parametrize("sport", ["tennis", "soccer", "rugby", "basketball", "volleyball"])
def test_hours_of_a_game_ask_for_days_and_are_no_very_long_run(sport: str) -> None:
    game = a_workout(210, hr=160, sport=sport, step_s=10)
    assert situation_of(game).assessment.clocks["impact"] >= 72
    assert text_ids(game) == ["rest_hours", "ready"]
    earlier = past_workout(game, recovery_of(game))
    assert "rest_easy_week" not in text_ids(a_workout(40, hr=100, ended_at=NOON + timedelta(days=1)), past=(earlier,))


@pytest.mark.parametrize(
    ("workout", "athlete", "expected"),
    [
        (EASY_RUN, TRAINED, ["rest_short"]),
        (HARD_RIDE, TRAINED, ["rest_hours", "ready"]),
        (MARATHON, TRAINED, ["rest_long_run", "ready_long_run"]),
        (MARATHON, BEGINNER, ["rest_long_run", "ready_long_run"]),
        (LEG_DAY, TRAINED, ["rest_muscles", "ready"]),
        (STRENGTH, TRAINED, ["rest_hours", "ready"]),
        (a_workout(45, hr=140), BEGINNER, ["rest_day", "ready_beginner"]),
        (LONG_RIDE, BEGINNER, ["rest_day_easy", "ready_beginner_easy"]),
    ],
)
def test_the_rest_is_told_in_the_words_for_the_workout_and_the_athlete(
    workout: Workout, athlete: Athlete, expected: list[str]
) -> None:
    assert text_ids(workout, athlete) == expected


def test_a_beginner_whose_easy_day_comes_later_than_the_rest_day_is_told_the_day() -> None:
    ride = a_workout(300, hr=165, sport="cycling", step_s=10, ended_at=local("12:00"))
    hard_before = a_past_workout(ride.started_at - timedelta(hours=2), load=500, ready_h=96)
    longer = replace(hard_before, easy_from=ride.ended_at + timedelta(hours=80))
    assert text_ids(ride, BEGINNER, past=(longer,))[0] == "rest_days"


def test_a_beginner_on_two_days_running_is_told_so() -> None:
    yesterday = a_past_workout(NOON - timedelta(days=1), ready_h=20)
    assert text_ids(a_workout(45, hr=140), BEGINNER, past=(yesterday,))[0] == "rest_two_days"


def test_which_half_of_the_body_rests_is_told() -> None:
    def region_after(*exercises: str) -> object:
        lifted = a_workout(45, sport="training", sub_sport="strength_training", exercises=exercises)
        return rest(situation_of(lifted)).advice[0].values["region"]

    assert region_after("squat", "deadlift") == "legs"
    assert region_after("bench_press", "row") == "upper_body"
    assert region_after("squat", "bench_press") == "trained"


def test_in_the_week_after_a_very_long_run_nothing_is_said_of_hard_training() -> None:
    ran = past_workout(MARATHON, recovery_of(MARATHON))
    jog = a_workout(60, hr=140, ended_at=local("12:00", "2026-05-11"))
    assert text_ids(jog, past=(ran,)) == ["rest_easy_week", "ready_long_run"]
    week_later = replace(jog, started_at=jog.started_at + timedelta(days=3), ended_at=jog.ended_at + timedelta(days=3))
    assert "rest_easy_week" not in text_ids(week_later, past=(ran,))


def test_the_rest_names_both_moments_and_the_hours() -> None:
    situation = situation_of(HARD_RIDE)
    advice = rest(situation).advice[0]
    assert (advice.values["easy_from"], advice.values["ready_at"]) == (
        situation.assessment.easy_from,
        situation.assessment.ready_at,
    )
    assert advice.values["recovery_h"] == round(situation.assessment.recovery_h, 1)
    assert advice.expires_at == situation.assessment.ready_at


def test_a_short_rest_is_news_for_as_long_as_the_workout_is() -> None:
    assert rest(situation_of(EASY_RUN)).advice[0].expires_at == NOON + timedelta(
        hours=float(shipped_rules().messages.late_h)
    )


def test_a_readiness_that_comes_soon_brings_no_message() -> None:
    ready = rest(situation_of(EASY_RUN)).verdicts[-1]
    assert (ready.rule, ready.fired, ready.why_not) == ("ready", False, "short_recovery")


def test_a_readiness_that_an_earlier_workout_promised_brings_no_second_message() -> None:
    earlier = a_past_workout(EASY_RUN.started_at - timedelta(hours=2), ready_h=32)
    ready = rest(situation_of(EASY_RUN, past=(earlier,))).verdicts[-1]
    assert (ready.rule, ready.fired, ready.why_not) == ("ready", False, "promised_before")


def test_without_a_clock_there_is_no_rest_to_tell() -> None:
    assert rest(situation_of(a_workout(60, hr=170, has_clock=False))) == silent("rest", "rest", "no_clock")


@given(minutes=st.integers(6, 400), bpm=st.integers(60, 195), experience=st.sampled_from(EXPERIENCES))
def test_the_message_of_readiness_comes_when_the_rest_says_so(minutes: int, bpm: int, experience: Experience) -> None:
    workout = a_workout(minutes, hr=bpm, step_s=10)
    recovery = recovery_of(workout, replace(TRAINED, experience=experience))
    assert recovery.rest_advice is not None
    if recovery.ready_advice is not None:
        assert recovery.ready_advice.due_at == recovery.rest_advice.values["ready_at"]


SITUATION = situation_of(HARD_RIDE)
READY_AT = NOON + timedelta(hours=30)
FOUND = replace(SITUATION.assessment, recovery_h=30, ready_at=READY_AT, ready_other_at=READY_AT)
SECOND = timedelta(seconds=1)


def told(assessment: Assessment, situation: Situation = SITUATION) -> list[str]:
    return [advice.id for advice in rest(replace(situation, assessment=assessment)).advice]


def test_an_easy_week_is_named_where_it_outlasts_the_hours_of_rest() -> None:
    assert told(replace(FOUND, easy_week_until=READY_AT)) == ["rest_hours", "ready"]
    assert told(replace(FOUND, easy_week_until=READY_AT + SECOND)) == ["rest_easy_week", "ready_long_run"]


def test_the_readiness_brings_a_message_after_twelve_hours_of_rest() -> None:
    soft = replace(FOUND, hard=False)
    assert told(replace(soft, recovery_h=12)) == ["rest_hours", "ready"]
    assert told(replace(soft, recovery_h=11.99)) == ["rest_short"]


def test_a_readiness_within_a_minute_of_the_promised_one_is_the_same() -> None:
    minute = timedelta(minutes=1)
    assert told(replace(FOUND, ready_before_at=READY_AT - minute)) == ["rest_hours"]
    assert told(replace(FOUND, ready_before_at=READY_AT - minute - SECOND)) == ["rest_hours", "ready"]


def test_the_muscles_are_named_where_the_others_are_ready_two_hours_earlier() -> None:
    legs = replace(FOUND, resting_muscles=("quadriceps",))
    other_at = READY_AT - timedelta(hours=2)
    assert told(replace(legs, ready_other_at=other_at)) == ["rest_muscles", "ready"]
    assert told(replace(legs, ready_other_at=other_at + SECOND)) == ["rest_hours", "ready"]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Europe/Amsterdam", "Pacific/Honolulu"])
def test_a_rest_day_ends_at_the_midnight_of_where_the_beginner_lives(zone: str) -> None:
    there = ZoneInfo(zone)
    training_on = NOON.astimezone(there).date() + timedelta(days=2)
    midnight = datetime.combine(training_on + timedelta(days=1), time(), tzinfo=there).astimezone(NOON.tzinfo)
    situation = replace(situation_of(HARD_RIDE, BEGINNER), zone=there)
    found = replace(FOUND, next_training_on=training_on)
    assert told(replace(found, ready_at=midnight), situation) == ["rest_day_easy", "ready_beginner_easy"]
    assert told(replace(found, ready_at=midnight - SECOND), situation) == ["rest_day", "ready_beginner"]
