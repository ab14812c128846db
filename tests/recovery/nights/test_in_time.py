"""What comes in after noon plans no day any more."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hersteld.recovery.nights.in_time import known_by_noon
from hersteld.recovery.nights.record import NightRecord, Resting
from tests.support.fit.recoveries import shipped_rules

DAY = date(2026, 5, 6)
NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
RULES = shipped_rules().nights


def a_record(bpm: float, arrived_at: datetime) -> NightRecord:
    woke_at = NOON - timedelta(hours=5)
    return NightRecord(DAY, "watch", woke_at, arrived_at, Resting(bpm, arrived_at))


def test_a_night_counts_until_noon_and_not_a_second_longer() -> None:
    assert len(known_by_noon([a_record(50, NOON)], RULES, UTC)) == 1
    assert known_by_noon([a_record(50, NOON + timedelta(seconds=1))], RULES, UTC) == ()


def test_noon_is_that_of_the_athlete() -> None:
    record = a_record(50, datetime(2026, 5, 6, 11, tzinfo=UTC))
    assert known_by_noon([record], RULES, ZoneInfo("Europe/London")) != ()  # noon, in summer
    assert known_by_noon([record], RULES, ZoneInfo("Europe/Amsterdam")) == ()


def test_what_the_watch_says_in_the_evening_changes_nothing_of_the_morning() -> None:
    morning, evening = a_record(57, NOON - timedelta(hours=4)), a_record(51, NOON + timedelta(hours=9))
    (night,) = known_by_noon([morning, evening], RULES, UTC)
    assert night.resting_hr_bpm == 57
