"""Why is there no connection to the broker, as a part of a sentence without a word of its address?"""

import errno
import socket
import ssl

from hersteld.parsers.line import Line

BAD_LOGIN = Line("home_assistant.bad_login")
NOT_ALLOWED = Line("home_assistant.not_allowed")
TAKEN_OVER = Line("home_assistant.taken_over")
BROKEN_OFF_AGAIN = Line("home_assistant.broken_off_again")
BROKEN_OFF = Line("delivery.broken_off")
NO_ANSWER = Line("home_assistant.no_answer")
REFUSED = Line("home_assistant.refused")

UNSUPPORTED_VERSION = 0x84
_SESSION_TAKEN_OVER = 0x8E
_BY_CODE = {
    0x85: Line("home_assistant.client_id_refused"),
    0x86: BAD_LOGIN,
    0x87: BAD_LOGIN,
    0x88: Line("home_assistant.broker_unavailable"),
    0x89: Line("home_assistant.broker_unavailable"),
    0x8A: BAD_LOGIN,
    0x8B: Line("home_assistant.broker_unavailable"),
    _SESSION_TAKEN_OVER: TAKEN_OVER,
}
"""By the reason codes of MQTT 5, section 2.4; those of 3.1.1 are told by them, too."""
LASTING = frozenset({BAD_LOGIN.id, NOT_ALLOWED.id, "home_assistant.client_id_refused", "home_assistant.ca_unusable"})
"""What somebody has to mend: it is no use to try again soon."""

_BY_ERROR = {
    errno.ECONNREFUSED: "delivery.refused_connection",
    errno.ENETUNREACH: "delivery.unreachable",
    errno.EHOSTUNREACH: "delivery.unreachable",
    errno.ENETDOWN: "delivery.unreachable",
    errno.ECONNRESET: "delivery.broken_off",
    errno.EPIPE: "delivery.broken_off",
}


class Unusable(Exception):  # noqa: N818 - says what is wrong, as in parsers.errors
    """There is no connection to the broker.

    Attributes:
        reason: Why not, as a part of a sentence.
    """

    def __init__(self, reason: Line) -> None:
        super().__init__(reason)
        self.reason = reason


def reason_of_code(code: int) -> Line:
    """Return why the broker refuses or ends a connection.

    Args:
        code: A reason code of MQTT 5.
    """
    return _BY_CODE.get(code, REFUSED)


def reason_of_error(error: BaseException) -> Line:
    """Return why a connection could not be made, or broke; the words of the error are not repeated."""
    if isinstance(error, ssl.SSLError):  # before the errors of the system, of which it is one
        return Line("delivery.not_secure")
    if isinstance(error, socket.gaierror | UnicodeError):
        return Line("delivery.name_unknown")
    if isinstance(error, TimeoutError):
        return NO_ANSWER
    if isinstance(error, OSError):
        return Line(_BY_ERROR.get(error.errno or 0, "delivery.no_connection"))
    return Line("delivery.no_connection")
