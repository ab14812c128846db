"""What one file says of a night is a value: equal where it says the same, and never changed."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime

import pytest

from hersteld.recovery.nights.record import NightRecord

AT = datetime(2026, 5, 6, 5, tzinfo=UTC)


def test_a_record_says_nothing_that_its_file_does_not_say() -> None:
    record = NightRecord(date(2026, 5, 6), "garmin/1/2", AT, AT)
    assert (record.resting, record.variability, record.verdict, record.sleep, record.score) == (None,) * 5
    assert record == NightRecord(date(2026, 5, 6), "garmin/1/2", AT, AT)
    with pytest.raises(FrozenInstanceError):
        record.score = 80.0  # type: ignore[misc]
