"""What the second part of a brick tells beyond the first."""

from dataclasses import replace
from datetime import timedelta

from hersteld.parsers.line import Line
from hersteld.recovery.messages.brick import changed_lines, has_changed
from tests.support.fit.recoveries import HARD_RIDE, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON

RULES = shipped_rules()
FIRST = recovery_of(HARD_RIDE, weighed_loss_kg=1.0)
READY_AT = FIRST.assessment.ready_at or NOON


def test_the_same_plan_has_no_news() -> None:
    assert not has_changed(FIRST, FIRST, RULES)


def test_two_hours_of_readiness_another_hardness_and_300_ml_are_news() -> None:
    later = replace(FIRST, assessment=replace(FIRST.assessment, ready_at=READY_AT + timedelta(hours=2)))
    hardly = replace(FIRST, assessment=replace(FIRST.assessment, ready_at=READY_AT + timedelta(hours=1.9)))
    easier = replace(FIRST, assessment=replace(FIRST.assessment, hard=False))
    assert has_changed(FIRST, later, RULES)
    assert not has_changed(FIRST, hardly, RULES)
    assert has_changed(FIRST, easier, RULES)
    assert has_changed(FIRST, recovery_of(HARD_RIDE, weighed_loss_kg=1.2), RULES)
    assert not has_changed(FIRST, recovery_of(HARD_RIDE, weighed_loss_kg=1.1), RULES)


def test_lines_that_were_told_are_not_told_again_and_a_sign_of_danger_is() -> None:
    lines = [Line("drink"), Line("stretch"), Line("eat_meal"), Line("avoid_medicine"), Line("red_flags_heat")]
    assert [line.id for line in changed_lines(FIRST, FIRST, RULES, lines)] == ["red_flags_heat"]
    more = recovery_of(HARD_RIDE, weighed_loss_kg=1.2)
    assert [line.id for line in changed_lines(FIRST, more, RULES, lines)] == ["drink", "red_flags_heat"]
