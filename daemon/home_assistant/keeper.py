"""When is there something new to tell Home Assistant?

When the database has changed, the date has, or the hours that are left have become less. That is asked in each round
of the service's main loop, which reads and hands over, and waits for nobody.
"""

import logging
from datetime import date, datetime
from typing import TYPE_CHECKING

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.health.trouble import Trouble
from hersteld.daemon.home_assistant.discovery import discovery
from hersteld.daemon.home_assistant.sensors import topics_of
from hersteld.daemon.home_assistant.states import States, health_payload, read_states
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import is_of_the_machine
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line

if TYPE_CHECKING:  # whoever names no broker needs nothing of it
    from hersteld.daemon.home_assistant.reporter import Reporter

log = logging.getLogger(__name__)


class HomeAssistantKeeper:
    """Keeps Home Assistant told of the athlete and the service; nothing at all, where no broker is configured."""

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._topics = topics_of(settings.home_assistant)
        self._reporter = _reporter(settings)
        self._states: States | None = None
        self._seen: tuple[object, ...] | None = None
        self._fault: Line | None = None

    @property
    def untold(self) -> Line | None:
        """Why Home Assistant is not told, as a part of a sentence; None where it is, or is not to be."""
        return self._fault or (self._reporter.trouble if self._reporter is not None else None)

    def start(self) -> None:
        """Begin to tell.

        Raises:
            NoThread: The machine gives us none.
        """
        if self._reporter is not None:
            voice = Voice(self._settings.notify, self._clock.zone())
            self._reporter.tell(self._topics.discovery, discovery(self._settings.home_assistant, voice.line))
            self._reporter.start()

    def keep(self) -> None:
        """Tell of the athlete what is new; what was told before is not sent again."""
        if self._reporter is None:
            return
        now = self._clock.now()
        seen = self._fingerprint(now)
        if seen != self._seen:
            try:
                self._states = read_states(self._store, self._settings, now, self._clock.zone())
            except Exception as error:
                if is_of_the_machine(error):
                    raise
                self._note_fault(error)  # one of ours must not keep the service from its work
            else:
                self._fault = None
            self._seen = seen
        if self._states is not None:
            self._reporter.tell(self._topics.state, self._states.payload(now))

    def tell_health(self, trouble: Trouble | None) -> None:
        """Tell whether the service is well.

        Args:
            trouble: What keeps it from its work; None while it is well.
        """
        if self._reporter is not None:
            self._reporter.tell(self._topics.health, health_payload(None if trouble is None else trouble.id))

    def close(self) -> None:
        """Say that the service is away, and tell nothing more."""
        if self._reporter is not None:
            self._reporter.close()

    def _fingerprint(self, now: datetime) -> tuple[int, int, date, str]:
        """Return what is another one once the database has changed, or the local date, or where the athlete is."""
        connection = self._store.db.conn
        (by_others,) = connection.execute("PRAGMA data_version").fetchone()
        zone = self._clock.zone()
        return connection.total_changes, int(by_others), now.astimezone(zone).date(), str(zone)

    def _note_fault(self, error: Exception) -> None:
        if self._fault is None:
            log.error("%s", say("home_assistant.our_fault", fault=f"{type(error).__name__}: {error}"))
        self._fault = Line("inbox.our_fault")


def _reporter(settings: Settings) -> "Reporter | None":
    if settings.home_assistant.broker is None:
        return None
    from hersteld.daemon.home_assistant.reporter import Reporter  # noqa: PLC0415 - as above

    return Reporter(settings.home_assistant)
