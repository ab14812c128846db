"""A folder, a configuration, a receiver on this machine, and the real service as a process of its own."""

import itertools
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Self

from hersteld.parsers.writing.encode import Recorded, encode_activity

_PATIENCE_S = 600.0
_CONFIG = """\
[athlete]
experience = "trained"
[watch]
folders = ["{inbox}"]
[notify]
quiet_hours = ""
[[notify.targets]]
name = "phone"
url = "json://127.0.0.1:{port}/"
"""


class Receiver:
    """A web server that notes when each message came, on the clock that does not jump.

    Attributes:
        came: Moment and title of each message, the oldest first.
    """

    def __init__(self) -> None:
        came: queue.Queue[tuple[float, str]] = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                at_s = time.monotonic()
                content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
                came.put((at_s, str(content["title"])))

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                del format, args

        self.came = came
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])


class Household:
    """What one service needs, in a folder.

    Args:
        more: Further tables of the configuration.
    """

    def __init__(self, folder: Path, port: int, more: str = "") -> None:
        self.folder = folder
        self.inbox = folder / "Workouts"
        self.inbox.mkdir(parents=True)
        self.state = folder / "state"
        self.environment_added: dict[str, str] = {}
        self._config = folder / "hersteld.toml"
        self._config.touch(mode=0o600)
        self._config.write_text(_CONFIG.format(inbox=self.inbox, port=port) + more, encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the service and of the commands; with a noon that is now, so that no evening delays."""
        hour = datetime.now(UTC).hour
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TZ": f"Etc/GMT{hour - 12:+d}",
            "STATE_DIRECTORY": str(self.state),
            **self.environment_added,
        }

    def command(self, *words: str, module: Sequence[str] = ("hersteld",)) -> list[str]:
        """Return the command line of a command of ours."""
        return [sys.executable, "-m", *module, *words, "--config", str(self._config)]

    @contextmanager
    def running(self, *, module: Sequence[str] = ("hersteld",)) -> Iterator["Running"]:
        """Give the service, once it has said that it is ready, until the block ends."""
        address = self.folder / "notify"
        address.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear, (self.folder / "log").open("ab") as log:
            ear.bind(str(address))
            ear.settimeout(_PATIENCE_S)
            told = {"NOTIFY_SOCKET": str(address), "WATCHDOG_USEC": "120000000"}
            began_s = time.monotonic()
            process = subprocess.Popen(
                self.command("run", module=module),
                env=self.environment | told,
                stdout=log,
                stderr=log,
            )
            running = Running(process, ear, began_s)
            try:
                running.wait_for_word("READY=1")
                yield running
                process.send_signal(signal.SIGTERM)
                process.wait(30)
            finally:
                process.kill()
                process.wait()


class Running:
    """The service, and systemd's end of its socket."""

    def __init__(self, process: subprocess.Popen[bytes], ear: socket.socket, began_s: float) -> None:
        self._process = process
        self._ear = ear
        self.began_s = began_s
        self.words: list[tuple[float, str]] = []

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def wait_for_word(self, wanted: str) -> None:
        """Wait until it has said this."""
        while self.listen(_PATIENCE_S) != wanted:
            pass

    def listen(self, timeout_s: float) -> str | None:
        """Return the next word that it says, and remember when it came; None when there is none in time."""
        self._ear.settimeout(max(0.001, timeout_s))
        try:
            word = self._ear.recv(4096).decode()
        except TimeoutError:
            return None
        self.words.append((time.monotonic(), word))
        return word

    def longest_silence_s(self, until_s: float) -> float:
        """Return the longest time between two words of it, from its start to the moment that is given."""
        moments = [self.began_s, *(at for at, _ in self.words if at <= until_s), until_s]
        return max(later - sooner for sooner, later in itertools.pairwise(moments))

    def processes(self) -> list[int]:
        """Return the numbers of the service's process and of all that it has started."""
        found = [self.pid]
        for pid in found:
            try:
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
                for thread in Path(f"/proc/{pid}/task").iterdir():
                    if thread.name != str(pid):
                        children += " " + (thread / "children").read_text(encoding="ascii")
            except OSError:
                continue
            found += [int(child) for child in children.split()]
        return found


def memory_mib(pid: int) -> tuple[float, float]:
    """Return the memory of a process: all of it that is resident, and its share of what it shares with others."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    kib = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
    return kib["Rss:"] / 1024, kib["Pss:"] / 1024


def a_workout(*, ended_ago: timedelta = timedelta(minutes=2), minutes: int = 70, bpm: int = 165) -> bytes:
    """Return the file of a run that has ended a while ago."""
    ended_at = datetime.now(UTC).replace(microsecond=0) - ended_ago
    beats = [bpm + second % 7 for second in range(minutes * 60)]
    return encode_activity(ended_at - timedelta(minutes=minutes), "running", Recorded(heart_rate_bpm=beats))
