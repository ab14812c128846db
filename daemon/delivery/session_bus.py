"""Where is the session bus, and does it accept a connection?"""

from collections.abc import Mapping
from pathlib import Path

from jeepney import DBusErrorResponse
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket
from jeepney.low_level import Message

_CALL_TIMEOUT_S = 5.0

BUS_ERRORS = (OSError, ValueError, RuntimeError)
"""What jeepney raises where there is no bus or the address is none; a TimeoutError is an OSError."""


class Bus(DBusConnection):
    """A connection on which no call waits for ever, the greeting in the constructor included."""

    def send_and_get_reply(self, message: Message, *, timeout: float | None = None) -> Message:
        """Send one call and return its answer, an error answer included."""
        reply: Message = super().send_and_get_reply(message, timeout=_CALL_TIMEOUT_S if timeout is None else timeout)
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
