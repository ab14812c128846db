"""Is anything lost or repeated, and how long does `status` take, while 2,000 files come and other commands work?

An import, a backup and `status` run in a loop, each beside the service and the two others.
"""

import itertools
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.service.household import Household, Receiver, Running, a_workout
from benchmarks.tables import table

FILES = 2000
_IMPORTED = 100
_MINUTES = 20
_PATIENCE_S = 3600.0
_CALM_S = 30.0


@dataclass(slots=True)
class Busy:
    """What was measured.

    Attributes:
        each_s: Time for each file, from the first that came until the last was stored.
        lost: Workouts that are not stored once, and messages that were sent and did not come.
        repeated: Messages that came more than once.
        took_s: How long each command took, by its name.
        failed: Commands that failed, by name.
    """

    each_s: float
    lost: int
    repeated: int
    took_s: dict[str, list[float]]
    failed: Counter[str]
    silence_s: float


def busy(count: int = FILES) -> Busy:
    """Let the files come, and the commands work."""
    with tempfile.TemporaryDirectory() as place, Receiver() as receiver:
        home = Household(Path(place, "home"), receiver.port)
        outside = Path(place, "outside")
        outside.mkdir()
        for number in range(_IMPORTED):
            ended_ago = timedelta(days=1 + (count + number) // 4, hours=5 * (number % 4))
            (outside / f"{number}.fit").write_bytes(a_workout(ended_ago=ended_ago, minutes=_MINUTES, bpm=120))
        contents = [
            a_workout(ended_ago=timedelta(days=1 + number // 4, hours=5 * (number % 4)), minutes=_MINUTES)
            for number in range(count)
        ]
        with home.running() as service:
            took_s: dict[str, list[float]] = {"import": [], "backup": [], "status": []}
            failed: Counter[str] = Counter()
            begun_s = time.monotonic()
            copies = itertools.count()
            words: dict[str, Callable[[], list[str]]] = {
                "import": lambda: ["import", "--json", str(outside)],
                "backup": lambda: ["backup", str(Path(place, f"{next(copies)}.db"))],
                "status": lambda: ["status", "--json"],
            }
            with _in_a_loop(home, words, took_s, failed):
                for number, content in enumerate(contents):
                    hidden = home.inbox / f".{number}"
                    hidden.write_bytes(content)
                    hidden.rename(home.inbox / f"{number}.fit")
                _wait(service, home, count + _IMPORTED)
                each_s = (time.monotonic() - begun_s) / count
            silence_s = service.longest_silence_s(time.monotonic())
            _wait_for_messages(service, home)
        stored = _rows(home, "SELECT COUNT(*), COUNT(DISTINCT started_at) FROM workouts")[0]
        sent = Counter(str(title) for (title,) in _rows(home, "SELECT title FROM outbox WHERE state = 'sent'"))
        came = Counter(receiver.came.get()[1] for _ in range(receiver.came.qsize()))
        lost = sum(abs(count + _IMPORTED - found) for found in stored) + (sent - came).total()
        return Busy(each_s, lost, (came - sent).total(), took_s, failed, silence_s)


def as_table(found: Busy, count: int = FILES) -> str:
    """Return the table."""
    rows = [
        [f"`{name}`", f"{len(took)}", f"{statistics.median(took):.2f} s", f"{max(took):.2f} s", f"{found.failed[name]}"]
        for name, took in found.took_s.items()
    ]
    return (
        f"{count:,} files, {found.each_s * 1000:.0f} ms for each; lost: {found.lost}; repeated: {found.repeated}; "
        f"longest time without a sign of life: {found.silence_s:.0f} s.\n\n"
        + table(["meanwhile, in a loop", "runs", "median", "longest", "failed"], rows)
    )


class _in_a_loop:  # noqa: N801 - used as a block
    """Runs commands again and again, each kind in a thread of its own, while the block lasts."""

    def __init__(
        self,
        home: Household,
        words: dict[str, Callable[[], list[str]]],
        took_s: dict[str, list[float]],
        failed: Counter[str],
    ) -> None:
        self._is_over = threading.Event()

        def run(name: str) -> None:
            while not self._is_over.is_set():
                begun_s = time.monotonic()
                done = subprocess.run(
                    home.command(*words[name]()), env=home.environment, capture_output=True, text=True, check=False
                )
                took_s[name].append(time.monotonic() - begun_s)
                if done.returncode:
                    failed[name] += 1
                    print(f"{name}: {done.returncode}: {done.stderr.strip()[-300:]}", file=sys.stderr)

        self._threads = [threading.Thread(target=run, args=(name,)) for name in words]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()


def _wait(service: Running, home: Household, count: int) -> None:
    until_s = time.monotonic() + _PATIENCE_S
    while _rows(home, "SELECT COUNT(*) FROM workouts")[0][0] < count:
        if time.monotonic() > until_s:
            raise TimeoutError("not all files were stored in time")
        until_next_s = time.monotonic() + 0.5
        while (left_s := until_next_s - time.monotonic()) > 0:
            service.listen(left_s)


def _wait_for_messages(service: Running, home: Household) -> None:
    """Wait until no message is on its way, and a backlog has been told of."""
    calm_since_s = time.monotonic()
    while time.monotonic() - calm_since_s < _CALM_S:
        service.listen(0.5)
        if _rows(home, "SELECT COUNT(*) FROM outbox WHERE state = 'sending'")[0][0]:
            calm_since_s = time.monotonic()


def _rows(home: Household, question: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(f"file:{home.state / 'hersteld.db'}?mode=ro", uri=True, timeout=30)) as database:
        return list(database.execute(question))


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    print(as_table(busy(many), many))
