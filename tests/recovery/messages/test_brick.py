"""What the second part of a brick tells beyond the first."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.line import Line
from hersteld.recovery.advice import CHECK_GLUCOSE_IDS, RED_FLAG_IDS, Recovery
from hersteld.recovery.join import join
from hersteld.recovery.messages.brick import changed_lines, drinks_other_volume, has_changed
from hersteld.recovery.messages.drinking import DRINK_IDS, Drunk, ToldPlan, drunk
from hersteld.recovery.messages.first_message import EAT_IDS
from tests.support.fit.messages import RIDER, drafts_of
from tests.support.fit.recoveries import HARD_RIDE, local, recovery_of, shipped_rules, with_condition
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules()
FIRST = recovery_of(HARD_RIDE, weighed_loss_kg=1.0)
READY_AT = FIRST.assessment.ready_at or NOON


def test_the_same_plan_has_no_news() -> None:
    assert not has_changed(FIRST, FIRST, RULES, other_volume=False)


def test_two_hours_of_readiness_another_hardness_and_another_volume_are_news() -> None:
    later = replace(FIRST, assessment=replace(FIRST.assessment, ready_at=READY_AT + timedelta(hours=2)))
    hardly = replace(FIRST, assessment=replace(FIRST.assessment, ready_at=READY_AT + timedelta(hours=1.9)))
    easier = replace(FIRST, assessment=replace(FIRST.assessment, hard=False))
    assert has_changed(FIRST, later, RULES, other_volume=False)
    assert not has_changed(FIRST, hardly, RULES, other_volume=False)
    assert has_changed(FIRST, easier, RULES, other_volume=False)
    assert has_changed(FIRST, FIRST, RULES, other_volume=True)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def told(at_min: float, until_min: float, *, run: tuple[float, float], recovery: Recovery = FIRST) -> ToldPlan:
    """Return what was told of a ride that ended at noon, before a run."""
    return ToldPlan(recovery, after(at_min), after(until_min), ((after(run[0]), after(run[1])),))


def other_volume(told_plan: ToldPlan, recovery: Recovery = FIRST) -> bool:
    return drinks_other_volume(told_plan, recovery, told_plan.until, RULES, lambda _: None)


def drunk_ml(told_plan: ToldPlan | None) -> int:
    return drunk(told_plan, RULES.hydration, lambda _: None).volume_ml


def test_300_ml_more_than_was_told_and_is_to_come_are_another_volume() -> None:
    known = told(0, 0, run=(0, 0))
    assert not other_volume(known)
    assert other_volume(known, recovery_of(HARD_RIDE, weighed_loss_kg=1.2))
    assert not other_volume(known, recovery_of(HARD_RIDE, weighed_loss_kg=1.1))
    with_the_meal = recovery_of(HARD_RIDE, weighed_loss_kg=0.4)
    assert other_volume(told(0, 0, run=(0, 0), recovery=with_the_meal)), "0.6 l before"


def test_what_was_due_while_training_is_not_drunk() -> None:
    """The first part asks for 1.5 l from 12:00 on; the second one begins at 12:10."""
    assert drunk_ml(told(0, 50, run=(10, 50))) == 800
    assert other_volume(told(0, 50, run=(10, 50))), "550 ml were due on the way"
    assert not other_volume(told(0, 14, run=(10, 14))), "the next portion is still to come"
    assert drunk_ml(told(20, 50, run=(10, 50))) == 0, "told on the way"
    assert drunk_ml(told(52, 55, run=(10, 50))) == 800, "told after it"
    assert not other_volume(told(52, 55, run=(10, 50)))


def test_of_what_was_told_in_all_nothing_counts_as_drunk_and_it_is_not_told_again() -> None:
    """Who drank after the first message took that off the second one's total, however much it was."""
    on_the_way = told(20, 50, run=(10, 50))
    in_all = replace(told(50, 110, run=(70, 110)), before=on_the_way)
    assert drunk(in_all, RULES.hydration, lambda _: None) == Drunk(told=True)
    assert not other_volume(in_all)
    assert other_volume(in_all, recovery_of(HARD_RIDE, weighed_loss_kg=1.2))


def test_what_was_due_on_the_way_of_a_part_that_was_not_told_is_not_drunk() -> None:
    """The first part asks for 800 ml at 12:00, 200 ml at 12:15 and 12:30, and 150 ml at 12:45 and 13:00."""
    silent, told_next = (after(10), after(25)), (after(40), after(50))
    assert drunk_ml(ToldPlan(FIRST, after(0), after(50), (silent, told_next))) == 800 + 200
    assert drunk_ml(ToldPlan(FIRST, after(0), after(50), (told_next,))) == 800 + 200 + 200


def test_a_third_part_knows_what_was_told_of_the_first() -> None:
    second = replace(told(50, 110, run=(70, 110)), before=told(0, 50, run=(10, 50)))
    assert drunk_ml(second) == 800 + 200 + 200
    assert drunk_ml(None) == 0


def test_lines_that_were_told_are_not_told_again_and_a_sign_of_danger_is() -> None:
    ids = ("drink", "stretch", "eat_meal", "eat_meal_night", "avoid_medicine", "file_damaged", "red_flags_heat")
    lines = [Line(text_id) for text_id in ids]
    same = changed_lines(FIRST, FIRST, lines, other_volume=False)
    assert [line.id for line in same] == ["file_damaged", "red_flags_heat"]
    more = changed_lines(FIRST, FIRST, lines, other_volume=True)
    assert [line.id for line in more] == ["drink", "file_damaged", "red_flags_heat"]
    hot = recovery_of(replace(HARD_RIDE, min_temperature_c=33))
    assert "red_flags_heat" in {advice.id for advice in hot.plan}
    still = changed_lines(hot, hot, lines, other_volume=False)
    assert [line.id for line in still] == ["file_damaged", "red_flags_heat"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(None, None, False), (None, READY_AT, True), (READY_AT, None, True), (READY_AT, READY_AT, False)],
)
def test_a_readiness_that_was_not_known_before_or_is_not_known_now_is_news(
    before: datetime | None, after: datetime | None, expected: bool
) -> None:
    first, second = (replace(FIRST, assessment=replace(FIRST.assessment, ready_at=at)) for at in (before, after))
    assert has_changed(first, second, RULES, other_volume=False) is expected


def test_the_message_about_the_second_part_tells_what_is_new_and_nothing_twice() -> None:
    ride = a_workout(60, hr=160, sport="cycling", kcal=700, ended_at=local("11:00"))
    run = a_workout(30, hr=165, sport="running", kcal=400, ended_at=local("11:40"))
    both = join(ride, run)
    told = ToldPlan(recovery_of(ride, RIDER), ride.ended_at, run.ended_at, ((run.started_at, run.ended_at),))
    first = drafts_of(both, told_before=told)["first"]
    before, alone = ({line.id for line in drafts_of(part)["first"].lines} for part in (ride, both))
    assert [line.id for line in first.lines] == ["headline", "drink_total_in_all_about"]
    assert before & alone >= {"no_cooldown", "stretch", "eat_meal", "avoid_medicine"}


def test_a_second_part_that_changes_nothing_has_no_message_of_its_own() -> None:
    ride = a_workout(124, hr=172, sport="cycling", kcal=1290, ended_at=local("11:00"))
    told = ToldPlan(recovery_of(ride, RIDER), ride.ended_at, ride.ended_at)
    assert set(drafts_of(ride, told_before=told)) == {"evening", "ready"}


@pytest.mark.parametrize("text_id", sorted(CHECK_GLUCOSE_IDS))
def test_the_glucose_that_was_to_be_checked_is_not_told_again_whatever_the_hour_makes_of_the_words(
    text_id: str,
) -> None:
    with_diabetes = recovery_of(a_workout(200, hr=130), with_condition("diabetes"))
    assert not CHECK_GLUCOSE_IDS.isdisjoint(advice.id for advice in with_diabetes.plan)
    assert changed_lines(with_diabetes, with_diabetes, [Line(text_id)], other_volume=False) == []
    assert changed_lines(FIRST, with_diabetes, [Line(text_id)], other_volume=False) == [Line(text_id)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_about_drinking_eating_the_glucose_and_danger_is_known_as_such(language: Language) -> None:
    """A reminder in coach style, and the other words for what was read before, are no line of a first message."""
    kinds = {"drink": DRINK_IDS, "eat_": EAT_IDS, "check_glucose": CHECK_GLUCOSE_IDS, "red_flags": RED_FLAG_IDS}
    for start, ids in kinds.items():
        written = {text_id for text_id in load_texts(language).messages if text_id.startswith(start)}
        assert {text_id for text_id in written if not text_id.endswith("_again")} - {"drink_portion"} == ids
