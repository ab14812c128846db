"""Which training is planned, and what of the calendar could not be read?

The service writes down what it found in the calendar, so that every command sees what the messages rest on, and a
workout that is assessed anew still has the session that followed it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.line import Line
from hersteld.recovery.occasions.planned_session import PlannedSession

KEPT = timedelta(days=30)
"""How long a session is remembered after it began."""


def write_sessions(
    store: Store,
    sessions: Iterable[PlannedSession],
    *,
    now: datetime,
    today: date,
    is_whole: bool,
    taken_out: Collection[str] = (),
) -> bool:
    """Store what is planned from now on; return whether it is another than before.

    Args:
        sessions: Those that are still to come.
        today: The local date.
        is_whole: Whether the whole calendar could be read; else what is missing in it may still hold.
        taken_out: What was certainly taken out of it even so, by identity.
    """
    with store.write():
        before = {one.identity: one for one in read_sessions(store, now=now, today=today)}
        found = {one.identity: one for one in sessions}
        gone = [identity for identity in before if identity not in found and (is_whole or identity in taken_out)]
        # An event that was moved may have its former time in the past.
        changed = [one for one in found.values() if before.get(one.identity) != one]
        for identity in gone:
            store.change("DELETE FROM planned_sessions WHERE identity = ?", [identity])
        for one in changed:
            store.change(
                "INSERT OR REPLACE INTO planned_sessions (identity, day, starts_at, minutes, title, is_hard)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    *(one.identity, one.day.isoformat(), None if one.starts_at is None else iso(one.starts_at)),
                    *(one.minutes, one.title, int(one.is_hard)),
                ],
            )
        if gone or changed:
            store.change("DELETE FROM planned_sessions WHERE day < ?", [(today - KEPT).isoformat()])
        return bool(gone or changed)


def read_sessions(store: Store, *, now: datetime, today: date) -> tuple[PlannedSession, ...]:
    """Return the training that is still to come, in order of day and time; of a whole day also that of today.

    Args:
        now: Aware UTC.
        today: The local date.
    """
    rows = store.rows(
        "SELECT * FROM planned_sessions WHERE starts_at > ? OR (starts_at IS NULL AND day >= ?)"
        " ORDER BY day, starts_at, identity",
        [iso(now), today.isoformat()],
    )
    return tuple(map(_session, rows))


def next_session_at(store: Store, after: datetime) -> datetime | None:
    """Return when the first session begins that is planned after a moment; None where none is known.

    Args:
        after: Aware UTC.
    """
    rows = store.rows("SELECT MIN(starts_at) AS next FROM planned_sessions WHERE starts_at > ?", [iso(after)])
    return from_iso(rows[0]["next"]) if rows[0]["next"] else None


def count_sessions(store: Store, first: date, last: date) -> int:
    """Return how many sessions are planned from one local date to another, both included.

    Those that begin at the same moment are one, which stands in two calendars.
    """
    rows = store.rows(
        "SELECT COUNT(DISTINCT COALESCE(starts_at, identity)) AS sessions FROM planned_sessions"
        " WHERE day BETWEEN ? AND ?",
        [first.isoformat(), last.isoformat()],
    )
    return int(rows[0]["sessions"])


def write_calendar_faults(store: Store, faults: Iterable[tuple[str, Line]]) -> None:
    """Store what is wrong with the calendar, by file, in the place of what was."""
    with store.write():
        store.change("DELETE FROM calendar_faults", [])
        for path, reason in faults:
            store.insert("calendar_faults", {"path": path, "reason": stored(reason)})


def read_calendar_faults(store: Store) -> tuple[tuple[str, Line], ...]:
    """Return what was wrong with the calendar when it was read last, by file."""
    rows = store.rows("SELECT path, reason FROM calendar_faults ORDER BY id")
    found = ((str(row["path"]), line_of(row["reason"])) for row in rows)
    return tuple((path, reason) for path, reason in found if reason is not None)


def _session(row: Mapping[str, Any]) -> PlannedSession:
    return PlannedSession(
        identity=row["identity"],
        day=date.fromisoformat(row["day"]),
        starts_at=from_iso(row["starts_at"]) if row["starts_at"] else None,
        minutes=row["minutes"],
        title=row["title"],
        is_hard=bool(row["is_hard"]),
    )
