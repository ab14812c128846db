"""When is there something new to tell Home Assistant?

When the database has changed, the date has, or a moment has passed by which the hours that are left become less. It is
asked after each round of the service's main loop, which reads and hands over, and waits for nobody.
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
        self._changes_at: datetime | None = None
        self._has_failed = False

    @property
    def untold(self) -> Line | None:
        """Why Home Assistant is not told, as a part of a sentence; None where it is, or is not to be."""
        return self._reporter.trouble if self._reporter is not None else None

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
        """Tell of the athlete what is new."""
        if self._reporter is None:
            return
        now = self._clock.now()
        seen = self._fingerprint(now)
        if seen == self._seen and not self._is_due(now):
            return
        try:
            if seen != self._seen or self._states is None:
                self._states = read_states(self._store, self._settings, now, self._clock.zone())
        except Exception as error:
            if is_of_the_machine(error):
                raise
            self._say_fault(error)  # a fault of ours must not keep the service from its work
            self._seen = seen
            return
        self._seen, self._changes_at = seen, self._states.told.next_hour_at(now)
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

    def _is_due(self, now: datetime) -> bool:
        return self._changes_at is not None and now >= self._changes_at

    def _fingerprint(self, now: datetime) -> tuple[int, int, date, str]:
        """Return what is another one once the database has changed, or the local date, or where the athlete is."""
        connection = self._store.db.conn
        (by_others,) = connection.execute("PRAGMA data_version").fetchone()
        zone = self._clock.zone()
        return connection.total_changes, int(by_others), now.astimezone(zone).date(), str(zone)

    def _say_fault(self, error: Exception) -> None:
        if not self._has_failed:
            self._has_failed = True
            log.error("%s", say("home_assistant.our_fault", fault=f"{type(error).__name__}: {error}"))


def _reporter(settings: Settings) -> "Reporter | None":
    if settings.home_assistant.broker is None:
        return None
    from hersteld.daemon.home_assistant.reporter import Reporter  # noqa: PLC0415 - as above

    return Reporter(settings.home_assistant)
