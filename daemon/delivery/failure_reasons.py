"""Why was a message not delivered, said so that its reader can do something about it?

What Apprise and the services say goes in; only words of our own come out, so nothing of an address can.
"""

import re
from collections.abc import Iterable

DESKTOP_PREFIX = "desktop: "
"""Begins what our own desktop plugin says; the rest is one of its fixed sentences."""

_HTTP = re.compile(r"error\s*[=:]\s*(\d{3})\b")
_SMTP = re.compile(r"\(([45]\d\d), |refused: ([45]\d\d) ")
_WORDS = {
    301: "it names another address",
    302: "it names another address",
    303: "it names another address",
    307: "it names another address",
    308: "it names another address",
    400: "it did not understand the message",
    401: "not allowed",
    403: "not allowed",
    404: "no such address there",
    413: "message too long",
    429: "too many messages",
    530: "a user and password are needed",
    534: "not allowed",
    535: "not allowed",
    550: "it does not know the recipient",
}
_SIGNS = (
    (re.compile(r"^notification exception: $", re.IGNORECASE), "the server answered more than can be read"),
    (re.compile(r"connection refused|errno 111\b", re.IGNORECASE), "the server refused the connection"),
    (
        re.compile(r"name or service not known|name resolution|failed to resolve|getaddrinfo|nodename", re.IGNORECASE),
        "the server's name could not be looked up; is there a network?",
    ),
    (
        re.compile(r"network is unreachable|no route to host", re.IGNORECASE),
        "the server could not be reached; is there a network?",
    ),
    (re.compile(r"certificate|ssl", re.IGNORECASE), "no secure connection to the server; is its certificate valid?"),
    (re.compile(r"reset by peer|aborted|broken pipe", re.IGNORECASE), "the server broke the connection off"),
    (re.compile(r"timed out|timeout", re.IGNORECASE), "the server did not answer in time"),
    (
        re.compile("mqtt message could not be delivered", re.IGNORECASE),
        "the broker did not take the message; are user, password and topic right?",
    ),
    (re.compile(r"auth extension not supported", re.IGNORECASE), "the server takes no password on this connection"),
    (re.compile(r"connection|socket|disconnected", re.IGNORECASE), "no connection to the server"),
)


def reason_of(status: str, said: Iterable[str], timeout_s: float) -> str:
    """Return one plain sentence, without its full stop.

    Args:
        status: Name of Apprise's status, "TIMEOUT" or another.
        said: What was logged during the call, in order.
        timeout_s: How long we waited.
    """
    lines = list(said)
    for line in lines:
        if line.startswith(DESKTOP_PREFIX):
            return line
    for line in lines:
        if found := _HTTP.search(line):
            return _answered("the server", int(found[1]))
    for line in lines:
        if found := _SMTP.search(line):
            return _answered("the mail server", int(found[1] or found[2]))
    if status == "TIMEOUT":
        return no_answer_within(timeout_s)
    # What the server wrote back is no sign: it may speak of anything.
    signs = [line for line in lines if not line.startswith("Response Details")]
    for sign, reason in _SIGNS:
        if any(sign.search(line) for line in signs):
            return reason
    return "the service did not accept the message"


def no_answer_within(timeout_s: float) -> str:
    """Return the sentence for a call that was given up."""
    return f"no answer within {timeout_s:g} seconds"


def _answered(who: str, code: int) -> str:
    words = _WORDS.get(code) or (
        "it is in trouble itself" if code >= 500 and who == "the server" else "no reason given"
    )
    return f"{who} answered {code} ({words})"
