"""What did the athlete say of a workout?

A rating is given to a workout. Weights are given at a moment, often before the workout is known, and belong to the
workout nearest in time; so the order in which weights and workouts come in makes no difference.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Answer, Kind, answers_between, answers_of
from hersteld.daemon.store.summaries import StoredWorkout, Summaries
from hersteld.daemon.system.clock import iso
from hersteld.recovery.answers.said import Said
from hersteld.recovery.answers.weights import REACH, Weights, nearest, said_by

_AROUND = 2 * REACH
"""So far from a workout another one may be that takes its weights."""
_TOLD = frozenset({"before_kg", "after_kg", "drunk_ml"})
"""What the last answer that says it settles; what was measured is told apart by its moment."""
_MASS = (
    "COALESCE(json_extract(value_json, '$.mass_kg'), json_extract(value_json, '$.before_kg'),"
    " json_extract(value_json, '$.after_kg'))"
)


def said_of(
    store: Store, workout_id: int | None, started_at: datetime, ended_at: datetime, *, has_clock: bool = True
) -> Said:
    """Return what was said of a workout and holds.

    Args:
        workout_id: None for a workout that is not stored yet.
        started_at, ended_at: Of the workout as far as it counts, aware UTC.
        has_clock: Whether its device knew the date; otherwise it has only what it was named with.
    """
    answers = answers_about(store, workout_id, started_at, ended_at, has_clock=has_clock)
    ratings = [float(one.values["rpe"]) for one in answers if one.kind is Kind.RPE]
    weights = [as_weights(one) for one in answers if one.kind is Kind.WEIGHTS]
    return said_by(weights, (started_at, ended_at), rpe=ratings[-1] if ratings else None)


def answers_about(
    store: Store, workout_id: int | None, started_at: datetime, ended_at: datetime, *, has_clock: bool = True
) -> tuple[Answer, ...]:
    """Return the rating of a workout that holds, and its weights, in the order in which they were given.

    Args:
        workout_id, started_at, ended_at, has_clock: As for `said_of`.
    """
    given: list[Answer] = []
    if workout_id is not None:
        given += answers_of(store, Kind.RPE, workout_id)[-1:]
        given += answers_of(store, Kind.WEIGHTS, workout_id)
    near = _near(store, started_at, ended_at) if has_clock else []
    if near:
        own = (started_at, ended_at)
        spans = [
            own,
            *(
                (one.started_at, one.ended_at)
                for one in Summaries(store).between(started_at - _AROUND, ended_at + _AROUND)
                if one.id != workout_id
            ),
        ]
        given += [one for one in near if nearest(as_weights(one), spans) == own]
    return tuple(sorted(given, key=lambda answer: answer.id))


def without_replaced(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return answers about one workout without what a later one of them says anew.

    Args:
        answers: In the order in which they were given.
    """
    kept: list[Answer] = []
    for index, answer in enumerate(answers):
        anew = {name for later in answers[index + 1 :] for name in later.values if name in _TOLD}
        values = {name: value for name, value in answer.values.items() if name not in anew}
        if values:
            kept.append(replace(answer, values=values))
    return tuple(kept)


def are_weights_near(store: Store, started_at: datetime, ended_at: datetime) -> bool:
    """Return whether there are weights that may belong to a workout by their moment."""
    return bool(_near(store, started_at, ended_at))


def workout_of(store: Store, answer: Answer) -> StoredWorkout | None:
    """Return the stored workout that weights belong to; None where there is none yet."""
    if answer.workout_id is not None:
        return Summaries(store).summary(answer.workout_id)
    found = {
        (one.started_at, one.ended_at): one for one in Summaries(store).between(answer.at - REACH, answer.at + REACH)
    }
    span = nearest(as_weights(answer), found)
    return None if span is None else found[span]


def weighed_mass_kg(store: Store, until: datetime) -> float | None:
    """Return the body mass by the last weights of a moment or before, in kg; None where there are none."""
    sql = (
        f"SELECT {_MASS} AS kg FROM answers WHERE kind = ? AND at <= ? AND undone_at IS NULL AND {_MASS} IS NOT NULL"  # noqa: S608
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
    others = Summaries(store).between(started_at - _AROUND, ended_at + _AROUND)
    return min([started_at, *(one.started_at for one in others)])


def first_weighed(store: Store, at: datetime) -> datetime:
    """Return from which moment on workouts are to be assessed anew when weights of a moment came or were taken back."""
    return min([at, *(one.started_at for one in Summaries(store).between(at - REACH, at + REACH))])


def as_weights(answer: Answer) -> Weights:
    """Return what an answer says of body mass and drink."""
    names = ("mass_kg", "before_kg", "after_kg", "drunk_ml")
    said = {name: float(answer.values[name]) for name in names if name in answer.values}
    return Weights(answer.at, answer.id, **said)


def _near(store: Store, started_at: datetime, ended_at: datetime) -> list[Answer]:
    """Return the weights that may belong to a workout by their moment."""
    found = answers_between(store, Kind.WEIGHTS, started_at - REACH, ended_at + REACH)
    return [one for one in found if one.workout_id is None]
