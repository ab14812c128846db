"""What has the athlete changed by hand: which workouts are forgotten, and which have another sport?

A forgotten workout is out of every past, because it counts as one whose device did not know the date.
"""

import json
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.recovery.athlete.told_sport import Names

# --- forgotten workouts


def forget(store: Store, workout_id: int, *, now: datetime) -> None:
    """Take a workout out of the history; it keeps its row."""
    store.change(
        "INSERT INTO forgotten (workout_id, had_clock, forgotten_at) SELECT id, has_clock, ? FROM workouts"
        " WHERE id = ? AND id NOT IN (SELECT workout_id FROM forgotten)",
        [iso(now), workout_id],
    )
    store.change("UPDATE workouts SET has_clock = 0, untold = 0 WHERE id = ?", [workout_id])


def bring_back(store: Store, workout_id: int) -> None:
    """Put a forgotten workout back into the history."""
    had_clock = "(SELECT had_clock FROM forgotten WHERE workout_id = id)"
    condition = "id = ? AND id IN (SELECT workout_id FROM forgotten)"
    store.change(f"UPDATE workouts SET has_clock = {had_clock} WHERE {condition}", [workout_id])  # noqa: S608 - ours
    store.change("DELETE FROM forgotten WHERE workout_id = ?", [workout_id])


def is_forgotten(store: Store, workout_id: int) -> bool:
    """Return whether the athlete wants a workout forgotten."""
    return bool(store.rows("SELECT 1 FROM forgotten WHERE workout_id = ?", [workout_id]))


def forgotten_ids(store: Store) -> tuple[int, ...]:
    """Return the ids of the forgotten workouts, the one that was forgotten last before the others."""
    rows = store.rows("SELECT workout_id FROM forgotten ORDER BY forgotten_at DESC, workout_id DESC")
    return tuple(int(row["workout_id"]) for row in rows)


def forgotten_times(store: Store) -> tuple[tuple[int, datetime, datetime], ...]:
    """Return id, start and end of each forgotten workout whose device knew the date."""
    rows = store.rows(
        "SELECT id, started_at, ended_at FROM forgotten CROSS JOIN workouts ON id = workout_id WHERE had_clock"
    )
    return tuple((int(row["id"]), from_iso(row["started_at"]), from_iso(row["ended_at"])) for row in rows)


# --- told sports


def tell_sport(store: Store, workout_id: int, sport: str, sub_sport: str | None, names: Names) -> None:
    """Remember the sport that the athlete says a workout was.

    Args:
        names: What the device says, to bring that back.
    """
    store.change(
        "INSERT OR REPLACE INTO told_sports (workout_id, sport, sub_sport, names) VALUES (?, ?, ?, ?)",
        [workout_id, sport, sub_sport, json.dumps(names)],
    )


def told_sport(store: Store, workout_id: int) -> tuple[str, str | None] | None:
    """Return sport and sub-sport that the athlete says a workout was; None when it is what the device says."""
    rows = store.rows("SELECT sport, sub_sport FROM told_sports WHERE workout_id = ?", [workout_id])
    return (rows[0]["sport"], rows[0]["sub_sport"]) if rows else None


def device_names(store: Store, workout_id: int) -> Names | None:
    """Return what the device says of a workout whose sport the athlete told; None for any other."""
    rows = store.rows("SELECT names FROM told_sports WHERE workout_id = ?", [workout_id])
    return tuple((sport, sub_sport) for sport, sub_sport in json.loads(rows[0]["names"])) if rows else None


def untell_sport(store: Store, workout_id: int) -> None:
    """Forget the sport that the athlete told."""
    store.change("DELETE FROM told_sports WHERE workout_id = ?", [workout_id])
