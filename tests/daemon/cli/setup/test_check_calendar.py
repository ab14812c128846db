"""`hersteld check` reads the calendar, and names what is planned, or why nothing may be."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.daemon.calendar.exports import calendar as calendar_of
from tests.daemon.calendar.exports import crlf, event
from tests.support.command_line import AMSTERDAM, call

NOW = datetime.now(UTC).replace(microsecond=0)


def said_of(home: Path, *events: str) -> str:
    file = home / "training.ics"
    file.write_bytes(crlf(calendar_of(*events)))
    said = call("check", "--set", f"plan.calendar={file}", home=home).output
    return said[said.index("calendar: ") :]


def an_event(title: str, days: float, number: int = 0) -> str:
    return event(title, f"{NOW + timedelta(days=days):%Y%m%dT%H%M%SZ}", uid=str(number))


def test_the_calendar_is_read_and_what_is_wrong_with_it_is_said(tmp_path: Path) -> None:
    calendar = tmp_path / "training.ics"
    assert (
        "hersteld reads it again by itself" in call("check", "--set", f"plan.calendar={calendar}", home=tmp_path).output
    )
    assert "no such file" in call("check", "--set", f"plan.calendar={calendar}", home=tmp_path).output
    calendar.write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    said = call("check", "--set", f"plan.calendar={calendar}", home=tmp_path).output
    assert f"{calendar}: can be read; nothing is planned in the next eight days" in said


def test_the_first_five_trainings_are_named_with_day_and_time(tmp_path: Path) -> None:
    titles = ["Run", "Intervals", "Swim", "Ride", "Gym", "Bike", "Track"]
    said = said_of(tmp_path, *(an_event(title, 1 + number, number) for number, title in enumerate(titles)))
    first, second = ((NOW + timedelta(days=days)).astimezone(AMSTERDAM) for days in (1, 2))
    assert f"training is planned on {first:%A} {first.day} {first:%b} {first:%H:%M}, {second:%A}" in said
    assert f"{second:%H:%M} (hard), " in said
    assert "and 2 more" in said
    assert "Swim" not in said, "a title may be somebody else's"


@pytest.mark.parametrize("lines", [(), ("RRULE:FREQ=WEEKLY",)])
def test_it_says_so_where_no_event_looks_like_training(tmp_path: Path, lines: tuple[str, ...]) -> None:
    start = NOW + timedelta(days=2) - (timedelta(days=70) if lines else timedelta(0))
    said = said_of(tmp_path, event("Meeting", f"{start:%Y%m%dT%H%M%SZ}", *lines))
    assert "it has events in the next eight days, but none looks like training" in said
    assert "plan.training_words" in said


@pytest.mark.parametrize("days", [-30, 30])
def test_events_at_other_times_are_no_reason_to_look_at_the_words(tmp_path: Path, days: int) -> None:
    assert "nothing is planned in the next eight days" in said_of(tmp_path, an_event("Meeting", days))
