"""The morning word rests on what is stored, says what `status` says, and says it once."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.cli.readiness import readiness_said
from hersteld.daemon.store.days import add_night_records
from hersteld.daemon.system.clock import iso
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.nights.night import HrvVerdict
from hersteld.recovery.nights.record import NightRecord, Sleep, Verdict
from tests.support.pipeline import NOON, Pipeline, a_file

SEVEN = datetime(2026, 5, 7, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    pipeline = Pipeline(tmp_path, notify__morning="07:00", notify__quiet_hours="22:00-07:00")
    pipeline.put("ride.fit", a_file(NOON, minutes=150, bpm=172, sport="cycling"))
    pipeline.look()
    return pipeline


def mornings(pipeline: Pipeline) -> list[str]:
    """Return what was said in the mornings."""
    return [message.body for _, message in pipeline.notifier.received if message.title == "Today"]


def sleep(pipeline: Pipeline, day: date, status: HrvVerdict) -> None:
    """Let the watch tell of a night."""
    woke_at = datetime(day.year, day.month, day.day, 6, 30, tzinfo=UTC)
    sha256 = f"night-{day}"
    pipeline.store.insert(
        "files", {"sha256": sha256, "path": sha256, "size": 1, "status": "day", "seen_at": iso(pipeline.clock.now())}
    )
    night = Sleep(woke_at - timedelta(hours=8), woke_at, 7.5 * 3600)
    record = NightRecord(day, "watch", woke_at, woke_at, verdict=Verdict(status, woke_at), sleep=night)
    add_night_records(pipeline.store, sha256, [record])


def test_it_is_silent_on_the_morning_after_the_message_and_speaks_when_what_it_said_comes_true(
    pipeline: Pipeline,
) -> None:
    pipeline.pass_time(hours=24)
    assert mornings(pipeline) == []
    pipeline.pass_time(hours=24 * 6)
    (word,) = mornings(pipeline)
    assert word.splitlines() == [
        "Easy until 12:00; after that you can train hard.",
        "You are still recovering from Wednesday's very hard ride.",
    ]


def test_a_poor_night_is_told_with_what_holds(pipeline: Pipeline) -> None:
    sleep(pipeline, SEVEN.date(), "low")
    pipeline.pass_time(hours=20)
    (body,) = mornings(pipeline)
    assert body.splitlines()[-1].startswith("You slept 7 h 30. Your watch finds your heart rate variability lower")
    pipeline.pass_time(hours=24 * 2)
    for day in (3, 4):
        sleep(pipeline, SEVEN.date() + day * DAY, "low")
    told = len(mornings(pipeline))
    pipeline.pass_time(hours=24 * 2)
    assert len(mornings(pipeline)) == told + 1, "a second one in a row is no news"
    assert mornings(pipeline)[-1].startswith("You can train hard today.")
    assert mornings(pipeline)[-1].endswith("If you feel it, take it easy.")


def test_it_never_contradicts_status(pipeline: Pipeline) -> None:
    voice = Voice(pipeline.settings.notify, UTC)
    asked = 0
    for day in range(1, 8):
        pipeline.clock.jump(SEVEN + (day - 1) * DAY)
        sleep(pipeline, pipeline.clock.now().date(), "low" if day % 2 else "balanced")
        before = len(mornings(pipeline))
        pipeline.look()
        for body in mornings(pipeline)[before:]:
            asked += 1
            (ride,) = pipeline.stored()
            status = readiness_said(voice, pipeline.settings, ride, pipeline.clock.now())
            assert ("You can train hard today" in body) == (status == "You are ready for hard training.")
            assert body.startswith("Easy") == status.startswith("Easy training is fine now")
            assert body.startswith("Rest") == status.startswith("Easy training from")
    assert asked >= 3


def test_without_any_workout_there_is_nothing_to_say(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, notify__morning="07:00", notify__quiet_hours="22:00-07:00")
    pipeline.pass_time(hours=48)
    assert pipeline.rows() == []


def test_the_morning_after_a_late_workout_says_what_holds_by_now(pipeline: Pipeline) -> None:
    pipeline.pass_time(hours=24 * 4)
    told = len(mornings(pipeline))
    pipeline.put("late.fit", a_file(pipeline.clock.now() - timedelta(hours=15), minutes=150, bpm=172, sport="cycling"))
    pipeline.pass_time(hours=20)
    assert len(mornings(pipeline)) == told + 1
    assert mornings(pipeline)[-1].startswith("Easy until")
