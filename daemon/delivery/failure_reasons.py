"""Why was a message not delivered, so that its reader can do something about it?

What Apprise and the services say goes in; only ids of our own texts and numbers come out, so nothing of an address can.
"""

import re
from collections.abc import Iterable

from hersteld.parsers.line import Line

DESKTOP_IDS = (
    "delivery.desktop_no_answer",
    "delivery.desktop_unanswered",
    "delivery.desktop_no_bus",
    "delivery.desktop_refused",
    "delivery.desktop_nobody_shows",
)
"""What our own desktop plugin logs, as an id, since a plugin of Apprise has no other way to say why."""

UNANSWERED = Line("delivery.unanswered")
UNANSWERED_IDS = ("delivery.unanswered", "delivery.desktop_unanswered")
"""The message left whole, and may have arrived."""

_OF_THE_WAY = frozenset(
    {
        *("delivery.refused_connection", "delivery.name_unknown", "delivery.unreachable", "delivery.not_secure"),
        *(
            "delivery.no_answer_within",
            "delivery.answered_late",
            "delivery.takes_no_password",
            "delivery.no_connection",
        ),
        *UNANSWERED_IDS,
    }
)
"""The receiver said nothing of the message, or it may have arrived."""
_OF_THE_USER = frozenset({401, 530, 534, 535})
"""Answers about a password, which is soon asked for no more where it is wrong too often."""

_HTTP = re.compile(r"error\s*[=:]\s*(\d{3})(?:\d\d)?\b")
"""Services such as ntfy add two digits of their own to the status: 40014 is a 400."""
_SMTP = re.compile(r"\(([45]\d\d), |refused: ([45]\d\d) ")
_ANSWERS = {
    301: "elsewhere",
    302: "elsewhere",
    303: "elsewhere",
    307: "elsewhere",
    308: "elsewhere",
    400: "not_understood",
    401: "not_allowed",
    403: "not_allowed",
    404: "no_such_address",
    413: "too_long",
    429: "too_many",
    530: "password_needed",
    534: "not_allowed",
    535: "not_allowed",
    550: "recipient_unknown",
}
"""The word of the list "delivery.answer" for what a server may answer."""
_SIGNS = (
    (re.compile(r"^notification exception: $", re.IGNORECASE), "delivery.answer_too_long"),
    (re.compile(r"connection refused|errno 111\b", re.IGNORECASE), "delivery.refused_connection"),
    (
        re.compile(r"name or service not known|name resolution|failed to resolve|getaddrinfo|nodename", re.IGNORECASE),
        "delivery.name_unknown",
    ),
    (re.compile(r"network is unreachable|no route to host", re.IGNORECASE), "delivery.unreachable"),
    (re.compile(r"certificate|ssl", re.IGNORECASE), "delivery.not_secure"),
    (re.compile(r"reset by peer|aborted|broken pipe", re.IGNORECASE), "delivery.broken_off"),
    (re.compile(r"timed out|timeout", re.IGNORECASE), "delivery.answered_late"),
    (re.compile("mqtt message could not be delivered", re.IGNORECASE), "delivery.broker_refused"),
    (re.compile(r"auth extension not supported", re.IGNORECASE), "delivery.takes_no_password"),
    (re.compile(r"connection|socket|disconnected", re.IGNORECASE), "delivery.no_connection"),
)


def reason_of(status: str, log_lines: Iterable[str], timeout_s: float) -> Line:
    """Return why a message was not delivered, as a part of a sentence.

    Args:
        status: Name of Apprise's status, "TIMEOUT" or another.
        log_lines: What was logged during the call, in order.
        timeout_s: How long the call was waited for.
    """
    lines = list(log_lines)
    for line in lines:
        if line in DESKTOP_IDS:
            return Line(line)
    for line in lines:
        if found := _HTTP.search(line):
            return _server_answered(int(found[1]))
    for line in lines:
        if found := _SMTP.search(line):
            return _mail_server_answered(int(found[1] or found[2]))
    if status == "TIMEOUT":
        return no_answer_within(timeout_s)
    # What the server wrote back is no sign: it may speak of anything.
    signs = [line for line in lines if not line.startswith("Response Details")]
    for sign, id_ in _SIGNS:
        if any(sign.search(line) for line in signs):
            return Line(id_)
    return Line("delivery.not_accepted")


def may_be_of_picture(reason: Line | None) -> bool:
    """Return whether a message may have been refused for its picture, as far as can be told from the reason."""
    return reason is None or (reason.id not in _OF_THE_WAY and reason.values.get("code") not in _OF_THE_USER)


def no_answer_within(timeout_s: float) -> Line:
    """Return the reason for a call that was given up."""
    return Line("delivery.no_answer_within", {"seconds": timeout_s})


def _server_answered(code: int) -> Line:
    answer = _ANSWERS.get(code, "in_trouble" if code >= 500 else "without_reason")
    return Line("delivery.server_answered", {"code": code, "words": answer})


def _mail_server_answered(code: int) -> Line:
    return Line("delivery.mail_server_answered", {"code": code, "words": _ANSWERS.get(code, "without_reason")})
