"""Two moments say of a recovery what is told of it, and no more."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.occasions.told_moments import ToldMoments, told_moments
from hersteld.recovery.occasions.verdict import Verdict, VerdictName

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ENDED = datetime(2026, 5, 6, 18, tzinfo=UTC)
NEXT_DAY = datetime(2026, 5, 7, 7, tzinfo=UTC)
THIRD_DAY = datetime(2026, 5, 9, 7, tzinfo=UTC)
FRIDAY = date(2026, 5, 8)
FRIDAY_BEGINS = datetime(2026, 5, 7, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "told", "easy_from", "ready_at"),
    [
        ("unknown", {"easy_from": None, "ready_at": None}, None, None),
        ("ready", {"easy_from": ENDED, "ready_at": ENDED}, ENDED, ENDED),
        ("rest", {}, NEXT_DAY, THIRD_DAY),
        ("easy", {}, NEXT_DAY, THIRD_DAY),
        ("rest_day", {"ready_at": NEXT_DAY}, NEXT_DAY, NEXT_DAY),
        ("careful", {}, NEXT_DAY, None),
        ("careful_now", {}, NEXT_DAY, None),
        ("long_run", {}, NEXT_DAY, None),
        ("easy_week", {}, NEXT_DAY, None),
        ("muscles", {"ready_other_at": NEXT_DAY}, None, THIRD_DAY),
        ("muscles_now", {"ready_other_at": NEXT_DAY}, None, THIRD_DAY),
        ("beginner", {"day": FRIDAY}, FRIDAY_BEGINS, FRIDAY_BEGINS),
        ("beginner_easy", {"day": FRIDAY}, FRIDAY_BEGINS, None),
    ],
)
def test_the_moments_are_those_that_are_told(
    name: VerdictName, told: dict[str, Any], easy_from: datetime | None, ready_at: datetime | None
) -> None:
    verdict = Verdict(name, **{"easy_from": NEXT_DAY, "ready_at": THIRD_DAY, **told})
    assert told_moments(verdict, ENDED, AMSTERDAM) == ToldMoments(easy_from, ready_at)


@pytest.mark.parametrize(
    ("before", "hours"),
    [
        (timedelta(hours=3), 3),
        (timedelta(hours=2, seconds=1), 3),
        (timedelta(seconds=1), 1),
        (timedelta(0), 0),
        (timedelta(hours=-5), 0),
    ],
)
def test_hours_are_left_until_the_moment_has_come(before: timedelta, hours: int) -> None:
    assert ToldMoments(NEXT_DAY, THIRD_DAY).hours_left(THIRD_DAY - before) == hours
    assert ToldMoments(NEXT_DAY, None).hours_left(NEXT_DAY - before) == hours


def test_where_nothing_is_told_no_hours_are_counted() -> None:
    assert ToldMoments().hours_left(ENDED) is None


@given(
    left=st.timedeltas(timedelta(hours=-2), timedelta(days=14)), later=st.timedeltas(timedelta(0), timedelta(days=1))
)
def test_later_there_are_never_more_hours_left(left: timedelta, later: timedelta) -> None:
    moments, now = ToldMoments(NEXT_DAY, THIRD_DAY), THIRD_DAY - left
    hours, then = moments.hours_left(now), moments.hours_left(now + later)
    assert hours is not None
    assert then is not None
    assert 0 <= then <= hours
    assert hours - then <= later / timedelta(hours=1) + 1
