"""Where is the session bus, and does it accept a connection?"""

import time
from collections.abc import Mapping
from pathlib import Path

from jeepney import DBusErrorResponse
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket
from jeepney.low_level import HeaderFields, Message

from hersteld.daemon.delivery.message import ANSWER_TIMEOUT_S

_CALL_TIMEOUT_S = 5.0

BUS_ERRORS = (OSError, ValueError, RuntimeError)
"""What jeepney raises where there is no bus or the address is none; a TimeoutError is an OSError."""


class Unanswered(Exception):  # noqa: N818 - says what happened
    """A call has left, and there was no answer: what it asks for is done, or it is not."""


class Bus(DBusConnection):
    """A connection on which no call waits for ever, the greeting in the constructor included."""

    def send_and_get_reply(self, message: Message, *, timeout: float | None = None) -> Message:
        """Send one call and return its answer, an error answer included."""
        reply: Message = super().send_and_get_reply(message, timeout=_CALL_TIMEOUT_S if timeout is None else timeout)
        return reply

    def send_and_wait(self, message: Message) -> Message:
        """Send one call that does something, and return its answer, an error answer included.

        Raises:
            OSError: It cannot be sent.
            Unanswered: It has left, and is not answered.
        """
        serial = next(self.outgoing_serial)
        self.send_message(message, serial=serial)
        until_s = time.monotonic() + ANSWER_TIMEOUT_S
        try:
            while True:
                reply: Message = self.receive(timeout=max(0.0, until_s - time.monotonic()))
                if reply.header.fields.get(HeaderFields.reply_serial) == serial:
                    break
        except BUS_ERRORS as error:
            raise Unanswered from error
        if str(reply.header.fields.get(HeaderFields.error_name, "")).endswith(".NoReply"):  # it has ended meanwhile
            raise Unanswered
        return reply


def connect(environment: Mapping[str, str]) -> Bus:
    """Return a new connection to the session bus, to be closed by the caller.

    Raises:
        OSError, ValueError, RuntimeError: There is none, or it refuses the connection.
    """
    socket = prep_socket(_socket_of(environment), timeout=_CALL_TIMEOUT_S)
    try:
        return Bus(socket)
    except BaseException:
        socket.close()
        raise


def session_bus_answers(environment: Mapping[str, str]) -> bool:
    """Return whether there is a session bus that accepts a connection."""
    try:
        connect(environment).close()
    except (*BUS_ERRORS, DBusErrorResponse):
        return False
    return True


def _socket_of(environment: Mapping[str, str]) -> str:
    if address := environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return str(next(get_connectable_addresses(address)))
    if runtime := environment.get("XDG_RUNTIME_DIR"):  # where systemd puts it; a service need not have the variable
        return str(Path(runtime, "bus"))
    raise FileNotFoundError("no session bus in this environment")
