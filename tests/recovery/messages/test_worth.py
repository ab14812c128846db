"""Which workouts are worth a message."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.line import Line
from hersteld.recovery.advice import Recovery, is_danger
from hersteld.recovery.messages.brick import changed_lines, has_changed
from hersteld.recovery.messages.worth import why_silent
from tests.support.fit.messages import RIDER, drafts_of, said
from tests.support.fit.recoveries import BEGINNER, HARD_RIDE, local, recovery_of, shipped_rules, with_condition
from tests.support.fit.workouts import a_workout

RULES = shipped_rules()
DIABETES = with_condition("diabetes")
EASY = recovery_of(a_workout(40, hr=130))
STROLL = recovery_of(a_workout(30, hr=80, sport="walking"))


def texts_of_messages() -> set[str]:
    return set(load_texts("en").messages)


def silence(recovery: Recovery, *ids: str, first_ever: bool = False, moves_told: bool = False) -> str | None:
    lines = [Line(text_id) for text_id in ids]
    return why_silent(recovery, RULES, lines, first_ever=first_ever, moves_told=moves_told)


def test_a_hard_workout_and_one_that_costs_a_rest_day_are_always_told() -> None:
    assert silence(recovery_of(HARD_RIDE)) is None
    assert silence(recovery_of(a_workout(45, hr=140), BEGINNER)) is None


def test_nothing_new_is_silence() -> None:
    assert not EASY.assessment.hard
    assert silence(EASY) == "nothing_new"
    assert silence(EASY, "stretch", "no_cooldown", "drink_thirst") == "nothing_new", "these alone are no reason"
    assert silence(STROLL, "eat_meal", "stretch") == "gentle"


@pytest.mark.parametrize("text_id", ["drink_with_meal", "eat_protein", "avoid_medicine", "red_flags_heat"])
def test_something_to_do_is_worth_a_message(text_id: str) -> None:
    assert silence(EASY, text_id) is None


def test_a_gentle_workout_speaks_only_of_danger_or_a_considerable_loss() -> None:
    assert silence(STROLL, "drink_with_meal") == "gentle"
    for timetable in ("drink", "drink_about", "drink_more", "drink_once_about", "drink_total"):
        assert silence(STROLL, timetable) is None
    assert silence(STROLL, "drink_gained") == "gentle"
    assert silence(STROLL, "red_flags_heat") is None


@pytest.mark.parametrize("sport", ["walking", "golf", "e_biking"])
@pytest.mark.parametrize(
    ("minutes", "celsius", "told"),
    [(110, 27.9, False), (110, 28, True), (110, 31.9, True), (59, 31.9, False), (60, 29, True), (60, 32, True)],
)
def test_a_gentle_hour_in_the_heat_is_worth_a_message(sport: str, minutes: int, celsius: float, *, told: bool) -> None:
    walk = a_workout(minutes, hr=75, sport=sport, temperature_c=celsius, ended_at=local("15:00"))
    assert recovery_of(walk).assessment.gentle
    assert ("first" in drafts_of(walk)) is told


def test_every_text_about_drinking_food_and_what_to_avoid_is_a_reason_or_is_known_to_be_none() -> None:
    none = {"drink_thirst", "drink_condition", "drink_long"}
    reminders = {"drink_portion", "avoid_tonight_again", "drink_with_meal_again"}
    texts = {text_id for text_id in texts_of_messages() if text_id.startswith(("drink", "eat_", "avoid_"))}
    assert {text_id for text_id in texts - reminders if silence(EASY, text_id) is None} == texts - reminders - none


def test_every_text_about_a_sign_that_needs_a_doctor_is_one_of_danger() -> None:
    texts = {text_id for text_id in texts_of_messages() if text_id.startswith(("red_flags", "check_glucose"))}
    assert texts == {text_id for text_id in texts_of_messages() if is_danger(text_id)}


def test_the_first_message_ever_and_a_moved_readiness_are_always_told() -> None:
    for recovery in (EASY, STROLL):
        assert silence(recovery, first_ever=True) is None
        assert silence(recovery, moves_told=True) is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"hard": True}, True),
        ({"recovery_h": 12.0}, True),
        ({"recovery_h": 11.9}, False),
        ({"next_training_on": date(2026, 5, 8)}, True),
        ({"warnings": ("consecutive_days",)}, True),
        ({"warnings": ("salvaged",)}, False),
    ],
)
def test_each_piece_of_news_is_worth_a_message_by_itself(changes: dict[str, Any], told: bool) -> None:
    assert (silence(replace(EASY, assessment=replace(EASY.assessment, **changes))) is None) is told


def test_a_workout_begun_too_soon_is_told() -> None:
    early = replace(EASY, assessment=replace(EASY.assessment, warnings=("too_soon",)))
    assert silence(early) is None


# --- danger


@pytest.mark.parametrize("sport", ["walking", "golf", "yoga", "e_biking", "hiking", "cycling"])
@pytest.mark.parametrize(("minutes", "told"), [(170, False), (180, True), (300, True)])
def test_three_gentle_hours_with_diabetes_bring_a_short_message_about_the_glucose(
    sport: str, minutes: int, *, told: bool
) -> None:
    walk = a_workout(minutes, hr=75, sport=sport, temperature_c=10, ended_at=local("15:00"))
    assert recovery_of(walk, DIABETES).assessment.gentle
    drafts = drafts_of(walk, DIABETES)
    assert ("first" in drafts) == told
    assert drafts_of(walk, RIDER) == {}, "without diabetes there is nothing to say"
    if told:
        assert "Check your glucose" in said(drafts["first"]).body
        dutch = said(drafts["first"], "nl").body.splitlines()
        assert any(line.startswith("Controleer je glucose") for line in dutch)
        assert len(dutch) <= 3


def test_a_long_walk_late_in_the_evening_is_told_to_check_before_sleep() -> None:
    walk = a_workout(200, hr=75, sport="walking", temperature_c=10, ended_at=local("21:00"))
    assert "Check your glucose before you sleep" in said(drafts_of(walk, DIABETES)["first"]).body


def test_the_second_part_of_a_brick_tells_of_the_glucose_when_the_first_did_not() -> None:
    short, long = (
        recovery_of(a_workout(minutes, hr=70, sport="cycling", temperature_c=10), DIABETES) for minutes in (100, 185)
    )
    more = replace(long, assessment=short.assessment)
    assert has_changed(short, more, RULES, other_volume=False)
    lines = [Line("check_glucose")]
    assert [line.id for line in changed_lines(short, more, lines, other_volume=False)] == ["check_glucose"]
    assert not has_changed(long, long, RULES, other_volume=False)
    assert changed_lines(long, long, lines, other_volume=False) == []


def test_a_line_about_danger_stays_however_long_a_message_gets() -> None:
    ride = a_workout(240, hr=165, sport="cycling", kcal=3000, temperature_c=33, ended_at=local("13:00"))
    first = drafts_of(ride, DIABETES, first_ever=True)["first"]
    dangers = [index for index, line in enumerate(first.lines) if is_danger(line.id)]
    assert len(dangers) == 2, "the glucose, and the heat"
    assert set(dangers).isdisjoint(first.optional)


def test_a_plan_warns_of_danger_with_a_red_flag_or_the_glucose() -> None:
    assert recovery_of(a_workout(180, hr=75, sport="walking"), DIABETES).warns_of_danger
    assert recovery_of(a_workout(60, hr=120, temperature_c=33)).warns_of_danger
    assert not recovery_of(a_workout(170, hr=75, sport="walking"), DIABETES).warns_of_danger
