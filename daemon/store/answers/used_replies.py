"""Which tokens of buttons were used already?

By hash, so that nobody can read one here, and until they would count no more. Of which database they are is kept here,
too: a database that is begun anew gives its workouts the same numbers.
"""

from dataclasses import dataclass
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, Source
from hersteld.daemon.system.clock import from_iso, iso


@dataclass(frozen=True, slots=True)
class LastTap:
    """A tap that was taken.

    Attributes:
        rpe: What it said, 1..10.
        sent_at: When the server took it, aware UTC.
        undone_at: When the athlete took it back, aware UTC; None where it holds.
    """

    rpe: float
    sent_at: datetime
    undone_at: datetime | None


def use(store: Store, hash_: str, *, expires_at: datetime, now: datetime) -> bool:
    """Remember that a token is used; return whether it is so for the first time.

    Args:
        hash_: Of the token.
        expires_at: Until when it would count.
    """
    with store.write():
        store.change("DELETE FROM used_replies WHERE expires_at <= ?", [iso(now)])
        added = store.change(
            "INSERT INTO used_replies (hash, expires_at) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
            [hash_, iso(expires_at)],
        )
        return bool(added)


def last_tap(store: Store, workout_id: int) -> LastTap | None:
    """Return the tap on the phone that rated a workout last, also one that was taken back; None where none did."""
    rows = store.rows(
        "SELECT json_extract(value_json, '$.rpe') AS rpe, COALESCE(json_extract(value_json, '$.sent_at'), given_at)"
        " AS sent_at, undone_at FROM answers WHERE kind = ? AND workout_id = ? AND source = ? ORDER BY id DESC LIMIT 1",
        [Kind.RPE, workout_id, Source.NTFY],
    )
    if not rows:
        return None
    undone_at = rows[0]["undone_at"]
    return LastTap(
        float(rows[0]["rpe"]), from_iso(rows[0]["sent_at"]), undone_at=from_iso(undone_at) if undone_at else None
    )


def identity_of(store: Store) -> str:
    """Return the name of this database, which no other has but its copies."""
    return str(store.rows("SELECT identity FROM database_identity")[0]["identity"])
