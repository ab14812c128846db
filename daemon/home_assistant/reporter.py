"""How does what there is to tell get to the broker, without anybody waiting for it?

In a thread of its own, which connects, tells what holds now, and tells it anew after each break of the connection. Of
each topic only the latest word is kept, so that a broker that is away for long makes nothing grow.
"""

import contextlib
import select
import socket
import threading
import time
from types import ModuleType

from hersteld.config.settings import HomeAssistant
from hersteld.daemon.home_assistant.library import NOT_INSTALLED, NotInstalled, mqtt_client
from hersteld.daemon.home_assistant.refusals import LASTING, NOT_ALLOWED, Unusable, reason_of_error
from hersteld.daemon.home_assistant.sensors import OFFLINE, ONLINE, topics_of
from hersteld.daemon.home_assistant.session import OldBroker, Session
from hersteld.daemon.home_assistant.success import LASTS_S, Success
from hersteld.daemon.system.errors import start
from hersteld.parsers.line import Line

_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 60.0
"""Between two tries while the broker is away. Each takes twice as long as the one before."""
_LASTING_PAUSE_S = 300.0
"""After what somebody has to mend, such as a wrong password."""
_BIRTH_EVERY_S = 5.0
"""At most so often is everything told anew, however often Home Assistant says that it has started."""
_JOIN_S = 1.5


class Reporter:
    """Tells a broker what Home Assistant shows.

    Args:
        settings: With a broker.
    """

    def __init__(self, settings: HomeAssistant) -> None:
        self._settings = settings
        self._topics = topics_of(settings)
        self._wanted: dict[str, str] = {}
        self._lock = threading.Lock()
        self._closing = False
        self._is_version_5 = True
        self._success = Success()
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._waker.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="home-assistant", daemon=True)

    @property
    def trouble(self) -> Line | None:
        """Why Home Assistant is not told, as a part of a sentence; None while it is, or nothing was tried yet."""
        return self._success.trouble

    def start(self) -> None:
        """Begin.

        Raises:
            NoThread: The machine gives us none.
        """
        start(self._thread)

    def tell(self, topic: str, payload: str) -> None:
        """Have something told in a topic in place of what was told there before; return at once."""
        with self._lock:
            if self._wanted.get(topic) == payload:
                return
            self._wanted[topic] = payload
        self._wake()

    def close(self) -> None:
        """Say that the service is away, where the broker hears it at once, and end."""
        self._closing = True
        self._wake()
        # A thread that waits for a broker that is away ends with the process.
        if not self._thread.is_alive():
            self._woken.close()
            self._waker.close()
        elif self._success.is_connected:
            self._thread.join(_JOIN_S)

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # it is awake already, or has left
            self._waker.send(b"\0")

    def _run(self) -> None:
        try:
            self._keep_telling(mqtt_client())
        except NotInstalled:
            self._success.failed(NOT_INSTALLED)
        finally:
            self._woken.close()
            self._waker.close()

    def _keep_telling(self, library: ModuleType) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self._closing:
            reason = self._tell_once(library)
            if reason is None:
                continue
            if self._success.lasted:
                pause_s = _FIRST_PAUSE_S
            self._success.failed(reason)
            self._rest(_LASTING_PAUSE_S if reason.id in LASTING else pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _tell_once(self, library: ModuleType) -> Line | None:
        """Tell what there is to tell for as long as a connection holds.

        Returns:
            Why it does not hold any more; None where the next is to be tried at once, or we are to end.
        """
        self._success.begins()
        try:
            session = Session(
                library,
                self._settings,
                f"hersteld-{self._settings.node_id}",
                will=(self._topics.availability, OFFLINE),
                hears=self._topics.births,
                is_version_5=self._is_version_5,
            )
            try:
                session.open()
                self._serve(session)
            finally:
                session.close()
                self._success.is_connected = False
        except OldBroker:
            self._is_version_5 = False
        except Unusable as error:
            return error.reason
        except Exception as error:  # noqa: BLE001 - its words may hold the address, and nothing else suffers from it
            return reason_of_error(error)
        return None

    def _serve(self, session: Session) -> None:
        """Tell what there is to tell until we are to end."""
        while not session.is_connected:
            if self._closing:
                return
            session.step(self._woken)
            self._drain()
        self._success.connected()
        told: dict[str, str] = {}
        told_all_s = time.monotonic()
        while not self._closing:
            wait_s = LASTS_S
            if session.has_heard:
                wait_s = max(0.0, told_all_s + _BIRTH_EVERY_S - time.monotonic())
                if not wait_s:
                    session.has_heard = False
                    told_all_s, told = time.monotonic(), {}
            with self._lock:
                wanted = dict(self._wanted)
            for topic, payload in {**wanted, self._topics.availability: ONLINE}.items():
                if told.get(topic) != payload:
                    session.publish(topic, payload)
                    told[topic] = payload
            session.step(self._woken, wait_s)
            self._drain()
            if session.is_denied:
                session.is_denied = False
                self._success.failed(NOT_ALLOWED)
            if not session.unanswered:
                self._success.told()
        session.publish(self._topics.availability, OFFLINE)

    def _rest(self, seconds: float) -> None:
        """Wait, unless we are to end."""
        until_s = time.monotonic() + seconds
        poll = select.poll()
        poll.register(self._woken, select.POLLIN)
        while not self._closing and (left_s := until_s - time.monotonic()) > 0:
            poll.poll(left_s * 1000)
            self._drain()

    def _drain(self) -> None:
        with contextlib.suppress(OSError):
            while self._woken.recv(4096):
                pass
