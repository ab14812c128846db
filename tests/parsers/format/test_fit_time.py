"""FIT time is counted from the end of 1989."""

from datetime import UTC, datetime, timedelta

from hersteld.parsers.format.fit_time import FIT_EPOCH, YEAR_2000, to_datetime


def test_seconds_become_aware_dates() -> None:
    assert to_datetime(0) == FIT_EPOCH == datetime(1989, 12, 31, tzinfo=UTC)
    assert to_datetime(YEAR_2000) == datetime(2000, 1, 1, tzinfo=UTC)
    assert to_datetime(1_146_000_000.5) == datetime(2026, 4, 24, 21, 20, tzinfo=UTC) + timedelta(seconds=0.5)


def test_the_largest_time_of_a_file_is_a_date() -> None:
    assert to_datetime(2.0**32).year == 2126
