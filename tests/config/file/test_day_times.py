"""Times of the day and the week are understood in English and Dutch, and nothing else is."""

from datetime import time

import pytest
from pydantic import ValidationError

from hersteld.config.file.day_times import WEEKDAYS, parse_time, parse_week_time
from hersteld.config.file.load import load_settings
from hersteld.config.file.models import NotifyTable
from hersteld.config.problems import ConfigError
from hersteld.config.settings import SUNDAY_EVENING, WeekTime


@pytest.mark.parametrize(
    ("text", "at"), [("07:00", time(7)), (" 7:05 ", time(7, 5)), ("", None), ("23:59", time(23, 59))]
)
def test_a_time_of_day(text: str, at: time | None) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize("text", ["7", "24:00", "07:60", "7:5", "07:00:00", "noon", "-1:00"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no time|must be in"):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("sunday 19:00", SUNDAY_EVENING),
        ("Zondag  19:00", SUNDAY_EVENING),
        ("maandag 8:15", WeekTime(0, time(8, 15))),
        ("WEDNESDAY 12:00", WeekTime(2, time(12))),
        ("", None),
    ],
)
def test_a_time_of_the_week(text: str, at: WeekTime | None) -> None:
    assert parse_week_time(text) == at


@pytest.mark.parametrize("text", ["sunday", "19:00", "sonntag 19:00", "sunday 25:00", "sun 19:00"])
def test_what_is_no_time_of_the_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no time|must be in"):
        parse_week_time(text)


def test_every_weekday_that_is_shown_can_be_read() -> None:
    times = [parse_week_time(f"{name} 19:00") for name in WEEKDAYS]
    assert times == [WeekTime(weekday, time(19)) for weekday in range(7)]


def test_false_ends_the_word_of_the_week_and_true_is_no_time() -> None:
    assert NotifyTable.model_validate({"weekly": False}).weekly == ""
    with pytest.raises(ValidationError):
        NotifyTable.model_validate({"weekly": True})


def problems_of(**notify: str) -> list[tuple[str, str]]:
    """Return the keys that are wrong, and the names of the sentences that say so."""
    overrides = {f"notify.{key}": value for key, value in notify.items()}
    try:
        load_settings(None, overrides=overrides, environ={"HOME": "/home/anna"})
    except ConfigError as error:
        return [(problem.key, problem.line.id) for problem in error.problems]
    return []


_QUIET = "problems.must_be_outside_quiet_hours"


@pytest.mark.parametrize(
    ("notify", "problems"),
    [
        ({"morning": "07:00"}, []),
        ({"morning": "06:59"}, [("notify.morning", _QUIET)]),
        ({"morning": "07:00", "quiet_hours": "22:00-08:00"}, [("notify.morning", _QUIET)]),
        ({"morning": "05:00", "quiet_hours": '""'}, []),
        ({"weekly": "zondag 22:00"}, [("notify.weekly", _QUIET)]),
        ({"weekly": "zondag 21:59"}, []),
        ({"quiet_hours": "18:00-07:00"}, []),
        ({"morning": "sevenish"}, [("notify.morning", "problems.must_be_time")]),
        ({"weekly": "true"}, [("notify.weekly", "problems.must_be_week_time")]),
    ],
)
def test_what_is_told_at_a_time_of_ones_own_choice_is_told_outside_the_quiet_hours(
    notify: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    assert problems_of(**notify) == problems
