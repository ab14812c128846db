"""Which workouts are worth a message."""

from dataclasses import replace

import pytest

from hersteld.parsers.line import Line
from hersteld.recovery.advice import Recovery
from hersteld.recovery.messages.worth import why_silent
from tests.support.fit.recoveries import BEGINNER, HARD_RIDE, recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout

RULES = shipped_rules()
EASY = recovery_of(a_workout(40, hr=130))
STROLL = recovery_of(a_workout(30, hr=80, sport="walking"))


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
    for timetable in ("drink", "drink_about", "drink_remaining", "drink_once_about", "drink_total"):
        assert silence(STROLL, timetable) is None
    assert silence(STROLL, "drink_gained") == "gentle"
    assert silence(STROLL, "red_flags_heat") is None


def test_the_first_message_ever_and_a_moved_readiness_are_always_told() -> None:
    for recovery in (EASY, STROLL):
        assert silence(recovery, first_ever=True) is None
        assert silence(recovery, moves_told=True) is None


def test_a_workout_begun_too_soon_is_told() -> None:
    early = replace(EASY, assessment=replace(EASY.assessment, warnings=("too_soon",)))
    assert silence(early) is None
