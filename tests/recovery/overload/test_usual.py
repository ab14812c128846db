"""A week is compared with the days before it, where there are enough of both."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from hersteld.recovery.overload.usual import WeekAndUsual, week_and_usual
from tests.recovery.overload.weeks import TODAY, days_before


def compared(values: Mapping[date, float]) -> WeekAndUsual | None:
    return week_and_usual(values, TODAY, usual_days=28, week_least=3, usual_least=14, history_days=28)


def days(count: int) -> dict[date, float]:
    """Return values of 50 and 54 in turn up to a week ago, and 60 in the last seven days; `count` in all."""
    return {day: 60 if count - at <= 7 else 50 + 4 * (at % 2) for at, day in enumerate(days_before(TODAY, count))}


def test_the_seven_days_do_not_belong_to_what_is_usual() -> None:
    assert compared(days(35)) == WeekAndUsual(60, 52, 2)


def test_what_was_long_before_does_not_count() -> None:
    assert compared({TODAY - timedelta(days=35): 999, **days(35)}) == WeekAndUsual(60, 52, 2)
    assert compared({**days(35), TODAY - timedelta(days=34): 999}) != WeekAndUsual(60, 52, 2)


def test_what_came_later_does_not_count() -> None:
    assert compared({**days(35), TODAY + timedelta(days=1): 999}) == WeekAndUsual(60, 52, 2)


@pytest.mark.parametrize(("in_week", "is_enough"), [(2, False), (3, True)])
def test_a_week_needs_so_many_values(in_week: int, *, is_enough: bool) -> None:
    values = {day: value for day, value in days(35).items() if day <= TODAY - timedelta(days=7 - in_week)}
    assert (compared(values) is not None) is is_enough


@pytest.mark.parametrize(("before", "is_enough"), [(13, False), (14, True)])
def test_what_is_usual_needs_so_many_values(before: int, *, is_enough: bool) -> None:
    first = TODAY - timedelta(days=34)
    kept = [first, *days_before(TODAY - timedelta(days=7), before - 1)]
    values = {day: value for day, value in days(35).items() if day in kept or day > TODAY - timedelta(days=7)}
    assert (compared(values) is not None) is is_enough


@pytest.mark.parametrize(("count", "is_enough"), [(0, False), (27, False), (28, True)])
def test_before_28_days_nothing_is_compared(count: int, *, is_enough: bool) -> None:
    assert (compared(days(count)) is not None) is is_enough
