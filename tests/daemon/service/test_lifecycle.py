"""The whole daemon, with threads, observers and signals: it says when it is ready, sees files, and ends when told."""

import logging
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from typing import IO

import pytest

from hersteld.config.file.load import load_settings
from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import AlreadyRunning, DatabaseLock, daemon_at
from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.service.lifecycle import DeliveryLost, Service
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.systemd import Systemd
from tests.support.machine.waiting import until
from tests.support.pipeline import ScriptedNotifier, a_file


class Running:
    """A service in a thread, and systemd at the other end of its socket, which empties it as systemd does."""

    def __init__(self, folder: Path, watched: Path, notifier: ScriptedNotifier) -> None:
        self.notifier = notifier
        self.database = folder / "state" / "hersteld.db"
        self.words: SimpleQueue[str] = SimpleQueue()
        address = folder / "notify"
        address.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(address))
        self._systemd = threading.Thread(target=self._listen)
        self._systemd.start()
        systemd = Systemd({"NOTIFY_SOCKET": str(address), "WATCHDOG_USEC": "400000"})
        self.service = Service(settings_for(folder, watched), self.database, notifier, SystemClock(), systemd)
        self.thread = threading.Thread(target=self.service.run)
        self.thread.start()

    def _listen(self) -> None:
        while word := self._socket.recv(200):  # an empty one ends it
            self.words.put(word.decode())

    def heard(self, word: str) -> None:
        """Wait until systemd was told so."""
        while self.words.get(timeout=60) != word:
            pass

    def stop(self) -> None:
        """End the service, wherever it is; a second time is no mistake."""
        self.service.stop()
        self.thread.join(60)
        assert not self.thread.is_alive()
        if self._systemd.is_alive():
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as last:
                last.sendto(b"", self._socket.getsockname())
            self._systemd.join()
            self._socket.close()


def settings_for(folder: Path, watched: Path) -> Settings:
    told = {"watch.folders": f'["{watched}"]', "notify.quiet_hours": '""', "notify.language": "en"}
    return load_settings(None, overrides=told, environ={"HOME": str(folder)})


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    folder = tmp_path / "Workouts"
    folder.mkdir()
    return folder


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Return what starts a service for a folder and some targets; none outlives its test, even one that fails."""
    with ExitStack() as started:

        def begin(watched: Path, *targets: str) -> Running:
            running = Running(tmp_path, watched, ScriptedNotifier(*targets))
            started.callback(running.stop)
            return running

        yield begin


@pytest.fixture
def running(start: Callable[..., Running], watched: Path) -> Running:
    return start(watched, "phone", "desktop")


def a_recent_file() -> bytes:
    return a_file((datetime.now(UTC) - timedelta(minutes=3)).replace(microsecond=0))


def test_a_file_that_is_dropped_reaches_every_target_once_and_a_restart_adds_nothing(
    start: Callable[..., Running], watched: Path
) -> None:
    first = start(watched, "phone", "desktop")
    first.heard("READY=1")
    (watched / "a.fit").write_bytes(a_recent_file())
    until(lambda: len(first.notifier.received) == 2)
    first.heard("WATCHDOG=1")
    first.stop()
    second = start(watched, "phone", "desktop")
    second.heard("READY=1")
    (watched / "copy.fit").write_bytes((watched / "a.fit").read_bytes())
    (watched / "other.fit").write_bytes(b"a letter that looks like nothing of ours")
    second.heard("WATCHDOG=1")
    second.heard("WATCHDOG=1")
    second.stop()
    assert {target for target, _ in first.notifier.received} == {"phone", "desktop"}
    assert second.notifier.received == []


def test_what_sends_prepares_when_a_file_has_come_that_may_be_a_workout(running: Running, watched: Path) -> None:
    running.heard("READY=1")
    (watched / "picture.jpg").write_bytes(b"no workout")
    for _ in range(15):  # more than the tenth of a second in which it waits for others
        running.heard("WATCHDOG=1")
    assert running.notifier.started_early == 0
    (watched / "a.fit").write_bytes(a_recent_file())
    until(lambda: len(running.notifier.received) == 2)
    assert running.notifier.started_early > 0


def test_a_folder_that_comes_later_is_waited_for_and_ready_is_said_meanwhile(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    watched = tmp_path / "usb" / "GARMIN"
    running = start(watched, "phone")
    running.heard("READY=1")
    watched.mkdir(parents=True)
    (watched / "a.fit").write_bytes(a_recent_file())
    until(lambda: len(running.notifier.received) == 1)


def test_a_second_service_on_the_same_database_is_refused(running: Running, tmp_path: Path, watched: Path) -> None:
    running.heard("READY=1")
    second = Service(settings_for(tmp_path, watched), running.database, ScriptedNotifier(), SystemClock(), Systemd({}))
    with pytest.raises(AlreadyRunning):
        second.run()


def test_the_database_can_be_read_while_the_service_writes(running: Running, watched: Path) -> None:
    running.heard("READY=1")
    reader = sqlite3.connect(f"file:{running.database}?mode=ro", uri=True)
    (watched / "a.fit").write_bytes(a_recent_file())
    until(lambda: len(running.notifier.received) == 2)
    until(lambda: reader.execute("SELECT COUNT(*) FROM outbox WHERE state = 'sent'").fetchone()[0] == 2)
    reader.close()


def test_without_a_living_delivery_thread_systemd_hears_nothing(
    start: Callable[..., Running], watched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hersteld.daemon.delivery.threads.DeliveryThreads.heartbeat_age_s", lambda _self: 1e6)
    running = start(watched, "phone")
    running.heard("READY=1")
    (watched / "a.fit").write_bytes(a_recent_file())
    until(lambda: len(running.notifier.received) == 1)
    running.stop()
    words = [running.words.get() for _ in range(running.words.qsize())]
    assert "STOPPING=1" in words
    assert "WATCHDOG=1" not in words


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_delivery_thread_that_ended_ends_the_service_with_an_error(tmp_path: Path, watched: Path) -> None:
    def leave(_target: str, _message: Message) -> SendResult:
        raise SystemExit

    (watched / "a.fit").write_bytes(a_recent_file())
    settings = settings_for(tmp_path, watched)
    systemd = Systemd({"WATCHDOG_USEC": "400000"})
    notifier = ScriptedNotifier("phone", "desktop", answer=leave)
    service = Service(settings, tmp_path / "state" / "hersteld.db", notifier, SystemClock(), systemd)
    with pytest.raises(DeliveryLost, match="deliver-phone"):
        service.run()


DAEMON = """
import logging, sys, time
from pathlib import Path
from hersteld.config.file.load import load_settings
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.delivery.notifiers import SendResult
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.service.lifecycle import Service
from hersteld.daemon.system.systemd import Systemd

class Slow:
    def targets(self):
        return ("phone",)
    def send(self, target, message):
        print("sending", flush=True)
        time.sleep({send_s})
        return SendResult(ok=True)
    def picture_way(self, target):
        return Way.NONE
    def start_early(self):
        pass

logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
folder = Path(sys.argv[1])
told = {{"watch.folders": '["' + str(folder / "Workouts") + '"]', "notify.quiet_hours": '""'}}
settings = load_settings(None, overrides=told, environ={{"HOME": str(folder)}})
Service(settings, folder / "state" / "hersteld.db", Slow(), SystemClock(), Systemd({{}}), patience_s={patience_s}).run()
print("ended", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(
    ("send_s", "patience_s", "signals", "state"),
    [
        (0, 60, 1, "sent"),
        (5, 60, 1, "sent"),  # slow, and still not sent a second time at the next start
        (600, 2, 1, "sending"),
        (600, 60, 2, "sending"),
    ],
)
def test_a_signal_ends_it_when_the_message_at_hand_has_left_and_a_second_one_at_once(
    tmp_path: Path, watched: Path, number: signal.Signals, send_s: int, patience_s: int, signals: int, state: str
) -> None:
    (watched / "a.fit").write_bytes(a_recent_file())
    script = DAEMON.format(send_s=send_s, patience_s=patience_s)
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        _read_to(process.stdout, "sending")
        process.send_signal(number)
        if signals == 2:
            _read_to(process.stdout, "stopping when the message")
            process.send_signal(number)
        assert process.wait(60) == 0
        assert ("ended" if signals == 1 else "stopped at once") in process.stdout.read()
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    with Store(tmp_path / "state" / "hersteld.db") as store:
        (row,) = Outbox(store).rows("rule = 'first'")
        assert row.state == state


def test_a_stop_while_another_keeps_the_database_locked_names_no_file(tmp_path: Path) -> None:
    database = tmp_path / "state" / "hersteld.db"
    with DatabaseLock(database), Store(database):
        pass
    script = DAEMON.format(send_s=0, patience_s=0.2)
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        until(lambda: daemon_at(database) is not None)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.splitlines() == ["stopped before it had begun; what was under way is done at the next start"]


def _read_to(lines: IO[str], beginning: str) -> None:
    for line in lines:
        if line.startswith(beginning):
            return


def test_what_became_of_each_file_is_one_line(
    running: Running, watched: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    running.heard("READY=1")
    (watched / "a.fit").write_bytes(a_recent_file())
    until(lambda: len(running.notifier.received) == 2)
    lines = [record.getMessage() for record in caplog.records if "a.fit" in record.getMessage()]
    assert len(lines) == 1
    assert "workout, run of 60 min" in lines[0]
