"""What is cancelled is not sent any more, and what may have arrived is not given out for what cannot have."""

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.cancel import cancel
from hersteld.daemon.outbox.queue import Outbox
from hersteld.parsers.line import Line
from tests.daemon.outbox.test_tries import SILENCE, a_letter, outbox, refused, silent, store
from tests.support.pipeline import NOON

__all__ = ["outbox", "store"]

WHY = Line("delivery.workout_forgotten")


def test_each_is_cancelled_as_far_as_it_still_can_be(store: Store, outbox: Outbox) -> None:
    outbox.queue("silent", None, [a_letter()], ["phone"], now=NOON)
    silent(outbox, NOON)
    outbox.queue("refused", None, [a_letter()], ["phone"], now=NOON)
    refused(outbox, NOON)
    outbox.queue("sent", None, [a_letter()], ["phone"], now=NOON)
    row = outbox.claim("phone", now=NOON)
    assert row is not None
    outbox.record_sent(row.id, now=NOON)
    outbox.queue("on its way", None, [a_letter()], ["phone"], now=NOON)
    assert outbox.claim("phone", now=NOON) is not None
    assert cancel(store, "target = ?", ["phone"], WHY, NOON) == 2
    found = {row.workout_identity: (row.state, row.reason, row.cancel_reason, row.waits) for row in outbox.rows()}
    assert found == {
        "silent": ("unknown", SILENCE, None, False),
        "refused": ("cancelled", WHY, None, False),
        "sent": ("sent", None, None, False),
        "on its way": ("sending", None, WHY, False),
    }


def test_what_does_not_satisfy_the_condition_waits_on(store: Store, outbox: Outbox) -> None:
    outbox.queue("a", None, [a_letter()], ["phone", "mail"], now=NOON)
    assert cancel(store, "target = ?", ["phone"], WHY, NOON) == 1
    assert [row.target for row in outbox.waiting()] == ["mail"]
