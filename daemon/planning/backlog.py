"""When many workouts arrive at once, who counts them for the one digest that replaces their messages?

The store does: an open backlog survives a crash, so that what is left of five hundred files does not look fresh.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import WAITS_SQL
from hersteld.daemon.planning.planner import Planner
from hersteld.daemon.store.left_out import count_left_out
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock, from_iso, iso
from hersteld.daemon.system.errors import is_of_the_machine
from hersteld.recovery.messages.digest import digest
from hersteld.recovery.messages.draft import Draft

log = logging.getLogger(__name__)


class Backlog:
    """The run of many files that is being read, if there is one."""

    def __init__(self, store: Store, planner: Planner, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._outbox = Outbox(store)
        self._workouts = Workouts(store)
        self._planner = planner
        self._most = int(settings.rules.messages.backlog_count)
        self._late = timedelta(hours=float(settings.rules.messages.late_h))
        self._rules = settings.rules
        self._quiet_hours = settings.notify.quiet_hours
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
        """Close it when all it brought is assessed with its past, and queue what there is to say.

        Workouts that ended a short while ago are told by themselves if they are few enough. A backlog of many workouts
        brings one digest, which counts all of them.

        Returns:
            Whether there was one.
        """
        backlog_id = self.open_id()
        if backlog_id is None:
            return False
        now = self._clock.now()
        with self._store.write():
            self._store.change("UPDATE backlogs SET closed_at = ? WHERE id = ?", [iso(now), backlog_id])
            brought = self._workouts.brought_by_backlog(backlog_id)
            fresh = self._fresh(brought, now)
            if len(fresh) <= self._most:
                for workout in fresh:
                    self._workouts.set_untold(workout.id, is_untold=True)
            self._planner.reassessment.finish()
            if len(brought) > self._most:
                with _skipped_if_it_fails():
                    draft = self._digest(backlog_id, now, first_ever=not self._outbox.disclaimed())
                    if draft is not None:
                        self._planner.announcer.queue_digest(f"backlog-{backlog_id}", draft)
        return True

    def revise_digests(self) -> None:
        """Put digests that wait in the words and hours that hold now; cancel one whose workouts are all forgotten."""
        for row in self._outbox.rows(f"kind = 'digest' AND {WAITS_SQL} ORDER BY id"):
            backlog_id = int(row.workout_identity.rpartition("-")[2])
            with _skipped_if_it_fails():
                draft = self._digest(backlog_id, row.created_at, first_ever=row.disclaims)
                self._planner.announcer.revise_digest(row.workout_identity, draft)

    def _fresh(self, brought: Sequence[StoredWorkout], now: datetime) -> list[StoredWorkout]:
        """Return the workouts worth a word of their own, oldest first: they ended a short while ago."""
        ended_after = now - self._late
        return [workout for workout in brought if workout.has_clock and workout.ended_at > ended_after]

    def _digest(self, backlog_id: int, now: datetime, *, first_ever: bool) -> Draft | None:
        counts = {
            row["status"]: int(row["files"])
            for row in self._store.rows(
                "SELECT status, COUNT(*) AS files FROM files WHERE backlog_id = ?"
                " AND (status <> 'workout' OR workout_id NOT IN (SELECT workout_id FROM forgotten)) GROUP BY status",
                [backlog_id],
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
        since = iso(now - timedelta(days=float(self._rules.rest.history_days)))
        recent = self._store.rows(
            "SELECT COUNT(*) AS workouts FROM workouts WHERE has_clock AND started_at >= ?", [since]
        )[0]["workouts"]
        return digest(
            count=counts["workout"],
            first_at=first,
            last_at=last,
            duplicates=counts.get("duplicate", 0),
            unreadable=counts.get("rejected", 0),
            left_out=count_left_out(self._store).activities,
            now=now,
            first_ever=first_ever,
            rules=self._rules,
            recent=int(recent),
            quiet_hours=self._quiet_hours,
            zone=zone,
        )


@contextmanager
def _skipped_if_it_fails() -> Iterator[None]:
    """Let a digest that cannot be made keep nothing else from being told."""
    try:
        yield
    except Exception as error:
        if is_of_the_machine(error):
            raise
        log.exception(say("planning.digest_fault"))
