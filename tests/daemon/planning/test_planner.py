"""One training from two recordings is one training, told once; what was said of half of it is corrected."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.recovery.recover import recover
from tests.support.pipeline import NOON, Pipeline, a_file


def test_a_recording_by_a_second_device_is_no_second_training(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("watch.fit", a_file())
    pipeline.look()
    pipeline.put("phone.fit", a_file(NOON - timedelta(minutes=2), minutes=55))
    pipeline.look()
    assert pipeline.statuses() == {"watch.fit": "workout", "phone.fit": "duplicate"}
    assert len(pipeline.stored()) == 1
    assert len(pipeline.notifier.received) == 1


@pytest.mark.figures(
    "a workout comes in late, a better recording turns up", "{tried} cases: 0 wrong at the end, 0 repeated"
)
def test_the_richer_recording_takes_the_place_and_corrects_once_what_was_told(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("phone.fit", a_file(minutes=90, bpm=150))
    pipeline.look()
    before = pipeline.stored()[0]
    ready_before = next(row for row in pipeline.rows("ready"))
    pipeline.put("watch.fit", a_file(minutes=90, bpm=172, power=210))
    pipeline.look()
    after = pipeline.stored()[0]
    assert pipeline.statuses() == {"phone.fit": "duplicate", "watch.fit": "workout"}
    assert (after.id, after.identity) == (before.id, before.identity)
    assert after.load > before.load
    assert pipeline.workouts.workout(after.id).samples.power_w is not None
    assert next(row for row in pipeline.rows("ready")).due_at > ready_before.due_at, "what is not sent yet knows better"
    _, (_, correction) = pipeline.notifier.received
    assert "A better recording of a workout came in" in correction.body
    pipeline.start()
    pipeline.pass_time(hours=1)
    assert len(pipeline.notifier.received) == 2


def test_what_was_said_of_half_a_file_is_corrected_when_the_whole_one_comes(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    content = a_file(minutes=120)
    # Packed, so that it is believed when it has stood like this for a while.
    pipeline.put("half.fit.gz", gzip.compress(content[: len(content) // 2]))
    pipeline.pass_time(minutes=2, step=timedelta(seconds=10))
    (stored,) = pipeline.stored()
    assert stored.salvaged
    assert [row.rule for row in pipeline.rows() if row.state == "sent"] == ["first"]
    pipeline.put("whole.fit", content)
    pipeline.look()
    pipeline.put("again.fit.gz", gzip.compress(content))
    pipeline.look()
    assert [row.rule for row in pipeline.rows() if row.state == "sent"] == ["first", "first_corrected"]
    first, corrected = pipeline.notifier.titles()
    assert first != corrected
    assert "2 h" in corrected
    (ready,) = pipeline.rows("ready")
    assert ready.state == "pending"


@pytest.mark.figures(
    "a workout turns up years late, an old one", "{tried} tried: every assessment the same to the last bit"
)
def test_the_plan_of_the_newest_training_knows_the_richer_recording_of_the_one_before(tmp_path: Path) -> None:
    """As it knows of a training that turns up late: what comes after it was planned with less of a past."""
    pipeline = Pipeline(tmp_path)
    yesterday = NOON - timedelta(hours=20)
    pipeline.put("phone.fit", a_file(yesterday, minutes=60, bpm=150))
    pipeline.put("today.fit", a_file(minutes=60, bpm=165))
    pipeline.look()
    pipeline.put("watch.fit", a_file(yesterday, minutes=60, bpm=178, power=260))
    pipeline.look()
    older, newest = pipeline.stored()
    assert older.ended_at < newest.started_at
    assert pipeline.statuses()["watch.fit"] == "workout"
    workout = pipeline.workouts.workout(newest.id)
    whole = pipeline.workouts.history(workout.started_at)
    rules, zone = pipeline.settings.rules, pipeline.clock.zone()
    told = recover(workout, pipeline.settings.athlete, whole, rules, zone=zone)
    assert pipeline.workouts.recovery(newest.id).assessment == told.assessment
    _, (_, correction) = pipeline.notifier.received
    assert correction.title == "Correction: your rest", "what was said of today is not said again, but put right"


def test_a_workout_of_the_future_is_stored_without_a_date_and_silences_none(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("future.fit", a_file(NOON + timedelta(days=30)))
    pipeline.look()
    (stored,) = pipeline.stored()
    assert not stored.has_clock
    assert stored.ready_at is None
    pipeline.put("today.fit", a_file())
    pipeline.look()
    assert [row.kind for row in pipeline.rows() if row.state == "sent"] == ["first"]


def test_a_workout_in_silence_is_stored_with_its_plan_and_says_nothing(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    for reading in pipeline.ingest.read(a_file(), "run.fit"):
        pipeline.ingest.add_history(reading)
    (stored,) = pipeline.stored()
    assert stored.ready_at is not None
    pipeline.pass_time(hours=1)
    assert pipeline.rows() == []
