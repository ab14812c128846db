"""What follows when the athlete says that a workout is to be forgotten, or that it was another sport?

The change, and from which workout on everything is to be assessed anew, are one transaction. A service that runs on the
same database assesses; where none does, this process assesses, and the next start of the service says what is left to
be said.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.release import release_forgotten, release_older
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import told_if_damaged
from hersteld.daemon.planning.planner import Planner
from hersteld.daemon.store.changes import (
    bring_back,
    device_names,
    forget,
    is_forgotten,
    tell_sport,
    told_sport,
    untell_sport,
)
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import DaemonError
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.told_sport import names_of, with_names, with_sport


class NoSuchWorkout(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """There is no workout to be changed like this."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from forgetting a workout.

    Attributes:
        later: How many later workouts are assessed anew.
        messages: How many messages of it wait, and are not sent.
    """

    later: int
    messages: int


class Changes:
    """Makes the changes that the athlete asks for.

    Attributes:
        report: Told how many workouts are assessed anew so far, and of how many, where this process does that.
    """

    report: Callable[[int, int], None]

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.report = lambda _done, _of: None
        self._workouts = Workouts(store)
        self._outbox = Outbox(store)
        self._assessor = Assessor(self._workouts, settings, clock)
        self._reassessment = Planner(store, settings, (), clock, finishes=False).reassessment

    def find(self, which: str, *, forgotten: bool = False) -> StoredWorkout:
        """Return the workout that is meant.

        Args:
            which: An id, or "last" for the last one that is not forgotten.
            forgotten: Whether it has to be a forgotten one.

        Raises:
            NoSuchWorkout: There is none, or it is forgotten and must not be, or the other way round.
        """
        if which == "last":
            newest = self._workouts.newest(1)
            if not newest:
                raise NoSuchWorkout("views.nothing_to_change")
            which = str(newest[0].id)
        try:
            workout = self._workouts.summary(int(which))
        except (KeyError, OverflowError, ValueError):
            raise NoSuchWorkout("views.no_such_workout", id=which) from None
        if is_forgotten(self._store, workout.id) and not forgotten:
            raise NoSuchWorkout("views.is_forgotten", id=which)
        if forgotten and not is_forgotten(self._store, workout.id):
            raise NoSuchWorkout("views.is_not_forgotten", id=which)
        return workout

    def consequences(self, workout: StoredWorkout) -> Consequences:
        """Return what would follow if a workout were forgotten."""
        waiting = sum(row.state == "pending" for row in self._outbox.of_workout(workout.identity))
        later = len(self._workouts.started_after(workout.started_at)) if workout.has_clock else 0
        return Consequences(later, waiting)

    def forget(self, workout: StoredWorkout) -> None:
        """Take a workout out of the history; no recording of the same activity will bring it back."""
        now = self._clock.now()
        with self._changing(workout.started_at if workout.has_clock else None, Cause.FORGOTTEN):
            forget(self._store, workout.id, now=now)
            self._outbox.cancel_of_workout(workout.id, now=now)
            if workout.has_clock:
                release_older(self._store, workout.started_at, now=now)

    def bring_back(self, workout: StoredWorkout) -> None:
        """Put a forgotten workout back into the history, as one that comes in late; nothing is said twice of it."""
        with self._changing(workout.started_at):
            bring_back(self._store, workout.id)
            if self._outbox.of_workout(
                workout.identity
            ):  # many at once, or an import, brought none, and bring none now
                release_forgotten(self._store, workout.id)
                self._workouts.set_untold(workout.id, is_untold=True)

    def tell_sport(self, workout: StoredWorkout, sport: str, sub_sport: str | None) -> None:
        """Let a workout count as one of another sport, whatever its device says."""
        with told_if_damaged(workout.id):
            whole = self._workouts.workout(workout.id)
        with self._changing(workout.started_at if workout.has_clock else None):
            names = device_names(self._store, workout.id) or names_of(whole)
            tell_sport(self._store, workout.id, sport, sub_sport, names)
            self._replace(workout, with_sport(whole, sport, sub_sport))

    def untell_sport(self, workout: StoredWorkout) -> None:
        """Let a workout count as what its device says.

        Raises:
            NoSuchWorkout: The athlete never said otherwise.
        """
        names = device_names(self._store, workout.id)
        if names is None or told_sport(self._store, workout.id) is None:
            raise NoSuchWorkout("views.no_sport_told", id=str(workout.id))
        with told_if_damaged(workout.id):
            whole = self._workouts.workout(workout.id)
        with self._changing(workout.started_at if workout.has_clock else None):
            untell_sport(self._store, workout.id)
            self._replace(workout, with_names(whole, names))

    def _replace(self, workout: StoredWorkout, whole: Workout) -> None:
        self._assessor.replace(workout.id, whole)

    @contextmanager
    def _changing(self, since: datetime | None, cause: Cause = Cause.ATHLETE) -> Iterator[None]:
        """Make a change in one transaction, and see to it that everything from a moment on is assessed anew.

        Args:
            since: None when nothing rests on the workout, as its device did not know the date.
            cause: Told to whoever is corrected.
        """
        with self._store.write():
            yield
            if since is not None:
                self._reassessment.mark_after(since, cause)
        service = daemon_at(self._store.path)
        if service is not None:
            service.wake()
            return
        self._reassessment.check_settings()
        of = self._reassessment.count_marked()
        while self._reassessment.assess_next():
            self.report(of - self._reassessment.count_marked(), of)
        self.report(of, of)
