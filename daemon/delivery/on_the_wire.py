"""Did a request leave whole, and was it answered?

Apprise says of a call only whether it succeeded. Whether the receiver may have taken a message that it did not confirm
is seen below it, in the libraries that write to the connection. For the process of `call_process`, which makes one
call at a time: what it hooks into is changed for the whole process.
"""

import http.client
import smtplib
from typing import Any

_NO_ANSWER = -1
_ACCEPTED = range(200, 300)


class Wire:
    """What was seen of the requests of one call."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget what was seen of the call before."""
        self._open: set[str] = set()
        self._mail_accepted = 0
        self._mail_refused = 0

    @property
    def is_unanswered(self) -> bool:
        """Whether a request left whole, and no answer to it came, or none that was whole and a refusal."""
        return bool(self._open)

    @property
    def is_accepted(self) -> bool:
        """Whether mail was accepted, and none refused: what fails after that, like the farewell, is no failure."""
        return self._mail_accepted > 0 and not self._mail_refused and not self._open

    def left(self, protocol: str) -> None:
        """A request is written to its end."""
        self._open.add(protocol)

    def answered(self, protocol: str) -> None:
        """Its answer is there."""
        self._open.discard(protocol)

    def mail_answered(self, code: int) -> None:
        """The mail server has said whether it takes the mail."""
        if code in _ACCEPTED:
            self._mail_accepted += 1
        else:
            self._mail_refused += 1


def watch() -> Wire:
    """Hook into the libraries of this process, and return what sees."""
    import requests  # noqa: PLC0415 - slow, and needed only in the child process

    wire = Wire()
    get_response = http.client.HTTPConnection.getresponse
    send = requests.Session.send
    get_reply, data = smtplib.SMTP.getreply, smtplib.SMTP.data
    in_data: dict[int, int] = {}

    def watched_get_response(self: http.client.HTTPConnection) -> http.client.HTTPResponse:
        wire.left("http")
        response = get_response(self)
        if response.status not in _ACCEPTED:
            wire.answered("http")
        return response

    def watched_send(self: Any, request: Any, **options: Any) -> Any:
        response = send(self, request, **options)  # reads the answer to its end
        wire.answered("http")
        return response

    def watched_get_reply(self: smtplib.SMTP) -> tuple[int, bytes]:
        is_last = in_data.get(id(self)) == 1
        if is_last:
            wire.left("smtp")
        reply = get_reply(self)
        if is_last and reply[0] != _NO_ANSWER:
            wire.answered("smtp")
        if id(self) in in_data:
            in_data[id(self)] += 1
        return reply

    def watched_data(self: smtplib.SMTP, message: Any) -> tuple[int, bytes]:
        in_data[id(self)] = 0
        try:
            reply = data(self, message)
        finally:
            del in_data[id(self)]
        wire.mail_answered(reply[0])
        return reply

    http.client.HTTPConnection.getresponse = watched_get_response  # type: ignore[method-assign]
    requests.Session.send = watched_send  # type: ignore[method-assign]
    smtplib.SMTP.getreply = watched_get_reply  # type: ignore[method-assign]
    smtplib.SMTP.data = watched_data  # type: ignore[method-assign, assignment]
    return wire
