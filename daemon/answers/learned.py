"""How does the athlete have what was learned forgotten, or count again?"""

from datetime import UTC, datetime

from hersteld.config.settings import Settings
from hersteld.daemon.answers.answers import BadAnswer
from hersteld.daemon.answers.follow_up import FollowUp
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.lessons import LESSONS
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer, answers_between, last_answer, take_back
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.system.clock import Clock

_BEGINNING = datetime.min.replace(tzinfo=UTC)


class Forgetting:
    """Lets what was learned count no more.

    Attributes:
        follow_up: Assesses anew what rests on it.
    """

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.follow_up = FollowUp(store, settings, clock)

    def forget_all(self) -> None:
        """Let nothing of it count, until answers about later workouts teach anew."""
        now = self._clock.now()
        with self._store.write():
            for what in LESSONS:
                values = {"what": what}
                add_answer(self._store, Kind.FORGET, values, source=Source.COMMAND, workout_id=None, at=now, now=now)
            self.follow_up.reassessment.mark(_BEGINNING, Cause.ANSWER)
        self.follow_up.run()

    def remember(self) -> None:
        """Let count again what was forgotten last.

        Raises:
            BadAnswer: Nothing was forgotten.
        """
        with self._store.write():
            last = last_answer(self._store, Kind.FORGET)
            if last is None:
                raise BadAnswer("learned.nothing_forgotten")
            for one in answers_between(self._store, Kind.FORGET, last.at, last.at):
                take_back(self._store, one.id, now=self._clock.now())
            self.follow_up.reassessment.mark(_BEGINNING, Cause.ANSWER)
        self.follow_up.run()
