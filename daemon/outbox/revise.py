"""Which words does a message leave in that gets new ones while it waits, or while it is being sent?

What waits leaves in the new words. What is being sent this very moment has left in the old ones: where it is accepted,
these were told; where it is refused, nobody has them, and the next try is in the new ones.
"""

from collections.abc import Iterable
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import stored
from hersteld.daemon.outbox.cancel import cancel
from hersteld.daemon.outbox.rows import TAKE_NEXT_SQL, WAITS_SQL, OutboxMessage, OutboxRow, row_of, told_columns
from hersteld.daemon.system.clock import iso
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import REMINDERS, MessageKind

_NO_LONGER = Line("delivery.workout_known_better")
_MAY_LEAVE = f"({WAITS_SQL} OR state = 'sending')"


def revise(store: Store, identity: str, messages: Iterable[OutboxMessage], *, now: datetime) -> None:
    """Put new words and times in what is not sent yet of a workout; cancel what is no longer said.

    A reminder that was cancelled so and is said again waits again, as long as nobody has had it.
    """
    by_rule = {message.rule: message for message in messages}
    with store.write():
        for again in by_rule.values():
            if again.kind in REMINDERS and again.expires_at > now:
                store.change(
                    "UPDATE outbox SET state = 'pending', reason = NULL WHERE workout_identity = ? AND rule = ?"
                    " AND state = 'cancelled' AND attempts = 0 AND reason = ?",
                    [identity, again.rule, stored(_NO_LONGER)],
                )
        rows = store.rows(f"SELECT * FROM outbox WHERE workout_identity = ? AND {_MAY_LEAVE}", [identity])  # noqa: S608 - ours
        for row in map(row_of, rows):
            message = by_rule.get(row.rule)
            if message is None:
                cancel(store, "id = ?", [row.id], _NO_LONGER, now)
                continue
            # A message that was tried and failed keeps its back-off, and one that may have arrived what it told.
            is_new = not row.attempts and row.tries_left is None
            store.change(
                "UPDATE outbox SET title = ?, body = ?, due_at = ?, expires_at = ?, try_at = ?, changed_at = ?,"
                " next_easy_from = ?, next_ready_at = ? WHERE id = ?",
                [
                    *(message.title, message.body, iso(message.due_at), iso(message.expires_at)),
                    iso(message.due_at if is_new else max(message.due_at, row.try_at)),
                    iso(now),
                    *(moment or "" for moment in told_columns(message)),
                    row.id,
                ],
            )
            if row.state == "pending":  # nobody has the old words
                store.change(f"UPDATE outbox SET {TAKE_NEXT_SQL} WHERE id = ?", [row.id])  # noqa: S608 - ours


def has_told(store: Store, as_sent: OutboxRow) -> None:
    """Record that a message was accepted in the words in which it left, whatever it was to say next."""
    words = [as_sent.title, as_sent.body, as_sent.id]
    is_as_sent = "title = ? AND body = ? AND id = ?"
    # What was revised to the very same words tells of readiness what these were revised to.
    store.change(f"UPDATE outbox SET {TAKE_NEXT_SQL} WHERE {is_as_sent}", words)  # noqa: S608 - ours
    store.change(
        "UPDATE outbox SET title = ?, body = ?, due_at = ?, expires_at = ?, next_easy_from = NULL, next_ready_at = NULL"
        " WHERE id = ?",
        [*words[:2], iso(as_sent.due_at), iso(as_sent.expires_at), as_sent.id],
    )


def has_told_nobody(store: Store, as_sent: OutboxRow, now: datetime) -> None:
    """Have a message that was refused say what holds now; what was to correct its old words is needless then."""
    row = row_of(store.rows("SELECT * FROM outbox WHERE id = ?", [as_sent.id])[0])
    if row.state != "pending":
        return
    store.change(f"UPDATE outbox SET {TAKE_NEXT_SQL} WHERE id = ?", [row.id])  # noqa: S608 - ours
    if row.words == as_sent.words:
        return
    cancel(
        store,
        "workout_identity = ? AND target = ? AND kind = ? AND id <> ? AND created_at >= ?",
        [row.workout_identity, row.target, MessageKind.CORRECTION, row.id, iso(as_sent.changed_at)],
        _NO_LONGER,
        now,
    )
