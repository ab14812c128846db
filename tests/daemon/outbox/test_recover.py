"""What stands as being sent while nobody sends is sent again, unless it may then have arrived twice."""

from hersteld.daemon.outbox.queue import Outbox
from hersteld.parsers.line import Line
from tests.daemon.outbox.test_tries import PAUSE, SILENCE, a_letter, is_over, outbox, store, unanswered
from tests.support.pipeline import NOON

__all__ = ["outbox", "store"]


def test_after_a_crash_what_was_on_its_way_is_sent_again_unless_it_was_cancelled_meanwhile(outbox: Outbox) -> None:
    outbox.queue("a", None, [a_letter()], ["phone", "desktop"], now=NOON)
    for target in ("phone", "desktop"):
        outbox.claim(target, now=NOON)
    outbox.cancel_other_targets(["phone"], now=NOON)
    assert {row.state for row in outbox.rows()} == {"sending"}, "it may still arrive"
    assert outbox.recover(now=NOON) == 1
    assert {row.target: row.state for row in outbox.rows()} == {"phone": "pending", "desktop": "unknown"}
    assert outbox.rows("target = 'desktop'")[0].reason == Line("delivery.target_gone")


def test_after_a_crash_in_the_second_try_there_is_no_third(outbox: Outbox) -> None:
    unanswered(outbox, a_letter())
    row = outbox.claim("phone", now=NOON + PAUSE)
    assert row is not None
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
