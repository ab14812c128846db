"""How does one connection to the broker go, from its beginning to its end?

All of it happens in the thread of the caller, who waits in `step` for the broker and for whoever wakes it. The library
brings no thread of its own, and no queue that grows while the broker is away.
MQTT 5 says why something is refused; a broker that does not know it is spoken to in 3.1.1.
"""

import contextlib
import select
import socket
import ssl
import time
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import SplitResult, unquote

from hersteld.config.file.tables.home_assistant import broker_of
from hersteld.config.settings import HomeAssistant
from hersteld.daemon.home_assistant.refusals import (
    BROKEN_OFF,
    NO_ANSWER,
    UNSUPPORTED_VERSION,
    Unusable,
    reason_of_code,
    reason_of_error,
)
from hersteld.parsers.line import Line

CONNECT_S = 10.0
"""How long the broker may take to answer, at each of the steps of a connection."""
_KEEP_ALIVE_S = 60
"""After half as long again without a word of ours, the broker says that we are away."""
_LOOK_S = 10.0
"""How often it is looked whether the broker still answers."""
_FAREWELL_S = 1.0
_LARGEST_BYTES = 2**16
"""What the broker may send at once; Home Assistant's birth has six letters."""
_PORTS = {"mqtt": 1883, "mqtts": 8883}


class OldBroker(Unusable):
    """The broker does not know MQTT 5."""


class Session:
    """A connection to the broker.

    Args:
        library: The module `paho.mqtt.client`.
        will: Topic and payload that the broker publishes, and keeps, when the connection breaks; None for none.
        hears: Topics whose messages are waited for.
        is_version_5: Whether to speak MQTT 5, or else 3.1.1.

    Attributes:
        is_connected: Whether the broker has accepted us.
        has_heard: Whether a message has come in since this was last set to False, with the payload "online".
        is_denied: Whether the broker has refused a message since, which it says in MQTT 5 alone.
        unanswered: How many messages the broker has not answered yet.

    Raises:
        Unusable: The certificates cannot be used.
    """

    def __init__(
        self,
        library: ModuleType,
        settings: HomeAssistant,
        client_id: str,
        *,
        will: tuple[str, str] | None = None,
        hears: tuple[str, ...] = (),
        is_version_5: bool = True,
    ) -> None:
        self._hears = hears
        self._parts = _parts(settings)
        self._reason: Line | None = None
        self._is_old = False
        self._answer_by_s = 0.0
        self._encryption: _Encryption | None = None
        self.is_connected = False
        self.has_heard = False
        self.is_denied = False
        self.unanswered = 0
        self._is_version_5 = is_version_5
        protocol = library.MQTTv5 if is_version_5 else library.MQTTv311
        self._client = client = library.Client(
            library.CallbackAPIVersion.VERSION2, client_id, protocol=protocol, reconnect_on_failure=False
        )
        client.connect_timeout = CONNECT_S
        client.on_connect, client.on_disconnect = self._on_connect, self._on_disconnect
        client.on_message, client.on_publish = self._on_message, self._on_publish
        if will is not None:
            client.will_set(*will, qos=1, retain=True)
        if self._parts.username is not None:
            password = self._parts.password
            client.username_pw_set(unquote(self._parts.username), None if password is None else unquote(password))
        if self._parts.scheme == "mqtts":
            self._encryption = _Encryption(_context(settings.ca_file))
            client.tls_set_context(self._encryption)

    def open(self) -> None:
        """Connect, which may take a while: the name is looked up, and the broker may not answer.

        Raises:
            Unusable: There is no connection.
        """
        options: dict[str, Any] = {}
        if self._is_version_5:
            from paho.mqtt.packettypes import PacketTypes  # noqa: PLC0415 - optional
            from paho.mqtt.properties import Properties  # noqa: PLC0415 - likewise

            options["properties"] = Properties(PacketTypes.CONNECT)
            options["properties"].MaximumPacketSize = _LARGEST_BYTES
        try:
            port = self._parts.port or _PORTS[self._parts.scheme]
            self._client.connect(self._parts.hostname, port, _KEEP_ALIVE_S, **options)
        except Exception as error:
            if self._encryption is not None:
                self._encryption.close()
            raise Unusable(reason_of_error(error)) from error
        self._answer_by_s = time.monotonic() + CONNECT_S

    def publish(self, topic: str, payload: str) -> None:
        """Send a message that the broker keeps; `step` learns what becomes of it."""
        self.unanswered += 1
        self._client.publish(topic, payload.encode("utf-8", "replace"), qos=1, retain=True)

    def step(self, wake: socket.socket, within_s: float = _LOOK_S) -> None:
        """Wait until the broker says something, or somebody wakes us, and do what is to be done then.

        Args:
            wake: Can be read from when somebody wants us to do something else.
            within_s: The longest wait, so far as nothing else is due.

        Raises:
            Unusable: The connection is over, or was never accepted.
        """
        connection = self._socket()
        left_s = _LOOK_S if self.is_connected else max(0.0, self._answer_by_s - time.monotonic())
        is_ready = isinstance(connection, ssl.SSLSocket) and connection.pending() > 0
        wait_s = 0.0 if is_ready else min(within_s, left_s)
        poll = select.poll()
        poll.register(wake, select.POLLIN)
        poll.register(connection, select.POLLIN | (select.POLLOUT if self._client.want_write() else 0))
        try:
            found = dict(poll.poll(wait_s * 1000))
            event = found.get(connection.fileno(), 0)
            if is_ready or event & ~select.POLLOUT:
                self._client.loop_read()
            if event & select.POLLOUT:
                self._client.loop_write()
            self._client.loop_misc()
        except Exception as error:  # what the broker says may be anything
            raise Unusable(reason_of_error(error)) from error
        self._socket()
        if not self.is_connected and time.monotonic() >= self._answer_by_s:
            raise Unusable(NO_ANSWER)

    def close(self) -> None:
        """End the connection, with a word of farewell where the broker takes it at once."""
        with contextlib.suppress(Exception):  # it is over in any case
            if self.is_connected:
                self._client.disconnect()
                until_s = time.monotonic() + _FAREWELL_S
                while (connection := self._client.socket()) is not None and time.monotonic() < until_s:
                    select.select([], [connection], [], _FAREWELL_S)
                    self._client.loop_write()
            if (connection := self._client.socket()) is not None:
                connection.close()
        self.is_connected = False

    def _socket(self) -> socket.socket:
        connection: socket.socket | None = self._client.socket()
        if connection is None or connection.fileno() < 0:
            self.is_connected = False
            raise (OldBroker if self._is_old else Unusable)(self._reason or BROKEN_OFF)
        return connection

    def _on_connect(self, _client: Any, _userdata: Any, _flags: Any, code: Any, _properties: Any) -> None:
        if code.is_failure:
            self._is_old = self._is_version_5 and code.value == UNSUPPORTED_VERSION
            self._reason = reason_of_code(code.value)
            return
        self.is_connected = True
        if self._hears:
            self._client.subscribe([(topic, 0) for topic in self._hears])

    def _on_disconnect(self, _client: Any, _userdata: Any, flags: Any, code: Any, _properties: Any) -> None:
        # Of a short farewell, the library before 2.2 does not know the reason.
        is_told = flags.is_disconnect_packet_from_server and code.is_failure
        if self._reason is None:
            self._reason = reason_of_code(code.value) if is_told else BROKEN_OFF

    def _on_message(self, _client: Any, _userdata: Any, message: Any) -> None:
        self.has_heard |= message.topic in self._hears and message.payload == b"online"

    def _on_publish(self, _client: Any, _userdata: Any, _mid: int, code: Any, _properties: Any) -> None:
        self.unanswered -= 1
        self.is_denied |= code.is_failure


class _Encryption:
    """Encrypts a connection, and closes it where that fails, which the library leaves to chance."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._socket: ssl.SSLSocket | None = None
        self.check_hostname = context.check_hostname

    def wrap_socket(self, *given: Any, **options: Any) -> ssl.SSLSocket:
        """Return a socket, encrypted from its handshake on."""
        self._socket = self._context.wrap_socket(*given, **options)
        return self._socket

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()


def _parts(settings: HomeAssistant) -> SplitResult:
    parts = broker_of(settings.broker.get_secret_value()) if settings.broker is not None else None
    if parts is None:
        raise ValueError("the configuration has no address of a broker")
    return parts


def _context(ca_file: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=None if ca_file is None else str(ca_file))
    except (OSError, ValueError) as error:  # not there, closed to us, or no certificates
        raise Unusable(Line("home_assistant.ca_unusable")) from error
