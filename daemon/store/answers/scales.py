"""What did the scales write into files, and which of it counts as the athlete's body mass?"""

import json
from collections.abc import Iterable
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.recovery.nights.record import Weighing

_LAST_SAID = (
    "SELECT COALESCE(json_extract(value_json, '$.mass_kg'), json_extract(value_json, '$.before_kg'),"
    " json_extract(value_json, '$.after_kg')) AS kg FROM answers WHERE kind = ? AND source <> ? AND undone_at IS NULL"
    " AND kg IS NOT NULL ORDER BY at DESC, id DESC LIMIT 1"
)
_LAST_IN_FILE = (
    "SELECT json_extract(details, '$.profile.mass_kg') AS kg FROM workouts WHERE has_clock AND kg > 0"
    " ORDER BY started_at DESC LIMIT 1"
)


def store_measured(store: Store, weighings: Iterable[Weighing], *, now: datetime) -> None:
    """Remember masses of a scale; one that another file brought already is not stored twice."""
    known = {weighing for _, weighing, _ in measured(store)}
    for one in weighings:
        if one in known:
            continue
        known.add(one)
        values: dict[str, float | str] = {"mass_kg": one.mass_kg, "device": one.device}
        if one.user is not None:
            values["user"] = one.user
        add_answer(store, Kind.WEIGHTS, values, source=Source.FILE, workout_id=None, at=one.at, now=now)


def measured(store: Store) -> tuple[tuple[int, Weighing, bool], ...]:
    """Return all that scales measured, oldest first: the id of its row, what it is, and whether it counts."""
    rows = store.rows(
        "SELECT id, at, value_json, undone_at FROM answers WHERE kind = ? AND source = ? ORDER BY at, id",
        [Kind.WEIGHTS, Source.FILE],
    )
    found = []
    for row in rows:
        values = json.loads(row["value_json"])
        weighing = Weighing(from_iso(row["at"]), values["mass_kg"], values["device"], values.get("user"))
        found.append((int(row["id"]), weighing, row["undone_at"] is None))
    return tuple(found)


def set_counts(store: Store, row_id: int, *, counts: bool, now: datetime) -> None:
    """Let a mass of a scale count as the athlete's, or not."""
    store.change("UPDATE answers SET undone_at = ? WHERE id = ?", [None if counts else iso(now), row_id])


def known_besides(store: Store) -> float | None:
    """Return the body mass that the athlete said last, or else that of the newest file; None where neither is known."""
    rows = store.rows(_LAST_SAID, [Kind.WEIGHTS, Source.FILE]) or store.rows(_LAST_IN_FILE, [])
    return float(rows[0]["kg"]) if rows else None
