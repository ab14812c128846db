"""On a real bus each answer of a notification service, and none at all, is told for what it is."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from jeepney import message_bus, new_error, new_method_return
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields, MessageType
from jeepney.low_level import Message as BusMessage
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery.desktop_bus import session_bus
from hersteld.daemon.delivery.desktop_bus.session_bus import session_bus_answers
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.delivery.notifiers import AppriseNotifier
from hersteld.daemon.delivery.pictures import apart
from hersteld.daemon.delivery.pictures.apart import drawn_apart
from hersteld.parsers.line import Line
from tests.support.card.samples import ride
from tests.support.machine.components import require
from tests.support.measured.figures import Measured
from tests.support.sentences import sentence

Answer = Callable[[BusMessage], BusMessage | None]


@pytest.fixture(autouse=True)
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a session bus of our own, and return its address."""
    require("dbus-daemon")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as bus:
        assert bus.stdout is not None
        found = bus.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        yield found
        bus.terminate()


class Shows:
    """A service that shows notifications, while the block runs.

    Args:
        notify: Answers each call of `Notify`; None is no answer.
        capabilities: What it says it can show.
        answers: Whether it says that at all.
    """

    def __init__(self, notify: Answer, *capabilities: str, answers: bool = True) -> None:
        self._answers = answers
        self._notify = notify
        self._capabilities = list(capabilities)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self.calls: list[tuple[Any, ...]] = []

    def __enter__(self) -> "Shows":
        self._bus: DBusConnection = open_dbus_connection(bus=os.environ["DBUS_SESSION_BUS_ADDRESS"])
        self._bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._bus.close()

    def end(self) -> None:
        """Leave the bus without a word, as a program does that is killed."""
        self._over.set()
        self._bus.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                call = self._bus.receive(timeout=0.05)
            except TimeoutError:
                continue
            if call.header.message_type is not MessageType.method_call:
                continue
            reply: BusMessage | None
            if call.header.fields.get(HeaderFields.member) == "GetCapabilities":
                reply = new_method_return(call, "as", (self._capabilities,)) if self._answers else None
            else:
                self.calls.append(call.body)
                reply = self._notify(call)
            if reply is not None:
                self._bus.send(reply)


def shown(number: int) -> Answer:
    return lambda call: new_method_return(call, "u", (number,))


def send(notifier: AppriseNotifier, body: str = "Drink <1,5> l & rust.", tag: str = "workout-1") -> str:
    """Send a message, and return why it was not shown; "" when it was."""
    result = notifier.send("screen", Message("Zware rit", body, tag))
    assert result.ok == (result.reason is None)
    return sentence(result.reason)


@pytest.fixture
def notifier() -> AppriseNotifier:
    return AppriseNotifier([Target("screen", SecretStr("desktop://"))])


def test_a_bubble_has_title_and_body_and_the_next_about_the_same_replaces_it(notifier: AppriseNotifier) -> None:
    assert session_bus_answers(os.environ)
    with Shows(shown(7), "body") as service:
        assert [send(notifier), send(notifier), send(notifier, tag="workout-2"), send(notifier, tag="")] == [""] * 4
    assert [(call[0], call[3], call[4]) for call in service.calls] == [
        ("hersteld", "Zware rit", "Drink <1,5> l & rust.")
    ] * 4
    assert [call[1] for call in service.calls] == [0, 7, 0, 0]


def test_where_markup_is_understood_a_body_is_text_all_the_same(notifier: AppriseNotifier) -> None:
    with Shows(shown(1), "body", "body-markup") as service:
        assert send(notifier) == ""
    assert service.calls[0][4] == "Drink &lt;1,5&gt; l &amp; rust."


def test_another_service_on_the_same_bus_replaces_nothing(notifier: AppriseNotifier) -> None:
    with Shows(shown(7)):
        assert send(notifier) == ""
    with Shows(shown(7)) as other:
        assert send(notifier) == ""
    assert other.calls[0][1] == 0


def test_a_refusal_no_service_and_no_bus_are_told_apart_and_nothing_was_shown(
    notifier: AppriseNotifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Shows(lambda call: new_error(call, "org.freedesktop.Notifications.Error.ExcessNotificationGeneration")):
        assert send(notifier) == "desktop: the notification was refused"
    assert send(notifier) == "desktop: nothing in this session shows notifications"
    monkeypatch.setattr(session_bus, "_CALL_TIMEOUT_S", 0.5)
    with Shows(shown(1), answers=False) as service:
        assert send(notifier) == "desktop: no answer"
    assert service.calls == []
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert send(notifier) == "desktop: the session bus cannot be reached"


@pytest.mark.figures("a message was sent and not answered", "{unknown} kinds of silence: none tried a third time")
@pytest.mark.parametrize("ends", [False, True], ids=["silent", "ended"])
def test_a_bubble_of_which_nobody_says_whether_it_is_shown_may_be(
    notifier: AppriseNotifier, monkeypatch: pytest.MonkeyPatch, measured: Measured, ends: bool
) -> None:
    monkeypatch.setattr(session_bus, "ANSWER_TIMEOUT_S", 60.0 if ends else 0.5)
    with Shows(lambda _call: service.end() if ends else None) as service:
        result = notifier.send("screen", Message("Zware rit", "Rust.", ""))
    assert (result.ok, result.may_have_arrived, len(service.calls)) == (False, True, 1)
    assert sentence(result.reason) == "desktop: it was sent, but no answer came"
    measured(unknown=result.may_have_arrived)


@pytest.mark.figures("a receiver accepts a message after 12 s", "{sent} accepted: repeated {repeated}")
def test_a_bubble_is_shown_once_by_whoever_answers_late_or_oddly(
    notifier: AppriseNotifier, monkeypatch: pytest.MonkeyPatch, measured: Measured
) -> None:
    """Of all calls, the one that shows it has as long as any receiver has for its answer."""
    monkeypatch.setattr(session_bus, "_CALL_TIMEOUT_S", 0.2)
    late = threading.Event()

    def after_a_while(call: BusMessage) -> BusMessage:
        late.wait(1)
        reply: BusMessage = new_method_return(call)
        return reply

    with Shows(after_a_while) as service:
        assert send(notifier) == ""
    assert len(service.calls) == 1
    measured(sent=1, repeated=len(service.calls) - 1)


def test_only_the_latest_bubbles_are_remembered(notifier: AppriseNotifier) -> None:
    with Shows(shown(3)) as service:
        for number in range(102):
            assert send(notifier, tag=f"workout-{number}") == ""
        assert send(notifier, tag="workout-101") == ""
        assert send(notifier, tag="workout-0") == ""
    assert [call[1] for call in service.calls[-2:]] == [3, 0]


WITH_PICTURE = Message("Zware rit", "Rust.", "workout-1", picture=ride("nl"))
REFUSES = "org.freedesktop.DBus.Error.InvalidArgs"


def hints_of(call: tuple[Any, ...]) -> dict[str, Any]:
    return {name: value for name, (_, value) in call[6].items()}


def test_a_picture_is_a_hint_beside_the_words_and_the_buttons(notifier: AppriseNotifier) -> None:
    with_buttons = replace(WITH_PICTURE, choices=(("workout-1 8", "heel zwaar 8"),))
    with Shows(shown(7), "body", "actions") as service:
        for message in (WITH_PICTURE, with_buttons, replace(WITH_PICTURE, picture=None)):
            assert notifier.send("screen", message).ok
    plain, buttons, without = service.calls
    for call in (plain, buttons):
        assert (call[3], call[4]) == ("Zware rit", "Rust.")
        width, height, row_bytes, has_alpha, bits, colours, rows = hints_of(call)["image-data"]
        assert (width, height, row_bytes, has_alpha, bits, colours) == (480, 240, 1440, False, 8, 3)
        assert bytes(rows) == drawn_apart(ride("nl")).rgb  # type: ignore[union-attr]
    assert buttons[5] == ["workout-1 8", "heel zwaar 8"]
    assert set(hints_of(without)) == {"urgency"}


def test_a_program_that_refuses_the_picture_shows_the_words_once(notifier: AppriseNotifier) -> None:
    def words_alone(call: BusMessage) -> BusMessage:
        reply: BusMessage = (
            new_error(call, REFUSES) if "image-data" in hints_of(call.body) else new_method_return(call, "u", (3,))
        )
        return reply

    with Shows(words_alone, "body") as service:
        result = notifier.send("screen", WITH_PICTURE)
    assert result == SendResult(ok=True, picture_refused=Line("delivery.desktop_refused"))
    assert ["image-data" in hints_of(call) for call in service.calls] == [True, False]


def test_without_a_picture_in_time_the_words_are_shown(
    notifier: AppriseNotifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_WITHIN_S", 0.0)
    with Shows(shown(7), "body") as service:
        assert notifier.send("screen", WITH_PICTURE).ok
    assert [set(hints_of(call)) for call in service.calls] == [{"urgency"}]
