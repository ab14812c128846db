"""How long does it take to assess ten years of training anew, and does anything wait for it?

Five thousand workouts of the kind that `make soak` brings are stored, as an import would store them. Then the athlete
is another one, and the worker of the service assesses them, eight in a transaction, the recent ones first. In the
middle of it a workout comes in.
"""

import itertools
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.soak.files import session, starts
from benchmarks.tables import table
from hersteld.config.file.load import load_settings
from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.store.dirty import DirtyRow
from hersteld.daemon.system.clock import SystemClock
from hersteld.parsers.writing.encode import Recorded, encode_activity

WORKOUTS = 5000


@dataclass(frozen=True, slots=True)
class Reassessed:
    """What was measured.

    Attributes:
        workouts: How many were assessed anew.
        all_s: Until all were.
        recent_s: Until those of the last 90 days were, for the first time.
        longest_s: The longest transaction, for which others that write have to wait.
        newcomer_s: From the bytes of a workout that comes in meanwhile to its message in the outbox.
    """

    workouts: int
    all_s: float
    recent_s: float
    longest_s: float
    newcomer_s: float


def reassessed(count: int = WORKOUTS) -> Reassessed:
    """Store so many workouts and assess them anew with another athlete."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder, "hersteld.db")) as store:
        before = Ingest(store, _settings("trained", 188), ("phone",), clock)
        for batch in _batches(_files(count)):
            with store.write():
                for number, content in batch:
                    for reading in before.read(content, f"{number}.fit"):
                        before.add_history(reading)
        ingest = Ingest(store, _settings("elite", 195), ("phone",), clock)
        ingest.reassessment.check_settings()
        workouts = ingest.reassessment.count_marked()
        newcomer = Path(folder, "new.fit")
        recent_s = newcomer_s = longest_s = 0.0
        begin = time.perf_counter()
        is_marked = True
        while is_marked:
            step_begin = time.perf_counter()
            is_marked = ingest.reassessment.assess_next()
            longest_s = max(longest_s, time.perf_counter() - step_begin)
            if not recent_s and DirtyRow(store).read().recent is None:
                recent_s = time.perf_counter() - begin
            if recent_s and not newcomer_s and ingest.reassessment.count_marked() < workouts / 2:
                newcomer.write_bytes(_an_hour_until(datetime.now(UTC) - timedelta(minutes=1)))
                came = time.perf_counter()
                ingest.take(newcomer)
                newcomer_s = time.perf_counter() - came
        return Reassessed(workouts, time.perf_counter() - begin - newcomer_s, recent_s, longest_s, newcomer_s)


def as_table(measured: Reassessed) -> str:
    """Return the measured times as a table."""
    rows = [
        (f"all {measured.workouts:,} workouts", f"{measured.all_s:.1f} s"),
        ("of these the last 90 days, beforehand", f"{measured.recent_s:.2f} s"),
        ("each workout", f"{measured.all_s / measured.workouts * 1000:.2f} ms"),
        ("the longest transaction", f"{measured.longest_s * 1000:.0f} ms"),
        ("a workout that comes meanwhile, until its message waits to be sent", f"{measured.newcomer_s * 1000:.0f} ms"),
    ]
    return table(["what", "time"], rows)


def _files(count: int) -> Iterator[tuple[int, bytes]]:
    """Yield the files of workouts, oldest first, the last of them two days ago."""
    for number, started_at in enumerate(starts(count, datetime.now(UTC) - timedelta(days=2))):
        for put in session(number, started_at).puts:
            if put.kind == "workout":
                yield number, put.content


def _batches(files: Iterator[tuple[int, bytes]]) -> Iterator[tuple[tuple[int, bytes], ...]]:
    while batch := tuple(itertools.islice(files, 32)):
        yield batch


def _settings(experience: str, max_hr: int) -> Settings:
    own = {"athlete.experience": experience, "athlete.max_hr": str(max_hr), "notify.quiet_hours": '""'}
    return load_settings(None, overrides=own, environ={"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"})


def _an_hour_until(ended_at: datetime) -> bytes:
    return encode_activity(ended_at - timedelta(hours=1), "running", Recorded(heart_rate_bpm=[165] * 3600))


if __name__ == "__main__":
    print(as_table(reassessed()))
