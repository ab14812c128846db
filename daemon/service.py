"""What does `hersteld run` do all day?

The main thread looks into the inbox and takes in what is there; one thread per target delivers; an observer per folder
says when to look. systemd hears that we are alive only while every delivery thread is.
"""

import contextlib
import logging
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from hersteld.config.settings import Settings
from hersteld.daemon.clock import Clock
from hersteld.daemon.delivery import Deliverer
from hersteld.daemon.errors import DaemonError
from hersteld.daemon.inbox import Inbox
from hersteld.daemon.inbox_watch import Watcher
from hersteld.daemon.ingest import Ingest
from hersteld.daemon.intake import Intake
from hersteld.daemon.lock import DatabaseLock
from hersteld.daemon.notify import CALL_TIMEOUT_S, Notifier
from hersteld.daemon.outbox import Outbox
from hersteld.daemon.rounds import SCAN_EVERY_S, Rounds
from hersteld.daemon.store import Store
from hersteld.daemon.systemd import Systemd

log = logging.getLogger(__name__)

_GATHER_S = 0.5  # files that are copied together are taken together
_HEARTBEAT_LIMIT_S = 120.0  # four times the delivery threads' longest pause; a call takes half a minute at most
_LEAVE_WITHIN_S = 4.0  # from a stop to the end of what the main thread is busy with
_AT_ONCE_S = 1.0
_PATIENCE_S = CALL_TIMEOUT_S + 5.0  # within the 90 s that systemd allows for a stop


class DeliveryLost(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """A delivery thread ended though nobody asked it to: only a new start helps."""


class Service:
    """The daemon, from start to stop.

    Args:
        database: Path of the database; made if it is not there.
        scan_every_s: Longest time between two scans.
        patience_s: How long a stop waits for a message that is on its way. What left and was not written down is sent
            again, so this is longer than a call may take.
    """

    def __init__(
        self,
        settings: Settings,
        database: Path,
        notifier: Notifier,
        clock: Clock,
        systemd: Systemd,
        *,
        scan_every_s: float = SCAN_EVERY_S,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        self._settings = settings
        self._database = database
        self._notifier = notifier
        self._clock = clock
        self._systemd = systemd
        self._scan_every_s = scan_every_s
        self._patience_s = patience_s
        self._leaving = threading.Event()
        self._wake = threading.Event()
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Ask it to end; from any thread."""
        self._stopping.set()
        self._wake.set()

    def run(self) -> bool:
        """Serve until `stop()`, SIGTERM or SIGINT; whether no call is left that could keep the process from ending.

        Raises:
            AlreadyRunning: Another daemon has the database.
            StoreUnusable: The database cannot be opened.
            DeliveryLost: Nothing would be sent any more.
            OSError: The folder of the database cannot be made.
        """
        with DatabaseLock(self._database), Store(self._database) as store, self._signals():
            return self._serve(store)

    def _serve(self, store: Store) -> bool:
        targets = self._notifier.targets()
        outbox = Outbox(store)
        if again := outbox.recover(now=self._clock.now()):
            log.info("messages that were on their way when hersteld was stopped, and are sent again: %d", again)
        outbox.cancel_other_targets(targets, now=self._clock.now())
        folders = self._settings.watch.folders
        deliverer = Deliverer(self._database, self._notifier, self._clock, self._settings.notify.quiet_hours)
        watcher = Watcher(folders, self._wake)
        ingest = Ingest(store, self._settings, targets, self._clock)
        inbox = Inbox(folders, store, self._clock)

        def go_on() -> bool:
            return self._go_on(deliverer)

        intake = Intake(inbox, ingest, go_on=go_on)
        rounds = Rounds(store, watcher, inbox, intake, ingest.backlog, self._clock, self._scan_every_s, go_on=go_on)
        try:
            deliverer.start()
            watcher.refresh()
            log.info("ready; messages go to: %s", ", ".join(targets) or "nobody, for no target is configured")
            self._systemd.notify_ready()
            while self._go_on(deliverer):
                if lost := deliverer.lost():
                    raise DeliveryLost(f"no messages would be sent any more: {', '.join(lost)} ended by itself")
                called = self._wake.is_set()
                self._wake.clear()
                if rounds.go(called=called):
                    deliverer.wake()
                pause_s = min(rounds.pause_s(), self._systemd.watchdog_period_s or SCAN_EVERY_S)
                if not self._stopping.is_set() and self._clock.wait(self._wake, pause_s):
                    self._clock.wait(self._stopping, _GATHER_S)
        finally:
            self._leaving.set()
            self._systemd.notify_stopping()
            watcher.stop()
            is_idle = deliverer.stop(_AT_ONCE_S)
            if not is_idle:
                log.info(
                    "stopping when the message that is on its way has arrived, in %.0f s at most", self._patience_s
                )
                is_idle = deliverer.stop(self._patience_s)
            if not is_idle:
                log.warning("a message is still on its way; it is sent again at the next start")
            log.info("stopped")
        return is_idle

    def _go_on(self, deliverer: Deliverer) -> bool:
        """Tell systemd that we are alive, if all of us are; whether to go on."""
        if deliverer.heartbeat_age_s() < _HEARTBEAT_LIMIT_S:
            self._systemd.notify_watchdog()
        return not self._stopping.is_set()

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        """End on SIGTERM and SIGINT, whatever the main thread is busy with; on a second one at once.

        The handler only writes to a pipe: it may interrupt the main thread inside a lock that setting an event needs.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        ended = threading.Event()

        def write(number: int, frame: FrameType | None) -> None:
            del number, frame
            with contextlib.suppress(BlockingIOError):
                os.write(writer, b"!")

        def listen() -> None:
            os.read(reader, 1)
            if ended.is_set():
                return
            self.stop()
            # To exit is safe at any moment: what is not committed is done again at the next start.
            if not self._leaving.wait(_LEAVE_WITHIN_S):
                log.warning("stopped in the middle of a file; it is read again at the next start")
                os._exit(0)
            os.read(reader, 1)
            if not ended.is_set():
                log.warning("stopped at once; a message that is on its way is sent again at the next start")
                os._exit(0)

        listener = threading.Thread(target=listen, name="signals", daemon=True)
        listener.start()
        before = {number: signal.signal(number, write) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            ended.set()
            os.write(writer, b"!")
            listener.join()
            os.close(reader)
            os.close(writer)
