"""When is the receiver of pings told something?

After a look into the folders that went well, once in the time that the configuration says. Trouble is told when it
begins and once in that time while it lasts, and its end at once. A ping that fails changes nothing else.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from queue import SimpleQueue

from hersteld.config.settings import Health as HealthSettings
from hersteld.daemon.health.ping import ping
from hersteld.daemon.health.record import Pinged
from hersteld.daemon.health.trouble import TroubleId
from hersteld.daemon.system.child_process import ChildProcess
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line

_AGAIN_S = 60.0
"""How soon trouble is told again that could not be told, and at most how often another trouble is."""

Send = Callable[[str, TroubleId | None, Callable[[ChildProcess], None]], Line | None]


def _send(url: str, trouble: TroubleId | None, begun: Callable[[ChildProcess], None]) -> Line | None:
    return ping(url, trouble, begun=begun)


class Pinger:
    """Tells one receiver, in a thread of its own.

    The thread is there from the start: where memory is short, one that is started may end before it says that it has
    begun, and whoever starts it would wait for that for ever.

    Args:
        pinged: What became of the pings of an earlier run.
        send: Makes the call.
    """

    def __init__(
        self, settings: HealthSettings, clock: Clock, pinged: Pinged | None = None, *, send: Send = _send
    ) -> None:
        self._url = settings.ping_url
        self._every_s = settings.ping_every_s
        self._clock = clock
        self._send = send
        self._pinged = pinged or Pinged()
        self._looked_at: datetime | None = None
        self._told: TroubleId | None = None
        self._told_s: float | None = None
        self._arrived = True
        self._orders: SimpleQueue[tuple[TroubleId | None] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._process: ChildProcess | None = None
        self._closed = self._url is None
        self.is_busy = False
        self._thread = threading.Thread(target=self._run, name="ping", daemon=True)
        if not self._closed:
            self._thread.start()

    @property
    def pinged(self) -> Pinged | None:
        """What became of the pings; None where there is nobody to be told."""
        return None if self._url is None else self._pinged

    def tell(self, looked_at: datetime | None, trouble: TroubleId | None) -> None:
        """Tell what there is to tell, if it is time for that, and return at once.

        Args:
            looked_at: When the service last looked into all its folders with success.
            trouble: What keeps it from its work now.
        """
        if self._closed or self.is_busy or not self._is_due(looked_at, trouble):
            return
        self._looked_at, self._told, self._told_s = looked_at, trouble, self._clock.monotonic_s()
        self.is_busy = True
        self._orders.put((trouble,))

    def close(self) -> None:
        """End a ping that is on its way, and begin no other."""
        with self._lock:
            self._closed = True
            process = self._process
        self._orders.put(None)
        if process is not None:
            process.end()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def _is_due(self, looked_at: datetime | None, trouble: TroubleId | None) -> bool:
        since_s = None if self._told_s is None else self._clock.monotonic_s() - self._told_s
        if trouble is None and (looked_at is None or looked_at == self._looked_at):
            return False  # nothing was looked at since
        if since_s is None or since_s >= self._every_s:
            return True
        if trouble is None:
            return self._told is not None
        return (self._told is None) or (since_s >= _AGAIN_S and (trouble != self._told or not self._arrived))

    def _run(self) -> None:
        while (order := self._orders.get()) is not None:
            try:
                self._note(self._call(*order))
            except MemoryError:  # the next ping may fare better
                self._arrived = False
            finally:
                self.is_busy = False

    def _call(self, trouble: TroubleId | None) -> Line | None:
        if self._url is None:
            return None
        try:
            return self._send(self._url.get_secret_value(), trouble, self._begun)
        except Exception:  # noqa: BLE001 - its words may hold the address, and a ping disturbs nothing
            return Line("delivery.call_broke_off")

    def _begun(self, process: ChildProcess) -> None:
        with self._lock:
            self._process = process
            closed = self._closed
        if closed:
            process.end()

    def _note(self, reason: Line | None) -> None:
        with self._lock:
            self._process = None
            if self._closed:
                return
        before, now = self._pinged, self._clock.now()
        self._arrived = reason is None
        if reason is None:
            self._pinged = Pinged(now, before.failed_at, before.reason)
        else:
            self._pinged = Pinged(before.ok_at, now, reason)
