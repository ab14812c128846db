"""How far a night moves readiness, whose, and which night it is."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Assessment
from hersteld.recovery.athlete.history import History, PastWorkout
from hersteld.recovery.athlete.profile import EXPERIENCES, Athlete, Experience
from hersteld.recovery.nights.night import Night
from hersteld.recovery.past import past_workout
from hersteld.recovery.recover import recover
from tests.support.fit.recoveries import AMSTERDAM, BEGINNER, TRAINED, local, recovery_of, shipped_rules, with_condition
from tests.support.fit.workouts import a_workout
from tests.support.nights.usual import a_night, usual_nights, with_nights

ENDED = local("20:00")
RIDE = a_workout(60, hr=160, sport="cycling", ended_at=ENDED)
"""Asks for 29 hours: until one o'clock of the second night."""
MORNING = (ENDED + timedelta(days=1)).date()
BEFORE = usual_nights(MORNING)
POOR, GOOD, USUAL = (30.0, 58.0), (70.0, 46.0), (50.0, 50.0)
"""RMSSD and resting heart rate of a night that shows both signs, of a good one, and of one as usual."""
HOUR = timedelta(hours=1)


def assessed(
    *nights: Night, workout: Workout = RIDE, athlete: Athlete = TRAINED, past: tuple[PastWorkout, ...] = ()
) -> Assessment:
    history = with_nights(History(past), (*BEFORE, *nights))
    return recover(workout, athlete, history, shipped_rules(), zone=AMSTERDAM).assessment


def hours_moved(*nights: Night, workout: Workout = RIDE, athlete: Athlete = TRAINED) -> float:
    moved, alone = (assessed(*some, workout=workout, athlete=athlete).ready_at for some in (nights, ()))
    assert moved is not None
    assert alone is not None
    return (moved - alone) / HOUR


def test_nights_as_usual_move_nothing() -> None:
    assert assessed() == recovery_of(RIDE).assessment


@pytest.mark.parametrize(
    ("measured", "hours"),
    [((30.0, None), 6), ((None, 58.0), 6), (POOR, 12), (GOOD, -6), (USUAL, 0)],
)
def test_a_night_moves_readiness_by_what_it_says(measured: tuple[float | None, float | None], hours: float) -> None:
    assert hours_moved(a_night(MORNING, *measured)) == pytest.approx(hours)


def test_the_clocks_and_easy_training_stay_as_they_are() -> None:
    alone, moved = assessed(), assessed(a_night(MORNING, *POOR))
    kept = ("recovery_h", "easy_from", "rested_at", "rested_other_at", "clock_h", "remaining_h")
    assert [getattr(moved, name) for name in kept] == [getattr(alone, name) for name in kept]


def test_the_numbers_are_told_with_their_source() -> None:
    reasons = {reason.name: reason for reason in assessed(a_night(MORNING, *POOR)).reasons}
    assert (reasons["rmssd_ms"].value, reasons["usual_rmssd_ms"].value) == (30, 50)
    assert (reasons["night_resting_hr_bpm"].value, reasons["usual_resting_hr_bpm"].value) == (58, 50)
    assert reasons["nights.later_h_per_sign"].kind == "H"
    assert "nights.earlier_max_h" not in reasons


@pytest.mark.parametrize("woke", ["before", "after"])
def test_a_night_outside_of_the_rest_says_nothing_of_it(woke: str) -> None:
    alone = assessed()
    assert alone.ready_at is not None
    woke_at = ENDED - HOUR if woke == "before" else alone.ready_at + timedelta(seconds=1)
    assert hours_moved(replace(a_night(MORNING, *POOR), woke_at=woke_at)) == 0


def test_the_last_night_before_readiness_counts_alone() -> None:
    long = a_workout(150, hr=165, ended_at=ENDED)
    nights = (a_night(MORNING, *POOR), a_night(MORNING + timedelta(days=1), *USUAL))
    assert hours_moved(nights[0], workout=long) == 12
    assert hours_moved(*nights, workout=long) == 0


def test_nobody_is_ready_before_waking() -> None:
    alone = assessed()
    assert alone.ready_at is not None
    woke_at = alone.ready_at - HOUR
    found = assessed(replace(a_night(MORNING, *GOOD), woke_at=woke_at))
    assert found.ready_at == woke_at


def test_nobody_is_ready_before_easy_training_is_fine() -> None:
    early = a_workout(22, hr=160, sport="cycling", ended_at=local("23:30"))
    found = assessed(a_night(MORNING, *GOOD, woke="06:00"), workout=early)
    assert found.easy_from is not None
    assert found.ready_at is not None
    assert found.ready_at >= found.easy_from


@pytest.mark.parametrize(
    ("athlete", "hours"),
    [
        (with_condition("heart"), 12),
        (with_condition("pregnancy"), 12),
        (with_condition("injury"), 12),
        (replace(TRAINED, birth_year=2012), 12),
    ],
)
def test_who_needs_a_doctors_word_is_never_ready_earlier(athlete: Athlete, hours: float) -> None:
    assert hours_moved(a_night(MORNING, *GOOD), athlete=athlete) == 0
    assert hours_moved(a_night(MORNING, *POOR), athlete=athlete) == hours


def test_a_rest_day_and_an_easy_week_are_never_shortened() -> None:
    assert hours_moved(a_night(MORNING, *GOOD), athlete=BEGINNER) == 0
    long_run = a_workout(240, hr=160, ended_at=ENDED)
    assert assessed(workout=long_run).easy_week_until is not None
    assert hours_moved(a_night(MORNING, *GOOD), workout=long_run) == 0
    assert hours_moved(a_night(MORNING, *POOR), workout=long_run) == 12


def test_a_later_workout_takes_over_what_a_night_made_of_an_earlier_one() -> None:
    night = a_night(MORNING, *POOR)
    poor = past_workout(RIDE, recovery_of(RIDE))
    poor = replace(poor, ready_at=assessed(night).ready_at, ready_other_at=assessed(night).ready_other_at)
    walk = a_workout(40, hr=95, sport="walking", ended_at=local("12:00", "2026-05-07"))
    found = assessed(night, workout=walk, past=(poor,))
    assert found.ready_at == poor.ready_at
    assert found.night is None, "it moved the ride's readiness, which the walk left as it was"


def test_weights_rest_their_own_muscles_and_no_night_turns_that_round() -> None:
    lift = a_workout(45, sport="training", sub_sport="strength_training", exercises=("squat",), ended_at=ENDED)
    second = MORNING + timedelta(days=1)
    for first_night in (POOR, GOOD, USUAL):
        for second_night in (POOR, GOOD, USUAL):
            found = assessed(a_night(MORNING, *first_night), a_night(second, *second_night), workout=lift)
            assert found.ready_at is not None
            assert found.ready_other_at is not None
            assert found.ready_other_at <= found.ready_at
            assert found.resting_muscles == assessed(workout=lift).resting_muscles


# --- laws, whatever the nights

measured = st.tuples(
    st.one_of(st.none(), st.floats(10, 200)),
    st.one_of(st.none(), st.floats(35, 90)),
    st.sampled_from(("00:10", "04:00", "07:00", "11:50")),
)
workouts = st.builds(
    lambda minutes, bpm, sport, clock: a_workout(minutes, hr=bpm, sport=sport, ended_at=local(clock), step_s=10),
    st.sampled_from((20, 45, 70, 150, 240)),
    st.sampled_from((95, 125, 150, 172)),
    st.sampled_from(("running", "cycling", "walking")),
    st.sampled_from(("06:30", "12:00", "20:00", "23:45")),
)


@settings(max_examples=60, deadline=None)
@given(
    workout=workouts,
    drawn=st.lists(measured, min_size=1, max_size=6),
    experience=st.sampled_from(EXPERIENCES),
    before_h=st.sampled_from((None, 5.0, 30.0)),
)
def test_no_night_moves_readiness_far(
    workout: Workout,
    drawn: list[tuple[float | None, float | None, str]],
    experience: Experience,
    before_h: float | None,
) -> None:
    athlete = replace(TRAINED, experience=experience)
    nights = [
        a_night(MORNING + timedelta(days=day), rmssd, resting, woke=woke)
        for day, (rmssd, resting, woke) in enumerate(drawn, -1)
    ]

    def both(*some: Night) -> Assessment:
        """Return what holds after an earlier ride, which had the same nights."""
        past: tuple[PastWorkout, ...] = ()
        if before_h is not None:
            ride = replace(RIDE, started_at=workout.started_at - timedelta(hours=before_h + 1))
            ride = replace(ride, ended_at=ride.started_at + HOUR)
            history = with_nights(History(), (*BEFORE, *some))
            past = (past_workout(ride, recover(ride, athlete, history, shipped_rules(), zone=AMSTERDAM)),)
        return assessed(*some, workout=workout, athlete=athlete, past=past)

    alone, moved = both(), both(*nights)
    for name in ("ready_at", "ready_other_at"):
        by_clocks: datetime = getattr(alone, name)
        at: datetime = getattr(moved, name)
        assert by_clocks - 6 * HOUR <= at <= by_clocks + 12 * HOUR
        assert moved.easy_from is not None
        assert at >= moved.easy_from
    assert moved.easy_from == alone.easy_from
    assert (moved.ready_at != alone.ready_at) <= (moved.night is not None or before_h is not None)
    assert moved.recovery_h == alone.recovery_h
