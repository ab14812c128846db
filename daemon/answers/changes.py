"""What follows when the athlete says that a workout is to be forgotten, or that it was another sport?

The change, and from which workout on everything is to be assessed anew, are one transaction. A service that runs on the
same database assesses; where none does, this process assesses, and the next start of the service says what is left to
be said.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hersteld.config.settings import Settings
from hersteld.daemon.answers.follow_up import FollowUp
from hersteld.daemon.answers.meant import NoSuchWorkout, find_workout
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.release import release_forgotten, release_older
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import told_if_damaged
from hersteld.daemon.planning.scale_users import judge_scale_users
from hersteld.daemon.store.answers.of_workout import first_touched
from hersteld.daemon.store.changes import (
    bring_back,
    device_names,
    forget,
    tell_sport,
    told_sport,
    untell_sport,
)
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.told_sport import names_of, with_names, with_sport


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
        follow_up: Assesses anew what rests on a change.
    """

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self.follow_up = FollowUp(store, settings, clock)
        self._workouts = Workouts(store)
        self._outbox = Outbox(store)
        self._assessor = Assessor(self._workouts, settings, clock)

    def find(self, which: str, *, forgotten: bool = False) -> StoredWorkout:
        """Return the workout that is meant; see `hersteld.daemon.answers.meant`."""
        return find_workout(self._store, which, forgotten=forgotten)

    def consequences(self, workout: StoredWorkout) -> Consequences:
        """Return what would follow if a workout were forgotten."""
        waiting = sum(row.waits for row in self._outbox.of_workout(workout.identity))
        later = len(self._workouts.started_after(workout.started_at)) if workout.has_clock else 0
        return Consequences(later, waiting)

    def forget(self, workout: StoredWorkout) -> None:
        """Take a workout out of the history; no recording of the same activity will bring it back.

        Raises:
            NoSuchWorkout: It was forgotten meanwhile.
        """
        now = self._clock.now()
        with self._changing(workout, Cause.FORGOTTEN) as current:
            forget(self._store, current.id, now=now)
            self._outbox.cancel_of_workout(current.id, now=now)
            if current.has_clock:
                release_older(self._store, current.started_at, now=now)

    def bring_back(self, workout: StoredWorkout) -> None:
        """Put a forgotten workout back into the history, as one that comes in late; nothing is sent a second time.

        Raises:
            NoSuchWorkout: It was brought back meanwhile.
        """
        with self._changing(workout, forgotten=True) as current:
            bring_back(self._store, current.id)
            # Many at once, or an import, brought no message, and bring none now.
            if self._outbox.of_workout(current.identity):
                release_forgotten(self._store, current.id)
                self._workouts.set_untold(current.id, is_untold=True)

    def tell_sport(self, workout: StoredWorkout, sport: str, sub_sport: str | None) -> None:
        """Let a workout count as one of another sport, whatever its device says.

        Raises:
            NoSuchWorkout: It was forgotten meanwhile.
            DamagedWorkout: It was damaged on disk.
        """
        with self._changing(workout) as current:
            whole = self._whole(current)
            names = device_names(self._store, current.id) or names_of(whole)
            tell_sport(self._store, current.id, sport, sub_sport, names)
            self._replace(current, with_sport(whole, sport, sub_sport))

    def untell_sport(self, workout: StoredWorkout) -> None:
        """Let a workout count as what its device says.

        Raises:
            NoSuchWorkout: The athlete never said otherwise, or it was forgotten meanwhile.
            DamagedWorkout: It was damaged on disk.
        """
        with self._changing(workout) as current:
            names = device_names(self._store, current.id)
            if names is None or told_sport(self._store, current.id) is None:
                raise NoSuchWorkout("views.no_sport_told", id=str(current.id))
            whole = self._whole(current)
            untell_sport(self._store, current.id)
            self._replace(current, with_names(whole, names))

    def _replace(self, stored: StoredWorkout, workout: Workout) -> None:
        """Put a workout of another sport in the place of the stored one, as a better recording is put there.

        What asked for too little to be told may be worth a word now.
        """
        self._assessor.replace(stored.id, workout)
        self._workouts.set_untold(stored.id, is_untold=stored.has_clock)

    def _whole(self, workout: StoredWorkout) -> Workout:
        with told_if_damaged(workout.id):
            return self._workouts.workout(workout.id)

    @contextmanager
    def _changing(
        self, workout: StoredWorkout, cause: Cause = Cause.ATHLETE, *, forgotten: bool = False
    ) -> Iterator[StoredWorkout]:
        """Change a workout in one transaction, and see to it that what rests on it is assessed anew.

        Nothing rests on one whose device did not know the date. Yields the workout as it is within the transaction:
        another process may have forgotten it, or stored a better recording, since it was found.

        Args:
            cause: Told to whoever is corrected.
            forgotten: Whether it has to be a forgotten one.
        """
        with self._store.write():
            current = self.find(str(workout.id), forgotten=forgotten)
            yield current
            judge_scale_users(self._store, self._settings, self.follow_up.reassessment, self._clock.now())
            if current.has_clock or self._workouts.summary(current.id).has_clock:
                since = first_touched(self._store, current.started_at, current.ended_at)
                self.follow_up.reassessment.mark_after(since, cause)
        self.follow_up.run()
