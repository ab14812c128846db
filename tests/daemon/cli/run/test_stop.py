"""A stop takes seconds, whatever a receiver does, and what it cut off is sent at the next start."""

import contextlib
import ctypes
import signal
import sqlite3
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.support.command_line import environment_in
from tests.support.machine.process import STOP_PATIENCE_S, Program
from tests.support.pipeline import a_file


class DrippingReceiver:
    """Accepts a POST at once, and drips its answer, byte by byte, until it is released."""

    def __init__(self) -> None:
        self.attempts = 0
        self.release = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                receiver.attempts += 1
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                with contextlib.suppress(ConnectionError):
                    while not receiver.release.wait(0.2):
                        self.wfile.write(b".")
                    self.wfile.write(b"\r\nContent-Length: 0\r\n\r\n")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server.server_port}/"


@contextlib.contextmanager
def dripping() -> Iterator[DrippingReceiver]:
    """Give a receiver that serves until the block ends."""
    receiver = DrippingReceiver()
    thread = threading.Thread(target=receiver.server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.release.set()
        receiver.server.shutdown()
        thread.join()
        receiver.server.server_close()


def states(home: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(next(home.rglob("hersteld.db")))) as database:
        rows = database.execute("SELECT state FROM outbox WHERE rule = 'first'").fetchall()
    return [state for (state,) in rows]


def test_a_stop_does_not_wait_for_a_receiver_that_drips_and_the_next_start_sends_again(tmp_path: Path) -> None:
    (tmp_path / "Workouts").mkdir()
    ended_at = (datetime.now(UTC) - timedelta(minutes=3)).replace(microsecond=0)
    (tmp_path / "Workouts" / "a.fit").write_bytes(a_file(ended_at))
    command = [sys.executable, "-m", "hersteld", "run"]
    with dripping() as receiver:
        configuration = tmp_path / ".config/hersteld/hersteld.toml"
        configuration.parent.mkdir(parents=True)
        configuration.write_text(
            f'[[notify.targets]]\nname = "phone"\nurl = "{receiver.url}"\n[notify]\nquiet_hours = ""\n'
        )
        configuration.chmod(0o600)
        with Program(command, environment=environment_in(tmp_path), folder=tmp_path) as daemon:
            daemon.wait_for(lambda: receiver.attempts, "the message to be on its way")
            daemon.stop_cleanly()
            assert "a message is still on its way; it is sent again at the next start" in daemon.stderr
        assert states(tmp_path) == ["sending"]
        receiver.release.set()
        with Program(command, environment=environment_in(tmp_path), folder=tmp_path) as daemon:
            daemon.wait_for_line("sent again: 1")
            daemon.wait_for(lambda: states(tmp_path) == ["sent"], "the message to be sent")
        assert receiver.attempts == 2


def signal_thread(pid: int, thread: int, number: signal.Signals) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.tgkill(pid, thread, number) == 0, ctypes.get_errno()


def test_a_stop_does_not_wait_for_the_thread_that_the_signal_did_not_wake(tmp_path: Path) -> None:
    # The kernel gives a signal to any thread, and one that comes just before the main thread falls asleep does not
    # wake it either: on a busy machine that is a matter of milliseconds.
    (tmp_path / "Workouts").mkdir()
    command = [sys.executable, "-m", "hersteld", "run"]
    with Program(command, environment=environment_in(tmp_path), folder=tmp_path) as daemon:
        daemon.wait_for_line("ready")
        threads = Path(f"/proc/{daemon.pid}/task")
        before = ""

        def is_asleep() -> bool:
            nonlocal before
            last, before = before, (threads / str(daemon.pid) / "status").read_text()
            return last == before and "S (sleeping)" in before

        daemon.wait_for(is_asleep, "the main thread to have nothing to do")
        other = max(int(one.name) for one in threads.iterdir())
        assert other != daemon.pid
        signal_thread(daemon.pid, other, signal.SIGTERM)
        daemon.wait_for(lambda: not daemon.running, "it to end", STOP_PATIENCE_S)  # it would sleep for a minute
        daemon.stop_cleanly()
