"""What we write as a calendar is read back by a library that others use, letter by letter."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.calendar.written import WrittenEvent, calendar_text, without_stamps

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\\")
_TITLES = st.text(_LETTERS, min_size=1, max_size=200)
"""Without a backslash: icalendar reads one before an n as the end of a line, up to its version 7."""


def events_of(calendar: Any) -> list[Any]:
    return list(calendar.walk("VEVENT"))


@given(_TITLES)
def test_any_title_is_read_back_and_no_line_is_too_long(title: str) -> None:
    text = calendar_text(title, [WrittenEvent("a", NOW, title)], NOW)
    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == title


@pytest.mark.parametrize("title", ["a, b; c", "line\nline", "BEGIN:VEVENT\r\nEND:VCALENDAR"])
def test_what_would_end_a_value_does_not(title: str) -> None:
    (event,) = icalendar.Calendar.from_ical(calendar_text("Rest", [WrittenEvent("a", NOW, title)], NOW)).walk("VEVENT")
    assert str(event["SUMMARY"]) == "\n".join(title.splitlines())


def test_a_backslash_is_doubled_as_the_standard_wants_it() -> None:
    text = calendar_text("Rest", [WrittenEvent("a", NOW, "a, b; c\\n")], NOW)
    assert "\r\nSUMMARY:a\\, b\\; c\\\\n\r\n" in text


def test_moments_are_in_utc_and_days_are_whole() -> None:
    events = [WrittenEvent("a", NOW, "Hard"), WrittenEvent("b", date(2026, 5, 7), "Rest")]
    calendar = icalendar.Calendar.from_ical(calendar_text("Recovery", events, NOW + timedelta(hours=1)))
    hard, rest = events_of(calendar)
    assert (hard["DTSTART"].dt, rest["DTSTART"].dt) == (NOW, date(2026, 5, 7))
    assert (hard["DURATION"].dt, rest["DURATION"].dt) == (timedelta(minutes=15), timedelta(days=1))
    assert {event["DTSTAMP"].dt for event in (hard, rest)} == {NOW + timedelta(hours=1)}
    assert {str(event["TRANSP"]) for event in (hard, rest)} == {"TRANSPARENT"}
    assert not [error for event in (calendar, hard, rest) for error in event.errors]


def test_one_without_events_is_a_calendar_all_the_same() -> None:
    calendar = icalendar.Calendar.from_ical(calendar_text("Recovery", [], NOW))
    assert [one.name for one in calendar.subcomponents] == ["VTIMEZONE"]
    assert not calendar.errors


def test_when_it_was_written_makes_no_difference_to_what_it_says() -> None:
    one, other = (calendar_text("R", [WrittenEvent("a", NOW, "x")], NOW + timedelta(hours=hour)) for hour in (0, 1))
    assert one != other
    assert without_stamps(one) == without_stamps(other)
    assert without_stamps(one) != without_stamps(calendar_text("R", [WrittenEvent("a", NOW, "y")], NOW))
