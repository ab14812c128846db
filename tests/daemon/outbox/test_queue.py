"""A message has one row for each target for ever, and its state says what became of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage, OutboxRow
from hersteld.daemon.outbox.tries import FIRST_RETRY_S, LAST_RETRY_S
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import MessageKind, ToldReadiness
from tests.support.messages import a_message
from tests.support.pipeline import NOON

HOUR = timedelta(hours=1)
DOWN = Line("delivery.no_connection")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Store(tmp_path / "a.db") as store:
        yield Outbox(store, jitter=lambda: 0.5)


def message(rule: str = "first", *, body: str = "body", told_h: float | None = None) -> OutboxMessage:
    told = None if told_h is None else ToldReadiness(None, NOON + told_h * HOUR)
    return a_message(rule, f"title of {rule}", body, NOON, NOON + 4 * HOUR, told=told)


def queue(outbox: Outbox, *messages: OutboxMessage, identity: str = "a", to: tuple[str, ...] = ("phone",)) -> int:
    return outbox.queue(identity, None, messages, to, now=NOON)


def send(outbox: Outbox, target: str = "phone") -> OutboxRow:
    row = outbox.claim(target, now=NOON)
    assert row is not None
    outbox.record_sent(row.id, now=NOON)
    return outbox.row(row.id)


def states(outbox: Outbox) -> dict[tuple[str, str], str]:
    return {(row.rule, row.target): row.state for row in outbox.rows()}


def test_the_key_is_the_workout_the_rule_and_the_target_whatever_became_of_it(outbox: Outbox) -> None:
    assert queue(outbox, message(), to=("phone", "desktop")) == 2
    send(outbox)
    assert queue(outbox, message(body="other words"), to=("phone", "desktop", "log")) == 1
    assert [row.body for row in outbox.rows("target <> 'log'")] == ["body", "body"]
    assert queue(outbox, message("evening"), message(), identity="b") == 2


def test_a_message_goes_from_pending_by_sending_to_sent(outbox: Outbox) -> None:
    queue(outbox, message())
    row = outbox.claim("phone", now=NOON)
    assert row is not None
    assert (row.state, row.attempts) == ("sending", 1)
    assert outbox.claim("phone", now=NOON) is None, "what is on its way is not sent a second time"
    outbox.record_sent(row.id, now=NOON)
    assert states(outbox) == {("first", "phone"): "sent"}
    assert outbox.waiting() == ()


def test_the_pause_doubles_to_half_an_hour_and_one_last_try_comes_before_the_end(outbox: Outbox) -> None:
    queue(outbox, message())
    now, pauses = NOON, []
    while (row := outbox.claim("phone", now=now)) is not None:
        after = outbox.record_refused(row.id, DOWN, now=now)
        pauses.append((after.try_at - now).total_seconds())
        now = after.try_at
    assert pauses[:8] == [FIRST_RETRY_S * 2**number for number in range(8)]
    assert max(pauses) == LAST_RETRY_S
    failed = outbox.rows()[0]
    assert (failed.state, failed.reason) == ("failed", DOWN)
    assert now == failed.expires_at - timedelta(seconds=FIRST_RETRY_S)


def test_what_is_over_before_it_was_tried_is_expired_and_after_a_try_failed(outbox: Outbox) -> None:
    queue(outbox, message("first"), message("evening"))
    row = outbox.claim("phone", now=NOON)
    assert row is not None
    outbox.record_refused(row.id, DOWN, now=NOON)
    assert len(outbox.expire("phone", now=NOON + 4 * HOUR)) == 2
    assert states(outbox) == {("first", "phone"): "failed", ("evening", "phone"): "expired"}


def test_what_stands_in_for_a_message_is_cancelled_for_whom_that_message_reached(outbox: Outbox) -> None:
    stand_in = a_message("first_later", "t", "b", NOON + HOUR, NOON + 4 * HOUR, unless_sent=("first",))
    queue(outbox, message(), stand_in, to=("phone", "desktop"))
    send(outbox, "phone")
    assert states(outbox)["first_later", "phone"] == "cancelled"
    assert states(outbox)["first_later", "desktop"] == "pending"


def test_new_words_reach_what_waits_and_not_what_was_sent_and_what_is_no_longer_said_is_cancelled(
    outbox: Outbox,
) -> None:
    queue(outbox, message("first"), message("evening"), message("ready"))
    assert send(outbox).rule == "first"
    outbox.revise("a", [message("first", body="new"), message("evening", body="new", told_h=9)], now=NOON)
    rows = {row.rule: row for row in outbox.rows()}
    assert [rows[rule].body for rule in ("first", "evening")] == ["body", "new"]
    assert rows["evening"].told_ready_at == NOON + 9 * HOUR
    assert rows["ready"].state == "cancelled"


def test_who_was_told_what_last_is_known_for_each_target(outbox: Outbox) -> None:
    queue(outbox, message(told_h=5), to=("phone", "desktop"))
    queue(outbox, message(told_h=9), identity="b", to=("phone",))
    assert outbox.last_told("phone") is None, "what waits was not told yet"
    for target in ("phone", "phone", "desktop"):
        send(outbox, target)
    told = {target: outbox.last_told(target) for target in ("phone", "desktop")}
    assert {target: row and row.told_ready_at for target, row in told.items()} == {
        "phone": NOON + 9 * HOUR,
        "desktop": NOON + 5 * HOUR,
    }
    assert outbox.promises_readiness(NOON + 8 * HOUR)
    assert not outbox.promises_readiness(NOON + 9 * HOUR)


def test_has_queued_knows_what_waits_or_was_sent_of_these_workouts_alone(outbox: Outbox) -> None:
    queue(outbox, message())
    assert outbox.has_queued(MessageKind.FIRST, ["a", "b"])
    assert not outbox.has_queued(MessageKind.EVENING, ["a"])
    assert not outbox.has_queued(MessageKind.FIRST, ["b"])
    outbox.cancel_other_targets([], now=NOON)
    assert not outbox.has_queued(MessageKind.FIRST, ["a"])


def test_there_is_no_row_of_another_number(outbox: Outbox) -> None:
    with pytest.raises(KeyError):
        outbox.row(1)
