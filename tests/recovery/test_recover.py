"""What the rules say of a workout, all in all."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.athlete.profile import CONDITIONS, Condition
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    a_past_workout,
    ids,
    recovery_of,
    the_advice,
)
from tests.support.fit.workouts import NOON, a_workout


def test_workouts_after_this_one_do_not_count_as_its_past() -> None:
    run = a_workout(45, hr=140)
    later = a_past_workout(NOON + timedelta(days=1), load=500, ready_h=90)
    assert recovery_of(run, past=(later,)) == recovery_of(run)


def test_a_device_without_a_clock_gets_an_assessment_and_no_plan() -> None:
    recovery = recovery_of(a_workout(60, hr=170, has_clock=False))
    assert recovery.assessment.hard
    assert recovery.assessment.ready_at is None
    assert recovery.plan == ()


def test_the_same_workout_always_gives_the_same() -> None:
    assert recovery_of(HARD_RIDE) == recovery_of(HARD_RIDE)


def test_what_the_athlete_says_reaches_the_rules() -> None:
    plain = recovery_of(HARD_RIDE)
    lifting = a_workout(60, sport="training", sub_sport="strength_training")
    assert recovery_of(lifting, rpe=9).load.value > recovery_of(lifting, rpe=2).load.value
    assert the_advice(recovery_of(HARD_RIDE, weighed_loss_kg=0.7), "drink_total").values["total_ml"] == 1050
    assert recovery_of(HARD_RIDE, drunk_ml=2500).plan != plain.plan
    assert "eat_soon_easy" in ids(recovery_of(HARD_RIDE, next_session_at=NOON + timedelta(hours=5)))


@given(
    minutes=st.integers(5, 600),
    bpm=st.none() | st.integers(50, 210),
    sport=st.sampled_from(["running", "cycling", "swimming", "walking", "training", "tennis"]),
    kcal=st.none() | st.floats(0, 6000),
    temperature_c=st.none() | st.floats(-20, 45),
    mass_kg=st.none() | st.floats(30, 200),
    condition=st.none() | st.sampled_from(CONDITIONS),
    birth_year=st.none() | st.integers(1930, 2015),
)
def test_all_advice_comes_after_the_workout_and_expires_later_still(
    minutes: int,
    bpm: int | None,
    sport: str,
    kcal: float | None,
    temperature_c: float | None,
    mass_kg: float | None,
    condition: Condition | None,
    birth_year: int | None,
) -> None:
    workout = a_workout(minutes, hr=bpm, sport=sport, kcal=kcal, temperature_c=temperature_c, step_s=10)
    conditions = frozenset() if condition is None else frozenset({condition})
    recovery = recovery_of(workout, replace(TRAINED, mass_kg=mass_kg, conditions=conditions, birth_year=birth_year))
    for advice in recovery.plan:
        assert workout.ended_at <= advice.due_at < advice.expires_at
    keys = {(advice.id, advice.due_at) for advice in recovery.plan}
    assert len(keys) == len(recovery.plan), "a text and a time name one advice"
