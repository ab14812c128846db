"""What becomes of the messages that stand as being sent, while nobody sends any?"""

from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import stored
from hersteld.daemon.outbox.rows import TAKE_NEXT_SQL
from hersteld.daemon.outbox.spares import cancel_other_words, may_have_left_in_other_words, not_at_once
from hersteld.daemon.outbox.tries import NO_MORE, ONCE_MORE
from hersteld.daemon.system.clock import iso
from hersteld.parsers.line import Line

_SENDING = "state = 'sending' AND (? IS NULL OR target = ?)"
_MAY_HAVE_LEFT = "(? OR tries_left IS NOT NULL)"


def recover(store: Store, *, target: str | None = None, now: datetime) -> int:
    """Put back what stands as being sent, and return how many rows are to be sent again.

    After a crash it is not known whether a message has left: better twice than never, and no oftener, however many
    crashes follow. So it may leave once more, at once, unless it was cancelled meanwhile, or it, or one in whose place
    it stands, had left before.

    Args:
        target: To this one alone, whose messages are known not to have left; else to all, and they may have.
    """
    whose = [target, target]
    may_have_left = target is None
    with store.write():
        for condition, state, tries_left in (
            (_MAY_HAVE_LEFT, "unknown", NO_MORE),
            (f"NOT {_MAY_HAVE_LEFT}", "cancelled", None),
        ):
            store.change(
                "UPDATE outbox SET state = ?, reason = cancel_reason, cancel_reason = NULL, changed_at = ?,"  # noqa: S608 - ours
                f" tries_left = ? WHERE {_SENDING} AND cancel_reason IS NOT NULL AND {condition}",
                [state, iso(now), tries_left, *whose, may_have_left],
            )
        if may_have_left:
            return _once_more(store, now)
        store.change(
            "UPDATE outbox SET state = 'unknown', try_at = ?, changed_at = ?"  # noqa: S608 - ours
            f" WHERE {_SENDING} AND tries_left IS NOT NULL",
            [iso(now), iso(now), *whose],
        )
        return store.change(
            f"UPDATE outbox SET state = 'pending', reason = ?, try_at = ?, changed_at = ?, {TAKE_NEXT_SQL} WHERE {_SENDING}",  # noqa: S608, E501 - ours
            [_stopped(), iso(now), iso(now), *whose],
        )


def _once_more(store: Store, now: datetime) -> int:
    """Let all that stands as being sent leave once more, where it had not left before; return how many rows may."""
    again = 0
    for row in store.rows("SELECT id, tries_left FROM outbox WHERE state = 'sending'", []):
        is_over = row["tries_left"] is not None or may_have_left_in_other_words(store, row["id"])
        store.change(
            "UPDATE outbox SET state = 'unknown', reason = IIF(tries_left IS NULL, ?, reason), tries_left = ?,"
            " try_at = ?, changed_at = ? WHERE id = ?",
            [_stopped(), NO_MORE if is_over else ONCE_MORE, iso(now), iso(now), row["id"]],
        )
        if is_over:
            cancel_other_words(store, row["id"], now)
        else:
            not_at_once(store, row["id"], now)
            again += 1
    return again


def _stopped() -> str | None:
    return stored(Line("delivery.stopped_while_sending"))
