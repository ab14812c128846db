"""Which rating of which workout was heard, so that a correction that follows from it can say so?

Who tapped below the message of another workout, or on another number than was meant, notices by that alone.
"""

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, last_changed
from hersteld.daemon.store.summaries import Summaries
from hersteld.parsers.line import Line
from hersteld.recovery.athlete.sport_families import word_of


def heard(store: Store) -> Line | None:
    """Return the first line of a correction for a rating; None where something else was said or taken back since."""
    last = last_changed(store)
    if last is None or last.kind is not Kind.RPE or last.workout_id is None:
        return None
    workout = Summaries(store).summary(last.workout_id)
    if not workout.has_clock:
        return None
    sport = "multisport" if workout.sport == "multisport" else word_of(workout.sport, workout.sub_sport)
    return Line("correction_rated", {"sport": sport, "at": workout.started_at, "rpe": last.values["rpe"]})
