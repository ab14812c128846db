"""Did a request leave whole, and was it answered?

Apprise says of a call only whether it succeeded. Whether the receiver may have taken a message that it did not confirm
is seen below it, in the libraries that write to the connection: those for HTTP, mail and MQTT. For the process of
`call_process`, which makes one call at a time: what it hooks into is changed for the whole process.

Of the few services with a protocol of their own (XMPP, SMPP, AMQP, Growl, syslog, APRS) nothing is seen, as each writes
in a library of its own or sends what nobody ever answers: their failures are refusals.
"""

import http.client
import itertools
import smtplib
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from hersteld.daemon.delivery.message import Message
from hersteld.daemon.delivery.words_on_the_wire import Words

_NO_ANSWER = -1
_GO_ON = 354
_ACCEPTED = range(200, 300)
_KIND_OF_PACKET = 0xF0
_ANYTHING = b"\xff"
"""In place of what cannot be looked into; no picture begins or ends with it."""


class Wire:
    """What was seen of the requests of one call.

    Args:
        leaving: Called before the last of a request leaves; it returns when that is known to whoever may have to
            say what became of the call.
    """

    def __init__(self, leaving: Callable[[], None]) -> None:
        self._leaving = leaving
        self.begin()

    def begin(self, message: Message | None = None, picture: bytes = b"") -> None:
        """Forget what was seen of the call before.

        Args:
            message: What is to be sent; None where it is not known, and may be in any request.
            picture: The PNG that goes with it; b"" for none.
        """
        self._words = None if message is None else Words(message, picture)
        self._open: set[str] = set()
        self._is_taken = False
        self._is_leaving = False
        self._mails = 0
        self._mails_accepted = 0

    @property
    def is_unanswered(self) -> bool:
        """Whether the message left whole, and no answer to it came, or none that was whole and a refusal."""
        return bool(self._open)

    @property
    def is_taken(self) -> bool:
        """Whether some receiver took a request that may hold the message, whatever else became of the call."""
        return self._is_taken or self._mails_accepted > 0

    @property
    def is_accepted(self) -> bool:
        """Whether all mail was accepted: what fails after that, like the farewell, is no failure."""
        return self._mails_accepted == self._mails > 0 and not self._open

    @property
    def is_accepted_in_part(self) -> bool:
        """Whether one of several recipients of mail has it, and another has not."""
        return 0 < self._mails_accepted < self._mails

    def may_be_message(self, request: bytes) -> bool:
        """Return whether a request may hold the message, and not only prepare for it."""
        return self._words is None or self._words.may_be_in(request)

    def leaves(self) -> None:
        """A request, or what is left of one, is written next."""
        if not self._is_leaving:
            self._leaving()
            self._is_leaving = True

    def left(self, protocol: str) -> None:
        """A request is written to its end."""
        self._is_leaving = False
        self._open.add(protocol)

    def answered(self, protocol: str, *, accepts: bool = False) -> None:
        """Its answer is there, and may accept it."""
        self._is_taken |= accepts and protocol in self._open
        self._open.discard(protocol)

    def mail_begun(self) -> None:
        """The mail server is told of a mail."""
        self._mails += 1

    def mail_accepted(self) -> None:
        """The mail server has said that it takes the mail."""
        self._mails_accepted += 1


def watch(leaving: Callable[[], None], answer_s: float) -> Wire:
    """Hook into the libraries of this process, and return what sees.

    Args:
        leaving: As for `Wire`.
        answer_s: How long a mail server may take for each of its answers; the others are told by Apprise.
    """
    wire = Wire(leaving)
    _watch_http(wire)
    _watch_mail(wire, answer_s)
    _watch_mqtt(wire)
    return wire


def _watch_http(wire: Wire) -> None:
    import requests  # noqa: PLC0415 - slow, and needed only in the child process

    send_part, get_response = http.client.HTTPConnection.send, http.client.HTTPConnection.getresponse
    send = requests.Session.send
    cut_off: WeakSet[http.client.HTTPConnection] = WeakSet()
    sent: WeakKeyDictionary[http.client.HTTPConnection, bytes] = WeakKeyDictionary()
    numbers = itertools.count()
    request_name = "http"

    def watched_send_part(self: http.client.HTTPConnection, data: Any) -> None:
        if self.sock is None and self.auto_open:
            self.connect()  # first, since nothing leaves before there is a connection
        # What is no row of bytes is a file, say, in which nobody can look for words.
        sent[self] = sent.get(self, b"") + (bytes(data) if isinstance(data, bytes | bytearray) else _ANYTHING)
        if wire.may_be_message(sent[self]):
            wire.leaves()
        try:
            send_part(self, data)
        except BaseException:
            cut_off.add(self)
            raise

    def watched_get_response(self: http.client.HTTPConnection) -> http.client.HTTPResponse:
        name = request_name
        # urllib3 asks for an answer also where it could not send all.
        if self not in cut_off and wire.may_be_message(sent.get(self, _ANYTHING)):
            wire.left(name)
        cut_off.discard(self)
        sent.pop(self, None)
        response = get_response(self)
        if response.status not in _ACCEPTED:
            wire.answered(name)
        return response

    def watched_send(self: Any, request: Any, **options: Any) -> Any:
        nonlocal request_name
        request_name = name = f"http {next(numbers)}"
        response = send(self, request, **options)  # reads the answer to its end
        wire.answered(name, accepts=response.status_code in _ACCEPTED)
        return response

    http.client.HTTPConnection.send = watched_send_part  # type: ignore[method-assign]
    http.client.HTTPConnection.getresponse = watched_get_response  # type: ignore[method-assign]
    requests.Session.send = watched_send  # type: ignore[method-assign]


def _watch_mail(wire: Wire, answer_s: float) -> None:
    get_reply, data, send_mail = smtplib.SMTP.getreply, smtplib.SMTP.data, smtplib.SMTP.sendmail
    in_data: dict[int, int] = {}

    def watched_get_reply(self: smtplib.SMTP) -> tuple[int, bytes]:
        if self.sock is not None:
            self.sock.settimeout(answer_s)  # smtplib would wait no longer than for a connection
        is_last = in_data.get(id(self)) == 1
        if is_last:
            wire.left("smtp")
        reply = get_reply(self)
        if is_last and reply[0] != _NO_ANSWER:
            wire.answered("smtp")
        if id(self) in in_data:
            in_data[id(self)] += 1
            if not is_last and reply[0] == _GO_ON:
                wire.leaves()
        return reply

    def watched_data(self: smtplib.SMTP, message: Any) -> tuple[int, bytes]:
        in_data[id(self)] = 0
        try:
            reply = data(self, message)
        finally:
            del in_data[id(self)]
        if reply[0] in _ACCEPTED:
            wire.mail_accepted()
        return reply

    def watched_send_mail(self: smtplib.SMTP, *arguments: Any, **options: Any) -> Any:
        wire.mail_begun()
        return send_mail(self, *arguments, **options)

    smtplib.SMTP.getreply = watched_get_reply  # type: ignore[method-assign]
    smtplib.SMTP.data = watched_data  # type: ignore[method-assign, assignment]
    smtplib.SMTP.sendmail = watched_send_mail  # type: ignore[method-assign]


def _watch_mqtt(wire: Wire) -> None:
    try:
        from paho.mqtt.client import PUBLISH, Client  # noqa: PLC0415 - an extra that need not be there
        from paho.mqtt.enums import MQTTErrorCode  # noqa: PLC0415
    except ImportError:
        return
    write, handle_connack, handle_puback = Client._packet_write, Client._handle_connack, Client._handle_pubackcomp  # noqa: SLF001

    def watched_write(self: Any) -> Any:
        publishing = [packet for packet in list(self._out_packet) if packet["command"] & _KIND_OF_PACKET == PUBLISH]
        if publishing:
            wire.leaves()
        result = write(self)
        if any(packet["to_process"] == 0 for packet in publishing):
            wire.left("mqtt")
        return result

    def watched_connack(self: Any) -> Any:
        result = handle_connack(self)
        if result == MQTTErrorCode.MQTT_ERR_CONN_REFUSED:  # a broker takes nothing from whom it does not let in
            wire.answered("mqtt")
        return result

    def watched_puback(self: Any, command: Any) -> Any:
        wire.answered("mqtt", accepts=True)
        return handle_puback(self, command)

    Client._packet_write = watched_write  # type: ignore[method-assign]  # noqa: SLF001
    Client._handle_connack = watched_connack  # type: ignore[method-assign]  # noqa: SLF001
    Client._handle_pubackcomp = watched_puback  # type: ignore[method-assign, assignment]  # noqa: SLF001
