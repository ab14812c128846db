"""How is a connection to the session bus kept, on which calls are made and presses of buttons are heard?

The program that shows a bubble tells of its buttons only to the connection that sent it, for as long as that is open.
One thread reads whatever comes; a call leaves from any thread, and waits for its answer.
"""

import contextlib
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from jeepney import MatchRule, message_bus
from jeepney.low_level import HeaderFields, Message, MessageType

from hersteld.daemon.delivery.desktop_bus.session_bus import BUS_ERRORS, Bus, Unanswered
from hersteld.daemon.delivery.message import ANSWER_TIMEOUT_S
from hersteld.daemon.system.errors import start

INTERFACE = "org.freedesktop.Notifications"
_CALL_TIMEOUT_S = 5.0
_PRESSED = MatchRule(type="signal", interface=INTERFACE, member="ActionInvoked")


class KeptBus:
    """A connection that stays open until the bus ends it.

    Args:
        bus: Of which nobody else reads.
        pressed: Called in a thread of ours with the number of a bubble and the button that was pressed.

    Raises:
        NoThread: The machine gives us no thread.
    """

    def __init__(self, bus: Bus, pressed: Callable[[int, str], None]) -> None:
        self._bus = bus
        self._pressed = pressed
        self._answers: dict[int, SimpleQueue[Message | None]] = {}
        self._lock = threading.Lock()
        self._is_open = True
        thread = threading.Thread(target=self._read, name="desktop-buttons", daemon=True)
        try:
            start(thread)
        except BaseException:
            bus.close()
            raise
        self.send_and_get_reply(message_bus.AddMatch(_PRESSED))

    @property
    def is_open(self) -> bool:
        """Whether calls can be made and presses are heard."""
        return self._is_open

    def close(self) -> None:
        """Hear of no more presses."""
        self._is_open = False
        with contextlib.suppress(OSError):
            self._bus.sock.shutdown(2)  # the thread that reads ends, and closes it

    def send_and_get_reply(self, message: Message) -> Message:
        """Send one call and return its answer, an error answer included.

        Raises:
            OSError: It cannot be sent, or is not answered.
        """
        reply = self._call(message, _CALL_TIMEOUT_S)
        if reply is None:
            raise TimeoutError
        return reply

    def send_and_wait(self, message: Message) -> Message:
        """Send one call that does something, and return its answer, an error answer included.

        Raises:
            OSError: It cannot be sent.
            Unanswered: It has left, and is not answered.
        """
        reply = self._call(message, ANSWER_TIMEOUT_S)
        if reply is None or str(reply.header.fields.get(HeaderFields.error_name, "")).endswith(".NoReply"):
            raise Unanswered
        return reply

    def _call(self, message: Message, within_s: float) -> Message | None:
        answers: SimpleQueue[Message | None] = SimpleQueue()
        with self._lock:
            if not self._is_open:
                raise ConnectionResetError
            serial = next(self._bus.outgoing_serial)
            self._answers[serial] = answers
            self._bus.send_message(message, serial=serial)
        try:
            return answers.get(timeout=within_s)
        except Empty:
            return None
        finally:
            with self._lock:
                self._answers.pop(serial, None)

    def _read(self) -> None:
        try:
            while self._is_open:
                self._take(self._bus.receive())
        except BUS_ERRORS:  # the session has ended, or the bus was started anew
            pass
        finally:
            with self._lock:
                self._is_open = False
                for answers in self._answers.values():
                    answers.put(None)
            self._bus.close()

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type in (MessageType.method_return, MessageType.error):
            with self._lock:
                answers = self._answers.get(fields.get(HeaderFields.reply_serial, -1))
            if answers is not None:
                answers.put(message)
        elif (fields.get(HeaderFields.interface), fields.get(HeaderFields.member)) == (INTERFACE, "ActionInvoked"):
            match message.body:
                case (int(number), str(button)):
                    self._pressed(number, button)
                case _:  # whoever is on the bus may send what they like
                    pass
