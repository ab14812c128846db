"""The glucose of somebody with diabetes, after hours of training."""

from datetime import timedelta

import pytest

from hersteld.recovery.keys.glucose import glucose
from tests.support.fit.messages import drafts_of, said
from tests.support.fit.recoveries import (
    TRAINED,
    local,
    recovery_of,
    shipped_rules,
    situation_of,
    the_advice,
    with_condition,
)
from tests.support.fit.workouts import NOON, a_workout

DIABETES = with_condition("diabetes")


@pytest.mark.parametrize(("minutes", "why_not"), [(179, "too_short"), (180, "")])
def test_the_glucose_is_checked_after_three_hours_however_easy_they_were(minutes: int, why_not: str) -> None:
    easy = a_workout(minutes, hr=70, sport="cycling")
    assert recovery_of(easy, DIABETES).load.value < 50
    result = glucose(situation_of(easy, DIABETES))
    assert [verdict.why_not or "" for verdict in result.verdicts] == [why_not]
    assert bool(result.advice) is (why_not == "")


def test_nobody_else_is_told_of_it() -> None:
    (verdict,) = glucose(situation_of(a_workout(240, hr=120, sport="cycling"), TRAINED)).verdicts
    assert (verdict.fired, verdict.why_not) == (False, "no_diabetes")


def test_it_lasts_for_as_long_as_the_workout_is_news() -> None:
    check = the_advice(recovery_of(a_workout(200, hr=120, sport="cycling"), DIABETES), "check_glucose")
    assert (check.due_at, check.expires_at) == (NOON, NOON + timedelta(hours=float(shipped_rules().messages.late_h)))


@pytest.mark.parametrize("bpm", [75, 130, 165])
@pytest.mark.parametrize("sport", ["cycling", "running", "walking", "swimming"])
@pytest.mark.parametrize(
    ("ended", "read"), [("14:00", "18:30"), ("14:00", "21:30"), ("10:00", "21:00"), ("23:00", "23:00")]
)
def test_no_hour_at_which_the_message_comes_loses_it(sport: str, bpm: int, ended: str, read: str) -> None:
    long = a_workout(200, hr=bpm, sport=sport, temperature_c=10, ended_at=local(ended), step_s=10)
    first = drafts_of(long, DIABETES, now=local(read))["first"]
    assert "Check your glucose" in said(first).body
    assert "Controleer je glucose" in said(first, "nl").body


def test_a_second_session_soon_does_not_lose_it() -> None:
    ride = a_workout(200, hr=130, sport="cycling")
    soon = recovery_of(ride, DIABETES, next_session_at=NOON + timedelta(hours=5))
    assert "check_glucose" in {advice.id for advice in soon.plan}
