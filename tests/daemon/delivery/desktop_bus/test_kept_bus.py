"""A bubble has buttons, each press is told once, and after a restart of the bus the next bubble has them again."""

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery.desktop_bus.presses import PRESSES
from hersteld.daemon.delivery.message import Message
from hersteld.daemon.delivery.notifiers import AppriseNotifier
from tests.support.machine.components import require
from tests.support.machine.desktop import Desktop, private_desktop
from tests.support.machine.process import wait_until
from tests.support.sentences import sentence

CHOICES = (("rpe:17:3", "easy 3"), ("rpe:17:6", "hard 6"), ("rpe:17:8", "héél zwaar 8"))
ASKS = Message("Krachttraining, 1 u", "Hoe zwaar was het?", "workout-17", choices=CHOICES)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    with private_desktop(tmp_path / "d") as made:
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made
    wait_until(lambda: "desktop-buttons" not in threads(), "the connection to end")
    _ = pressed()


@pytest.fixture
def notifier() -> AppriseNotifier:
    return AppriseNotifier([Target("screen", SecretStr("desktop://"))])


def pressed() -> list[str]:
    """Return what was pressed, and take it."""
    found = []
    while (choice := PRESSES.first()) is not None:
        found.append(choice)
        PRESSES.done()
    return found


@pytest.mark.parametrize(("choice", "label"), CHOICES)
def test_a_press_is_told_once(choice: str, label: str, desktop: Desktop, notifier: AppriseNotifier) -> None:
    woken: list[None] = []
    PRESSES.wake = lambda: woken.append(None)
    try:
        assert notifier.send("screen", ASKS).ok
        offered = desktop.press(label)
        wait_until(lambda: PRESSES.first() is not None, "the press to be heard")
        assert pressed() == [choice]
        assert len(woken) == 1
        assert all(other in offered for _, other in CHOICES)
    finally:
        PRESSES.wake = lambda: None


def test_a_message_without_choices_has_no_buttons_and_keeps_no_connection(
    desktop: Desktop, notifier: AppriseNotifier
) -> None:
    assert notifier.send("screen", Message("Lichte loop", "Licht.", "workout-18")).ok
    assert "desktop-buttons" not in threads()
    assert notifier.send("screen", ASKS).ok
    assert threads().count("desktop-buttons") == 1
    assert notifier.send("screen", ASKS).ok
    assert threads().count("desktop-buttons") == 1
    assert desktop.count_displayed() == 2


def test_after_a_restart_of_the_bus_the_next_bubble_has_its_buttons(
    desktop: Desktop, notifier: AppriseNotifier
) -> None:
    assert notifier.send("screen", ASKS).ok
    desktop.stop()
    wait_until(lambda: "desktop-buttons" not in threads(), "the connection to end")
    assert sentence(notifier.send("screen", ASKS).reason) == "desktop: the session bus cannot be reached"
    desktop.start()
    assert notifier.send("screen", ASKS).ok
    desktop.press("hard 6")
    wait_until(lambda: PRESSES.first() is not None, "the press to be heard")
    assert pressed() == ["rpe:17:6"]


def test_what_others_on_the_bus_say_of_buttons_that_nobody_offered_is_no_press(
    desktop: Desktop, notifier: AppriseNotifier
) -> None:
    assert notifier.send("screen", ASKS).ok
    for arguments in (["uint32:1", "string:rpe:1:9"], ["uint32:999", "string:rpe:17:3"], ["string:odd"], []):
        words = ["--session", "--type=signal", "/org/freedesktop/Notifications"]
        member = "org.freedesktop.Notifications.ActionInvoked"
        subprocess.run([require("dbus-send"), *words, member, *arguments], env=dict(os.environ), check=True, timeout=30)
    desktop.press("easy 3")
    wait_until(lambda: PRESSES.first() is not None, "the press to be heard")
    assert pressed() == ["rpe:17:3"]


def threads() -> list[str]:
    """Return the names of the threads that run."""
    return [thread.name for thread in threading.enumerate()]
