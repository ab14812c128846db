"""A night says what was measured of it, and nothing of what was not."""

from dataclasses import fields
from datetime import UTC, date, datetime

from hersteld.recovery.nights.night import Night


def test_what_was_not_measured_is_none() -> None:
    night = Night(date(2026, 6, 1), datetime(2026, 6, 1, 5, tzinfo=UTC), datetime(2026, 6, 1, 6, tzinfo=UTC))
    measured = [field.name for field in fields(night)][3:-1]
    assert {name: getattr(night, name) for name in measured} == dict.fromkeys(measured)
    assert night.device == ""
