"""From which moment on the athlete can train again, with all that earlier workouts left open."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Assessment
from hersteld.recovery.athlete.history import PastWorkout
from hersteld.recovery.athlete.profile import EXPERIENCES, Athlete, Experience
from hersteld.recovery.past import past_workout
from tests.support.fit.recoveries import BEGINNER, TRAINED, a_past_workout, local, recovery_of
from tests.support.fit.workouts import NOON, a_workout

LEGS = ("squat", "lunge")
WALK = a_workout(60, hr=95, sport="walking")


def lifting(minutes: float = 45, *, exercises: tuple[str, ...] = LEGS, ended_at: datetime = NOON) -> Workout:
    return a_workout(minutes, sport="training", sub_sport="strength_training", exercises=exercises, ended_at=ended_at)


def assessed(workout: Workout, athlete: Athlete = TRAINED, *past: PastWorkout) -> Assessment:
    return recovery_of(workout, athlete, past=past).assessment


def hours_after(workout: Workout, moment: datetime | None) -> float:
    assert moment is not None
    return (moment - workout.ended_at) / timedelta(hours=1)


def test_easy_is_fine_half_way() -> None:
    run = a_workout(60, hr=150)
    found = assessed(run)
    assert hours_after(run, found.ready_at) == pytest.approx(23.1, abs=0.05)
    assert hours_after(run, found.easy_from) == pytest.approx(found.recovery_h / 2)


def test_half_of_what_was_still_open_is_added() -> None:
    run = a_workout(60, hr=150)
    ride = a_past_workout(run.started_at - timedelta(hours=10), ready_h=16)
    found = assessed(run, TRAINED, ride)
    assert found.remaining_h == pytest.approx(6)
    assert found.recovery_h == pytest.approx(assessed(run).recovery_h + 3)


def test_what_is_open_counts_from_a_day_before_the_end_of_a_very_long_workout() -> None:
    hike = a_workout(40 * 60, hr=110, sport="hiking", step_s=20)
    before = a_past_workout(hike.started_at - timedelta(hours=1), ready_h=41)
    assert assessed(hike, TRAINED, before).remaining_h == pytest.approx(24)


def test_a_rest_day_is_no_open_hour() -> None:
    yesterday = past_of(a_workout(60, hr=134, ended_at=local("20:00", "2026-05-05")), BEGINNER)
    assert yesterday.ready_at == local("00:00", "2026-05-07")
    run = a_workout(60, hr=150, ended_at=local("15:00"))
    assert assessed(run, BEGINNER, yesterday).remaining_h == pytest.approx(0)


def past_of(workout: Workout, athlete: Athlete = TRAINED, *past: PastWorkout) -> PastWorkout:
    return past_workout(workout, recovery_of(workout, athlete, past=past))


# --- gentle workouts


def test_a_gentle_workout_leaves_readiness_as_it_stands() -> None:
    ride = a_past_workout(WALK.started_at - timedelta(hours=3), ready_h=13)
    found = assessed(WALK, TRAINED, ride)
    assert found.gentle
    assert (found.ready_at, found.easy_from) == (ride.ready_at, ride.easy_from)
    alone = assessed(WALK)
    assert (alone.ready_at, alone.easy_from, alone.recovery_h) == (NOON, NOON, 0)


def test_an_hour_of_walking_costs_a_beginner_no_rest_day_and_is_no_training_day() -> None:
    found = assessed(WALK, BEGINNER)
    assert (found.gentle, found.next_training_on) == (True, None)
    walked = past_of(WALK, BEGINNER)
    tomorrow = a_workout(45, hr=150, ended_at=NOON + timedelta(days=1))
    assert "consecutive_days" not in assessed(tomorrow, BEGINNER, walked).warnings
    assert assessed(tomorrow, BEGINNER, walked).remaining_h == 0


@pytest.mark.parametrize(
    ("sport", "sub_sport", "gentle"),
    [
        *[("walking", None, True), ("golf", None, True), ("training", "yoga", True), ("e_biking", None, True)],
        *[("cycling", "e_bike_mountain", True), ("meditation", None, True), ("driving", None, True)],
        *[("cycling", None, False), ("hiking", None, False)],
    ],
)
def test_some_sports_are_gentle_for_longer(sport: str, sub_sport: str | None, gentle: bool) -> None:
    assert assessed(a_workout(80, hr=120, sport=sport, sub_sport=sub_sport)).gentle is gentle


# --- the rest day of a beginner


def test_a_beginner_keeps_one_full_day_free_from_eight_hours_on() -> None:
    found = assessed(a_workout(45, hr=140, ended_at=local("20:00")), BEGINNER)
    assert found.next_training_on == date(2026, 5, 8)
    assert found.easy_from == found.ready_at == local("00:00", "2026-05-08")
    shorter = assessed(a_workout(44, hr=125, ended_at=local("20:00")), BEGINNER)
    assert not shorter.gentle
    assert shorter.recovery_h < 8
    assert shorter.next_training_on is None


# --- muscles


def test_weights_keep_only_their_own_muscles_waiting() -> None:
    lift = lifting()
    found = assessed(lift)
    assert hours_after(lift, found.ready_at) == pytest.approx(48)
    assert hours_after(lift, found.ready_other_at) < 20
    assert found.resting_muscles == ("quadriceps", "glutes")


def test_where_nobody_knows_the_exercises_the_whole_body_waits() -> None:
    found = assessed(lifting(exercises=()))
    assert found.ready_other_at == found.ready_at
    assert found.resting_muscles == ()


def test_a_later_workout_takes_its_open_hours_from_the_muscles_it_shares() -> None:
    lifted = past_of(lifting())
    swim = a_workout(60, hr=150, sport="swimming", ended_at=NOON + timedelta(hours=22))
    run = a_workout(60, hr=150, ended_at=NOON + timedelta(hours=22))
    assert assessed(swim, TRAINED, lifted).remaining_h == 0
    assert assessed(run, TRAINED, lifted).remaining_h == pytest.approx(27)


def test_after_a_swim_the_legs_still_wait_and_the_next_swim_does_not_wait_for_them() -> None:
    lifted = past_of(lifting())
    first = a_workout(60, hr=150, sport="swimming", ended_at=NOON + timedelta(hours=12))
    found = assessed(first, TRAINED, lifted)
    assert found.ready_at == lifted.ready_at
    assert found.resting_muscles == ("quadriceps", "glutes")
    swum = past_of(first, TRAINED, lifted)
    second = a_workout(60, hr=150, sport="swimming", ended_at=NOON + timedelta(hours=42))
    assert assessed(second, TRAINED, lifted, swum).remaining_h == 0


# --- very long runs


def test_a_very_long_run_leaves_a_week_easy_for_later_workouts_as_well() -> None:
    marathon = a_workout(250, hr=155, distance_m=42_195)
    found = assessed(marathon)
    assert found.very_long_run
    assert found.easy_week_until == NOON + timedelta(days=7)
    ran = past_of(marathon)
    jog = a_workout(50, hr=134, ended_at=NOON + timedelta(days=5))
    assert assessed(jog, TRAINED, ran).easy_week_until == NOON + timedelta(days=7)
    assert assessed(a_workout(50, hr=134, ended_at=NOON + timedelta(days=8)), TRAINED, ran).easy_week_until is None


# --- the laws


@given(
    minutes=st.integers(6, 240),
    more=st.integers(0, 60),
    bpm=st.integers(80, 189),
    beats=st.integers(0, 30),
    experience=st.sampled_from(EXPERIENCES),
    open_h=st.none() | st.floats(0, 96),
)
def test_more_minutes_or_beats_never_make_anybody_ready_sooner(
    minutes: int, more: int, bpm: int, beats: int, experience: Experience, open_h: float | None
) -> None:
    athlete = replace(TRAINED, experience=experience)
    past = () if open_h is None else (a_past_workout(NOON - timedelta(hours=10), ready_h=open_h),)
    less = assessed(a_workout(minutes, hr=bpm, step_s=10), athlete, *past)
    most = assessed(a_workout(minutes + more, hr=min(bpm + beats, 190), step_s=10), athlete, *past)
    assert less.ready_at is not None
    assert most.ready_at is not None
    assert less.easy_from is not None
    assert most.easy_from is not None
    within = timedelta(seconds=1)
    assert less.ready_at <= most.ready_at + within
    assert less.easy_from <= most.easy_from + within


def test_without_a_clock_hours_are_told_and_no_moment() -> None:
    found = assessed(replace(lifting(), has_clock=False), TRAINED, a_past_workout(NOON, ready_h=48))
    assert found.recovery_h == pytest.approx(48)
    assert found.remaining_h == 0
    assert found.loaded_muscles == assessed(lifting()).loaded_muscles != ()
    assert (found.ready_at, found.easy_from, found.rested_at) == (None, None, None)
    walk = assessed(replace(WALK, has_clock=False))
    assert (walk.recovery_h, walk.ready_at) == (0, None)


def test_a_gentle_workout_leaves_no_rest_of_its_own_behind() -> None:
    found = assessed(WALK)
    assert (found.rested_at, found.rested_other_at) == (None, None)
    assert found.ready_at == found.ready_other_at == found.easy_from == WALK.ended_at


def test_every_muscle_that_earlier_weights_keep_waiting_is_named() -> None:
    legs = past_of(lifting(ended_at=NOON - timedelta(hours=5)))
    arms = past_of(lifting(exercises=("bench_press",), ended_at=NOON - timedelta(hours=3)), TRAINED, legs)
    found = assessed(WALK, TRAINED, legs, arms)
    assert set(found.resting_muscles) == {*legs.loaded_muscles, *arms.loaded_muscles}
    assert set(legs.loaded_muscles).isdisjoint(arms.loaded_muscles)


def test_what_was_ready_at_the_very_end_was_not_waited_for() -> None:
    assert assessed(WALK, TRAINED, a_past_workout(NOON - timedelta(hours=9), ready_h=9)).ready_before_at is None
    waiting = assessed(WALK, TRAINED, a_past_workout(NOON - timedelta(hours=9), ready_h=10))
    assert waiting.ready_before_at == NOON + timedelta(hours=1)
