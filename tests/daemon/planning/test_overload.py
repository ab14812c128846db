"""The signs of overload rest on all that is stored up to the end of a day, and on nothing later."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.planning.overload import signals_on
from hersteld.daemon.store.changes import forget
from hersteld.daemon.store.days import add_night_records
from hersteld.daemon.store.files import FileRow, add_file
from hersteld.daemon.store.history import read_last_weeks
from hersteld.recovery.load.trends import daily_loads
from hersteld.recovery.nights.record import NightRecord, Resting
from hersteld.recovery.overload.signal import SignalId
from tests.support.pipeline import NOON, Pipeline, a_file

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TODAY = NOON.date()


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    """An athlete of a year, who trained hard on each of the last three days."""
    made = Pipeline(tmp_path)
    made.clock.travel(AMSTERDAM)
    for days in (400, 200, 100, 70, 50, 40, 30, 20, 10, 5):
        take(made, NOON - timedelta(days=days), minutes=30 + days % 7, bpm=140)
    for days in (2, 1, 0):
        take(made, NOON - timedelta(days=days), minutes=60, bpm=175)
    return made


def take(pipeline: Pipeline, ended_at: datetime, *, minutes: int, bpm: float) -> None:
    (reading,) = pipeline.ingest.read(a_file(ended_at, minutes=minutes, bpm=bpm), f"{ended_at}.fit")
    pipeline.ingest.add_history(reading)


def add_nights(pipeline: Pipeline, beats: dict[date, float]) -> None:
    for day, bpm in beats.items():
        woke_at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
        add_file(pipeline.store, FileRow(f"night {day}", f"{day}.fit", 1, "day", None, NOON))
        add_night_records(
            pipeline.store, f"night {day}", [NightRecord(day, "watch", woke_at, NOON, Resting(bpm, woke_at))]
        )


@pytest.mark.parametrize("days", [0, 1, 4, 45, 300])
def test_the_loads_are_those_of_the_whole_past_up_to_the_end_of_the_day(pipeline: Pipeline, days: int) -> None:
    day = TODAY - timedelta(days=days)
    whole = daily_loads(pipeline.workouts.history(NOON + timedelta(days=9)).workouts, day, AMSTERDAM)
    for _ in range(2):  # the second time with what the first may have kept ready
        with pipeline.store.write():
            weeks = read_last_weeks(pipeline.store, day, pipeline.settings.rules, AMSTERDAM)
            assert list(weeks.loads) == list(whole)
    assert weeks.day == day


def test_hard_days_are_those_of_the_local_date(pipeline: Pipeline) -> None:
    take(pipeline, datetime(2026, 5, 7, 0, 30, tzinfo=AMSTERDAM) + timedelta(hours=1), minutes=60, bpm=175)
    weeks = read_last_weeks(pipeline.store, TODAY + timedelta(days=1), pipeline.settings.rules, AMSTERDAM)
    assert {TODAY + timedelta(days=ahead) for ahead in (-2, -1, 0, 1)} <= set(weeks.hard_days)


def test_what_comes_after_the_day_does_not_count(pipeline: Pipeline) -> None:
    rules = pipeline.settings.rules
    on_days = [signals_on(pipeline.store, TODAY - timedelta(days=days), rules, AMSTERDAM) for days in (2, 1, 0)]
    running = [signal.value for signals in on_days for signal in signals if signal.id is SignalId.HARD_DAYS]
    assert running == [1, 2, 3]


def test_a_forgotten_workout_does_not_count(pipeline: Pipeline) -> None:
    def running() -> float | None:
        signals = signals_on(pipeline.store, TODAY, pipeline.settings.rules, AMSTERDAM)
        return next(signal.value for signal in signals if signal.id is SignalId.HARD_DAYS)

    assert running() == 3
    (yesterday,) = (one.id for one in pipeline.stored() if one.trained_at.date() == TODAY - timedelta(days=1))
    with pipeline.store.write():
        forget(pipeline.store, yesterday, now=NOON)
    assert running() == 1


def test_the_nights_before_and_of_the_day_count(pipeline: Pipeline) -> None:
    add_nights(pipeline, {TODAY - timedelta(days=days): 50.0 if days > 6 else 58.0 for days in range(-3, 60)})
    rules = pipeline.settings.rules
    found = {signal.id: signal for signal in signals_on(pipeline.store, TODAY, rules, AMSTERDAM)}
    assert (found[SignalId.RESTING_HR].value, found[SignalId.RESTING_HR].limit) == (58, 55)
    assert found[SignalId.RESTING_HR].is_over
    assert found[SignalId.RMSSD].is_over is None
    assert found[SignalId.QUALITY].is_over is None


def test_an_empty_store_can_tell_nothing(tmp_path: Path) -> None:
    empty = Pipeline(tmp_path)
    signals = signals_on(empty.store, TODAY, empty.settings.rules, AMSTERDAM)
    assert [signal.is_over for signal in signals] == [None] * len(SignalId)
