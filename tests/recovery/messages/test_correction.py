"""When what was told of readiness is put right, and how."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from hersteld.parsers.line import Line
from hersteld.recovery.advice import (
    Recovery,
)
from hersteld.recovery.athlete.history import History
from hersteld.recovery.messages.correction import correction, is_wrong
from hersteld.recovery.messages.draft import Draft, MessageKind, ToldReadiness
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import readiness
from hersteld.recovery.recover import recover
from tests.support.fit.messages import drafts_of
from tests.support.fit.recoveries import (
    AMSTERDAM,
    BEGINNER,
    TRAINED,
    local,
    recovery_of,
    shipped_rules,
    with_condition,
)
from tests.support.fit.workouts import a_workout

QUIET = QuietHours(time(22), time(7))
RULES = shipped_rules()

BECAUSE = Line("correction_settings")


RIDE = a_workout(124, hr=172, sport="cycling", ended_at=local("17:00"))
NOW = local("18:00")


def ride() -> Recovery:
    return recovery_of(RIDE)


def told_now() -> ToldReadiness:
    train_again = readiness(ride(), RULES, NOW, AMSTERDAM)
    assert train_again is not None
    return train_again.told


def wrong(told: ToldReadiness, at: datetime = NOW) -> bool:
    return is_wrong(told, ride(), RULES, at, AMSTERDAM)


def test_what_holds_is_not_wrong() -> None:
    assert not wrong(told_now())
    assert not wrong(ToldReadiness()), "nothing was told"


@pytest.mark.parametrize(("hours", "expected"), [(-2, True), (-1.9, False), (1.9, False), (2, True)])
def test_two_hours_too_early_or_too_late_for_hard_training_are_wrong(hours: float, expected: bool) -> None:
    told = told_now()
    assert told.ready_at is not None
    assert wrong(ToldReadiness(ready_at=told.ready_at + timedelta(hours=hours))) is expected


def test_where_only_the_day_is_named_another_hour_of_it_is_not_wrong() -> None:
    """A correction would say the same words again."""
    rest_day = recovery_of(a_workout(60, hr=140, ended_at=RIDE.ended_at), athlete=BEGINNER)
    train_again = readiness(rest_day, RULES, NOW, AMSTERDAM)
    assert train_again is not None
    assert train_again.line.id == "rest_day"
    for hours, expected in ((3, False), (24, True), (-24, True)):
        told = ToldReadiness(ready_at=train_again.ready_at + timedelta(hours=hours))
        assert is_wrong(told, rest_day, RULES, NOW, AMSTERDAM) is expected, hours


def test_easy_training_is_wrong_on_another_day_only() -> None:
    told = told_now()
    assert told.easy_from is not None
    assert not wrong(ToldReadiness(easy_from=told.easy_from + timedelta(hours=3)))
    assert wrong(ToldReadiness(easy_from=told.easy_from + timedelta(days=1)))


@pytest.mark.parametrize(("hours", "expected"), [(-2, True), (-1.9, False), (1.9, False), (2, True)])
def test_who_is_told_of_no_hard_training_is_put_right_by_hours_of_easy_training(hours: float, expected: bool) -> None:
    careful = recovery_of(RIDE, athlete=with_condition("heart"))
    train_again = readiness(careful, RULES, NOW, AMSTERDAM)
    assert train_again is not None
    assert train_again.told.ready_at is None
    told = ToldReadiness(easy_from=train_again.easy_from + timedelta(hours=hours))
    assert is_wrong(told, careful, RULES, NOW, AMSTERDAM) is expected


def test_what_has_passed_by_then_needs_no_correction() -> None:
    told = told_now()
    assert told.ready_at is not None
    early = replace(told, ready_at=told.ready_at - timedelta(hours=5))
    assert wrong(early)
    assert not wrong(early, at=told.ready_at + timedelta(hours=1))


def test_days_of_easy_training_that_have_all_passed_need_no_correction() -> None:
    told = told_now()
    assert told.easy_from is not None
    earlier = ToldReadiness(easy_from=told.easy_from - timedelta(days=1))
    assert wrong(earlier)
    assert not wrong(earlier, at=told.easy_from + timedelta(hours=1))


def test_a_plan_that_says_nothing_of_rest_corrects_nothing() -> None:
    nothing = recovery_of(replace(RIDE, has_clock=False))
    assert not is_wrong(ToldReadiness(ready_at=NOW), nothing, RULES, NOW, AMSTERDAM)
    assert correction(nothing, RULES, BECAUSE, quiet_hours=QUIET, zone=AMSTERDAM, now=NOW) is None


def correction_at(now: datetime, quiet_hours: QuietHours | None = QUIET) -> Draft | None:
    return correction(ride(), RULES, BECAUSE, quiet_hours=quiet_hours, zone=AMSTERDAM, now=now)


def test_a_correction_says_what_holds_now_until_the_athlete_is_ready() -> None:
    draft = correction_at(NOW)
    assert draft is not None
    assert (draft.kind, draft.due_at) == (MessageKind.CORRECTION, NOW)
    assert [line.id for line in draft.lines] == ["correction_settings", "rest_hours"]
    assert draft.told == told_now()
    assert draft.expires_at == told_now().ready_at


def test_a_correction_waits_for_the_end_of_quiet_hours() -> None:
    night = local("23:00")
    at_once, waiting = correction_at(night, None), correction_at(night)
    assert at_once is not None
    assert waiting is not None
    assert (at_once.due_at, waiting.due_at) == (night, local("07:00", "2026-05-07"))


def test_a_correction_after_the_rest_is_over_comes_too_late() -> None:
    rest = ride().rest_advice
    assert rest is not None
    assert correction_at(rest.expires_at + timedelta(days=1)) is None


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "Pacific/Auckland", "America/Los_Angeles"])
def test_where_the_day_counts_it_is_that_of_the_athlete_in_every_time_zone(name: str) -> None:
    """For easy training, and for a rest day, which names no hour."""
    zone = ZoneInfo(name)
    ended_at = datetime(2026, 5, 6, 20, tzinfo=zone).astimezone(UTC)
    hard = recover(replace(RIDE, ended_at=ended_at), TRAINED, History(), RULES, zone=zone)
    rest_day = recover(a_workout(60, hr=140, ended_at=ended_at), BEGINNER, History(), RULES, zone=zone)
    easy_again, any_again = (readiness(recovery, RULES, ended_at, zone) for recovery in (hard, rest_day))
    assert easy_again is not None
    assert any_again is not None
    assert any_again.line.id == "rest_day"
    for hour in range(-2, 26):
        is_another_day = not 0 <= hour < 24
        easy_from = easy_again.easy_from.astimezone(zone).replace(hour=0) + timedelta(hours=hour)
        ready_at = any_again.ready_at.astimezone(zone).replace(hour=0) + timedelta(hours=hour)
        assert is_wrong(ToldReadiness(easy_from=easy_from), hard, RULES, ended_at, zone) is is_another_day, hour
        assert is_wrong(ToldReadiness(ready_at=ready_at), rest_day, RULES, ended_at, zone) is is_another_day, hour


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "Pacific/Auckland", "America/Los_Angeles"])
def test_what_was_told_holds_at_whichever_hour_the_workout_ended(name: str) -> None:
    zone = ZoneInfo(name)
    for hour in range(24):
        ended_at = datetime(2026, 5, 6, hour, 30, tzinfo=zone).astimezone(UTC)
        recovery = recover(replace(RIDE, ended_at=ended_at), TRAINED, History(), RULES, zone=zone)
        train_again = readiness(recovery, RULES, ended_at, zone)
        assert train_again is not None
        assert not is_wrong(train_again.told, recovery, RULES, ended_at, zone), hour


def test_a_correction_before_readiness_is_of_use_until_then() -> None:
    easy, now = recovery_of(a_workout(45, hr=130, ended_at=local("08:00"))), local("09:00")
    train_again, draft = (
        readiness(easy, RULES, now, AMSTERDAM),
        correction(easy, RULES, BECAUSE, quiet_hours=None, zone=AMSTERDAM, now=now),
    )
    assert train_again is not None
    assert draft is not None
    assert now < draft.expires_at == train_again.ready_at < local("20:00"), "the workout is news until 20:00"


def test_a_correction_on_the_evening_of_readiness_says_so_for_as_long_as_the_workout_is_news() -> None:
    easy = recovery_of(a_workout(45, hr=130, ended_at=local("08:00")))
    train_again, rest = readiness(easy, RULES, local("08:00"), AMSTERDAM), easy.rest_advice
    assert train_again is not None
    assert rest is not None
    for at in (train_again.ready_at, rest.expires_at - timedelta(minutes=1)):
        draft = correction(easy, RULES, BECAUSE, quiet_hours=None, zone=AMSTERDAM, now=at)
        assert draft is not None
        assert (draft.rule, draft.title) == ("correction", Line("title_correction"))
        assert ([line.id for line in draft.lines], draft.expires_at) == (
            ["correction_settings", "rest_ready_now"],
            rest.expires_at,
        )
    assert correction(easy, RULES, BECAUSE, quiet_hours=None, zone=AMSTERDAM, now=rest.expires_at) is None


MARATHON = a_workout(250, hr=160, distance_m=42_195, ended_at=local("14:00"))
AFTER_THE_RUN = local("15:00")
WEEK = recovery_of(MARATHON)
HOURS = replace(
    recovery_of(a_workout(250, hr=160, sport="cycling", ended_at=local("14:00"))),
    assessment=replace(WEEK.assessment, very_long_run=False, easy_week_until=None),
)
"""The same moments as of the easy week, without one."""


def told_of(recovery: Recovery) -> ToldReadiness:
    train_again = readiness(recovery, RULES, AFTER_THE_RUN, AMSTERDAM)
    assert train_again is not None
    return train_again.told


def puts_right(said: ToldReadiness, holds: Recovery) -> bool:
    return is_wrong(said, holds, RULES, AFTER_THE_RUN, AMSTERDAM)


def test_an_easy_week_and_an_hour_for_hard_training_on_the_same_easy_day_put_each_other_right() -> None:
    assert told_of(WEEK).easy_from == told_of(HOURS).easy_from
    assert puts_right(told_of(WEEK), HOURS)
    assert puts_right(told_of(HOURS), WEEK)
    for recovery in (WEEK, HOURS):
        assert not puts_right(told_of(recovery), recovery), "once it is put right, nothing more is said"


@pytest.mark.parametrize(("hours", "expected"), [(3, False), (-11, False), (13, True), (-24, True)])
def test_another_hour_of_the_end_of_the_week_is_told_in_the_same_words_and_half_a_day_is_another_week(
    hours: float, expected: bool
) -> None:
    said = told_of(WEEK)
    assert said.ready_at is not None
    assert puts_right(replace(said, ready_at=said.ready_at + timedelta(hours=hours)), WEEK) is expected


def test_a_correction_to_an_easy_week_holds_until_the_week_is_over() -> None:
    draft = correction(WEEK, RULES, Line("correction"), quiet_hours=None, zone=AMSTERDAM, now=AFTER_THE_RUN)
    assert draft is not None
    assert draft.told == told_of(WEEK)
    assert draft.expires_at == told_of(WEEK).ready_at


def test_the_word_that_the_rest_days_are_over_keeps_the_week_easy() -> None:
    ready = drafts_of(MARATHON)["ready"]
    assert ready.lines[0].id == "ready_long_run"
    assert ready.told is not None
    assert ready.told.ready_at == told_of(WEEK).ready_at


def test_who_was_told_when_to_train_hard_is_put_right_where_nothing_may_be_said_of_that() -> None:
    ride = a_workout(124, hr=172, sport="cycling", ended_at=local("14:00"))
    trained, careful = recovery_of(ride), recovery_of(ride, with_condition("heart"))
    assert puts_right(told_of(trained), careful)
    assert not puts_right(told_of(careful), careful)
    assert not puts_right(told_of(careful), trained), "easy training is as it was told"


def test_a_walk_of_a_beginner_puts_no_rest_day_right() -> None:
    """The walk leaves the readiness as it stands, in words with another number of moments."""
    day_off = recovery_of(a_workout(60, hr=140, ended_at=local("14:00")), BEGINNER)
    walk = recovery_of(a_workout(20, hr=90, sport="walking", ended_at=local("14:40")), BEGINNER)
    said = told_of(day_off)
    assert not puts_right(said, day_off)
    as_left = replace(walk, assessment=replace(walk.assessment, easy_from=said.easy_from, ready_at=said.ready_at))
    assert not puts_right(ToldReadiness(easy_from=said.easy_from), as_left)


@pytest.mark.parametrize(
    ("because", "title"),
    [
        ("correction_night", "title_correction_night"),
        ("correction_nights", "title_correction_night"),
        ("correction_history", "title_correction"),
    ],
)
def test_what_a_night_shows_is_called_no_correction(because: str, title: str) -> None:
    hard = recovery_of(a_workout(60, hr=172, ended_at=local("08:00")))
    draft = correction(hard, RULES, Line(because), quiet_hours=None, zone=AMSTERDAM, now=local("09:00"))
    assert draft is not None
    assert draft.title == Line(title)
