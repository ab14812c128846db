"""The calendar of the demo is one that a calendar library reads."""

from datetime import UTC, datetime, timedelta

import icalendar

from hersteld.daemon.demo.planned import calendar_of

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


def test_each_event_has_its_time_length_and_title() -> None:
    read = icalendar.Calendar.from_ical(calendar_of([(NOON, 60, "Intervals"), (NOON, 90.5, "Race")])).walk("VEVENT")
    found = [(str(one["SUMMARY"]), one.decoded("DTSTART"), one.decoded("DTEND")) for one in read]
    assert found == [
        ("Intervals", NOON, NOON + timedelta(hours=1)),
        ("Race", NOON, NOON + timedelta(minutes=90.5)),
    ]
    assert len({str(one["UID"]) for one in read}) == 2
