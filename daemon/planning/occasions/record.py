"""What was said on which occasion, so that nothing is said twice?"""

from dataclasses import dataclass
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.recovery.messages.draft import MessageKind


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """The last word of an occasion.

    Attributes:
        day: Under which it was said; see `Due`.
        at: When it was queued, aware UTC.
        statement: What it said; see `Word`.
    """

    day: str
    at: datetime
    statement: str


class OccasionRecord:
    """The table `occasions`, in one thread's store: a row for each day of an occasion that is settled."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def is_settled(self, kind: MessageKind, day: str) -> bool:
        """Return whether there is nothing left to say under a day of an occasion."""
        sql = "SELECT EXISTS (SELECT 1 FROM occasions WHERE kind = ? AND day = ?)"
        return bool(self._store.db.execute(sql, (kind, day)).fetchone()[0])

    def settle(self, kind: MessageKind, day: str, statement: str | None, *, now: datetime) -> None:
        """Record what was said under a day; None for nothing."""
        self._store.change(
            "INSERT INTO occasions (kind, day, settled_at, said, statement) VALUES (?, ?, ?, ?, ?)",
            [kind, day, iso(now), statement is not None, statement or ""],
        )

    def restate(self, kind: MessageKind, day: str, statement: str) -> None:
        """Record that a word that waits says something else now."""
        self._store.change("UPDATE occasions SET statement = ? WHERE kind = ? AND day = ?", [statement, kind, day])

    def unsay(self, kind: MessageKind, day: str) -> None:
        """Record that a word reached nobody, as it was cancelled. The day stays settled."""
        self._store.change("UPDATE occasions SET said = 0 WHERE kind = ? AND day = ?", [kind, day])

    def last_said(self, kind: MessageKind, *, without: str = "") -> SaidBefore | None:
        """Return the last word of an occasion; None where there is none.

        Args:
            without: A day that is left out, as its own word is about to be said, or waits.
        """
        rows = self._store.rows(
            "SELECT day, settled_at, statement FROM occasions WHERE kind = ? AND said AND day <> ?"
            " ORDER BY settled_at DESC, rowid DESC LIMIT 1",
            [kind, without],
        )
        return SaidBefore(rows[0]["day"], from_iso(rows[0]["settled_at"]), rows[0]["statement"]) if rows else None
