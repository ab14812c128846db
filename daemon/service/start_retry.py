"""What if the database cannot be used when the service starts?

What may pass is waited for, as a folder that is missing is: a disk that is full or may only be read, a folder that is
not ours, another program that keeps the database locked. A service that ended instead would be started again by
systemd only so many times. What cannot pass by itself ends it: damage, a newer version's database, or a
fault of our own.
"""

import logging
import sqlite3
import threading
from pathlib import Path

from hersteld.config.texts.speech import say
from hersteld.daemon.database.faults import StoreUnusable, fault_of, may_pass
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.systemd import Systemd

log = logging.getLogger(__name__)

_FIRST_PAUSE_S, _LAST_PAUSE_S = 1.0, 60.0


class StartRetry:
    """Waits for a database, ever longer, and says once why.

    Args:
        wake: Ends a pause.
    """

    def __init__(self, database: Path, clock: Clock, systemd: Systemd, wake: threading.Event) -> None:
        self._database = database
        self._clock = clock
        self._systemd = systemd
        self._wake = wake
        self._pause_s = _FIRST_PAUSE_S
        self._told = ""

    def wait_for(self, error: StoreUnusable | sqlite3.Error) -> None:
        """Wait for a while after an error; systemd hears that the start is complete and that we are alive.

        Raises:
            StoreUnusable: It is one that does not pass by itself.
        """
        unusable = error if isinstance(error, StoreUnusable) else StoreUnusable(fault_of(error, self._database))
        if not may_pass(unusable):
            raise unusable from error
        if str(unusable) != self._told:
            self._told = str(unusable)
            log.error(say("service.cannot_begin", fault=self._told))
        self._systemd.notify_ready()
        self._systemd.notify_watchdog()
        self._clock.wait(self._wake, min(self._pause_s, self._systemd.watchdog_period_s or _LAST_PAUSE_S))
        self._wake.clear()
        self._systemd.notify_watchdog()
        self._pause_s = min(_LAST_PAUSE_S, 2 * self._pause_s)
