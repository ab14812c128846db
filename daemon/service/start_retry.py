"""What if the database cannot be used when the service starts?

What may pass is waited for, as a folder that is missing is: a disk that is full or may only be read, a folder that is
not ours, another program that keeps the database locked. A service that ended instead would be started again by
systemd only so many times. What cannot pass by itself ends it: damage, a newer version's database, or a
fault of our own.
Whoever waits holds the lock, where that can be had, and lets it be known how things are, as one that works does.
"""

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable, fault_of, may_pass
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.health.keeper import ROUND_S, HealthKeeper
from hersteld.daemon.health.trouble import Trouble
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.systemd import Systemd

log = logging.getLogger(__name__)

_FIRST_PAUSE_S, _LAST_PAUSE_S = 1.0, ROUND_S


Serve = Callable[[Store, DatabaseLock], None]


class StartRetry:
    """Waits for a database, ever longer, and says why: once in the log, and in the record of how the service is.

    Args:
        health: That record, and who has it told.
        wake: Ends a pause.
        stopping: Set when the service is to stop.
    """

    def __init__(
        self,
        database: Path,
        health: HealthKeeper,
        clock: Clock,
        systemd: Systemd,
        wake: threading.Event,
        stopping: threading.Event,
    ) -> None:
        self._database = database
        self._health = health
        self._clock = clock
        self._systemd = systemd
        self._wake = wake
        self._stopping = stopping
        self._pause_s = _FIRST_PAUSE_S
        self._told = ""

    def serve(self, serve: Serve, has_begun: Callable[[], bool]) -> None:
        """Serve on the database as soon as it can be used.

        Args:
            has_begun: Says whether serving has begun: what is raised from then on is not waited for.

        Raises:
            AlreadyRunning: Another daemon has the database.
            NewerDatabase: A newer hersteld has changed it.
            StoreUnusable: It is one that does not pass by itself.
        """
        while not has_begun() and not self._stopping.is_set():
            with contextlib.ExitStack() as held:
                try:
                    lock = held.enter_context(DatabaseLock(self._database))
                except StoreUnusable as error:
                    self.wait_for(error)
                else:
                    self._serve_locked(lock, serve, has_begun)

    def _serve_locked(self, lock: DatabaseLock, serve: Serve, has_begun: Callable[[], bool]) -> None:
        while not has_begun() and not self._stopping.is_set() and lock.is_in_place():
            try:
                with Store(self._database) as store:
                    if self._told:
                        self._health.looked(None, None)
                    serve(store, lock)
            except (StoreUnusable, sqlite3.Error) as error:
                if has_begun():
                    raise
                self.wait_for(error)
                lock.renew()

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
        trouble = Trouble("database_unusable", unusable.line)
        self._health.looked(None, trouble)
        self._systemd.notify_ready()
        self._systemd.notify_watchdog()
        self._clock.wait(self._wake, min(self._pause_s, self._systemd.watchdog_period_s or _LAST_PAUSE_S))
        self._wake.clear()
        self._health.looked(None, trouble)  # the next try may take as long as another program keeps it locked
        self._systemd.notify_watchdog()
        self._pause_s = min(_LAST_PAUSE_S, 2 * self._pause_s)
