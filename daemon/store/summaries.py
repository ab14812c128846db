"""Which workouts are known, in a line each?

This is apart from the whole workouts, as a list needs neither numpy nor models, and both take long to import.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.recovery.advice import Clock, Grade, Intensity, Rung
from hersteld.recovery.athlete.ages import Ages, ages_in
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.rules import AthleteRules

_LONGEST_REST = timedelta(days=14)
"""No workout is so long ago when the rest that it asked for is over."""


@dataclass(frozen=True, slots=True)
class StoredWorkout:
    """A workout without its samples, as lists and decisions need it; each field is a column of the table."""

    id: int
    identity: str
    started_at: datetime
    ended_at: datetime
    has_clock: bool
    sport: str
    sub_sport: str | None
    device: str | None
    timer_s: float
    distance_m: float | None
    salvaged: bool
    load: float
    rung: Rung
    grade: Grade
    intensity: Intensity
    hard: bool
    very_hard: bool
    gentle: bool
    clock_h: float
    decided_by: Clock
    trained_at: datetime
    brick_after: int | None
    recovery_h: float
    easy_from: datetime | None
    ready_at: datetime | None
    ready_other_at: datetime | None
    easy_week_until: datetime | None
    resting_muscles: tuple[str, ...]
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class NewestAges:
    """The ages by the newest workout whose file knows one.

    Attributes:
        year: In which the ages are reached: that of the workout.
    """

    workout_id: int
    year: int
    ages: Ages


_NEWEST_AGES = (
    "SELECT id, ended_at, json_extract(details, '$.profile.birth_year') AS birth_year,"
    " json_extract(details, '$.profile.age') AS age FROM workouts WHERE has_clock"
    " AND COALESCE(json_extract(details, '$.profile.birth_year'), json_extract(details, '$.profile.age')) IS NOT NULL"
    " ORDER BY ended_at DESC, id DESC LIMIT 1"
)
_SUMMARY = ", ".join(StoredWorkout.__dataclass_fields__)
_NOT_FORGOTTEN = "id NOT IN (SELECT workout_id FROM forgotten)"
_TIMES = (
    *("started_at", "ended_at", "trained_at", "easy_from", "ready_at", "ready_other_at", "easy_week_until"),
    "stored_at",
)
_FLAGS = ("has_clock", "salvaged", "hard", "very_hard", "gentle")


class Summaries:
    """The workouts in the store of one thread, without their samples."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def summary(self, workout_id: int) -> StoredWorkout:
        """Return one workout without its samples.

        Raises:
            KeyError: There is none.
        """
        rows = self._where("id = ?", [workout_id])
        if not rows:
            raise KeyError(workout_id)
        return rows[0]

    def newest(self, limit: int) -> tuple[StoredWorkout, ...]:
        """Return the last workouts that are not forgotten, newest first."""
        return self._where(f"{_NOT_FORGOTTEN} ORDER BY started_at DESC, id DESC LIMIT ?", [limit])

    def latest(self) -> StoredWorkout | None:
        """Return the last workout with a trustworthy clock: the one whose plan counts."""
        return next(iter(self._where("has_clock ORDER BY started_at DESC, id DESC LIMIT 1", [])), None)

    def rest_day_until(self, last: StoredWorkout) -> date | None:
        """Return the day on which a beginner trains again; None where no rest day is named.

        Args:
            last: Whose readiness holds; it may be a walk, which leaves the rest day of an earlier workout standing.
        """
        if last.ready_at is None:
            return None
        rows = self._store.rows(
            "SELECT json_extract(assessment, '$.next_training_on') AS day FROM workouts WHERE has_clock"
            " AND ready_at = ? AND started_at <= ? AND started_at >= ? AND day IS NOT NULL"
            " ORDER BY started_at DESC, id DESC LIMIT 1",
            [iso(last.ready_at), iso(last.started_at), iso(last.started_at - _LONGEST_REST)],
        )
        return date.fromisoformat(rows[0]["day"]) if rows else None

    def parts(self, workout_id: int) -> tuple[int, ...]:
        """Return the ids of a brick up to this workout, in order; only this one when it continues no other."""
        ids: list[int] = []
        part: int | None = workout_id
        while part is not None and part not in ids:
            ids.insert(0, part)
            part = self.summary(part).brick_after
        return tuple(ids)

    def between(self, start: datetime, end: datetime) -> tuple[StoredWorkout, ...]:
        """Return the workouts with a trustworthy clock that touch this stretch of time, oldest first."""
        first = start - reach_of(self._store)  # no workout that began before has lasted until then
        return self._where(
            "has_clock AND started_at >= ? AND started_at <= ? AND ended_at >= ? ORDER BY started_at, id",
            [iso(first), iso(end), iso(start)],
        )

    def started_after(self, moment: datetime, *, limit: int = -1) -> tuple[StoredWorkout, ...]:
        """Return the workouts with a trustworthy clock that began later, oldest first.

        Args:
            limit: The most to return; -1 for all.
        """
        return self._where("has_clock AND started_at > ? ORDER BY started_at, id LIMIT ?", [iso(moment), limit])

    def untold(self) -> tuple[StoredWorkout, ...]:
        """Return the workouts whose messages wait until those that followed them are assessed anew, oldest first."""
        return self._where("untold ORDER BY started_at, id", [])

    def with_waiting_messages(self) -> tuple[int, ...]:
        """Return the ids of the workouts of which messages wait to be sent."""
        waits = "(state = 'pending' OR (state = 'unknown' AND tries_left > 0))"
        sql = f"SELECT DISTINCT workout_id FROM outbox WHERE {waits} AND workout_id IS NOT NULL"  # noqa: S608 - ours
        return tuple(int(row["workout_id"]) for row in self._store.rows(sql))

    def latest_planned(self) -> StoredWorkout | None:
        """Return the last workout with a plan that says when to train again; None when there is none."""
        told = "EXISTS (SELECT 1 FROM advice WHERE workout_id = workouts.id AND key = 'rest')"
        return next(iter(self._where(f"has_clock AND {told} ORDER BY started_at DESC, id DESC LIMIT 1", [])), None)

    def from_place(self, started_at: datetime, workout_id: int, *, limit: int) -> tuple[StoredWorkout, ...]:
        """Return so many workouts with a trustworthy clock from a place in the order of start on, oldest first."""
        return self._where(
            "has_clock AND (started_at, id) >= (?, ?) ORDER BY started_at, id LIMIT ?",
            [iso(started_at), workout_id, limit],
        )

    def count_from(self, started_at: datetime, workout_id: int) -> int:
        """Return how many workouts with a trustworthy clock there are from a place in the order of start on."""
        sql = "SELECT COUNT(*) FROM workouts WHERE has_clock AND (started_at, id) >= (?, ?)"
        (count,) = self._store.db.execute(sql, (iso(started_at), workout_id)).fetchone()
        return int(count)

    def brought_by_backlog(self, backlog_id: int) -> tuple[StoredWorkout, ...]:
        """Return the workouts that a backlog brought first, oldest first."""
        brought = "SELECT sha256 FROM files WHERE backlog_id = ?"
        return self._where(f"identity IN ({brought}) ORDER BY started_at, id", [backlog_id])

    def followers(self, workout_id: int) -> tuple[StoredWorkout, ...]:
        """Return the workouts that continue this one as a brick, but for those that are forgotten."""
        return self._where("has_clock AND brick_after = ? ORDER BY started_at, id", [workout_id])

    def newest_ages(self, configured_birth_year: int | None) -> NewestAges | None:
        """Return the ages in the year of the newest workout whose file knows one; None where no file does."""
        for row in self._store.rows(_NEWEST_AGES, []):
            year = from_iso(row["ended_at"]).year
            ages = ages_in(
                year,
                configured_birth_year=configured_birth_year,
                birth_year_in_file=row["birth_year"],
                age_in_file=row["age"],
            )
            return NewestAges(int(row["id"]), year, ages)
        return None

    def is_adult(self, athlete: Athlete, rules: AthleteRules, now: datetime) -> bool:
        """Return whether neither the configuration nor the newest file that knows an age allows a minor."""
        newest = self.newest_ages(athlete.birth_year)
        if newest is None:
            ages = ages_in(
                now.year, configured_birth_year=athlete.birth_year, birth_year_in_file=None, age_in_file=None
            )
        else:
            ages = newest.ages.later(now.year - newest.year)
        return ages.is_adult(rules)

    def _where(self, condition: str, parameters: list[object]) -> tuple[StoredWorkout, ...]:
        sql = f"SELECT {_SUMMARY} FROM workouts WHERE {condition}"  # noqa: S608 - conditions are those above
        return tuple(_stored(row) for row in self._store.rows(sql, parameters))


def reach_of(store: Store) -> timedelta:
    """Return the longest time from the start of a workout to its end, or to the end of the wait that it brought."""
    row = store.db.execute(
        # The expression of the index workouts_by_reach, letter by letter: SQLite would not use the index otherwise.
        "SELECT julianday(MAX(ended_at, COALESCE(ready_at, ''), COALESCE(easy_from, ''))) - julianday(started_at)"
        " AS days FROM workouts WHERE has_clock ORDER BY days DESC LIMIT 1"
    ).fetchone()
    return timedelta(days=row[0], seconds=1) if row else timedelta()


def _stored(row: dict[str, Any]) -> StoredWorkout:
    times = {name: _moment(row[name]) for name in _TIMES}
    flags = {name: bool(row[name]) for name in _FLAGS}
    return StoredWorkout(**{**row, **times, **flags, "resting_muscles": tuple(json.loads(row["resting_muscles"]))})


def _moment(text: str | None) -> datetime | None:
    return from_iso(text) if text else None
