"""From which earlier workouts is something learned of the athlete?

What the athlete forgets counts no more, so that only what is answered from then on teaches anew.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.recovery.athlete.history import SweatSample
from hersteld.recovery.athlete.sport_families import family_of
from hersteld.recovery.rules import Rules

if TYPE_CHECKING:  # imports numpy, for which `hersteld status` must not wait
    from hersteld.recovery.learning.lessons import Lesson

MOST = 100
"""So many of the newest are enough: the athlete of years ago was another one."""

LESSONS = ("sweat", "rpe")
"""What can be learned, and forgotten."""

_SWEAT = "CASE WHEN json_valid(assessment) THEN json_extract(assessment, '$.sweat_ml_per_kcal') END"
_IN_FILE = "CASE WHEN json_valid(details) THEN json_extract(details, '$.vendor.rpe') END"
# The expressions of partial indexes, letter by letter: SQLite would not use the indexes otherwise.
_SWEATS = (
    f"SELECT id, {_SWEAT} AS ml_per_kcal, json_extract(assessment, '$.sweat_c') AS sweat_c FROM workouts"  # noqa: S608
    f" WHERE {_SWEAT} IS NOT NULL AND started_at > ? AND started_at < ? AND has_clock"
    f" ORDER BY started_at DESC LIMIT {MOST}"
)
_IN_FILES = (
    f"SELECT id, sport, sub_sport, {_IN_FILE} AS rpe, started_at FROM workouts"  # noqa: S608
    f" WHERE {_IN_FILE} IS NOT NULL AND started_at > ? AND started_at < ? AND has_clock"
    f" ORDER BY started_at DESC LIMIT {MOST}"
)
_SAID = (
    "SELECT workouts.id AS id, sport, sub_sport, json_extract(value_json, '$.rpe') AS rpe, started_at FROM answers"  # noqa: S608
    " JOIN workouts ON workouts.id = workout_id WHERE kind = ? AND undone_at IS NULL AND started_at > ?"
    f" AND started_at < ? AND has_clock ORDER BY answers.id DESC LIMIT {2 * MOST}"
)
_ALWAYS = datetime.min.replace(tzinfo=UTC)
_EVER = datetime.max.replace(tzinfo=UTC)


def all_lessons(store: Store, rules: Rules) -> "tuple[Lesson, ...]":
    """Return all that is learned by now."""
    sweats, ratings = sweats_before(store, _EVER), ratings_before(store, _EVER)
    if not sweats and not ratings:
        return ()
    from hersteld.recovery.learning.lessons import lessons  # noqa: PLC0415 - most athletes weigh and rate nothing

    return lessons(sweats, ratings, rules)


def forgotten_at(store: Store, what: str) -> datetime:
    """Return when the athlete last had something forgotten that was learned; the begin of time where that never was.

    Args:
        what: "sweat" or "rpe".
    """
    rows = store.rows(
        "SELECT MAX(at) AS at FROM answers WHERE kind = ? AND undone_at IS NULL"
        " AND json_extract(value_json, '$.what') = ?",
        [Kind.FORGET, what],
    )
    return from_iso(rows[0]["at"]) if rows and rows[0]["at"] else _ALWAYS


def sweats_before(store: Store, moment: datetime, without: Collection[int] = ()) -> tuple[SweatSample, ...]:
    """Return what the scales said of the sweat of workouts that began before a moment, newest first.

    Args:
        without: Ids to leave out.
    """
    rows = store.rows(_SWEATS, [iso(forgotten_at(store, "sweat")), iso(moment)])
    return tuple(SweatSample(row["ml_per_kcal"], row["sweat_c"]) for row in rows if row["id"] not in without)


def ratings_before(store: Store, moment: datetime, without: Collection[int] = ()) -> tuple[tuple[str, float], ...]:
    """Return the family and the rating of workouts that began before a moment; what was said comes before the file's.

    Args:
        without: Ids to leave out.
    """
    times = [iso(forgotten_at(store, "rpe")), iso(moment)]
    found: dict[int, tuple[str, str, float]] = {}
    for row in (*store.rows(_SAID, [Kind.RPE, *times]), *store.rows(_IN_FILES, times)):
        if row["id"] not in without and row["id"] not in found and row["rpe"] >= 1:
            found[row["id"]] = (row["started_at"], family_of(row["sport"], row["sub_sport"]), float(row["rpe"]))
    newest = sorted(found.values(), reverse=True)[:MOST]
    return tuple((family, rating) for _, family, rating in newest)
