"""What was promised still arrives when the targets are renamed, replaced or joined by another; and nothing twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from tests.daemon.delivery.test_threads import DOWN, a_letter, deliver, queue
from tests.daemon.service.test_lifecycle import Running
from tests.support.machine.waiting import until
from tests.support.messages import a_message
from tests.support.pipeline import NOON, Pipeline, ScriptedNotifier

EVENING = a_letter("evening", due_in=timedelta(hours=6))


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path, "log", "desktop", now=NOON)


def restart_with(pipeline: Pipeline, *targets: str) -> None:
    pipeline.notifier.names = targets
    pipeline.start()


def received(pipeline: Pipeline) -> list[tuple[str, str]]:
    return [(target, message.title.removeprefix("title of ")) for target, message in pipeline.notifier.received]


def test_what_waits_goes_to_the_target_that_replaces_the_others_and_what_they_got_is_not_repeated(
    pipeline: Pipeline,
) -> None:
    queue(pipeline, a_letter(), EVENING)
    deliver(pipeline, hours=1)
    restart_with(pipeline, "phone")
    deliver(pipeline, hours=6)
    assert received(pipeline) == [("log", "first"), ("desktop", "first"), ("phone", "evening")]
    evening = {row.target: row for row in pipeline.rows("evening")}
    assert {name: row.state for name, row in evening.items()} == {
        "log": "cancelled",
        "desktop": "cancelled",
        "phone": "sent",
    }
    assert (evening["phone"].due_at, evening["phone"].expires_at) == (EVENING.due_at, EVENING.expires_at)
    restart_with(pipeline, "phone")
    deliver(pipeline, hours=1)
    assert len(pipeline.notifier.received) == 3


def test_a_target_that_joins_gets_what_waits_and_the_others_keep_theirs(pipeline: Pipeline) -> None:
    queue(pipeline, EVENING)
    restart_with(pipeline, "log", "desktop", "phone")
    deliver(pipeline, hours=7)
    assert sorted(received(pipeline)) == [("desktop", "evening"), ("log", "evening"), ("phone", "evening")]


def test_a_message_whose_target_was_down_is_tried_at_its_successor_at_once(pipeline: Pipeline) -> None:
    pipeline.notifier.answer = lambda _target, _message: DOWN
    queue(pipeline, a_letter())
    deliver(pipeline, hours=1)
    pipeline.notifier.answer = ScriptedNotifier().answer
    restart_with(pipeline, "phone")
    deliver(pipeline)
    assert received(pipeline) == [("phone", "first")]


def test_what_stands_ready_in_place_of_another_still_does_so_at_the_successor(pipeline: Pipeline) -> None:
    first = a_message("first", "title of first", "b", NOON, NOON + timedelta(hours=1), disclaims=True)
    later = a_message(
        "later", "title of later", "b", NOON + timedelta(hours=1), NOON + timedelta(hours=4), True, ("first",)
    )
    queue(pipeline, first, later)
    restart_with(pipeline, "phone")
    assert pipeline.outbox.disclaimed()
    deliver(pipeline, hours=2)
    assert received(pipeline) == [("phone", "first")]


def test_what_is_too_late_or_was_withdrawn_is_not_passed_on(pipeline: Pipeline) -> None:
    queue(pipeline, a_letter(lasts=timedelta(minutes=1)))
    queue(pipeline, EVENING, identity="b")
    pipeline.outbox.revise("b", [], now=NOON)
    pipeline.clock.move(timedelta(minutes=2))
    restart_with(pipeline, "phone")
    assert [row for row in pipeline.rows() if row.target == "phone"] == []


def test_the_service_does_so_at_its_start_and_says_how_many(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    watched = tmp_path / "Workouts"
    watched.mkdir()
    now = datetime.now(UTC)
    letter = a_message("first", "title", "body", now - timedelta(minutes=1), now + timedelta(hours=4))
    with Store(tmp_path / "state" / "hersteld.db") as store:
        Outbox(store).queue("a", None, [letter], ["log", "desktop"], now=now)
    with caplog.at_level("INFO"):
        running = Running(tmp_path, watched, ScriptedNotifier("phone"))
        try:
            until(lambda: len(running.notifier.received) == 1)
        finally:
            running.stop()
    said = [record.getMessage() for record in caplog.records if record.name == "hersteld.daemon.outbox.readdress"]
    assert said == [
        "messages that wait, and now go to targets that are new in the configuration too: 1",
        "messages that waited for targets that are not in the configuration any more: 2",
    ]
