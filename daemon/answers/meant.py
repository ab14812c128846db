"""Which stored workout does the athlete mean?"""

from hersteld.config.showable import without_secrets_in
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, given_answers
from hersteld.daemon.store.changes import is_forgotten
from hersteld.daemon.store.summaries import StoredWorkout, Summaries
from hersteld.daemon.system.errors import DaemonError


class NoSuchWorkout(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """There is no workout to be changed like this."""


def find_workout(store: Store, which: str, *, forgotten: bool = False) -> StoredWorkout:
    """Return the workout that is meant.

    Args:
        which: An id, or "last" for the last one that is not forgotten.
        forgotten: Whether it has to be a forgotten one.

    Raises:
        NoSuchWorkout: There is none, or it is forgotten and must not be, or the other way round.
    """
    workouts = Summaries(store)
    if which == "last":
        newest = workouts.newest(1)
        if not newest:
            raise NoSuchWorkout("views.nothing_to_change")
        which = str(newest[0].id)
    try:
        workout = workouts.summary(int(which))
    except (KeyError, OverflowError, ValueError):
        raise NoSuchWorkout("views.no_such_workout", id=without_secrets_in(which)) from None
    if is_forgotten(store, workout.id) and not forgotten:
        raise NoSuchWorkout("views.is_forgotten", id=which)
    if forgotten and not is_forgotten(store, workout.id):
        raise NoSuchWorkout("views.is_not_forgotten", id=which)
    return workout


def find_answered(store: Store, kind: Kind, which: str | None) -> StoredWorkout:
    """Return the workout of which an answer is to be taken back.

    Args:
        kind: Of an answer about a workout.
        which: As for `find_workout`; None for the workout that an answer of the kind was given last. That of a workout
            that is forgotten waits until it is brought back.

    Raises:
        NoSuchWorkout: There is no such workout, it is forgotten, or no answer of the kind holds.
    """
    if which is not None:
        return find_workout(store, which)
    ids = [one.workout_id for one in given_answers(store, kind) if one.workout_id is not None]
    left = [workout_id for workout_id in reversed(ids) if not is_forgotten(store, workout_id)]
    if not left:
        raise NoSuchWorkout("answers.none_to_take_back")
    return find_workout(store, str(left[0]))
