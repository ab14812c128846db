"""The word of recovery and of the evening comes as it was promised, whatever comes in meanwhile."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.delivery.notifiers import SendResult
from tests.daemon.planning.telling.test_announcer import (
    DOWN,
    RIDE_ENDED_AT,
    RUN,
    after_the_ride,
    corrections,
)
from tests.support.pipeline import NOON, Pipeline, a_file


@pytest.mark.parametrize("bpm", [130, 145], ids=["too short a rest to promise a word of its end", "promised"])
def test_a_better_recording_keeps_the_promise_to_tell_of_recovery(bpm: float, tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=RIDE_ENDED_AT + timedelta(minutes=65))
    pipeline.put("poor.fit", a_file(RIDE_ENDED_AT - timedelta(hours=3), minutes=100, bpm=bpm, sport="cycling"))
    pipeline.look()
    pipeline.put("walk.fit", a_file(RIDE_ENDED_AT + timedelta(hours=1), minutes=40, bpm=100, sport="walking"))
    pipeline.look()
    rich = a_file(RIDE_ENDED_AT - timedelta(hours=3), minutes=100, bpm=172, power=260, sport="cycling")
    pipeline.put("rich.fit", rich)
    pipeline.look()
    assert corrections(pipeline) == [("phone", "sent")]
    pipeline.pass_time(days=4, step=timedelta(minutes=15))
    assert pipeline.notifier.titles().count("Recovered") == 1


def test_a_newer_workout_says_it_all_and_no_correction_follows(tmp_path: Path) -> None:
    pipeline = after_the_ride(tmp_path)
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=False, reason=DOWN)
    pipeline.put("run.fit", RUN)
    pipeline.look()
    pipeline.clock.move(timedelta(hours=2))
    pipeline.notifier.answer = lambda _target, _message: SendResult(ok=True)
    pipeline.put("evening.fit", a_file(RIDE_ENDED_AT + timedelta(hours=2), minutes=50, bpm=165))
    pipeline.look()
    pipeline.pass_time(hours=1)
    assert corrections(pipeline) == [("phone", "cancelled")]


def test_a_hard_workout_that_comes_after_a_walk_still_says_when_it_has_worn_off(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=RIDE_ENDED_AT + timedelta(minutes=5))
    pipeline.put("walk.fit", a_file(RIDE_ENDED_AT, minutes=40, bpm=100, sport="walking"))
    pipeline.look()
    pipeline.put("run.fit", a_file(RIDE_ENDED_AT - timedelta(hours=3), minutes=120, bpm=172))
    pipeline.look()
    assert pipeline.notifier.titles() == ["Light walk, 40 min", "Very hard run, 2 h"], "which needs no correction"
    assert "Easy week ahead" in pipeline.notifier.received[-1][1].body
    ready_at = pipeline.stored()[-1].ready_at
    assert ready_at is not None
    pipeline.pass_time(days=4, step=timedelta(minutes=15))
    assert pipeline.notifier.titles().count("Recovered") == 1
    (ready,) = [row for row in pipeline.rows("ready") if row.state == "sent"]
    assert timedelta() <= ready.changed_at - ready_at < timedelta(hours=10)


def test_a_hard_workout_that_comes_in_the_evening_after_a_walk_still_says_what_to_avoid_tonight(tmp_path: Path) -> None:
    walk_ended_at = NOON + timedelta(hours=6, minutes=30)
    pipeline = Pipeline(tmp_path, now=walk_ended_at + timedelta(minutes=5))
    pipeline.put("walk.fit", a_file(walk_ended_at, minutes=40, bpm=100, sport="walking"))
    pipeline.look()
    pipeline.put("run.fit", a_file(NOON + timedelta(hours=4), minutes=90, bpm=172))
    pipeline.look()
    assert pipeline.notifier.titles() == ["Light walk, 40 min", "Very hard run, 1 h 30"], "which needs no correction"
    assert "Tonight no alcohol." in pipeline.notifier.received[-1][1].body
