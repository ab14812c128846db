"""When many workouts arrive at once, who counts them for the one digest that replaces their messages?

The store does: an open backlog survives a crash, so that what is left of five hundred files does not look fresh.
"""

import math
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.planning.planner import MOST_AT_ONCE, Planner
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock, from_iso, iso
from hersteld.recovery.advice import Draft
from hersteld.recovery.messages.digest import digest


class Backlog:
    """The run of many files that is being read, if there is one."""

    def __init__(
        self, store: Store, planner: Planner, settings: Settings, targets: tuple[str, ...], clock: Clock
    ) -> None:
        self._store = store
        self._outbox = Outbox(store)
        self._workouts = Workouts(store)
        self._planner = planner
        self._most = int(settings.rules.messages.backlog_count)
        self._late = timedelta(hours=float(settings.rules.messages.late_h))
        self._rules = settings.rules
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

    def close(self, go_on: Callable[[], bool] = lambda: True) -> bool:
        """Put what it brought in order, close it and queue what there is to say; whether there was anything.

        Whatever order the files came in, each workout ends up assessed with exactly the past that it had. Workouts that
        would be told by themselves if they had come alone are told, and the others in a digest.

        Args:
            go_on: Asked now and then; when it says no, the backlog stays open and is closed at the next start.
        """
        backlog_id = self.open_id()
        if backlog_id is None:
            return False
        if not self._put_in_order(backlog_id, go_on):
            return False
        now = self._clock.now()
        with self._store.write():
            self._store.change("UPDATE backlogs SET closed_at = ? WHERE id = ?", [iso(now), backlog_id])
            brought = self._workouts.brought_by_backlog(backlog_id)
            fresh = self._fresh(brought, now)
            if len(fresh) <= self._most:
                tell = self._planner.tell_late if self._are_followed(fresh) else self._planner.announce
                for one in fresh:
                    tell(one.id)
            draft = self._digest(backlog_id, now) if len(brought) > self._most else None
            if draft is not None:
                letter = self._planner.letters.letter(draft)
                self._outbox.queue(f"backlog-{backlog_id}", None, [letter], self._targets, now=now)
        return bool(draft or fresh)

    def _put_in_order(self, backlog_id: int, go_on: Callable[[], bool]) -> bool:
        """Assess anew, in order of start, what was assessed before all of its past was there; whether it is done."""
        brought = {one.id for one in self._workouts.brought_by_backlog(backlog_id)}
        early = self._assessed_too_early(backlog_id)
        newest = early[-1] if early else None
        for begin in range(0, len(early), MOST_AT_ONCE):
            if not go_on():
                return False
            with self._store.write():
                for workout_id in early[begin : begin + MOST_AT_ONCE]:
                    # Was the newest, and told: then what it is now one brick with may be worth a word as well.
                    is_told = workout_id == newest and workout_id not in brought
                    self._planner.revise(workout_id, grown_by=brought if is_told else ())
        return True

    def _assessed_too_early(self, backlog_id: int) -> tuple[int, ...]:
        """Return the ids of the workouts whose past this backlog changed after they were assessed, oldest first."""
        ours = "files.backlog_id = ? AND files.status = 'workout'"
        first = "SELECT MIN(started_at) FROM workouts JOIN files ON files.workout_id = workouts.id WHERE backlog_id = ?"
        rows = self._store.rows(
            f"SELECT workouts.id, TOTAL({ours}) AS brought, TOTAL({ours} AND sha256 <> identity) AS replaced"  # noqa: S608 - ours
            " FROM workouts LEFT JOIN files ON files.workout_id = workouts.id"
            f" WHERE has_clock AND started_at >= ({first}) GROUP BY workouts.id ORDER BY started_at, workouts.id",
            [backlog_id, backlog_id, backlog_id],
        )
        first_id_after: float = math.inf
        begin = len(rows)
        for place in range(len(rows) - 1, -1, -1):
            row = rows[place]
            if row["replaced"] or (row["brought"] and first_id_after < row["id"]):
                begin = place
            first_id_after = min(first_id_after, row["id"])
        return tuple(int(row["id"]) for row in rows[begin:])

    def _fresh(self, brought: Sequence[StoredWorkout], now: datetime) -> list[StoredWorkout]:
        """Return the workouts worth a word of their own, oldest first: they ended a short while ago."""
        ended_after = now - self._late
        return [one for one in brought if one.has_clock and one.ended_at > ended_after]

    def _are_followed(self, fresh: Sequence[StoredWorkout]) -> bool:
        """Whether there are others later than all of these."""
        return bool(fresh and self._workouts.started_after(fresh[-1].started_at, limit=1))

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
            first_at=first,
            last_at=last,
            duplicates=counts.get("duplicate", 0),
            unreadable=counts.get("rejected", 0),
            now=now,
            first_ever=not self._outbox.disclaimed(),
            rules=self._rules,
            quiet_hours=self._quiet_hours,
            zone=zone,
        )
