"""All messages of a forgotten workout that is taken back are sent, and each of them once."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.outbox.release import release_standing
from tests.daemon.outbox.test_queue import message, queue, send, states
from tests.support.changes import bodies, change, told_hard
from tests.support.pipeline import NOON, Pipeline, a_file


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_taken_back_it_is_told_once_more_that_rest_holds_and_nothing_is_repeated(pipeline: Pipeline) -> None:
    told_hard(pipeline)
    due = {row.rule for row in pipeline.rows() if row.state == "pending" and not row.unless_sent}
    assert {"evening", "ready"} <= due
    change(pipeline)
    change(pipeline, undo=True)
    (_, back) = bodies(pipeline)
    assert back.startswith("You changed a workout of yours, and with it your rest.")
    assert back.splitlines()[1].startswith("Easy week ahead")
    pipeline.pass_time(days=6, step=timedelta(hours=1))
    sent = Counter(row.rule for row in pipeline.rows() if row.state == "sent" and row.kind != "correction")
    assert sent == Counter({"first": 1, **dict.fromkeys(due, 1)})


def test_taken_back_before_anything_was_sent_it_is_told_as_one_that_comes_late(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, notify__quiet_hours="11:00-14:00")
    pipeline.put("hard.fit", a_file(NOON, minutes=120, bpm=178))
    pipeline.look()
    change(pipeline)
    pipeline.pass_time(hours=3)
    assert pipeline.notifier.received == []
    change(pipeline, undo=True)
    (body,) = bodies(pipeline, since=0)
    assert body.startswith("Easy week ahead")


def test_the_workout_before_promises_its_recovery_again(pipeline: Pipeline) -> None:
    told_hard(pipeline)
    pipeline.clock.move(timedelta(hours=20))
    pipeline.put("harder.fit", a_file(NOON + timedelta(hours=20), minutes=150, bpm=180))
    pipeline.look()
    change(pipeline)
    pipeline.pass_time(days=6, step=timedelta(hours=1))
    (ready,) = [row for row in pipeline.rows("ready") if row.state == "sent"]
    assert ready.workout_id == pipeline.stored()[0].id


def test_history_that_was_never_told_stays_untold_when_it_is_taken_back(pipeline: Pipeline) -> None:
    (reading,) = pipeline.ingest.read(a_file(NOON, minutes=120, bpm=178), "old.fit")
    pipeline.ingest.add_history(reading)
    change(pipeline)
    change(pipeline, undo=True)
    assert pipeline.rows() == []


def test_what_holds_again_is_queued_again_and_what_was_sent_or_waits_is_not(pipeline: Pipeline) -> None:
    outbox = pipeline.outbox
    queue(outbox, message("first"), message("evening"), message("ready"), message("other"))
    assert send(outbox).rule == "first"
    outbox.revise("a", [message("evening")], now=NOON)
    assert states(outbox)["ready", "phone"] == "cancelled"
    release_standing(pipeline.store, "a", ["first", "evening", "ready"])
    assert queue(outbox, message("first"), message("evening"), message("ready"), message("other")) == 1
    assert {rule: state for (rule, _), state in states(outbox).items()} == {
        "first": "sent",
        "evening": "pending",
        "ready": "pending",
        "other": "cancelled",
    }
