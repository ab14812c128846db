"""What the second part of a brick tells beyond the first."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hersteld.parsers.line import Line
from hersteld.recovery.advice import Advice
from hersteld.recovery.join import join
from hersteld.recovery.messages.brick import changed_lines, has_changed
from tests.support.fit.messages import RIDER, drafts_of
from tests.support.fit.recoveries import HARD_RIDE, local, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

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
    ids = ("drink", "stretch", "eat_meal", "eat_meal_night", "avoid_medicine", "file_damaged", "red_flags_heat")
    lines = [Line(text_id) for text_id in ids]
    assert [line.id for line in changed_lines(FIRST, FIRST, RULES, lines)] == ["file_damaged", "red_flags_heat"]
    more = recovery_of(HARD_RIDE, weighed_loss_kg=1.2)
    assert [line.id for line in changed_lines(FIRST, more, RULES, lines)] == ["drink", "file_damaged", "red_flags_heat"]
    hot = recovery_of(replace(HARD_RIDE, min_temperature_c=33))
    assert "red_flags_heat" in {advice.id for advice in hot.plan}
    assert [line.id for line in changed_lines(hot, hot, RULES, lines)] == ["file_damaged", "red_flags_heat"]


@pytest.mark.parametrize(("more_ml", "expected"), [(250, False), (300, True)])
def test_what_is_to_be_drunk_after_a_first_part_without_any_is_all_news(more_ml: int, expected: bool) -> None:
    dry = replace(FIRST, plan=tuple(advice for advice in FIRST.plan if advice.key != "hydration"))
    drink = Advice("drink_with_meal", "hydration", NOON, NOON + timedelta(hours=4), {"total_ml": more_ml})
    assert has_changed(dry, replace(dry, plan=(*dry.plan, drink)), RULES) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(None, None, False), (None, READY_AT, True), (READY_AT, None, True), (READY_AT, READY_AT, False)],
)
def test_a_readiness_that_was_not_known_before_or_is_not_known_now_is_news(
    before: datetime | None, after: datetime | None, expected: bool
) -> None:
    first, second = (replace(FIRST, assessment=replace(FIRST.assessment, ready_at=at)) for at in (before, after))
    assert has_changed(first, second, RULES) is expected


def test_the_message_about_the_second_part_tells_what_is_new_and_nothing_twice() -> None:
    ride = a_workout(60, hr=160, sport="cycling", kcal=700, ended_at=local("11:00"))
    both = join(ride, a_workout(30, hr=165, sport="running", kcal=400, ended_at=local("11:40")))
    first = drafts_of(both, told_before=recovery_of(ride, RIDER))["first"]
    before, alone = ({line.id for line in drafts_of(part)["first"].lines} for part in (ride, both))
    assert [line.id for line in first.lines] == ["headline", "drink_about"]
    assert before & alone >= {"no_cooldown", "stretch", "eat_meal", "avoid_medicine"}


def test_a_second_part_that_changes_nothing_has_no_message_of_its_own() -> None:
    ride = a_workout(124, hr=172, sport="cycling", kcal=1290, ended_at=local("11:00"))
    assert set(drafts_of(ride, told_before=recovery_of(ride, RIDER))) == {"evening", "ready"}
