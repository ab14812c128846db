"""Which answers did the athlete give, where, and which of them hold?

One table for every kind of answer. A later answer to the same question comes before an earlier one, which holds again
once the later one is taken back: an answer that was taken back is as good as never given.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import from_iso, iso

Value = float | str
"""A number, or a word."""


class Kind(StrEnum):
    """What is answered; the values are stored, so they never change."""

    RPE = "rpe"
    """How hard a workout was: `rpe`, 1..10; of a tap `sent_at`, too, the ISO text of when the server took it."""
    WEIGHTS = "weights"
    """Body mass and drink around a workout: `mass_kg` as measured, or any of `before_kg`, `after_kg`, `drunk_ml`."""
    DONE = "done"
    """An advice was followed: `advice`."""
    TQR = "tqr"
    """How recovered the athlete feels: `tqr`, 6..20."""
    RESTING_HR = "resting_hr"
    """The resting heart rate of a morning: `bpm`."""
    PAUSE = "pause"
    """No training: `why`, and `until`, the ISO text of the moment, where it was said."""
    FORGET = "forget"
    """What was learned up to now counts no more: `what`, "sweat" or "rpe"."""


class Source(StrEnum):
    """Where an answer was given; the values are stored, so they never change."""

    COMMAND = "command"
    NTFY = "ntfy"
    DESKTOP = "desktop"
    FILE = "file"
    """Not said, but written by a scale."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the athlete.

    Attributes:
        workout_id: The workout it was said of; None for one that belongs to a day, or to a workout by its moment.
        at: The moment it speaks of, aware UTC.
        values: What was answered; the keys are those of its kind.
        given_at: When it was given, aware UTC.
    """

    id: int
    kind: Kind
    workout_id: int | None
    at: datetime
    values: Mapping[str, Value]
    source: Source
    given_at: datetime


def add_answer(
    store: Store,
    kind: Kind,
    values: Mapping[str, Value],
    *,
    source: Source,
    workout_id: int | None,
    at: datetime,
    now: datetime,
) -> int:
    """Store an answer, and return its id.

    Args:
        workout_id, at: As for `Answer`.
    """
    return store.insert(
        "answers",
        {
            "kind": kind,
            "workout_id": workout_id,
            "at": iso(at),
            "value_json": json.dumps(dict(values), separators=(",", ":")),
            "source": source,
            "given_at": iso(now),
        },
    )


def take_back(store: Store, answer_id: int, *, now: datetime) -> None:
    """Let an answer hold no more."""
    store.change("UPDATE answers SET undone_at = ? WHERE id = ? AND undone_at IS NULL", [iso(now), answer_id])


def take_back_values(store: Store, answer_id: int, names: Collection[str]) -> None:
    """Let an answer say nothing of some of its values any more; what else it says holds."""
    for name in names:
        store.change(
            "UPDATE answers SET value_json = json_remove(value_json, ?) WHERE id = ?", [f"$.{name}", answer_id]
        )


def answers_of(store: Store, kind: Kind, workout_id: int) -> tuple[Answer, ...]:
    """Return the answers of a kind that were given to a workout and hold, in the order in which they were given."""
    return _where(store, "kind = ? AND workout_id = ?", [kind, workout_id])


def answers_between(store: Store, kind: Kind, start: datetime, end: datetime) -> tuple[Answer, ...]:
    """Return the answers of a kind that hold and speak of moments in a stretch of time, in the order given."""
    return _where(store, "kind = ? AND at >= ? AND at <= ?", [kind, iso(start), iso(end)])


def given_answers(store: Store, kind: Kind) -> tuple[Answer, ...]:
    """Return the answers of a kind that the athlete gave, in no file, and that hold, in the order given."""
    return _where(store, "kind = ? AND source <> ?", [kind, Source.FILE])


def answers_of_kind(store: Store, kind: Kind) -> tuple[Answer, ...]:
    """Return all answers of a kind that hold, by the moment they speak of."""
    return tuple(sorted(_where(store, "kind = ?", [kind]), key=lambda answer: (answer.at, answer.id)))


def last_answer(store: Store, kind: Kind) -> Answer | None:
    """Return the answer of a kind that was given last and holds; None when there is none."""
    return next(iter(_where(store, "kind = ?", [kind])[::-1]), None)


def last_changed(store: Store) -> Answer | None:
    """Return the answer that the athlete gave last; None where there is none, or one was taken back since."""
    sql = (
        "SELECT * FROM answers WHERE source <> ?"
        " ORDER BY MAX(given_at, COALESCE(undone_at, given_at)) DESC, id DESC LIMIT 1"
    )
    rows = store.rows(sql, [Source.FILE])
    return _answer(rows[0]) if rows and rows[0]["undone_at"] is None else None


def _where(store: Store, condition: str, values: Sequence[object]) -> tuple[Answer, ...]:
    sql = f"SELECT * FROM answers WHERE {condition} AND undone_at IS NULL ORDER BY id"  # noqa: S608 - the words are ours
    return tuple(map(_answer, store.rows(sql, values)))


def _answer(row: dict[str, Any]) -> Answer:
    return Answer(
        id=int(row["id"]),
        kind=Kind(row["kind"]),
        workout_id=row["workout_id"],
        at=from_iso(row["at"]),
        values=json.loads(row["value_json"]),
        source=Source(row["source"]),
        given_at=from_iso(row["given_at"]),
    )
