"""An easy week that turns out to be none, or the other way round, changes what the athlete does: it is put right."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hersteld.parsers.line import Line
from hersteld.recovery.advice import Recovery, ToldReadiness
from hersteld.recovery.messages.correction import correction, is_wrong
from hersteld.recovery.messages.readiness import readiness
from tests.support.fit.messages import drafts_of
from tests.support.fit.recoveries import AMSTERDAM, BEGINNER, local, recovery_of, shipped_rules, with_condition
from tests.support.fit.workouts import a_workout

RULES = shipped_rules()
MARATHON = a_workout(250, hr=160, distance_m=42_195, ended_at=local("14:00"))
NOW = local("15:00")
WEEK = recovery_of(MARATHON)
HOURS = replace(
    recovery_of(a_workout(250, hr=160, sport="cycling", ended_at=local("14:00"))),
    assessment=replace(WEEK.assessment, very_long_run=False, easy_week_until=None),
)
"""The same moments as of the easy week, without one."""


def told(recovery: Recovery) -> ToldReadiness:
    train_again = readiness(recovery, RULES, NOW, AMSTERDAM)
    assert train_again is not None
    return train_again.told


def wrong(said: ToldReadiness, holds: Recovery) -> bool:
    return is_wrong(said, holds, RULES, NOW, AMSTERDAM)


def test_an_easy_week_and_an_hour_for_hard_training_on_the_same_easy_day_put_each_other_right() -> None:
    assert told(WEEK).easy_from == told(HOURS).easy_from
    assert wrong(told(WEEK), HOURS)
    assert wrong(told(HOURS), WEEK)
    for recovery in (WEEK, HOURS):
        assert not wrong(told(recovery), recovery), "once it is put right, nothing more is said"


@pytest.mark.parametrize(("hours", "expected"), [(3, False), (-11, False), (13, True), (-24, True)])
def test_another_hour_of_the_end_of_the_week_is_told_in_the_same_words_and_half_a_day_is_another_week(
    hours: float, expected: bool
) -> None:
    said = told(WEEK)
    assert said.ready_at is not None
    assert wrong(replace(said, ready_at=said.ready_at + timedelta(hours=hours)), WEEK) is expected


def test_a_correction_to_an_easy_week_holds_until_the_week_is_over() -> None:
    draft = correction(WEEK, RULES, Line("correction"), quiet_hours=None, zone=AMSTERDAM, now=NOW)
    assert draft is not None
    assert draft.told == told(WEEK)
    assert draft.expires_at == told(WEEK).ready_at


def test_the_word_that_the_rest_days_are_over_keeps_the_week_easy() -> None:
    ready = drafts_of(MARATHON)["ready"]
    assert ready.lines[0].id == "ready_long_run"
    assert ready.told is not None
    assert ready.told.ready_at == told(WEEK).ready_at


def test_who_was_told_when_to_train_hard_is_put_right_where_nothing_may_be_said_of_that() -> None:
    ride = a_workout(124, hr=172, sport="cycling", ended_at=local("14:00"))
    trained, careful = recovery_of(ride), recovery_of(ride, with_condition("heart"))
    assert wrong(told(trained), careful)
    assert not wrong(told(careful), careful)
    assert not wrong(told(careful), trained), "easy training is as it was told"


def test_a_walk_of_a_beginner_puts_no_rest_day_right() -> None:
    """The walk leaves the readiness as it stands, in words with another number of moments."""
    day_off = recovery_of(a_workout(60, hr=140, ended_at=local("14:00")), BEGINNER)
    walk = recovery_of(a_workout(20, hr=90, sport="walking", ended_at=local("14:40")), BEGINNER)
    said = told(day_off)
    assert not wrong(said, day_off)
    as_left = replace(walk, assessment=replace(walk.assessment, easy_from=said.easy_from, ready_at=said.ready_at))
    assert not wrong(ToldReadiness(easy_from=said.easy_from), as_left)
