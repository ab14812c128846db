"""Does a file of a scale cost more the more of them came before?

A scale writes a file each morning, for years. A hundred of them are taken in, then nine hundred more, each in a
transaction of its own as in the service; a household of two uses the scale, and the mass that is known lies between
what it measured of the one, so that the median has to be found each time. All of it is one run, so that other work of
the machine disturbs both parts alike.

`PYTHONPATH=. .venv/bin/python -m benchmarks.parts.scale_files` measures this alone.
"""

import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.tables import table
from hersteld.config.file.load import load_settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.ingest.nights import take_weighings
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.system.clock import SystemClock
from hersteld.recovery.nights.record import Weighing

FEW, MANY = 100, 1000
PART = 50
"""So many of the last files before each of the two counts are timed."""


@dataclass(frozen=True, slots=True)
class ScaleTimes:
    """What was measured, in seconds for a file: the median of those before the hundredth and the thousandth."""

    few_s: float
    many_s: float


def scale_times() -> ScaleTimes:
    """Take in a thousand files of a scale, one after the other."""
    own = {"athlete.mass_kg": "77.2", "notify.quiet_hours": '""'}
    environ = {"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"}
    settings = load_settings(None, overrides=own, environ=environ)
    clock, begin, each = SystemClock(), datetime.now(UTC) - timedelta(days=MANY), []
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder, "hersteld.db")) as store:
        reassessment = Ingest(store, settings, (), clock).reassessment
        for number in range(MANY):
            at = begin + timedelta(days=number)
            measured = [
                Weighing(at, 71 - number % 20 / 10, "1/2/3", 1),
                Weighing(at + timedelta(minutes=5), 58 + number % 20 / 10, "1/2/3", 2),
            ]
            came = time.perf_counter()
            with store.write():
                take_weighings(store, measured, settings, reassessment, clock.now())
            each.append(time.perf_counter() - came)
    return ScaleTimes(statistics.median(each[FEW - PART : FEW]), statistics.median(each[MANY - PART :]))


def as_table(measured: ScaleTimes) -> str:
    """Return the measured times as a table."""
    rows = [
        (f"the {FEW}th file of a scale", f"{measured.few_s * 1000:.2f} ms"),
        (f"the {MANY:,}th", f"{measured.many_s * 1000:.2f} ms"),
        ("the one against the other", f"{measured.many_s / measured.few_s:.2f} ×"),
    ]
    return table(["what is taken in", "time"], rows)


if __name__ == "__main__":
    print(as_table(scale_times()))
