"""What advice and messages know of themselves."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import AVOID_ALCOHOL_IDS, READY_IDS, Advice
from hersteld.recovery.athlete.profile import EXPERIENCES, Athlete, Experience
from tests.support.fit.recoveries import (
    BEGINNER,
    HARD_RIDE,
    TRAINED,
    advice_of,
    recovery_of,
)
from tests.support.fit.workouts import NOON, a_workout


def test_an_advice_is_said_by_the_text_of_its_id_with_its_values() -> None:
    advice = Advice("eat_meal", "glycogen", NOON, NOON, {"protein_g": 22})
    assert advice.line == Line("eat_meal", {"protein_g": 22})


@pytest.mark.parametrize(
    ("workout", "athlete", "rest_id", "ready_id"),
    [
        (HARD_RIDE, TRAINED, "rest_hours", "ready"),
        (a_workout(45, hr=140), BEGINNER, "rest_day", "ready_beginner"),
        (a_workout(30, hr=100), TRAINED, "rest_short", None),
        (a_workout(3, hr=100), TRAINED, None, None),
    ],
)
def test_a_recovery_tells_its_rest_from_its_readiness(
    workout: Workout, athlete: Athlete, rest_id: str | None, ready_id: str | None
) -> None:
    recovery = recovery_of(workout, athlete)
    rest, ready = recovery.rest_advice, recovery.ready_advice
    assert ((rest and rest.id), (ready and ready.id)) == (rest_id, ready_id)


@given(
    minutes=st.integers(5, 400),
    bpm=st.integers(60, 200),
    sport=st.sampled_from(["running", "cycling", "training"]),
    experience=st.sampled_from(EXPERIENCES),
)
def test_all_advice_of_rest_and_avoiding_is_known_by_its_ids(
    minutes: int, bpm: int, sport: str, experience: Experience
) -> None:
    recovery = recovery_of(a_workout(minutes, hr=bpm, sport=sport, step_s=10), replace(TRAINED, experience=experience))
    rest = advice_of(recovery, "rest")
    assert [advice for advice in rest if advice.id in READY_IDS] == [advice for advice in rest if advice.is_readiness]
    assert len([advice for advice in rest if not advice.is_readiness]) == 1
    assert {advice.id for advice in recovery.plan if advice.id in AVOID_ALCOHOL_IDS | {"avoid_medicine"}} == {
        advice.id for advice in advice_of(recovery, "avoid")
    }
