"""A target gets each message once, in time, and again where it was refused."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.daemon.delivery.sender import TargetSender, deliver_due
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage
from hersteld.daemon.outbox.tries import FIRST_RETRY_S, LAST_RETRY_S
from hersteld.parsers.line import Line
from tests.support.messages import a_message
from tests.support.pipeline import NOON, Pipeline

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


def test_nothing_leaves_before_it_is_due_and_everything_once(pipeline: Pipeline) -> None:
    queue(pipeline, a_letter(), a_letter("evening", due_in=timedelta(hours=6)))
    queue(pipeline, a_letter())
    deliver(pipeline, hours=1)
    assert pipeline.notifier.titles() == ["title of first"]
    deliver(pipeline, hours=6)
    assert pipeline.notifier.titles() == ["title of first", "title of evening"]
    assert [row.state for row in pipeline.rows()] == ["sent", "sent"]


def test_it_is_known_since_when_a_target_takes_nothing(pipeline: Pipeline) -> None:
    answers = iter([DOWN, SendResult(ok=False, reason=Line("delivery.answered_late")), SendResult(ok=True)])
    pipeline.notifier.answer = lambda _target, _message: next(answers)
    queue(pipeline, a_letter())
    sender = TargetSender(pipeline.store, pipeline.notifier, "phone", pipeline.clock)
    assert sender.refusal is None
    assert sender.step()
    assert sender.refusal == (0, Line("delivery.refused_connection"))
    pipeline.clock.move(timedelta(hours=1))
    assert sender.step()
    assert sender.refusal == (0, Line("delivery.answered_late"))
    after = TargetSender(pipeline.store, pipeline.notifier, "phone", pipeline.clock)
    after.resume(sender)
    assert after.refusal == sender.refusal
    pipeline.clock.move(timedelta(hours=1))
    assert after.step()
    assert after.refusal is None


def test_a_receiver_that_is_down_for_a_while_gets_its_message_later(pipeline: Pipeline) -> None:
    up_at = NOON + timedelta(minutes=40)
    pipeline.notifier.answer = lambda _t, _m: SendResult(ok=True) if pipeline.clock.now() >= up_at else DOWN
    queue(pipeline, a_letter())
    deliver(pipeline, hours=1.5)
    (row,) = pipeline.rows()
    assert (row.state, row.reason) == ("sent", None)
    assert 4 < pipeline.notifier.tried < 12
    assert len(pipeline.notifier.received) == 1


def test_pauses_between_tries_grow_from_ten_seconds_to_half_an_hour(pipeline: Pipeline) -> None:
    tried_at = []

    def refuse(_target: str, _message: Message) -> SendResult:
        tried_at.append(pipeline.clock.now())
        return DOWN

    pipeline.notifier.answer = refuse
    queue(pipeline, a_letter(lasts=timedelta(hours=12)))
    deliver(pipeline, hours=6, every_s=1)
    pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(tried_at)]
    assert FIRST_RETRY_S <= pauses[0] <= 15
    assert all(FIRST_RETRY_S <= pause <= LAST_RETRY_S + 1 for pause in pauses)
    assert pauses[-1] > 1200
    assert all(later > earlier for earlier, later in pairwise(pauses[:7]))


def test_a_message_past_its_time_never_comes(pipeline: Pipeline) -> None:
    queue(pipeline, a_letter(lasts=timedelta(hours=1)))
    pipeline.clock.move(timedelta(hours=1))
    deliver(pipeline)
    (row,) = pipeline.rows()
    assert (row.state, pipeline.notifier.tried) == ("expired", 0)


def test_a_message_that_failed_until_its_time_was_over_says_why(pipeline: Pipeline) -> None:
    pipeline.notifier.answer = lambda _t, _m: DOWN
    queue(pipeline, a_letter(lasts=timedelta(hours=1)))
    deliver(pipeline, hours=1.5)
    (row,) = pipeline.rows()
    assert (row.state, row.reason) == ("failed", DOWN.reason)
    tried = pipeline.notifier.tried
    pipeline.notifier.answer = lambda _t, _m: SendResult(ok=True)
    deliver(pipeline, hours=3)
    assert pipeline.notifier.tried == tried


def test_what_stood_ready_in_place_of_a_message_is_dropped_when_that_arrived(pipeline: Pipeline) -> None:
    spare = a_message(
        "first_later_1", "later", "body", NOON + timedelta(hours=1), NOON + timedelta(hours=9), unless_sent=("first",)
    )
    queue(pipeline, a_letter(lasts=timedelta(hours=1)), spare)
    deliver(pipeline, hours=3)
    assert pipeline.notifier.titles() == ["title of first"]
    pipeline.notifier.answer = lambda _t, _m: (
        DOWN if pipeline.clock.now() < NOON + timedelta(hours=5) else SendResult(ok=True)
    )
    down = a_message("first", "first of b", "body", NOON + timedelta(hours=3), NOON + timedelta(hours=4))
    instead = a_message(
        "first_later_1", "later of b", "body", down.expires_at, NOON + timedelta(hours=9), unless_sent=("first",)
    )
    queue(pipeline, down, instead, identity="b")
    deliver(pipeline, hours=4)
    assert pipeline.notifier.titles() == ["title of first", "later of b"]


def test_a_message_being_sent_at_a_crash_is_sent_again(pipeline: Pipeline) -> None:
    queue(pipeline, a_letter())
    assert pipeline.outbox.claim("phone", now=pipeline.clock.now()) is not None
    assert pipeline.rows()[0].state == "sending"
    deliver(pipeline, hours=1)
    assert pipeline.notifier.tried == 0, "it may be on its way"
    pipeline.start()
    deliver(pipeline)
    assert [row.state for row in pipeline.rows()] == ["sent"]
    assert len(pipeline.notifier.received) == 1


def test_the_row_is_on_disk_as_being_sent_before_the_call(pipeline: Pipeline) -> None:
    seen: list[str] = []

    def look(_target: str, _message: Message) -> SendResult:
        with Store(pipeline.database) as other:
            seen.extend(row.state for row in Outbox(other).rows())
        return SendResult(ok=True)

    pipeline.notifier.answer = look
    queue(pipeline, a_letter())
    deliver(pipeline)
    assert seen == ["sending"]


def test_what_is_cancelled_while_it_is_being_sent_gets_no_second_try(pipeline: Pipeline) -> None:
    def cancel(target: str, _message: Message) -> SendResult:
        pipeline.outbox.cancel_other_targets([name for name in pipeline.notifier.names if name != target], now=NOON)
        return DOWN

    pipeline.notifier.answer = cancel
    queue(pipeline, a_letter())
    deliver(pipeline, hours=1)
    assert pipeline.notifier.tried == 1
    assert pipeline.rows()[0].state == "cancelled"


def test_messages_for_a_target_that_is_gone_are_cancelled_at_the_start(pipeline: Pipeline) -> None:
    pipeline.notifier.names = ("phone", "desktop")
    queue(pipeline, a_letter())
    pipeline.notifier.names = ("desktop",)
    pipeline.start()
    deliver(pipeline, hours=1)
    assert {row.target: row.state for row in pipeline.rows()} == {"phone": "cancelled", "desktop": "sent"}


def test_nothing_is_sent_while_the_clock_shows_a_time_that_has_passed(pipeline: Pipeline) -> None:
    queue(pipeline, a_letter())
    pipeline.clock.jump(NOON - timedelta(days=900))
    deliver(pipeline)
    assert pipeline.notifier.tried == 0
    pipeline.clock.jump(NOON + timedelta(minutes=1))
    deliver(pipeline)
    assert len(pipeline.notifier.received) == 1


def test_a_retry_set_by_a_clock_that_was_ahead_does_not_wait_for_it(pipeline: Pipeline) -> None:
    queue(pipeline, a_letter(lasts=timedelta(days=900)))
    row = pipeline.outbox.claim("phone", now=NOON)
    assert row is not None
    pipeline.outbox.record_refused(row.id, Line("delivery.no_connection"), now=NOON)
    pipeline.store.change("UPDATE outbox SET try_at = '2028-01-01T00:00:00.000000Z'")
    deliver(pipeline)
    assert len(pipeline.notifier.received) == 1


def test_what_was_sent_but_could_not_be_written_down_is_not_sent_again(pipeline: Pipeline) -> None:
    queue(pipeline, a_letter())
    courier = TargetSender(pipeline.store, pipeline.notifier, "phone", pipeline.clock)

    def fill_the_disk(_target: str, _message: Message) -> SendResult:
        pipeline.store.db.execute("PRAGMA query_only = ON")
        return SendResult(ok=True)

    pipeline.notifier.answer = fill_the_disk
    with pytest.raises(Exception, match="readonly"):
        courier.step()
    with pytest.raises(Exception, match="readonly"):
        courier.step()
    pipeline.store.db.execute("PRAGMA query_only = OFF")
    assert courier.step() is False
    assert pipeline.notifier.tried == 1
    assert pipeline.rows()[0].state == "sent"
