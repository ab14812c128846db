"""What does `hersteld run` do all day?

The main thread looks into the inbox and takes in what is there; one thread per target delivers; others hear from the
kernel when to look. systemd hears that we are alive only while every delivery thread is.
"""

import contextlib
import logging
import sqlite3
import threading
from pathlib import Path

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import read_all_texts, say
from hersteld.daemon.calendar.keeper import CalendarKeeper
from hersteld.daemon.calendar.recovery_file import RecoveryFile
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.delivery.notifiers import Notifier
from hersteld.daemon.delivery.threads import DeliveryThreads
from hersteld.daemon.health.configured import fingerprint
from hersteld.daemon.health.keeper import ROUND_S, HealthKeeper
from hersteld.daemon.health.pinger import Pinger
from hersteld.daemon.health.record import read_health
from hersteld.daemon.health.sending import HEARTBEAT_LIMIT_S, trouble_of_sending
from hersteld.daemon.home_assistant.keeper import HomeAssistantKeeper
from hersteld.daemon.inbox.scan import Inbox
from hersteld.daemon.inbox.watcher import Watcher
from hersteld.daemon.ingest.from_inbox import InboxIngest
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.picture.stored import Pictures
from hersteld.daemon.planning.occasions.configured import configured_occasions
from hersteld.daemon.planning.occasions.keeper import Occasions
from hersteld.daemon.reading.reader import ReaderProcess
from hersteld.daemon.replies.configured import Replies
from hersteld.daemon.service import signals
from hersteld.daemon.service.catching_up import catch_up
from hersteld.daemon.service.main_loop import MainLoop
from hersteld.daemon.service.start_retry import StartRetry
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.systemd import Systemd

log = logging.getLogger(__name__)

_GATHER_S = 0.5  # files that are copied together are taken together: so long where one of them is still written to,
_CALM_S = 0.1  # and so long after the last word of them where each is whole
_STOP_WITHIN_S = 3.0  # with one second for the database and one to spare: docs/commands.md promises 5 s
_AT_ONCE_S = 1.0  # a message that arrives so soon needs no word of waiting


class DeliveryLost(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """A delivery thread ended though nobody asked it to: only a new start helps."""


class Service:
    """The daemon, from start to stop.

    Args:
        database: Path of the database; made if it is not there.
        scan_every_s: Longest time between two scans; None takes that of the settings.
        patience_s: From a stop to the end of what the main thread is busy with, and of a message that is on its way;
            then the process ends, whatever is left. A message cut off here is sent again at the next start.
    """

    def __init__(
        self,
        settings: Settings,
        database: Path,
        notifier: Notifier,
        clock: Clock,
        systemd: Systemd,
        *,
        scan_every_s: float | None = None,
        patience_s: float = _STOP_WITHIN_S,
    ) -> None:
        self._settings = settings
        self._database = database
        self._notifier = notifier
        self._clock = clock
        self._systemd = systemd
        self._scan_every_s = settings.watch.poll_every_s if scan_every_s is None else scan_every_s
        self._patience_s = patience_s
        self._configured = fingerprint(settings)
        self._stopped_s: float | None = None
        self._has_begun = False
        self._leaving = threading.Event()
        self._wake = threading.Event()
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Ask it to end; from any thread."""
        if self._stopped_s is None:
            self._stopped_s = self._clock.monotonic_s()
        self._stopping.set()
        self._wake.set()

    def run(self) -> None:
        """Serve until `stop()`, SIGTERM or SIGINT. A call that hangs may be left behind, in a thread of its own.

        A database that cannot be used for now is waited for.

        Raises:
            AlreadyRunning: Another daemon has the database.
            NewerDatabase: A newer hersteld has changed it.
            StoreUnusable: It is damaged, or something else is wrong with it that does not pass.
            DeliveryLost: Nothing would be sent any more.
            NoThread: The machine gives us no further thread.
        """
        read_all_texts()
        before = read_health(self._database)
        with (
            # First: whoever finds the lock held may send one.
            signals.heard(wake=self._wake.set, stop=self.stop, patience_s=self._patience_s, cut_off=self._cut_off),
            contextlib.closing(Pinger(self._settings.health, self._clock, before.pinged if before else None)) as pinger,
        ):
            health = HealthKeeper(self._database, pinger, self._clock, before, configured=self._configured)
            retry = StartRetry(self._database, health, self._clock, self._systemd, self._wake, self._stopping)
            retry.serve(lambda store, lock: self._serve(store, lock, pinger), lambda: self._has_begun)
            if not self._has_begun:
                self._systemd.notify_stopping()
                log.info(say("service.stopped"))

    def _serve(self, store: Store, lock: DatabaseLock, pinger: Pinger) -> None:
        store.look_through()
        targets = self._notifier.targets()
        ingest = Ingest(store, self._settings, targets, self._clock)
        catch_up(store, ingest, targets, now=self._clock.now())
        folders = self._settings.watch.folders
        quiet_hours = self._settings.notify.quiet_hours
        replies = Replies(store, self._settings, self._clock, self._wake.set)
        deliverer = DeliveryThreads(
            *(self._database, self._notifier, self._clock, quiet_hours),
            stopping=self._stopping,
            ask=replies.asking,
            picture=lambda store: Pictures(store, self._settings, self._clock).of,
        )
        watcher = Watcher(folders, self._wake, self._scan_every_s)

        def go_on() -> bool:
            health.goes_on()
            return self._go_on(deliverer)

        inbox = Inbox(folders, store, self._clock, watcher, go_on=go_on)
        self._has_begun = True  # from here on the main loop waits for what may pass
        before = read_health(self._database)
        health = HealthKeeper(
            self._database,
            pinger,
            self._clock,
            before,
            configured=self._configured,
            reads_alone=lambda: reader.alone,
            unwritten=lambda: recovery.unwritten,
            untold=lambda: home_assistant.untold,
            tapped_at=lambda: replies.heard_at,
        )
        reader = ReaderProcess(go_on)
        intake = InboxIngest(inbox, ingest, reader=reader, go_on=go_on)
        scan_every_s = self._scan_every_s
        replan, planned = ingest.reassessment.plan_recent_anew, self._settings.planned
        occasions = configured_occasions(store, self._settings, targets, self._clock)
        recovery = RecoveryFile(store, self._settings, self._clock)
        home_assistant = HomeAssistantKeeper(store, self._settings, self._clock)
        main_loop = MainLoop(
            *(store, watcher, inbox, intake, ingest, self._clock, scan_every_s),
            folders=folders,
            calendar=CalendarKeeper(store, planned, self._clock, on_change=replan, go_on=go_on),
            occasions=Occasions(store, occasions, self._settings, targets, self._clock),
            recovery=recovery,
            home_assistant=home_assistant,
            take_taps=replies.take,
            go_on=go_on,
        )
        try:
            deliverer.start()
            home_assistant.start()
            replies.start()
            watcher.refresh()
            log.info(say("service.ready", targets=", ".join(targets)) if targets else say("service.ready_for_nobody"))
            self._systemd.notify_ready()
            while go_on():
                if lost := deliverer.lost():
                    raise DeliveryLost("service.delivery_lost", threads=", ".join(lost))
                if called := self._wake.is_set():
                    self._wake.clear()
                if main_loop.go(called=called):
                    deliverer.wake()
                lock.looked(self._clock.now())
                trouble = main_loop.trouble or trouble_of_sending(deliverer)
                home_assistant.tell_health(trouble)
                health.looked(main_loop.looked_at, trouble)
                pause_s = min(main_loop.pause_s(), self._systemd.watchdog_period_s or ROUND_S, ROUND_S, reader.leave())
                if not self._stopping.is_set() and self._clock.wait(self._wake, pause_s):
                    self._gather(watcher, reader, deliverer)
        finally:
            self._leaving.set()
            self._systemd.notify_stopping()
            pinger.close()
            home_assistant.close()
            replies.close()
            reader.close()
            watcher.stop()
            self._await_messages(deliverer)
            with contextlib.suppress(sqlite3.Error):
                inbox.given_up.put_down()  # a stop is no fault of the file at hand
            log.info(say("service.stopped"))

    def _gather(self, watcher: Watcher, reader: ReaderProcess, deliverer: DeliveryThreads) -> None:
        """Wait for what arrives together; meanwhile let the processes start that are needed when it is there."""
        until_s = self._clock.monotonic_s() + _GATHER_S
        has_begun = False
        while not self._stopping.is_set() and (left_s := until_s - self._clock.monotonic_s()) > 0:
            self._wake.clear()
            if watcher.has_arrival and not has_begun:
                has_begun = True
                reader.start()
                deliverer.start_early()
            if not self._clock.wait(self._wake, left_s if watcher.is_writing else min(_CALM_S, left_s)):
                break
        self._wake.set()

    def _await_messages(self, deliverer: DeliveryThreads) -> None:
        """Let a message that is on its way arrive, if it does so in time."""

        def left_s() -> float:
            return max(0.0, until_s - self._clock.monotonic_s())

        until_s = (self._clock.monotonic_s() if self._stopped_s is None else self._stopped_s) + self._patience_s
        if deliverer.stop(min(_AT_ONCE_S, left_s())):
            return
        log.info(say("service.stopping", seconds=round(left_s())))
        if not deliverer.stop(left_s()):
            log.warning(say("service.stopped_while_sending"))

    def _go_on(self, deliverer: DeliveryThreads) -> bool:
        """Tell systemd that the service is alive, if all its threads are, and return whether to go on."""
        if deliverer.heartbeat_age_s() < HEARTBEAT_LIMIT_S:
            self._systemd.notify_watchdog()
        return not self._stopping.is_set()

    def _cut_off(self) -> str | None:
        """Return what is said where a stop waits no longer; None while the service is leaving."""
        if self._leaving.is_set():
            return None
        return say("service.stopped_within_file" if self._has_begun else "service.stopped_within_start")
