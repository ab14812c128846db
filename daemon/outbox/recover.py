"""What becomes of the messages that stand as being sent, while nobody sends any?"""

from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import stored
from hersteld.daemon.system.clock import iso
from hersteld.parsers.line import Line

_SENDING = "state = 'sending' AND (? IS NULL OR target = ?)"
_MAY_HAVE_LEFT = "(? OR tries_left IS NOT NULL)"


def recover(store: Store, *, target: str | None = None, now: datetime) -> int:
    """Put back what stands as being sent, and return how many rows are to be sent again.

    After a crash it is not known whether a message has left: better twice than never. But one that was cancelled
    meanwhile, or had left before, stays unknown, as it may have arrived.

    Args:
        target: To this one alone, whose messages are known not to have left; else to all, and they may have.
    """
    whose = [target, target]
    may_have_left = target is None
    with store.write():
        for condition, state, tries_left in (
            (_MAY_HAVE_LEFT, "unknown", 0),
            (f"NOT {_MAY_HAVE_LEFT}", "cancelled", None),
        ):
            store.change(
                "UPDATE outbox SET state = ?, reason = cancel_reason, cancel_reason = NULL, changed_at = ?,"  # noqa: S608 - ours
                f" tries_left = ? WHERE {_SENDING} AND cancel_reason IS NOT NULL AND {condition}",
                [state, iso(now), tries_left, *whose, may_have_left],
            )
        store.change(
            "UPDATE outbox SET state = 'unknown', tries_left = ?, try_at = ?, changed_at = ?"  # noqa: S608 - ours
            f" WHERE {_SENDING} AND tries_left IS NOT NULL",
            [0 if may_have_left else 1, iso(now), iso(now), *whose],
        )
        return store.change(
            f"UPDATE outbox SET state = 'pending', reason = ?, try_at = ?, changed_at = ? WHERE {_SENDING}",  # noqa: S608 - ours
            [stored(Line("delivery.stopped_while_sending")), iso(now), iso(now), *whose],
        )
