"""However long it takes to look and to read, systemd hears in time that the service is alive.

The time that systemd allows is 4 s here, and 120 s in the units. What is tried takes longer than that. The service runs
in a thread, so that the disk can be made slow.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hersteld.config.file.load import load_settings
from hersteld.daemon.reading import reader as reader_module
from hersteld.daemon.service.lifecycle import Service
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.systemd import Systemd
from tests.support.fit.hostile import different_definitions, made
from tests.support.machine.waiting import until
from tests.support.pipeline import ScriptedNotifier

ALLOWED_S = 4.0
NAMES = 170
STAT_S = 0.025


class Heard:
    """What systemd's end of the socket has heard, and when."""

    def __init__(self) -> None:
        self.at_s = [time.monotonic()]
        self.words: list[str] = []

    def longest_silence_s(self) -> float:
        """Return the longest time between two words."""
        return max(later - earlier for earlier, later in pairwise(self.at_s))


@contextmanager
def served(home: Path, inbox: Path) -> Iterator[Heard]:
    """Run the service, and listen to it; at the end it is stopped."""
    address, heard = home / "notify", Heard()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(address))

        def listen() -> None:
            while word := ear.recv(200).decode():
                heard.at_s.append(time.monotonic())
                heard.words.append(word)

        listener = threading.Thread(target=listen)
        listener.start()
        told = {"watch.folders": f'["{inbox}"]', "notify.quiet_hours": '""'}
        settings = load_settings(None, overrides=told, environ={"HOME": str(home)})
        systemd = Systemd({"NOTIFY_SOCKET": str(address), "WATCHDOG_USEC": f"{ALLOWED_S * 1e6:.0f}"})
        service = Service(settings, home / "state" / "hersteld.db", ScriptedNotifier("phone"), SystemClock(), systemd)
        thread = threading.Thread(target=service.run)
        thread.start()
        try:
            yield heard
        finally:
            service.stop()
            thread.join(60)
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth:
                mouth.sendto(b"", str(address))  # no word at all is the end
            listener.join()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "Workouts"
    folder.mkdir()
    return folder


@pytest.mark.figures("a look at thousands of names takes longer", "{tried} tried")
@pytest.mark.parametrize("kind", ["files", "folders", "links to nowhere"])
def test_a_look_at_many_names_on_a_slow_disk(
    kind: str, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(NAMES):
        place = inbox / f"{number}"
        if kind == "files":
            place.write_bytes(b"no FIT")
        elif kind == "folders":
            place.mkdir()
        else:
            place.symlink_to("nowhere")
    stat, asked = os.stat, 0

    def slowly(path: Any, *arguments: Any, **named: Any) -> os.stat_result:
        nonlocal asked
        if isinstance(path, str | os.PathLike) and str(path).startswith(f"{inbox}/"):
            asked += 1
            time.sleep(STAT_S)  # as a network mount does: the fault that is tried
        return stat(path, *arguments, **named)

    monkeypatch.setattr(os, "stat", slowly)
    with served(tmp_path, inbox) as heard:
        until(lambda: asked >= (2 if kind == "folders" else 1) * NAMES, within_s=120)
    assert heard.longest_silence_s() < ALLOWED_S


@pytest.mark.figures("a look at thousands of names takes longer", "{tried} tried")
@pytest.mark.parametrize("is_alone", [False, True])
def test_a_file_of_nothing_but_hostile_definitions(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_alone: bool
) -> None:
    if is_alone:  # where no process can be started, the service reads by itself

        def refused(*_: object, **__: object) -> None:
            raise OSError("no process")

        monkeypatch.setattr(reader_module, "ChildProcess", refused)
    (inbox / "hostile.fit").write_bytes(made(different_definitions, 5 * 2**20))
    os.utime(inbox / "hostile.fit", (1, 1))
    with served(tmp_path, inbox) as heard:
        until(lambda: "READY=1" in heard.words)
        begun = len(heard.words)
        until(lambda: len(heard.words) > begun + 5, within_s=120)
    assert heard.longest_silence_s() < ALLOWED_S
