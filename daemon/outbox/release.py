"""Which messages that were cancelled may be queued anew, when a workout is forgotten, taken back or known better?

A message has one row for each target for ever, so that none is sent twice. What was never sent is taken out here, so
that it can be planned again.
"""

from collections.abc import Iterable
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import stored
from hersteld.daemon.system.clock import iso
from hersteld.parsers.line import Line

_OLDER = """
DELETE FROM outbox WHERE state = 'cancelled' AND attempts = 0 AND reason = ? AND expires_at > ?
    AND EXISTS (SELECT 1 FROM workouts WHERE id = workout_id AND started_at < ?)
"""
_OF_WORKOUT = """
DELETE FROM outbox WHERE workout_id = ? AND state = 'cancelled' AND reason = ?
    AND NOT (kind = 'first' AND EXISTS (
        SELECT 1 FROM outbox AS told WHERE told.workout_identity = outbox.workout_identity
            AND told.target = outbox.target AND told.kind = 'first' AND told.state IN ('sending', 'sent', 'unknown')
    ))
"""
_OF_RULE = """
DELETE FROM outbox WHERE workout_identity = ? AND rule = ? AND state = 'cancelled' AND attempts = 0
    AND reason IN (?, ?)
"""


def release_older(store: Store, started_at: datetime, *, now: datetime) -> int:
    """Release what was cancelled because newer workouts took its place, as one of these is forgotten.

    Args:
        started_at: When that one began; what is released is of earlier ones.

    Returns:
        How many rows.
    """
    return store.change(_OLDER, [stored(Line("delivery.newer_workout")), iso(now), iso(started_at)])


def release_forgotten(store: Store, workout_id: int) -> int:
    """Release what was cancelled of a workout when it was forgotten; return how many rows.

    A first message stays cancelled for a target that has had one in other words.
    """
    return store.change(_OF_WORKOUT, [workout_id, stored(Line("delivery.workout_forgotten"))])


def release_standing(store: Store, identity: str, rules: Iterable[str]) -> None:
    """Release messages of a workout that were cancelled while something else held, as they hold again.

    Args:
        identity: Of the workout.
        rules: Names of the messages.
    """
    reasons = [stored(Line(name)) for name in ("delivery.newer_workout", "delivery.workout_known_better")]
    for rule in rules:
        store.change(_OF_RULE, [identity, rule, *reasons])
