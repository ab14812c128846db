"""Which messages stand ready in the place of another, and did one of the others leave already?

A workout whose first message cannot be told in time has the same advice ready in later words. Whatever of these leaves,
together they leave twice at most where nobody knows whether the first time arrived.
"""

from datetime import datetime, timedelta

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.cancel import cancel
from hersteld.daemon.outbox.rows import WAITS_SQL
from hersteld.daemon.outbox.tries import UNANSWERED_RETRY_S
from hersteld.daemon.system.clock import iso
from hersteld.parsers.line import Line

_OWN = (
    "workout_identity = (SELECT workout_identity FROM outbox WHERE id = ?)"
    " AND target = (SELECT target FROM outbox WHERE id = ?)"
)
_IN_ITS_PLACE = f"{_OWN} AND instr(' ' || unless_sent || ' ', ' ' || (SELECT rule FROM outbox WHERE id = ?) || ' ') > 0"  # noqa: S608 - ours
"""Of what stands ready in the place of a row."""
_IT_STANDS_FOR = (
    f"{_OWN} AND instr(' ' || (SELECT unless_sent FROM outbox WHERE id = ?) || ' ', ' ' || rule || ' ') > 0"  # noqa: S608 - ours
)
_ONCE_MORE_IN_OTHER_WORDS = f"tries_left > 0 AND {_IT_STANDS_FOR}"
"""Of what may have left already, and was to leave once more, in whose place a row has left."""


def may_have_left_in_other_words(store: Store, row_id: int) -> bool:
    """Return whether a message in whose place a row stands may have arrived."""
    sql = f"SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'unknown' AND {_IT_STANDS_FOR})"  # noqa: S608 - ours
    return bool(store.db.execute(sql, [row_id] * 3).fetchone()[0])


def not_at_once(store: Store, row_id: int, now: datetime) -> None:
    """Let what stands ready in the place of a row wait, as that may have arrived."""
    store.change(
        f"UPDATE outbox SET try_at = MAX(try_at, ?) WHERE {WAITS_SQL} AND {_IN_ITS_PLACE}",  # noqa: S608 - ours
        [iso(now + timedelta(seconds=UNANSWERED_RETRY_S)), *[row_id] * 3],
    )


def cancel_other_words(store: Store, row_id: int, now: datetime) -> None:
    """Cancel what stands in the place of a row, and the second try of what it stands for, as no more need leave."""
    for condition in (_IN_ITS_PLACE, _ONCE_MORE_IN_OTHER_WORDS):
        cancel(store, condition, [row_id] * 3, Line("delivery.said_earlier"), now)
