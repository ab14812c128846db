"""A message is sent once, in time or not at all, and a failing target delays nobody."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.call_process import LATER
from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.daemon.delivery.sender import deliver_due
from hersteld.daemon.delivery.threads import DeliveryThreads
from hersteld.daemon.delivery.turns import Turns
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage
from hersteld.daemon.system.clock import ManualClock, SystemClock
from hersteld.parsers.line import Line
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.machine.waiting import until
from tests.support.messages import a_message
from tests.support.pipeline import NOON, Pipeline, ScriptedNotifier

DOWN = SendResult(ok=False, reason=Line("delivery.refused_connection"))


def a_letter(
    rule: str = "first", *, due_in: timedelta = timedelta(), lasts: timedelta = timedelta(hours=4)
) -> OutboxMessage:
    return a_message(rule, f"title of {rule}", "body", NOON + due_in, NOON + due_in + lasts)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path, now=NOON)


def queue(pipeline: Pipeline, *letters: OutboxMessage, identity: str = "a") -> None:
    pipeline.outbox.queue(identity, None, letters, pipeline.notifier.targets(), now=pipeline.clock.now())


def deliver(pipeline: Pipeline, *, hours: float = 0.0, every_s: float = 5.0) -> None:
    """Step through time as the delivery thread would."""
    until = pipeline.clock.now() + timedelta(hours=hours)
    deliver_due(pipeline.store, pipeline.notifier, pipeline.clock)
    while pipeline.clock.now() < until:
        pipeline.clock.move(timedelta(seconds=every_s))
        deliver_due(pipeline.store, pipeline.notifier, pipeline.clock)


def test_a_target_that_hangs_delays_no_other_and_shows_in_the_heartbeat(tmp_path: Path) -> None:
    release, hanging = threading.Event(), threading.Event()

    def answer(target: str, _message: Message) -> SendResult:
        if target == "slow":
            hanging.set()
            release.wait(60)
        return SendResult(ok=True)

    notifier = ScriptedNotifier("slow", "quick", answer=answer)
    clock = SystemClock()
    now = clock.now()
    with Store(tmp_path / "a.db") as store:
        letters = [a_message(str(number), "t", "b", now, now + timedelta(hours=1)) for number in range(3)]
        Outbox(store).queue("a", None, letters, notifier.names, now=now)
        deliverer = DeliveryThreads(tmp_path / "a.db", notifier, clock)
        deliverer.start()
        try:
            until(hanging.is_set)
            until(lambda: sum(target == "quick" for target, _ in notifier.received) == 3)
            seen_s = deliverer.heartbeat_age_s()
            until(lambda: deliverer.heartbeat_age_s() > seen_s)
        finally:
            release.set()
        until(lambda: len(notifier.received) == 6)
        assert deliverer.stop(60)
        until(lambda: {row.state for row in Outbox(store).rows()} == {"sent"})


def test_a_thread_outlives_a_row_that_makes_no_sense_and_sends_it_when_it_does(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    notifier = ScriptedNotifier("phone")
    clock = SystemClock()
    now = clock.now()
    with Store(tmp_path / "a.db") as store:
        Outbox(store).queue(
            "a", None, [a_message("first", "t", "b", now, now + timedelta(hours=1))], ["phone"], now=now
        )
        store.change("UPDATE outbox SET created_at = 'some day'")
        deliverer = DeliveryThreads(tmp_path / "a.db", notifier, clock)
        deliverer.start()
        try:
            until(lambda: "please report" in caplog.text)
            assert deliverer.lost() == ()
            store.change("UPDATE outbox SET created_at = due_at")
            deliverer.wake()
            until(lambda: len(notifier.received) == 1)
            until(lambda: {row.state for row in Outbox(store).rows()} == {"sent"})
        finally:
            assert deliverer.stop(60)
    assert sum("please report" in record.getMessage() for record in caplog.records) == 1


class Reluctant(Turns):
    """Gives no more turns from a moment on."""

    is_open = True
    denied = 0

    @contextmanager
    def turn(self, *, is_suspect: bool, within_s: float) -> Iterator[bool]:
        if self.is_open:
            with super().turn(is_suspect=is_suspect, within_s=within_s) as has_turn:
                yield has_turn
            return
        self.denied += 1
        yield False


def test_a_target_stands_until_a_step_that_was_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Reluctant()
    monkeypatch.setattr("hersteld.daemon.delivery.threads.Turns", lambda: turns)
    now = SystemClock().now()
    with Store(tmp_path / "a.db") as store:
        letter = a_message("first", "t", "b", now, now + timedelta(hours=1))
        Outbox(store).queue("a", None, [letter], ["phone"], now=now)
        store.change("UPDATE outbox SET created_at = 'some day'")
        deliverer = DeliveryThreads(tmp_path / "a.db", ScriptedNotifier("phone"), SystemClock())
        deliverer.start()
        try:
            until(lambda: bool(deliverer.standing()))
            turns.is_open = False
            deliverer.wake()
            until(lambda: turns.denied > 1)
            assert list(deliverer.standing()) == ["phone"]
            store.change("UPDATE outbox SET created_at = due_at")
            turns.is_open = True
            until(lambda: not deliverer.standing())
        finally:
            assert deliverer.stop(60)


@pytest.mark.parametrize(
    ("hours", "started"), [(None, 1), (QuietHours(time(22), time(7)), 1), (QuietHours(time(11), time(13)), 0)]
)
def test_receivers_prepare_early_but_not_in_the_quiet_hours(
    tmp_path: Path, hours: QuietHours | None, started: int
) -> None:
    notifier = ScriptedNotifier("phone")
    threads = DeliveryThreads(tmp_path / "hersteld.db", notifier, ManualClock(NOON), hours)
    LATER.start()
    threads.start_early()
    done = threading.Event()
    LATER.give(done.set)
    until(done.is_set)
    assert notifier.started_early == started
