"""New words reach what waits, also while it is tried, and nobody is told what is not true any more."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage, OutboxRow
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import MessageKind, ToldReadiness
from tests.support.messages import a_message
from tests.support.pipeline import NOON

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DOWN = Line("delivery.no_connection")
SILENCE = Line("delivery.unanswered")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "a.db") as store:
        yield store


@pytest.fixture
def outbox(store: Store) -> Outbox:
    return Outbox(store, jitter=lambda: 0.5)


def old(rule: str = "first") -> OutboxMessage:
    return a_message(rule, "old", "old", NOON, NOON + 4 * HOUR, told=ToldReadiness(None, NOON + 9 * HOUR))


def new(rule: str = "first", *, later_h: float = 0) -> OutboxMessage:
    due_at = NOON + later_h * HOUR
    return a_message(rule, "new", "new", due_at, due_at + 4 * HOUR, told=ToldReadiness(None, NOON + 20 * HOUR))


def on_its_way(outbox: Outbox, message: OutboxMessage | None = None) -> OutboxRow:
    """Queue a message, and return it as it is being sent."""
    outbox.queue("a", None, [message or old()], ["phone"], now=NOON)
    row = outbox.claim("phone", now=NOON)
    assert row is not None
    return row


def told(row: OutboxRow) -> tuple[str, str, float]:
    """Return the words of a row, and of which readiness it tells, in hours after noon."""
    assert row.told_ready_at is not None
    return row.title, row.body, (row.told_ready_at - NOON) / HOUR


def test_what_is_refused_while_it_gets_new_words_leaves_with_these(outbox: Outbox) -> None:
    row = on_its_way(outbox)
    outbox.revise("a", [new()], now=NOON)
    after = outbox.record_refused(row.id, DOWN, now=NOON, as_sent=row)
    assert (after.state, told(after)) == ("pending", ("new", "new", 20))
    again = outbox.claim("phone", now=NOON + MINUTE)
    assert again is not None
    outbox.record_sent(row.id, now=NOON + MINUTE, as_sent=again)
    assert told(outbox.row(row.id)) == ("new", "new", 20)


def test_what_is_accepted_while_it_gets_new_words_has_told_the_old_ones(outbox: Outbox) -> None:
    row = on_its_way(outbox)
    outbox.revise("a", [new(later_h=8)], now=NOON)
    outbox.record_sent(row.id, now=NOON, as_sent=row)
    sent = outbox.row(row.id)
    assert (sent.state, told(sent), sent.due_at, sent.expires_at) == ("sent", ("old", "old", 9), NOON, row.expires_at)


def test_what_may_have_arrived_while_it_gets_new_words_may_have_told_the_old_ones(outbox: Outbox) -> None:
    row = on_its_way(outbox)
    outbox.revise("a", [new()], now=NOON)
    after = outbox.record_unanswered(row.id, SILENCE, now=NOON)
    assert (after.state, told(after)) == ("unknown", ("new", "new", 9))
    again = outbox.claim("phone", now=after.try_at)
    assert again is not None
    outbox.record_sent(row.id, now=after.try_at, as_sent=again)
    assert told(outbox.row(row.id)) == ("new", "new", 20)


def test_what_is_no_longer_said_while_it_is_tried_gets_no_second_try(outbox: Outbox) -> None:
    row = on_its_way(outbox)
    outbox.revise("a", [], now=NOON)
    after = outbox.record_refused(row.id, DOWN, now=NOON, as_sent=row)
    assert (after.state, after.reason) == ("cancelled", Line("delivery.workout_known_better"))


@pytest.mark.parametrize("target", ["phone", None], ids=["it-did-not-leave", "it-may-have-left"])
def test_who_is_killed_while_a_message_gets_new_words_tells_these(outbox: Outbox, target: str | None) -> None:
    row = on_its_way(outbox)
    outbox.revise("a", [new()], now=NOON)
    outbox.recover(target=target, now=NOON)
    assert told(outbox.row(row.id)) == ("new", "new", 20 if target else 9)
    again = outbox.claim("phone", now=NOON)
    assert again is not None
    outbox.record_sent(row.id, now=NOON, as_sent=again)
    assert told(outbox.row(row.id)) == ("new", "new", 20)


@pytest.mark.parametrize("when", ["before", "during", "killed"])
def test_a_message_that_was_refused_is_not_told_before_its_new_time(outbox: Outbox, when: str) -> None:
    """A morning later somebody is recovered, whom a message told it that was refused once: it must not come now."""
    row = on_its_way(outbox, old("ready"))
    if when != "before":
        outbox.revise("a", [new("ready", later_h=12)], now=NOON)
    if when == "killed":
        outbox.recover(now=NOON)
    else:
        outbox.record_refused(row.id, DOWN, now=NOON, as_sent=row)
    if when == "before":
        outbox.revise("a", [new("ready", later_h=12)], now=NOON)
    for minutes in (0, 1, 60, 11 * 60, 12 * 60 - 1):
        assert outbox.claim("phone", now=NOON + minutes * MINUTE) is None
    assert outbox.next_try_at("phone") == NOON + 12 * HOUR
    assert outbox.claim("phone", now=NOON + 12 * HOUR) is not None


def test_a_message_that_was_refused_keeps_its_pause_where_its_time_is_over(outbox: Outbox) -> None:
    row = on_its_way(outbox)
    after = outbox.record_refused(row.id, DOWN, now=NOON, as_sent=row)
    outbox.revise("a", [new()], now=NOON)
    assert outbox.row(row.id).try_at == after.try_at > NOON


def test_a_correction_is_needless_once_what_it_corrects_was_refused_and_leaves_in_new_words(outbox: Outbox) -> None:
    """It was queued as the old words were thought to arrive."""
    row = on_its_way(outbox)
    outbox.revise("a", [new()], now=NOON)
    correction = a_message("correction_1", "t", "b", NOON, NOON + 4 * HOUR, told=ToldReadiness(None, NOON + 20 * HOUR))
    assert correction.kind is MessageKind.CORRECTION
    outbox.queue("a", None, [correction], ["phone", "desktop"], now=NOON)
    outbox.record_refused(row.id, DOWN, now=NOON, as_sent=row)
    states = {(one.rule, one.target): one.state for one in outbox.rows()}
    assert states == {
        ("first", "phone"): "pending",
        ("correction_1", "phone"): "cancelled",
        ("correction_1", "desktop"): "pending",
    }


def test_a_correction_stays_where_what_it_corrects_may_have_arrived(outbox: Outbox) -> None:
    row = on_its_way(outbox)
    outbox.record_unanswered(row.id, SILENCE, now=NOON)
    again = outbox.claim("phone", now=NOON + 5 * MINUTE)
    assert again is not None
    outbox.revise("a", [new()], now=NOON + 5 * MINUTE)
    outbox.queue("a", None, [a_message("correction_1", "t", "b", NOON, NOON + 4 * HOUR)], ["phone"], now=NOON + HOUR)
    outbox.record_refused(row.id, DOWN, now=NOON + 5 * MINUTE, as_sent=again)
    assert [one.state for one in outbox.rows("rule = 'correction_1'")] == ["pending"]
