"""When many workouts arrive at once, who counts them for the one digest that replaces their messages?

The store does: an open backlog survives a crash, so that what is left of five hundred files does not look fresh.
"""

from datetime import datetime

from hersteld.config.settings import Settings
from hersteld.daemon.clock import Clock, from_iso, iso
from hersteld.daemon.outbox import Outbox
from hersteld.daemon.planner import Planner
from hersteld.daemon.store import Store
from hersteld.recovery.advice import Draft
from hersteld.recovery.messages import digest


class Backlog:
    """The run of many files that is being read, if there is one."""

    def __init__(
        self, store: Store, planner: Planner, settings: Settings, targets: tuple[str, ...], clock: Clock
    ) -> None:
        self._store = store
        self._outbox = Outbox(store)
        self._planner = planner
        self._quiet_hours = settings.notify.quiet_hours
        self._targets = targets
        self._clock = clock

    def open_id(self) -> int | None:
        """Return the id of the open one, or None."""
        rows = self._store.rows("SELECT id FROM backlogs WHERE closed_at IS NULL ORDER BY id LIMIT 1")
        return int(rows[0]["id"]) if rows else None

    def open(self) -> int:
        """Open one, on disk before anything is put in it; return its id."""
        already = self.open_id()
        return already or self._store.insert("backlogs", {"opened_at": iso(self._clock.now())})

    def close(self) -> bool:
        """Close it and queue its digest; whether there was one with a workout in it."""
        backlog_id = self.open_id()
        if backlog_id is None:
            return False
        now = self._clock.now()
        with self._store.write():
            self._store.change("UPDATE backlogs SET closed_at = ? WHERE id = ?", [iso(now), backlog_id])
            draft = self._digest(backlog_id, now)
            if draft is not None:
                letter = self._planner.letter(draft)
                self._outbox.queue(f"backlog-{backlog_id}", None, [letter], self._targets, now=now)
        return draft is not None

    def _digest(self, backlog_id: int, now: datetime) -> Draft | None:
        counts = {
            row["status"]: int(row["files"])
            for row in self._store.rows(
                "SELECT status, COUNT(*) AS files FROM files WHERE backlog_id = ? GROUP BY status", [backlog_id]
            )
        }
        zone = self._clock.zone()
        starts = self._store.rows(
            "SELECT MIN(started_at) AS first, MAX(started_at) AS last FROM workouts WHERE has_clock AND id IN"
            " (SELECT workout_id FROM files WHERE backlog_id = ? AND status = 'workout')",
            [backlog_id],
        )[0]
        if not counts.get("workout"):
            return None
        first, last = (
            from_iso(text).astimezone(zone) if text else now.astimezone(zone)
            for text in (starts["first"], starts["last"])
        )
        return digest(
            count=counts["workout"],
            first_year=first.year,
            last_year=last.year,
            duplicates=counts.get("duplicate", 0),
            unreadable=counts.get("rejected", 0),
            now=now,
            first_ever=not self._outbox.disclaimed(),
            quiet_hours=self._quiet_hours,
            zone=zone,
        )
