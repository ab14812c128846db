"""What stands as being sent while nobody sends is sent again, unless it may then have arrived twice."""

from datetime import timedelta

from hersteld.daemon.outbox.queue import Outbox
from hersteld.parsers.line import Line
from tests.daemon.outbox.test_tries import (
    HOUR,
    PAUSE,
    SILENCE,
    a_letter,
    is_over,
    outbox,
    refused,
    silent,
    store,
    unanswered,
)
from tests.support.messages import a_message
from tests.support.pipeline import NOON

__all__ = ["outbox", "store"]


def test_after_a_crash_what_was_on_its_way_is_sent_again_unless_it_was_cancelled_meanwhile(outbox: Outbox) -> None:
    outbox.queue("a", None, [a_letter()], ["phone", "desktop"], now=NOON)
    for target in ("phone", "desktop"):
        outbox.claim(target, now=NOON)
    outbox.cancel_other_targets(["phone"], now=NOON)
    assert {row.state for row in outbox.rows()} == {"sending"}, "it may still arrive"
    assert outbox.recover(now=NOON) == 1
    assert {row.target: row.state for row in outbox.rows()} == {"phone": "unknown", "desktop": "unknown"}
    assert [row.target for row in outbox.waiting()] == ["phone"]
    assert outbox.rows("target = 'desktop'")[0].reason == Line("delivery.target_gone")


def test_after_a_crash_in_the_second_try_there_is_no_third(outbox: Outbox) -> None:
    unanswered(outbox, a_letter())
    row = outbox.claim("phone", now=NOON + PAUSE)
    assert row is not None
    assert outbox.recover(now=NOON + PAUSE) == 0
    assert outbox.row(row.id).state == "unknown"
    assert is_over(outbox)


def test_however_often_it_is_killed_while_it_sends_a_message_leaves_twice_at_most(outbox: Outbox) -> None:
    spare = a_message("first_2", "t", "b", NOON, NOON + 5 * HOUR, unless_sent=("first",))
    outbox.queue("a", None, [a_letter(), spare], ["phone"], now=NOON)
    left = 0
    for minute in range(300):
        at = NOON + minute * timedelta(minutes=1)
        outbox.expire("phone", now=at)
        left += outbox.claim("phone", now=at) is not None
        outbox.recover(now=at)
    assert left == 2
    assert is_over(outbox)
    assert [row.reason for row in outbox.rows("state = 'unknown'")] == [Line("delivery.stopped_while_sending")]


def test_a_try_after_a_crash_that_is_not_answered_is_the_last_and_one_that_is_refused_is_not(outbox: Outbox) -> None:
    outbox.queue("a", None, [a_letter()], ["phone"], now=NOON)
    outbox.claim("phone", now=NOON)
    assert outbox.recover(now=NOON) == 1
    row = refused(outbox, NOON)
    assert (row.state, row.reason, row.waits) == ("unknown", Line("delivery.stopped_while_sending"), True)
    silent(outbox, row.try_at)
    assert is_over(outbox)


def test_a_crash_while_the_words_in_its_place_are_sent_is_the_last_try(outbox: Outbox) -> None:
    spare = a_message("first_2", "t", "b", NOON, NOON + 5 * HOUR, unless_sent=("first",))
    unanswered(outbox, a_letter(lasts=timedelta(seconds=60)), spare)
    row = outbox.claim("phone", now=NOON + PAUSE)
    assert row is not None
    assert row.rule == "first_2"
    assert outbox.recover(now=NOON + PAUSE) == 0
    assert outbox.row(row.id).state == "unknown"
    assert is_over(outbox)


def test_a_second_try_that_is_known_not_to_have_left_is_made_again(outbox: Outbox) -> None:
    unanswered(outbox, a_letter())
    outbox.claim("phone", now=NOON + PAUSE)
    outbox.recover(target="phone", now=NOON + PAUSE)
    row = outbox.claim("phone", now=NOON + PAUSE)
    assert row is not None
    assert outbox.record_unanswered(row.id, SILENCE, now=NOON + PAUSE).waits is False


def test_what_was_cancelled_before_it_left_is_cancelled(outbox: Outbox) -> None:
    outbox.queue("a", None, [a_letter()], ["phone"], now=NOON)
    outbox.claim("phone", now=NOON)
    outbox.cancel_other_targets(["desktop"], now=NOON)
    assert outbox.recover(target="phone", now=NOON) == 0
    (row,) = outbox.rows()
    assert (row.state, row.reason, row.cancel_reason) == ("cancelled", Line("delivery.target_gone"), None)
