"""All keys, in the order of doing, each with a verdict."""

from typing import get_args

import pytest

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import (
    Key,
)
from hersteld.recovery.plan import plan
from tests.support.fit.recoveries import (
    HARD_RIDE,
    recovery_of,
    situation_of,
)
from tests.support.fit.workouts import a_workout


def test_every_rule_gives_a_verdict_with_a_ground() -> None:
    verdicts = recovery_of(a_workout(40, hr=95)).verdicts
    assert {verdict.rule for verdict in verdicts} >= {
        "rest",
        "stretching",
        "cold_bath",
        "hydration",
        "glycogen",
        "avoid",
    }
    assert all(verdict.fired != bool(verdict.why_not) for verdict in verdicts)


def test_advice_stands_in_the_order_of_doing() -> None:
    order: list[Key] = ["rest", "cooldown", "hydration", "stretching", "glycogen", "avoid", "omega3", "red_flags"]
    found = list(dict.fromkeys(advice.key for advice in recovery_of(a_workout(150, hr=202, step_s=10)).plan))
    assert found == order


def test_every_key_is_asked() -> None:
    assert {verdict.key for verdict in plan(situation_of(HARD_RIDE)).verdicts} == set(get_args(Key))


@pytest.mark.parametrize(
    ("workout", "why_not"), [(a_workout(60, hr=150, has_clock=False), "no_clock"), (a_workout(4, hr=150), "too_short")]
)
def test_without_a_date_or_within_minutes_no_key_is_asked(workout: Workout, why_not: str) -> None:
    result = plan(situation_of(workout))
    assert result.advice == ()
    assert [(verdict.rule, verdict.why_not) for verdict in result.verdicts] == [("rest", why_not)]


def test_every_advice_belongs_to_a_rule_that_fired_or_stands_in_for_one() -> None:
    result = plan(situation_of(HARD_RIDE))
    fired_keys = {verdict.key for verdict in result.verdicts if verdict.fired}
    assert {advice.key for advice in result.advice} == fired_keys
