"""A desktop of the test's own: a private session bus, a screen nobody sees, and dunst to show notifications."""

import json
import os
import re
import select
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.machine.components import require
from tests.support.machine.process import PATIENCE_S, Program, wait_until

_DUNSTRC = """\
[global]
    history_length = 1000
    show_indicators = no
    dmenu = {menu}
[urgency_normal]
    timeout = 0
"""


_MENU = """\
#!/bin/sh
cat > "{folder}/offered"
grep -F -m 1 -f "{folder}/choice" "{folder}/offered"
"""
"""Chooses in place of a person: the first line that holds the words of a file."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One bubble as dunst shows it."""

    number: int
    app: str
    title: str
    body: str


_PRINTED = re.compile(
    r"^\tappname: '(?P<app>[^\n]*)'\n\tsummary: '(?P<title>[^\n]*)'\n\tbody: '(?P<body>.*?)'\n\ticon: "
    r".*?^\tid: (?P<id>\d+)$",
    re.DOTALL | re.MULTILINE,
)


class Desktop:
    """Bus, screen and dunst. `environment` is what a program needs to reach them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._stack = stack
        self._folder = folder
        self._bus_socket = folder / "bus"
        self._dunstctl = require("dunstctl")
        self._dbus_send = require("dbus-send")
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={self._bus_socket}"}
        home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "LC_ALL": "C.UTF-8"}
        self._own = {"PATH": os.environ["PATH"], **home, **self.environment}
        self._screen = _start_screen(stack, self._own)
        menu = folder / "menu"
        menu.write_text(_MENU.format(folder=folder), encoding="utf-8")
        menu.chmod(0o700)
        (folder / "dunstrc").write_text(_DUNSTRC.format(menu=menu), encoding="utf-8")
        self._bus: Program
        self._dunst: Program
        self._printed: list[list[str]] = []
        self.start()

    def start(self) -> None:
        """Start bus and dunst, and wait until dunst serves."""
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        bus = [str(require("dbus-daemon")), "--session", "--nofork", "--nopidfile", f"--address={address}"]
        self._bus = self._stack.enter_context(Program(bus, environment=self._own))
        self._bus.wait_for(self._bus_answers, "the bus to listen")
        display = {**self._own, "DISPLAY": self._screen}
        dunst = [str(require("dunst")), "-conf", str(self._folder / "dunstrc"), "-print"]
        self._dunst = self._stack.enter_context(Program(dunst, environment=display))
        self._printed.append(self._dunst.stdout_lines)
        self._dunst.wait_for(lambda: self._ask("is-paused").returncode == 0, "dunst to serve")

    def stop(self) -> None:
        """End dunst and the bus, as a logout does."""
        self._dunst.stop()
        self._bus.stop()
        self._bus_socket.unlink(missing_ok=True)

    def stop_dunst(self) -> None:
        """End dunst alone: the bus is there, but nobody shows notifications."""
        self._dunst.stop()

    def arrived(self) -> list[Shown]:
        """Return all that dunst was ever asked to show, replaced bubbles included, in order."""
        return [
            Shown(int(found["id"]), found["app"], found["title"], found["body"])
            for lines in self._printed
            for found in _PRINTED.finditer("\n".join(lines))
        ]

    def dismissed(self) -> list[Shown]:
        """Close all bubbles and return those of this dunst, in order; of replaced ones the last alone."""
        wait_until(lambda: self._ask("close-all").returncode == 0 and self._count("displayed") == 0, "bubbles to close")
        answer = self._ask("history")
        entries = json.loads(answer.stdout)["data"][0]
        return [
            Shown(e["id"]["data"], e["appname"]["data"], e["summary"]["data"], e["body"]["data"])
            for e in reversed(entries)
        ]

    def press(self, label: str) -> str:
        """Press the button of this label as a person does in the menu of the bubbles; return all that was offered."""
        (self._folder / "offered").unlink(missing_ok=True)
        (self._folder / "choice").write_text(label + "\n", encoding="utf-8")
        wait_until(lambda: self._ask("context").returncode == 0, "dunst to open its menu")
        offered = self._folder / "offered"
        wait_until(lambda: offered.exists() and label in offered.read_text(encoding="utf-8"), f"{label} to be offered")
        return offered.read_text(encoding="utf-8")

    def count_displayed(self) -> int:
        """Return how many bubbles are on the screen."""
        return self._count("displayed") + self._count("waiting")

    def _count(self, kind: str) -> int:
        return int(self._ask("count", kind).stdout or 0)

    def _ask(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._dunstctl, *words], env=self._own, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )

    def _bus_answers(self) -> bool:
        question = ["--session", "--dest=org.freedesktop.DBus", "--print-reply", "/", "org.freedesktop.DBus.GetId"]
        answer = subprocess.run(
            [self._dbus_send, *question], env=self._own, capture_output=True, timeout=PATIENCE_S, check=False
        )
        return answer.returncode == 0


@contextmanager
def private_desktop(folder: Path) -> Iterator[Desktop]:
    """Give a desktop whose files lie in this folder; skip the test where a program for it is missing."""
    for name in ("Xvfb", "dunst", "dunstctl", "dbus-daemon", "dbus-send"):
        require(name)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        yield Desktop(folder, stack)


def _start_screen(stack: ExitStack, environment: dict[str, str]) -> str:
    """Start Xvfb on a display number that it picks itself, and return the display's name."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as pipe:
        try:
            command = [
                str(require("Xvfb")),
                "-displayfd",
                str(writing),
                "-screen",
                "0",
                "800x600x24",
                "-nolisten",
                "tcp",
            ]
            stack.enter_context(Program(command, environment=environment, pass_fds=[writing]))
        finally:
            os.close(writing)
        ready, _, _ = select.select([pipe], [], [], PATIENCE_S)
        assert ready, "Xvfb did not start"
        return ":" + pipe.readline().decode().strip()
