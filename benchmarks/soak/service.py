"""The service of the soak: the real one, in a process of its own, on a clock that is told when to go on.

Reads commands from stdin, one JSON object a line, and answers each with one on stdout. Time stands still between them.
"""

import itertools
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from hersteld.config.file.load import load_settings
from hersteld.daemon.database import connection as store
from hersteld.daemon.delivery.notifiers import notifier_for
from hersteld.daemon.service.lifecycle import Service
from hersteld.daemon.store import clock_check as clock_doubt
from hersteld.daemon.system import clock
from hersteld.daemon.system.logs import set_up_logging
from hersteld.daemon.system.systemd import Systemd

_POLL_S = 0.002
_EVENT_S = 2.0
"""How long the observer may take to say that a file has come; then the scan of the minute finds it."""
_STUCK_S = 120.0
_LATER = timedelta(minutes=20)
"""When a message that is due did not leave (quiet hours, a receiver that refuses), the outbox is looked at again."""


@dataclass(frozen=True, slots=True)
class _Wait:
    event: threading.Event
    until_s: float


class StepClock:
    """A clock for threads that stands still until it is moved. What waits goes on when its time has come."""

    def __init__(self, start: datetime, zone: tzinfo) -> None:
        self._start = start
        self._zone = zone
        self._passed_s = 0.0
        self._waits: dict[int, _Wait] = {}

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed_s)

    def monotonic_s(self) -> float:
        return self._passed_s

    def zone(self) -> tzinfo:
        return self._zone

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        me = threading.get_ident()
        wait = self._waits[me] = _Wait(event, self._passed_s + timeout_s)
        try:
            while not event.wait(_POLL_S):
                if self._passed_s >= wait.until_s:
                    return event.is_set()
            return True
        finally:
            del self._waits[me]

    def move(self, to: datetime) -> None:
        """Let time pass."""
        self._passed_s = max(self._passed_s, (to - self._start).total_seconds())

    def is_still(self, threads: int) -> bool:
        """Whether so many threads wait, and each for a time to come."""
        waits = list(self._waits.values())
        return len(waits) == threads and all(not one.event.is_set() and one.until_s > self._passed_s for one in waits)

    def is_gathering(self) -> bool:
        """Whether somebody waits for less than a second: the main thread, for what arrives together."""
        return any(one.until_s < self._passed_s + 1 for one in list(self._waits.values()))


class Steps:
    """Does what it is told, while the service runs.

    Args:
        threads: How many there are to wait for: the main one, and one per target.
    """

    def __init__(self, clock: StepClock, database: Path, threads: int) -> None:
        self._clock = clock
        self._database = database
        self._threads = threads

    def follow(self, stop: Callable[[], None]) -> None:
        """Answer one command after the other, then stop the service."""
        self._settle()
        with store.Store(self._database) as outbox:
            for line in sys.stdin:
                command = json.loads(line)
                began_s = time.process_time()
                if command["do"] == "pass":
                    self._pass(datetime.fromisoformat(command["to"]), outbox)
                elif command["do"] == "sleep":
                    self._go(datetime.fromisoformat(command["to"]))
                else:
                    self._look(is_told=command["do"] == "look")
                took_s = time.process_time() - began_s
                answer = {"seconds": took_s, "resident": _resident(), "now": self._clock.now().isoformat()}
                print(json.dumps(answer), flush=True)
        stop()

    def _pass(self, to: datetime, outbox: store.Store) -> None:
        """Let time pass, from one message that is due to the next."""
        for at in self._moments(to, outbox):
            self._go(at)

    def _moments(self, to: datetime, outbox: store.Store) -> Iterator[datetime]:
        sql = "SELECT MIN(MIN(try_at, expires_at)) FROM outbox WHERE state = 'pending'"
        while (now := self._clock.now()) < to:
            (due,) = outbox.db.execute(sql).fetchone()
            if due is None:
                yield to
                return
            at = clock.from_iso(due)
            yield min(to, at if at > now else now + _LATER)

    def _look(self, *, is_told: bool) -> None:
        """Let the service find what has come, when its observer says so; else by the scan that each minute brings."""
        until_s = time.monotonic() + (_EVENT_S if is_told else 0.0)
        while not self._clock.is_gathering() and time.monotonic() < until_s:
            time.sleep(_POLL_S)
        self._go(self._clock.now() + timedelta(seconds=1 if self._clock.is_gathering() else 61))

    def _go(self, to: datetime) -> None:
        self._clock.move(to)
        self._settle()

    def _settle(self) -> None:
        deadline = time.monotonic() + _STUCK_S
        while not self._clock.is_still(self._threads):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the service does not come to rest at {self._clock.now()}")
            time.sleep(_POLL_S)


def _resident() -> int:
    """Return the bytes of this process that are in memory."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    (kib,) = (int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return kib * 1024


def main(config: Path, database: Path, begin: str) -> None:
    """Serve until stdin ends."""
    # The program of ten years ago, which could not know of today.
    for module in (clock, clock_doubt, store):
        module.BUILT_AT = datetime(2000, 1, 1, tzinfo=UTC)
    settings = load_settings(config, environ={"HOME": str(database.parent)})
    set_up_logging(verbose=False, secrets=(), environment={})
    notifier = notifier_for(settings.notify.targets, {})
    steps_clock = StepClock(datetime.fromisoformat(begin), ZoneInfo("Europe/Amsterdam"))
    service = Service(settings, database, notifier, steps_clock, Systemd({}))
    steps = Steps(steps_clock, database, 1 + len(notifier.targets()))

    def follow() -> None:
        try:
            steps.follow(service.stop)
        finally:
            for _ in itertools.takewhile(lambda _: thread_of_service.is_alive(), itertools.repeat(None)):
                service.stop()
                steps_clock.move(steps_clock.now() + timedelta(seconds=1))
                time.sleep(_POLL_S)

    thread_of_service = threading.main_thread()
    threading.Thread(target=follow, daemon=True).start()
    service.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
