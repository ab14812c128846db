"""What a key knows, and what it gives back."""

from datetime import UTC, datetime, timedelta

import pytest

from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, fired, lasting, silent, to_the_quarter, within
from tests.support.fit.recoveries import (
    local,
    shipped_rules,
    situation_of,
)
from tests.support.fit.workouts import NOON, a_workout

SITUATION = situation_of(a_workout(90, hr=140, ended_at=local("17:30")))
A_REASON = because(shipped_rules().avoid.window_h)


def test_times_count_from_the_end_of_the_workout() -> None:
    assert SITUATION.end == local("17:30")
    assert SITUATION.hours == 1.5
    assert SITUATION.after(2.5) == local("20:00")


@pytest.mark.parametrize(
    ("hour", "moment"),
    [(18, local("18:00")), (20.5, local("20:30")), (24, local("00:00", "2026-05-07")), (0, local("00:00"))],
)
def test_an_hour_is_one_of_the_local_day_on_which_the_workout_ended(hour: float, moment: datetime) -> None:
    assert SITUATION.at_hour(hour) == moment


def test_on_the_day_the_clocks_change_the_evening_is_still_the_evening() -> None:
    sunday = situation_of(a_workout(60, hr=140, ended_at=local("01:30", "2026-03-29")))
    assert sunday.at_hour(18) == datetime(2026, 3, 29, 16, tzinfo=UTC)
    assert sunday.at_hour(24) == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_a_rule_that_fired_gives_its_advice_and_each_reason_once() -> None:
    now, later = (lasting(name, "avoid", NOON, NOON, A_REASON, until=NOON) for name in ("now", "later"))
    result = fired("avoid", "avoid", now, later)
    assert result.advice == (now, later)
    assert now.values == {"until": NOON}
    (verdict,) = result.verdicts
    assert (verdict.fired, verdict.why_not, verdict.reasons) == (True, "", (A_REASON,))


def test_a_rule_that_did_not_says_why_and_two_results_add_up() -> None:
    quiet = silent("rest", "ready", "short_recovery", A_REASON)
    (verdict,) = quiet.verdicts
    assert (verdict.fired, verdict.why_not, verdict.reasons) == (False, "short_recovery", (A_REASON,))
    loud = fired("avoid", "avoid", lasting("now", "avoid", NOON, NOON))
    assert quiet + loud == KeyResult(loud.advice, (*quiet.verdicts, *loud.verdicts))


@pytest.mark.parametrize(
    ("after_s", "quarter_min"), [(0, 0), (449, 0), (449.999, 0), (450, 15), (450.001, 15), (899, 15), (900, 15)]
)
def test_the_nearest_quarter_is_the_later_one_when_it_is_exactly_between(after_s: float, quarter_min: int) -> None:
    assert to_the_quarter(NOON + timedelta(seconds=after_s)) == NOON + timedelta(minutes=quarter_min)


@pytest.mark.parametrize(("hour", "moment"), [(21.5, "21:30"), (7.25, "07:15"), (12.75, "12:45")])
def test_the_minutes_of_an_hour_are_kept_and_the_moment_is_in_utc(hour: float, moment: str) -> None:
    at = SITUATION.at_hour(hour)
    assert at == local(moment)
    assert at.tzinfo == UTC


def test_a_workout_that_ends_after_local_midnight_belongs_to_the_new_day() -> None:
    late = situation_of(a_workout(60, hr=140, ended_at=local("00:30", "2026-05-07")))
    assert late.at_hour(18) == local("18:00", "2026-05-07")


@pytest.mark.parametrize(
    ("begin_min", "end_min", "told_min"), [(-60, 23, 15), (-60, 15, 15), (-60, 14, 0), (0, 14, 14), (5, 15, 15)]
)
def test_what_is_over_within_a_span_ends_at_its_last_quarter(begin_min: int, end_min: int, told_min: int) -> None:
    begin, end = (NOON + timedelta(minutes=minutes) for minutes in (begin_min, end_min))
    assert within(begin, end) == NOON + timedelta(minutes=told_min)
