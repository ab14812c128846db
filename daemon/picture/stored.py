"""What does the picture beside a message show, when that leaves?"""

from hersteld.config.settings import Settings
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.daemon.picture.facts import facts_of
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import readable
from hersteld.daemon.store.answers.questions import asks_to_rate
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.recovery.messages.draft import MessageKind


class Pictures:
    """Finds the pictures of messages, in the store of one thread."""

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._assessor = Assessor(Workouts(store), settings, clock)
        self._settings = settings
        self._texts = load_texts(settings.notify.language, settings.notify.texts)
        self._clock = clock

    def of(self, row: OutboxRow) -> CardFacts | None:
        """Return the picture of a message that leaves now; None for one that has none.

        The first message of a workout has one, also where it is told again.
        """
        if row.kind is not MessageKind.FIRST or row.workout_id is None:
            return None
        whole = readable(self._assessor.stored_plan, row.workout_id)
        if whole is None:
            return None
        return facts_of(
            *whole,
            self._settings,
            self._texts,
            self._clock.zone(),
            read_at=self._clock.now(),
            asks=asks_to_rate(self._store, row.workout_id),
        )
