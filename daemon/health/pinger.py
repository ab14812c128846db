"""When is the receiver of pings told something?

After a look into the folders that went well, once in the time that the configuration says. Trouble is told when it
begins and once in that time while it lasts, and its end at once; what changes again and again, once a minute. A ping
that fails is made again after a minute, and changes nothing else.
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
from hersteld.daemon.system.errors import start
from hersteld.parsers.line import Line

_AGAIN_S = 60.0
"""How soon is told again what could not be told, and at most how often trouble that comes, goes and changes is."""

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

    Raises:
        NoThread: The machine gives us no further one.
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
        self._changed_s: float | None = None
        self._arrived = True
        self._orders: SimpleQueue[tuple[TroubleId | None] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._process: ChildProcess | None = None
        self._closed = self._url is None
        self.is_busy = False
        self._thread = threading.Thread(target=self._run, name="ping", daemon=True)
        if not self._closed:
            start(self._thread)

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
        now_s = self._clock.monotonic_s()
        if self._told_s is not None and trouble != self._told:
            self._changed_s = now_s
        self._looked_at, self._told, self._told_s = looked_at, trouble, now_s
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
        if trouble is None and looked_at is None:
            return False
        if self._told_s is None:
            return True
        now_s = self._clock.monotonic_s()
        if trouble != self._told:
            return self._changed_s is None or now_s - self._changed_s >= _AGAIN_S
        if not self._arrived:
            return now_s - self._told_s >= _AGAIN_S
        if trouble is None and looked_at == self._looked_at:
            return False  # nothing was looked at since
        return now_s - self._told_s >= self._every_s

    def _run(self) -> None:
        while (order := self._orders.get()) is not None:
            try:
                self._note(self._call(*order))
            except Exception:  # noqa: BLE001 - the next ping may fare better, and must not be the last
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
