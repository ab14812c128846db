"""What comes in after noon plans no day any more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hersteld.recovery.nights.in_time import known_by_noon
from hersteld.recovery.nights.record import NightRecord, Resting, Sleep, Variability
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


def test_a_doze_in_the_evening_is_no_night_and_a_night_far_away_is_one() -> None:
    """When it is morning in Tokyo, the machine at home still has the evening before."""
    evening, zone = datetime(2026, 5, 5, 21, tzinfo=UTC), ZoneInfo("Europe/Amsterdam")
    for hours, is_night in ((2.9, False), (3, True)):
        slept = timedelta(hours=hours)
        sleep = Sleep(evening - slept, evening, slept.total_seconds())
        doze = NightRecord(DAY, "watch", evening, evening, sleep=sleep)
        assert bool(known_by_noon([doze], RULES, zone)) is is_night
        beats = Variability(50, evening - slept, evening, hours * 60)
        assert bool(known_by_noon([replace(doze, sleep=None, variability=beats)], RULES, zone)) is is_night
    after_midnight = NightRecord(DAY, "watch", NOON - timedelta(hours=11), evening, variability=beats)
    assert known_by_noon([after_midnight], RULES, zone) != ()
