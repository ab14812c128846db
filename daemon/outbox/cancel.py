"""What becomes of messages that are not to be sent any more?"""

from collections.abc import Sequence
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import stored
from hersteld.daemon.system.clock import iso
from hersteld.parsers.line import Line


def cancel(store: Store, condition: str, parameters: Sequence[object], reason: Line, now: datetime) -> int:
    """Cancel what is not sent yet and satisfies an SQL condition; return how many rows will not be tried any more."""
    with store.write():
        # What is on its way this moment may arrive; it just gets no second try.
        sending = f"UPDATE outbox SET cancel_reason = ? WHERE state = 'sending' AND {condition}"  # noqa: S608
        store.change(sending, [stored(reason), *parameters])
        # What may have arrived stays so; it just is not tried once more.
        again = f"state = 'unknown' AND tries_left > 0 AND {condition}"
        over = f"UPDATE outbox SET tries_left = 0, changed_at = ? WHERE {again}"  # noqa: S608
        tried = store.change(over, [iso(now), *parameters])
        pending = f"state = 'pending' AND {condition}"
        sql = f"UPDATE outbox SET state = 'cancelled', reason = ?, changed_at = ? WHERE {pending}"  # noqa: S608
        return tried + store.change(sql, [stored(reason), iso(now), *parameters])
