"""About which workouts was the athlete asked, and how many questions in a row were left unanswered?"""

from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind
from hersteld.daemon.system.clock import iso


def asks_in(store: Store, workout_id: int) -> str | None:
    """Return which message of a workout asks about it, by its rule; None where none does."""
    rows = store.rows("SELECT rule FROM questions WHERE workout_id = ?", [workout_id])
    return str(rows[0]["rule"]) if rows else None


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
    """Return how many questions were asked since the athlete rated any workout; all, where they never did.

    A rating that was taken back is as good as never given, and a question whose message reached nobody as never asked.
    """
    sql = (
        "SELECT COUNT(*) AS count FROM questions WHERE asked_at > COALESCE("
        "(SELECT MAX(given_at) FROM answers WHERE kind = ? AND undone_at IS NULL), '')"
        " AND 0 < COALESCE((SELECT MAX(state IN ('sending', 'sent', 'unknown')) FROM outbox"
        " WHERE outbox.workout_id = questions.workout_id AND outbox.rule = questions.rule), 1)"
    )
    return int(store.rows(sql, [Kind.RPE])[0]["count"])
