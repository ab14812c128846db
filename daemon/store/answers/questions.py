"""About which workouts was the athlete asked, and how many questions in a row were left unanswered?"""

from datetime import datetime
from typing import Any

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.of_workout import said_of, workout_of
from hersteld.daemon.store.answers.rows import Answer, Kind, answers_of, given_answers
from hersteld.daemon.store.summaries import Summaries
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.recovery.answers.weights import side_of

_ASKED_TO_RATE = ("rpe", "duration")
"""How the load of a workout is known whose rating would change it; after any other the question was about a weight."""


def asked_at(store: Store, workout_id: int) -> datetime | None:
    """Return when the athlete was asked about a workout for the first time; None where nothing was asked."""
    rows = store.rows("SELECT asked_at FROM questions WHERE workout_id = ?", [workout_id])
    return from_iso(rows[0]["asked_at"]) if rows else None


def asks_to_rate(store: Store, workout_id: int) -> bool:
    """Return whether the athlete was asked to rate a workout, and has not."""
    rungs = store.rows("SELECT rung FROM workouts WHERE id = ?", [workout_id])
    is_of_rating = bool(rungs) and rungs[0]["rung"] in _ASKED_TO_RATE
    return is_of_rating and asked_at(store, workout_id) is not None and not answers_of(store, Kind.RPE, workout_id)


def ask_in(store: Store, workout_id: int, rule: str, now: datetime) -> None:
    """Remember that a message of a workout asks about it, where none does yet.

    Args:
        rule: Of the message.
    """
    store.change(
        "INSERT INTO questions (workout_id, rule, asked_at) VALUES (?, ?, ?) ON CONFLICT (workout_id) DO NOTHING",
        [workout_id, rule, iso(now)],
    )


def count_unanswered(store: Store) -> int:
    """Return how many questions were asked since the athlete last answered one, or might have; all, where never.

    An answer is a rating of any workout, or the weight after one. What a scale writes is none of the athlete's own
    accord; but it does answer a question about that very weight. What was taken back is as good as never given, and a
    question whose message reached nobody as never asked.
    """
    sql = (
        "SELECT questions.workout_id, asked_at, rung FROM questions JOIN workouts ON workouts.id = workout_id"
        " WHERE asked_at > COALESCE((SELECT MAX(given_at) FROM answers WHERE kind = ? AND undone_at IS NULL), '')"
        " AND 0 < COALESCE((SELECT MAX(state IN ('sending', 'sent', 'unknown')) FROM outbox"
        " WHERE outbox.workout_id = questions.workout_id AND outbox.kind = 'first'), 1)"
        " ORDER BY asked_at DESC"
    )
    questions = store.rows(sql, [Kind.RPE])
    weighed_at = _last_weighed_at(store) if questions else None
    count = 0
    for question in questions:
        is_before_weight = weighed_at is not None and from_iso(question["asked_at"]) <= weighed_at
        if is_before_weight or _is_answered_by_scales(store, question):
            break
        count += 1
    return count


def _last_weighed_at(store: Store) -> datetime | None:
    """Return when the athlete last said what they weighed after a workout; None where they never did."""
    newest_first = reversed(given_answers(store, Kind.WEIGHTS))
    return next((one.given_at for one in newest_first if _is_after(store, one)), None)


def _is_after(store: Store, answer: Answer) -> bool:
    """Return whether an answer holds the weight after a workout."""
    if "mass_kg" not in answer.values:
        return "after_kg" in answer.values
    workout = workout_of(store, answer)
    return workout is not None and side_of(answer.at, (workout.started_at, workout.ended_at)) == "after"


def _is_answered_by_scales(store: Store, question: dict[str, Any]) -> bool:
    """Return whether a workout was asked about whose weight afterwards is known by now."""
    if question["rung"] in _ASKED_TO_RATE:
        return False
    workout = Summaries(store).summary(int(question["workout_id"]))
    said = said_of(store, workout.id, workout.started_at, workout.ended_at, has_clock=workout.has_clock)
    return said.after_kg is not None
