"""Which tokens of buttons were used already?

By hash, so that nobody can read one here, and until they would count no more. Of which database they are is kept here,
too: a database that is begun anew gives its workouts the same numbers.
"""

from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import iso


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


def identity_of(store: Store) -> str:
    """Return the name of this database, which no other has but its copies."""
    return str(store.rows("SELECT identity FROM database_identity")[0]["identity"])
