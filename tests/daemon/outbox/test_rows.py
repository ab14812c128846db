"""A row of the outbox comes out of the table as the message went in."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage, told_columns
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import MessageKind, ToldReadiness
from tests.support.pipeline import NOON

HOUR = timedelta(hours=1)
PLAIN = OutboxMessage(
    kind=MessageKind.FIRST, rule="first", title="Hard run", body="Drink.", due_at=NOON, expires_at=NOON + HOUR
)
FULL = replace(
    PLAIN,
    kind=MessageKind.CORRECTION,
    rule="correction_4",
    cause="settings",
    disclaims=True,
    unless_sent=("first", "first_later"),
    told=ToldReadiness(NOON + 8 * HOUR, NOON + 30 * HOUR),
)


@pytest.mark.parametrize("message", [PLAIN, FULL], ids=["plain", "with everything"])
def test_every_field_of_a_message_is_in_its_row(message: OutboxMessage, tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        outbox = Outbox(store)
        outbox.queue("a", None, [message], ["phone"], now=NOON)
        (row,) = outbox.rows()
    names = ("kind", "rule", "title", "body", "due_at", "expires_at", "cause", "disclaims")
    assert [getattr(row, name) for name in names] == [getattr(message, name) for name in names]
    assert tuple(row.unless_sent.split()) == message.unless_sent
    told = message.told or ToldReadiness()
    assert (row.told_easy_from, row.told_ready_at) == (told.easy_from, told.ready_at)
    assert (row.state, row.attempts, row.reason, row.cancel_reason) == ("pending", 0, None, None)
    assert isinstance(row.kind, MessageKind)
    assert isinstance(row.disclaims, bool)


def test_why_it_was_not_delivered_comes_out_as_a_line(tmp_path: Path) -> None:
    reason = Line("delivery.no_answer_within", {"seconds": 30})
    with Store(tmp_path / "a.db") as store:
        outbox = Outbox(store)
        outbox.queue("a", None, [PLAIN], ["phone"], now=NOON)
        claimed = outbox.claim("phone", now=NOON)
        assert claimed is not None
        assert outbox.record_refused(claimed.id, reason, now=NOON).reason == reason


def test_what_a_message_leaves_open_of_readiness_is_stored_as_nothing() -> None:
    assert told_columns(PLAIN) == (None, None)
    easy_from, ready_at = told_columns(replace(PLAIN, told=ToldReadiness(None, NOON)))
    assert easy_from is None
    assert ready_at is not None
    assert ready_at.startswith("2026-05-06T12:00:00")


def test_the_words_of_a_message_are_its_title_and_body() -> None:
    assert PLAIN.words == ("Hard run", "Drink.")
