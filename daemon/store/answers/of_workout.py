"""What did the athlete say of a workout?

A rating is given to a workout. Weights are given at a moment, often before the workout is known, and belong to the
workout nearest in time; so the order in which weights and workouts come in makes no difference.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Answer, Kind, answers_between, answers_of
from hersteld.daemon.store.summaries import Summaries
from hersteld.daemon.system.clock import iso
from hersteld.recovery.answers.said import NOTHING, Said

REACH = timedelta(hours=3)
"""Weights that are farther from a workout than this belong to it only where the athlete says so."""


def said_of(store: Store, workout_id: int | None, started_at: datetime, ended_at: datetime) -> Said:
    """Return what was said of a workout and holds.

    Args:
        workout_id: None for a workout that is not stored yet.
        started_at, ended_at: Of the workout, aware UTC.
    """
    said: dict[str, float] = {}
    for one in answers_about(store, workout_id, started_at, ended_at):
        said |= {name: float(value) for name, value in one.values.items()}
    return Said(**said) if said else NOTHING


def answers_about(store: Store, workout_id: int | None, started_at: datetime, ended_at: datetime) -> tuple[Answer, ...]:
    """Return the rating of a workout that holds, and its weights, in the order in which they were given.

    Args:
        workout_id, started_at, ended_at: As for `said_of`.
    """
    given: list[Answer] = []
    if workout_id is not None:
        given += answers_of(store, Kind.RPE, workout_id)[-1:]
        given += answers_of(store, Kind.WEIGHTS, workout_id)
    if near := _near(store, started_at, ended_at):
        own = (started_at, ended_at)
        others = [
            (one.started_at, one.ended_at)
            for one in Summaries(store).between(started_at - 2 * REACH, ended_at + 2 * REACH)
            if one.id != workout_id
        ]
        given += [one for one in near if _nearest(one, [own, *others]) == own]
    return tuple(sorted(given, key=lambda answer: answer.id))


def weighed_mass_kg(store: Store, until: datetime) -> float | None:
    """Return the body mass by the last weights of a moment or before, in kg; None where there are none."""
    mass = "COALESCE(json_extract(value_json, '$.before_kg'), json_extract(value_json, '$.after_kg'))"
    sql = (
        f"SELECT {mass} AS kg FROM answers WHERE kind = ? AND at <= ? AND undone_at IS NULL AND {mass} IS NOT NULL"  # noqa: S608
        " ORDER BY at DESC, id DESC LIMIT 1"
    )
    rows = store.rows(sql, [Kind.WEIGHTS, iso(until)])
    return float(rows[0]["kg"]) if rows else None


def first_touched(store: Store, started_at: datetime, ended_at: datetime) -> datetime:
    """Return from which moment on workouts are to be assessed anew when one that was there is gone, or a new one came.

    Weights that were another workout's may belong to this one now, or the other way round.

    Args:
        started_at, ended_at: Of the workout that came or went, aware UTC.
    """
    if not _near(store, started_at, ended_at):
        return started_at
    others = Summaries(store).between(started_at - 2 * REACH, ended_at + 2 * REACH)
    return min([started_at, *(one.started_at for one in others)])


def _near(store: Store, started_at: datetime, ended_at: datetime) -> list[Answer]:
    """Return the weights that may belong to a workout by their moment."""
    found = answers_between(store, Kind.WEIGHTS, started_at - REACH, ended_at + REACH)
    return [one for one in found if one.workout_id is None and _distance(one, started_at, ended_at) <= REACH]


def _nearest(answer: Answer, workouts: Iterable[tuple[datetime, datetime]]) -> tuple[datetime, datetime]:
    return min(workouts, key=lambda one: (_distance(answer, *one), one))


def _distance(answer: Answer, started_at: datetime, ended_at: datetime) -> timedelta:
    """Return how far weights are from a workout; from its start where they were taken before one, else from its end."""
    edge = started_at if set(answer.values) == {"before_kg"} else ended_at
    return abs(answer.at - edge)
