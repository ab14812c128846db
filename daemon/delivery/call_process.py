"""How is a call to a service ended that does not end by itself?

A server may send one byte per second for ever, or an answer without an end. No plugin of Apprise guards against both,
and a thread cannot be ended. So the calls to each target are made in a process of their own, which can be ended when
its time is over, and whose memory is limited. Before a message leaves, the process says so and waits for our word: thus
it is known which message may have arrived, also when the process dies. It stays for a while after a message, since
often another follows, and ends when the daemon has ended, in whatever way. It gets the address by a socket, because
other users of the machine may read the arguments of a process. However many targets there are, few of these processes
run: one that only waits is ended when another is needed.
"""

import contextlib
import threading
import time
from dataclasses import replace
from functools import partial
from typing import ClassVar

from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.delivery.failure_reasons import UNANSWERED, no_answer_within
from hersteld.daemon.delivery.message import ANSWER_TIMEOUT_S, Message, SendResult
from hersteld.daemon.delivery.on_the_wire import watch
from hersteld.daemon.delivery.pictures.ways import name_of
from hersteld.daemon.delivery.turns import MOST_CALLS
from hersteld.daemon.system.channel import Channel, Json
from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits
from hersteld.daemon.system.later import Errand, Later
from hersteld.daemon.system.logs import quieten_libraries
from hersteld.daemon.system.memory import give_back
from hersteld.parsers.line import Line

_START_S = 10.0
"""How much longer it may take until the message leaves: the process must start, and connect."""
_DRAWN_S = 15.0
"""How long it may take until a picture is drawn, the start of the process and of what draws included."""
_SAY_S = 2.0
"""How much longer we wait than a library, so that one which gave up can still say why."""
_MOST_ANSWERS = 2
"""For so many answers a call is waited for, as some services are asked for leave first, and mail goes one by one."""
_IDLE_S = 20.0
"""How long a process waits for another message. It takes some 60 MB, which is much on a small machine."""
LATER = Later("deliver-later")
"""Does what is not to wait for a message, nor a message for it: the service starts it with the threads of targets."""
_ACCEPTED = SendResult(ok=True)
_BROKE_OFF = Line("delivery.call_broke_off")
_LIMITS = Limits(data_bytes=192 * 2**20, answer_bytes=2**16)
"""A usual call uses some 60 MB, and says in a sentence what became of it."""


class CallProcess:
    """Calls one service in a process of its own, one call at a time.

    Args:
        url: The address of the service, which Apprise is known to understand.
        timeout_s: How long an answer is waited for, by the libraries in the process and by us; then the call is ended.
        idle_s: How long after its last message the process is ended.
        draws: Whether pictures are probably to come, for which a process then prepares as it starts.
    """

    _running: ClassVar[list["CallProcess"]] = []
    """Those that have a process, or are about to start it, the oldest first."""
    _running_lock = threading.RLock()

    def __init__(
        self, url: str, *, timeout_s: float = ANSWER_TIMEOUT_S, idle_s: float = _IDLE_S, draws: bool = False
    ) -> None:
        self._url = url
        self._draws = draws
        self._timeout_s = timeout_s
        self._idle_s = idle_s
        self._process: ChildProcess | None = None
        self._turn = threading.Lock()
        self._idle: Errand | None = None

    def call(self, message: Message) -> SendResult:
        """Send a message, and return in time what became of it; never raise."""
        with self._turn:
            self._stay()
            result = self._called(message)
            if result.reason is _BROKE_OFF and message.picture is not None and message.body:
                self._end()  # which has ended already: whatever it drew, the words are worth another try
                result = self._called(replace(message, picture=None))
            try:
                if result.ok:
                    self._leave_later()
                else:  # MQTT's client would go on trying by itself, beside the outbox
                    self._end()
            except Exception:  # noqa: BLE001, S110 - what became of the message is known, and nothing may change it
                pass
            return result

    def _called(self, message: Message) -> SendResult:
        may_have_left = False
        try:
            process = self._ready()
            until_s = time.monotonic() + _MOST_ANSWERS * self._timeout_s + _START_S
            process.tell(_told(message), within_s=self._timeout_s)
            if message.picture is not None:
                try:
                    process.answer(within_s=_DRAWN_S)
                except ChildLost:
                    return SendResult(ok=False, reason=_BROKE_OFF)
            within_s = self._timeout_s + _START_S
            while True:
                said, _ = process.answer(within_s=within_s)
                if "leaves" not in said:
                    return _result_of(said)
                may_have_left = True
                process.tell({"go": True}, within_s=self._timeout_s)
                within_s = min(self._timeout_s + _SAY_S, until_s - time.monotonic())
        except Exception as error:  # noqa: BLE001 - no memory, no process: all that counts is whether it may have left
            if may_have_left:
                return SendResult(ok=False, reason=UNANSWERED, may_have_arrived=True)
            is_late = isinstance(error, ChildLost) and error.is_late
            reason = no_answer_within(self._timeout_s) if is_late else _BROKE_OFF
            return SendResult(ok=False, reason=reason)

    def start_early(self) -> None:
        """Start the process for a message that is probably to come, where a place for it is free; never raise."""
        if not self._turn.acquire(blocking=False):
            return  # it is at work
        try:
            self._stay()
            with self._running_lock:
                if self._process is not None or len(self._running) < MOST_CALLS:
                    self._ready()
            if self._process is not None:
                self._leave_later()
        except Exception:  # noqa: BLE001 - no process, no memory: the message itself tells of that
            with contextlib.suppress(Exception):
                self._end()
        finally:
            self._turn.release()

    def _end(self) -> None:
        """End the process, if there is one, with everything it started."""
        process, self._process = self._process, None
        try:
            if process is not None:
                process.end()
        finally:
            with self._running_lock:
                if self in self._running:
                    self._running.remove(self)

    def _stay(self) -> None:
        """Have the process not end meanwhile for having no message."""
        if self._idle is not None:
            self._idle.cancel()

    def _leave_later(self) -> None:
        """End the process when no message has come for a while, or now where nobody would end it then; never raise.

        It is ended by this process, because one that ended by itself would stay in the list of its children. The
        receiver has just accepted a message: an error here would be taken for a failure, and the message sent again.
        """
        try:
            if LATER.runs:
                self._idle = LATER.give(self._leave_if_idle, in_s=self._idle_s)
            else:  # a command that sends one message, and ends
                self._end()
        except Exception:  # noqa: BLE001 - no memory is left, and the reason changes nothing
            with contextlib.suppress(Exception):  # what cannot be ended ends by itself, as its connection is closed
                self._end()

    def _ready(self) -> ChildProcess:
        """Return a process that waits for a message.

        Raises:
            OSError: None can be started.
            ChildLost: It has ended at once.
        """
        if self._process is None:
            self._take_place()
            self._process = ChildProcess(
                f"{__name__}:serve",
                limits=_LIMITS,
                # A stop of the whole unit must not break off a message on its way: we decide how long to wait for it.
                heeds_stop=False,
                quiet=True,  # what a library prints may hold the address
            )
            given = {"url": self._url, "timeout_s": self._timeout_s, "draws": self._draws}
            self._process.tell(given, within_s=self._timeout_s)
        return self._process

    def _take_place(self) -> None:
        """Take a place among the processes; where none is free, end one that waits for a message, not one at work."""
        with self._running_lock:
            for other in list(self._running):
                if len(self._running) < MOST_CALLS:
                    break
                with contextlib.suppress(Exception):  # what cannot be ended is none of this message
                    other._leave_if_idle()  # noqa: SLF001 - an object of this class
            if self not in self._running:
                self._running.append(self)

    def _leave_if_idle(self) -> None:
        if self._turn.acquire(blocking=False):
            try:
                self._end()
                give_back()  # the message is long sent, and nothing is at work
            finally:
                self._turn.release()


def serve(channel: Channel) -> None:
    """Run in the child process: receive the address, then one message after the other."""
    from hersteld.daemon.delivery.apprise_service import put, service_of  # noqa: PLC0415 - slow, and needed only here
    from hersteld.daemon.delivery.pictures.attached import can_draw, drawn  # noqa: PLC0415
    from hersteld.daemon.delivery.pictures.ntfy_headers import keep_words_out_of_addresses  # noqa: PLC0415
    from hersteld.daemon.delivery.pictures.one_call import send  # noqa: PLC0415

    quieten_libraries()
    given, _ = channel.receive()
    timeout_s = float(str(given["timeout_s"]))
    url = str(given["url"])
    plain = service_of(url, timeout_s)
    if plain is not None and name_of(plain[0]) == "ntfy":
        keep_words_out_of_addresses()

    def leaving() -> None:
        channel.send({"leaves": True})
        channel.receive()

    wire = watch(leaving, timeout_s)
    if given["draws"]:
        can_draw()
    while True:
        message, _ = channel.receive()
        to_send, png = _message_of(message), b""
        if to_send.picture is not None:
            png = drawn(to_send.picture) or b""
            channel.send({"drawn": True})
        service = service_of(url, timeout_s, to_send.actions) if to_send.actions else plain
        if service is None:
            result = SendResult(ok=False, reason=Line("delivery.plugin_failed"))
        else:
            result = send(partial(put, service), service[0], wire, to_send, png)
        became = {"ok": result.ok, "reason": stored(result.reason), "may_have_arrived": result.may_have_arrived}
        refused = result.picture_refused
        channel.send(became if refused is None else {**became, "picture_refused": stored(refused)})


def _told(message: Message) -> Json:
    picture = None if message.picture is None else message.picture.as_json()
    words = {"title": message.title, "body": message.body, "tag": message.tag, "actions": message.actions}
    return {**words, "picture": picture}


def _message_of(told: Json) -> Message:
    title, body, tag, actions = (str(told[name]) for name in ("title", "body", "tag", "actions"))
    picture = told["picture"]
    facts = CardFacts.from_json(picture) if isinstance(picture, dict) else None
    return Message(title, body, tag, actions=actions, picture=facts)


def _result_of(said: Json) -> SendResult:
    """Return what the child says became of a message."""
    if said.get("ok") is True:  # with as few calls as can be: one that fails loses the answer
        if "picture_refused" not in said:
            return _ACCEPTED
        return SendResult(ok=True, picture_refused=line_of(str(said["picture_refused"])))
    reason, refused = said.get("reason"), said.get("picture_refused")
    return SendResult(
        ok=False,
        reason=line_of(str(reason)) if reason else None,
        may_have_arrived=said.get("may_have_arrived") is True,
        picture_refused=line_of(str(refused)) if refused else None,
    )
