"""What may have arrived is tried once more and counts as told; what cannot have is tried until it expires."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.readdress import readdress
from hersteld.daemon.outbox.rows import OutboxMessage, OutboxRow
from hersteld.daemon.outbox.tries import UNANSWERED_RETRY_S
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import MessageKind, ToldReadiness
from tests.support.messages import a_message
from tests.support.pipeline import NOON

HOUR = timedelta(hours=1)
PAUSE = timedelta(seconds=UNANSWERED_RETRY_S)
SILENCE = Line("delivery.unanswered")
DOWN = Line("delivery.refused_connection")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "a.db") as store:
        yield store


@pytest.fixture
def outbox(store: Store) -> Outbox:
    return Outbox(store, jitter=lambda: 0.5)


def a_letter(rule: str = "first", *, lasts: timedelta = 4 * HOUR, body: str = "b", told_h: float = 9) -> OutboxMessage:
    return a_message(rule, "t", body, NOON, NOON + lasts, told=ToldReadiness(None, NOON + told_h * HOUR))


def unanswered(outbox: Outbox, *messages: OutboxMessage, at: datetime = NOON) -> OutboxRow:
    """Queue messages, have the first one leave and not be answered, and return it."""
    outbox.queue("a", None, messages, ["phone"], now=NOON)
    return silent(outbox, at)


def silent(outbox: Outbox, at: datetime) -> OutboxRow:
    row = outbox.claim("phone", now=at)
    assert row is not None
    return outbox.record_unanswered(row.id, SILENCE, now=at)


def refused(outbox: Outbox, at: datetime) -> OutboxRow:
    row = outbox.claim("phone", now=at)
    assert row is not None
    return outbox.record_refused(row.id, DOWN, now=at)


def is_over(outbox: Outbox) -> bool:
    """Return whether nothing is ever tried again."""
    return outbox.waiting() == () and outbox.next_try_at("phone") is None


def test_what_was_not_answered_is_tried_once_more_after_five_minutes_and_then_not_known(outbox: Outbox) -> None:
    row = unanswered(outbox, a_letter())
    assert (row.state, row.reason, row.try_at) == ("unknown", SILENCE, NOON + PAUSE)
    assert outbox.next_try_at("phone") == NOON + PAUSE
    assert outbox.claim("phone", now=NOON + PAUSE - timedelta(seconds=1)) is None
    row = silent(outbox, NOON + PAUSE)
    assert (row.state, row.reason, row.attempts) == ("unknown", SILENCE, 2)
    assert is_over(outbox)
    assert outbox.claim("phone", now=NOON + HOUR) is None


def test_the_second_try_may_be_accepted(outbox: Outbox) -> None:
    unanswered(outbox, a_letter())
    row = outbox.claim("phone", now=NOON + PAUSE)
    assert row is not None
    outbox.record_sent(row.id, now=NOON + PAUSE)
    assert (outbox.row(row.id).state, outbox.row(row.id).reason) == ("sent", None)
    assert is_over(outbox)


def test_a_second_try_that_is_refused_goes_on_until_it_has_left_or_expired(outbox: Outbox) -> None:
    unanswered(outbox, a_letter())
    at, tries = NOON + PAUSE, 0
    while outbox.next_try_at("phone") is not None:
        row = refused(outbox, at)
        assert (row.state, row.reason) == ("unknown", SILENCE), "it may have arrived the first time"
        at, tries = row.try_at, tries + 1
    assert tries > 10
    assert is_over(outbox)


def test_refusals_before_the_silence_change_nothing(outbox: Outbox) -> None:
    outbox.queue("a", None, [a_letter()], ["phone"], now=NOON)
    assert refused(outbox, NOON).state == "pending"
    at = NOON + HOUR
    assert silent(outbox, at).try_at == at + PAUSE
    assert silent(outbox, at + PAUSE).tries_left == 0


def test_where_there_is_no_time_for_a_second_try_it_is_not_known_at_once(outbox: Outbox) -> None:
    row = unanswered(outbox, a_letter(lasts=PAUSE))
    assert (row.state, row.waits) == ("unknown", False)
    assert is_over(outbox)


def test_what_expires_before_its_second_try_stays_unknown(outbox: Outbox) -> None:
    row = unanswered(outbox, a_letter())
    assert outbox.expire("phone", now=NOON + 4 * HOUR)
    assert (outbox.row(row.id).state, outbox.row(row.id).reason) == ("unknown", SILENCE)
    assert is_over(outbox)


def test_what_is_cancelled_stays_unknown_and_is_not_tried_again(outbox: Outbox) -> None:
    row = unanswered(outbox, a_letter())
    assert outbox.cancel_other_targets(["desktop"], now=NOON) == 1
    assert outbox.row(row.id).state == "unknown"
    assert is_over(outbox)


@pytest.mark.parametrize("answer", ["silent", "refused"])
def test_what_is_cancelled_during_a_try_is_unknown_if_it_may_have_arrived(outbox: Outbox, answer: str) -> None:
    for identity, tried in (("a", False), ("b", True)):
        outbox.queue(identity, None, [a_letter()], ["phone"], now=NOON)
        if tried:
            silent(outbox, NOON)
        row = outbox.claim("phone", now=NOON + PAUSE)
        assert row is not None
        outbox.cancel_other_targets(["desktop"], now=NOON)
        if answer == "silent":
            after = outbox.record_unanswered(row.id, SILENCE, now=NOON + PAUSE)
        else:
            after = outbox.record_refused(row.id, DOWN, now=NOON + PAUSE)
        assert after.state == ("unknown" if tried or answer == "silent" else "cancelled")
        assert is_over(outbox)


@pytest.mark.parametrize("rest_s", [60, 3600], ids=["no-time", "time"])
def test_what_stands_ready_in_its_place_may_leave_once_and_not_at_once(outbox: Outbox, rest_s: float) -> None:
    spares = [
        a_message("first_2", "t", "b", NOON, NOON + 5 * HOUR, unless_sent=("first",)),
        a_message("first_3", "t", "b", NOON, NOON + 6 * HOUR, unless_sent=("first", "first_2")),
    ]
    row = unanswered(outbox, a_letter(lasts=timedelta(seconds=rest_s)), *spares)
    assert outbox.claim("phone", now=NOON + PAUSE - timedelta(seconds=1)) is None
    second = silent(outbox, NOON + PAUSE)
    assert (second.id == row.id) == (rest_s == 3600)
    assert second.tries_left == 0
    assert is_over(outbox), "twice at most, in whatever words"


@pytest.mark.parametrize("told_h", [20, None], ids=["another", "none"])
@pytest.mark.parametrize("is_accepted", [True, False])
def test_new_words_are_those_that_were_told_once_the_second_try_is_accepted(
    outbox: Outbox, told_h: float | None, is_accepted: bool
) -> None:
    """Until then the athlete may have the old ones, and a correction is measured from those."""
    unanswered(outbox, a_letter())
    told = None if told_h is None else ToldReadiness(None, NOON + told_h * HOUR)
    outbox.revise("a", [a_message("first", "t", "new", NOON, NOON + 4 * HOUR, told=told)], now=NOON)
    row = outbox.claim("phone", now=NOON + PAUSE)
    assert row is not None
    assert (row.body, row.told_ready_at) == ("new", NOON + 9 * HOUR)
    if is_accepted:
        outbox.record_sent(row.id, now=NOON + PAUSE)
        assert outbox.row(row.id).told_ready_at == (None if told is None else told.ready_at)
    else:
        assert outbox.record_unanswered(row.id, SILENCE, now=NOON + PAUSE).told_ready_at == NOON + 9 * HOUR


def test_a_target_that_takes_the_place_of_another_is_told_the_new_words(store: Store, outbox: Outbox) -> None:
    unanswered(outbox, a_letter())
    outbox.revise("a", [a_letter(body="new", told_h=20)], now=NOON)
    readdress(store, ["mail"], now=NOON)
    row = outbox.claim("mail", now=NOON)
    assert row is not None
    outbox.record_sent(row.id, now=NOON)
    assert (row.body, outbox.row(row.id).told_ready_at) == ("new", NOON + 20 * HOUR)


def test_a_target_that_takes_the_place_of_another_gets_what_may_not_have_arrived(store: Store, outbox: Outbox) -> None:
    unanswered(outbox, a_letter())
    assert readdress(store, ["mail"], now=NOON) == 1
    assert outbox.claim("mail", now=NOON) is not None
    assert outbox.claim("phone", now=NOON + PAUSE) is None


def test_who_may_have_been_told_counts_as_told(outbox: Outbox) -> None:
    row = unanswered(
        outbox,
        a_message("first", "t", "b", NOON, NOON + 4 * HOUR, disclaims=True, told=ToldReadiness(None, NOON + 9 * HOUR)),
    )
    for _ in ("once", "twice"):
        last = outbox.last_told("phone")
        assert last is not None
        assert last.id == row.id
        assert outbox.promises_readiness(NOON + 8 * HOUR)
        assert outbox.has_queued(MessageKind.FIRST, ["a"])
        assert outbox.disclaimed()
        assert outbox.count_of_workouts_between(NOON, NOON + HOUR) == 1
        if outbox.next_try_at("phone"):
            silent(outbox, NOON + PAUSE)
