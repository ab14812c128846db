"""A recording that was not stopped ends, for everything that rests on it, when its athlete stopped."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.changes import Changes
from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.pipeline import NOON, Pipeline, a_file

TAIL = timedelta(minutes=100)
DONE_AT = NOON - TAIL


def not_stopped(done_at: datetime = DONE_AT, *, minutes: int = 60, bpm: int = 170) -> bytes:
    """Return a ride after which the device stood still for a long while, on an athlete at rest."""
    moving_s, still_s = minutes * 60, round(TAIL.total_seconds())
    recorded = Recorded(heart_rate_bpm=[bpm] * moving_s + [62] * still_s, speed_mps=[8.0] * moving_s + [0.0] * still_s)
    return encode_activity(done_at - timedelta(minutes=minutes), "cycling", recorded)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    pipeline = Pipeline(tmp_path)
    pipeline.put("not-stopped.fit", not_stopped())
    pipeline.look()
    return pipeline


def reassessed(pipeline: Pipeline) -> None:
    pipeline.configure(athlete__experience="elite")
    pipeline.look()


def test_history_and_the_past_of_later_workouts_have_the_end_that_is_believed(pipeline: Pipeline) -> None:
    for _ in range(2):
        (stored,) = pipeline.stored()
        (past,) = pipeline.workouts.history(NOON + timedelta(days=1)).workouts
        for ended_at in (stored.ended_at, past.ended_at):
            assert abs(ended_at - DONE_AT) < timedelta(seconds=5)
        assert stored.timer_s == pytest.approx(3600, abs=5)
        assert past.trained_at < DONE_AT
        reassessed(pipeline)


def test_the_recording_itself_is_kept_whole(pipeline: Pipeline) -> None:
    for _ in range(2):
        workout = pipeline.workouts.workout(pipeline.stored()[0].id)
        assert abs(workout.ended_at - NOON) < timedelta(seconds=5)
        assert workout.timer_s == pytest.approx(3600 + TAIL.total_seconds(), abs=5)
        reassessed(pipeline)


def test_what_was_done_while_it_still_recorded_is_another_workout(pipeline: Pipeline) -> None:
    pipeline.put("walk.fit", a_file(NOON - timedelta(minutes=10), minutes=40, bpm=130, sport="walking"))
    pipeline.look()
    assert pipeline.statuses() == {"not-stopped.fit": "workout", "walk.fit": "workout"}


def test_in_the_other_order_as_well(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("walk.fit", a_file(NOON - timedelta(minutes=10), minutes=40, bpm=130, sport="walking"))
    pipeline.look()
    pipeline.put("not-stopped.fit", not_stopped())
    pipeline.look()
    assert pipeline.statuses() == {"not-stopped.fit": "workout", "walk.fit": "workout"}


def test_the_same_ride_on_a_second_device_is_the_same(pipeline: Pipeline) -> None:
    pipeline.put("strap.fit", a_file(DONE_AT, minutes=60, bpm=170, sport="cycling"))
    pipeline.look()
    assert len(pipeline.stored()) == 1


def test_what_was_done_meanwhile_is_not_forgotten_with_it(pipeline: Pipeline) -> None:
    changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
    changes.forget(changes.find("last"))
    pipeline.put("walk.fit", a_file(NOON - timedelta(minutes=10), minutes=40, bpm=130, sport="walking"))
    pipeline.look()
    assert [one.sport for one in pipeline.stored()] == ["walking"]


def test_a_brick_counts_each_part_until_it_ended(tmp_path: Path, pipeline: Pipeline) -> None:
    (tmp_path / "stopped").mkdir()
    stopped = Pipeline(tmp_path / "stopped")
    stopped.put(
        "ride.fit",
        encode_activity(
            DONE_AT - timedelta(minutes=60), "cycling", Recorded(heart_rate_bpm=[170] * 3600, speed_mps=[8.0] * 3600)
        ),
    )
    stopped.look()
    for each in (pipeline, stopped):
        each.put("run.fit", a_file(DONE_AT + timedelta(minutes=50), minutes=40, bpm=165))
        each.look()
    (_, run), (_, same) = pipeline.stored(), stopped.stored()
    assert run.brick_after is not None
    assert same.brick_after is not None
    assert run.recovery_h == pytest.approx(same.recovery_h, rel=0.02)
