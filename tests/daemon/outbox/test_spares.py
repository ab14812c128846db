"""A message and what stands ready in its place leave twice at most, and only what left itself may have arrived."""

from datetime import timedelta

import pytest

from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage
from tests.daemon.outbox.test_tries import (
    DOWN,
    HOUR,
    PAUSE,
    SILENCE,
    a_letter,
    is_over,
    outbox,
    refused,
    store,
    unanswered,
)
from tests.support.messages import a_message
from tests.support.pipeline import NOON

__all__ = ["outbox", "store"]


def a_spare(*, lasts: timedelta = 5 * HOUR) -> OutboxMessage:
    return a_message("first_2", "t", "b", NOON, NOON + lasts, unless_sent=("first",))


def test_what_never_left_itself_is_not_given_out_for_what_may_have_arrived(outbox: Outbox) -> None:
    """Only the first one left; the one in its place is refused until it expires."""
    row = unanswered(outbox, a_letter(lasts=timedelta(seconds=60)), a_spare())
    at, tries = NOON + PAUSE, 0
    while outbox.next_try_at("phone") is not None:
        spare = refused(outbox, at)
        assert spare.id != row.id
        assert (spare.state, spare.reason) == ("failed" if spare.try_at <= at else "pending", DOWN)
        at, tries = max(spare.try_at, at), tries + 1
    assert tries > 5
    assert is_over(outbox)


@pytest.mark.parametrize("is_accepted", [True, False])
def test_what_left_in_other_words_does_not_leave_a_third_time(outbox: Outbox, is_accepted: bool) -> None:
    unanswered(outbox, a_letter(), a_spare())
    refused(outbox, NOON + PAUSE)  # the first one again, which waits now
    spare = outbox.claim("phone", now=NOON + PAUSE)
    assert spare is not None
    assert spare.rule == "first_2"
    if is_accepted:
        outbox.record_sent(spare.id, now=NOON + PAUSE)
    else:
        outbox.record_unanswered(spare.id, SILENCE, now=NOON + PAUSE)
    assert is_over(outbox)
