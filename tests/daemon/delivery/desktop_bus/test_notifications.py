"""A message becomes a bubble of a real notification daemon, exactly as sent, and follows what is said later."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery.desktop_bus.session_bus import session_bus_answers
from hersteld.daemon.delivery.notifiers import AppriseNotifier, Message, SendResult, notifier_for
from tests.support.card.samples import ride
from tests.support.machine.desktop import Desktop, private_desktop
from tests.support.machine.process import wait_until
from tests.support.sentences import sentence

MESSAGE = Message("Zware rit, 2 u 04", "Één koud bad, vóór 20:00 & <b>niet</b> alleen.\nRek 20 minuten.", "workout-17")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    with private_desktop(tmp_path / "d") as made:
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made


@pytest.fixture
def notifier() -> AppriseNotifier:
    return AppriseNotifier([Target("screen", SecretStr("desktop://"))])


def test_a_bubble_shows_the_message_as_it_was_sent(desktop: Desktop, notifier: AppriseNotifier) -> None:
    assert notifier.send("screen", MESSAGE) == SendResult(ok=True)
    (shown,) = desktop.dismissed()
    assert (shown.app, shown.title, shown.body) == ("hersteld", MESSAGE.title, MESSAGE.body)


def test_a_real_program_shows_a_bubble_with_a_picture(desktop: Desktop, notifier: AppriseNotifier) -> None:
    message = replace(MESSAGE, picture=ride("nl"), choices=(("workout-17 8", "heel zwaar 8"),))
    assert notifier.send("screen", message) == SendResult(ok=True)
    assert "heel zwaar 8" in desktop.press("heel zwaar 8")
    (shown,) = desktop.arrived()
    assert (shown.title, shown.body) == (MESSAGE.title, MESSAGE.body)


def test_a_later_message_on_the_same_thing_replaces_its_bubble_and_no_other(
    desktop: Desktop, notifier: AppriseNotifier
) -> None:
    other = Message("Lichte loop", "Licht.", "workout-18")
    evening = Message("Vanavond", "Geen alcohol.", MESSAGE.tag)
    for message in (MESSAGE, other, evening):
        assert notifier.send("screen", message).ok
    wait_until(lambda: len(desktop.arrived()) == 3, "dunst to hear of three messages")
    assert desktop.count_displayed() == 2
    assert sorted(shown.title for shown in desktop.dismissed()) == ["Lichte loop", "Vanavond"]


def test_messages_about_nothing_in_particular_stand_side_by_side(desktop: Desktop, notifier: AppriseNotifier) -> None:
    for title in ("Een", "Twee"):
        assert notifier.send("screen", Message(title, "proef", "")).ok
    assert desktop.count_displayed() == 2


def test_a_restarted_bus_gets_a_new_bubble(desktop: Desktop, notifier: AppriseNotifier) -> None:
    assert notifier.send("screen", MESSAGE).ok
    desktop.stop()
    assert sentence(notifier.send("screen", MESSAGE).reason) == "desktop: the session bus cannot be reached"
    desktop.start()
    assert notifier.send("screen", MESSAGE) == SendResult(ok=True)
    assert [shown.title for shown in desktop.dismissed()] == [MESSAGE.title]


def test_a_session_without_a_notification_daemon_says_so(desktop: Desktop, notifier: AppriseNotifier) -> None:
    desktop.stop_dunst()
    assert sentence(notifier.send("screen", MESSAGE).reason) == "desktop: nothing in this session shows notifications"


@pytest.mark.parametrize(
    "address", ["unix:path=/nonexistent/bus", "autolaunch:", "tcp:host=localhost,port=1", "nonsense"]
)
def test_an_address_that_leads_nowhere_is_a_failure_and_no_crash(
    address: str, notifier: AppriseNotifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert sentence(notifier.send("screen", MESSAGE).reason) == "desktop: the session bus cannot be reached"
    assert not session_bus_answers(os.environ)


def test_without_configuration_the_desktop_and_the_log_get_the_messages(desktop: Desktop) -> None:
    assert notifier_for((), desktop.environment).targets() == ("desktop", "log")
    assert notifier_for((), {}).targets() == ("log",)


def test_the_bus_is_found_where_systemd_puts_it(desktop: Desktop) -> None:
    socket = Path(desktop.environment["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path="))
    assert session_bus_answers({"XDG_RUNTIME_DIR": str(socket.parent)})
