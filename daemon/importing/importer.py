"""How do years of files become history, in minutes and without a word?

First all files are read, then what was found is stored in order of start, in batches: each workout is assessed with
exactly the past that it had, whatever order the files came in. Workouts that were stored before and began later are
assessed anew in the same order, as their past has grown. At any moment what is stored is right up to some date; while
files are still read, that is what was stored before.

A service may run on the same database meanwhile: a batch is a short transaction, and between two of them others write.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Literal

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.importing.bulk_reader import BulkReader
from hersteld.daemon.importing.named_files import files_in, is_below
from hersteld.daemon.importing.spool import Spool, Spooled
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.planning.planner import Planner
from hersteld.daemon.reading.contents import Outcome, Reading
from hersteld.daemon.reading.second_opinion import Asked
from hersteld.daemon.store.clock_check import BEHIND_S
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import shown
from hersteld.parsers.format.fit_time import YEAR_2000, to_datetime
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.load.trends import daily_loads

_BATCH = 32

_DATED_FROM_S = to_datetime(YEAR_2000).timestamp()
"""Of what starts before, the device did not know the date: it is part of no other workout's past."""

Step = Literal["reading", "storing"]
Report = Callable[[Step, int, int], None]
"""Told how far it is: the step, how many are done, and of how many."""


class ClockBehind(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """The clock shows a moment that has passed."""


@dataclass(slots=True)
class Summary:
    """What became of the files, so far.

    Attributes:
        files: Looked at, with all that is in them; an archive is one.
        duplicates: The same workout, or the same content, as another file's.
        known: Contents that were stored before, but for those that could not be read then either.
        ignored: Sound, but no activity.
        unread: Path and reason of each that could not be read, now or before.
        empty: The folders that hold no file of ours.
        of_use: Files that could be read, now or before, whatever was in them.
        asked: Path of each at which our own reader failed, and more of that.
        second_reader: How many of those fitparse could read.
        years: Of the first and last workout whose device knew the date.
        is_read: Whether all files have been read; before that nothing is stored.
        is_whole: Whether it came to its end.
        has_baseline: Whether all history together is then as long as trends need.
    """

    files: int = 0
    duplicates: int = 0
    known: int = 0
    ignored: int = 0
    unread: list[tuple[str, Line]] = field(default_factory=list)
    of_use: int = 0
    empty: list[str] = field(default_factory=list)
    asked: list[tuple[str, Asked]] = field(default_factory=list)
    second_reader: int = 0
    years: tuple[int, int] | None = None
    is_read: bool = False
    is_whole: bool = False
    has_baseline: bool = False
    workout_ids: set[int] = field(default_factory=set)

    @property
    def workouts(self) -> int:
        """Number of workouts read, the duplicates not among them."""
        return len(self.workout_ids)

    def say_unread(self, path: str, reason: Line) -> None:
        """Count a file that could not be read."""
        self.unread.append((path, reason))

    def add(self, outcome: Outcome, reading: Reading, zone: tzinfo) -> None:
        """Count what was stored."""
        is_of_use = outcome.status not in ("rejected", "failed")
        self.of_use += is_of_use
        if reading.asked is not None:
            self.asked.append((outcome.path, reading.asked))
            self.second_reader += is_of_use
        if outcome.status == "workout" and outcome.workout_id is not None:
            if outcome.workout_id in self.workout_ids:  # it took the place of one that was counted
                self.duplicates += 1
            self.workout_ids.add(outcome.workout_id)
            if isinstance(reading.found, Workout) and reading.found.has_clock:
                year = reading.found.started_at.astimezone(zone).year
                first, last = self.years or (year, year)
                self.years = min(first, year), max(last, year)
        elif outcome.status == "duplicate":
            self.duplicates += 1
        elif outcome.status == "ignored":
            self.ignored += 1
        elif outcome.status == "known":
            self.known += 1
        else:
            self.say_unread(outcome.path, outcome.reason or Line("reasons.unknown"))


class Import:
    """Takes history into a store.

    Args:
        report: Told how far it is.
        workers, seconds: See `Pool`.

    Attributes:
        summary: Kept up to date, so that it is true of what is stored even when `run` is broken off.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Clock,
        *,
        report: Report = lambda _step, _done, _of: None,
        workers: int | None = None,
        seconds: float | None = None,
    ) -> None:
        self._store = store
        self._clock = _SteadyClock(clock)
        self._workouts = Workouts(store)
        self._needed = settings.rules.rest.history_days
        self._ingest = Ingest(store, settings, (), self._clock)
        self._planner = Planner(store, settings, (), self._clock)
        self._report = report
        self._workers = workers
        self._seconds = seconds
        self.summary = Summary()

    def run(self, paths: Iterable[Path]) -> None:
        """Import files, and the files in folders.

        Raises:
            ClockBehind: The dates of workouts could not be judged.
            sqlite3.Error, OSError: The store cannot be written; the batches before are stored.
        """
        now = self._clock.now()
        if (self._store.newest_at() - now).total_seconds() > BEHIND_S:
            raise ClockBehind(
                f"The clock of this machine shows {now:%Y-%m-%d %H:%M} UTC, which has passed: set it, then import."
            )
        paths = tuple(paths)
        files = files_in(paths, self.summary.say_unread)
        with Spool(self._store.path.parent) as spool:
            reader = BulkReader(
                spool,
                known_file=self._store.file,
                say_unread=self.summary.say_unread,
                now=now,
                named=paths,
                workers=self._workers,
                seconds=self._seconds,
            )

            def count() -> None:
                self.summary.files += 1
                self._report("reading", self.summary.files, len(files))

            spooled = reader.read(files, count)
            self.summary.known += reader.known_count
            self.summary.of_use += reader.known_count
            self.summary.duplicates += reader.copies
            self.summary.empty = [shown(path) for path in dict.fromkeys(paths) if self._is_empty(path, reader)]
            self.summary.is_read = True
            self._store_all(spool, spooled)
        self.summary.is_whole = True
        self.summary.has_baseline = self._has_baseline(now)

    def _is_empty(self, path: Path, reader: BulkReader) -> bool:
        unread = {Path(name) for name, _ in self.summary.unread}  # what could not be looked into may hold anything
        return os.path.isdir(path) and not is_below(path, reader.ours | unread)  # noqa: PTH112 - never an error

    def _store_all(self, spool: Spool, spooled: Sequence[Spooled]) -> None:
        """Store what was read, and revise what is stored already, in order of start."""
        first = next((one for one in spooled if one.start_s >= _DATED_FROM_S), None)
        if first is None:
            later: list[tuple[float, int]] = []
        else:
            later = self._later_than(datetime.fromtimestamp(first.start_s, tz=self._clock.zone()))
        steps: list[tuple[float, Spooled | int]] = [*((one.start_s, one) for one in spooled), *later]
        steps.sort(key=lambda step: step[0])
        revised = {workout_id for _, workout_id in later}
        done = 0
        for batch in _batches([step for _, step in steps]):
            self._store_batch([spool.get(one) if isinstance(one, Spooled) else one for one in batch], bool(later))
            done += len(batch)
            self._report("storing", done, len(steps))
        if first is not None and self.summary.years is not None:
            # What the service stored meanwhile did not know all of its past.
            since = datetime.fromtimestamp(first.start_s, tz=self._clock.zone())
            known = revised | self.summary.workout_ids
            self._store_batch([id_ for _, id_ in self._later_than(since) if id_ not in known], True)

    def _has_baseline(self, now: datetime) -> bool:
        zone = self._clock.zone()
        loads = daily_loads(self._workouts.history(now).workouts, now.astimezone(zone).date(), zone)
        return len(loads) >= self._needed

    def _later_than(self, moment: datetime) -> list[tuple[float, int]]:
        return [(one.started_at.timestamp(), one.id) for one in self._workouts.started_after(moment)]

    def _store_batch(self, batch: Sequence[Reading | int], has_later: bool) -> None:
        """Store readings, and revise workouts, in one transaction; what is said of it is said when it is done."""
        outcomes: list[tuple[Outcome, Reading]] = []
        has_new = self.summary.years is not None
        with self._store.write():
            for one in batch:
                if isinstance(one, int):
                    if has_new:
                        self._planner.revise(one)
                    continue
                outcome = self._ingest.add_history(one)
                outcomes.append((outcome, one))
                if outcome.status == "workout" and outcome.workout_id is not None:
                    has_new |= isinstance(one.found, Workout) and one.found.has_clock
                    if has_later and self._workouts.summary(outcome.workout_id).brick_after is not None:
                        self._planner.revise(outcome.workout_id)  # its plan is that of the whole brick
        for outcome, reading in outcomes:
            self.summary.add(outcome, reading, self._clock.zone())


class _SteadyClock:
    """A clock whose timezone is asked for once: that is slow, and nobody travels while an import runs."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._zone = clock.zone()
        self.now = clock.now
        self.monotonic_s = clock.monotonic_s
        self.wait = clock.wait

    def zone(self) -> tzinfo:
        return self._zone


def _batches(steps: Sequence[Spooled | int]) -> Iterator[Sequence[Spooled | int]]:
    for begin in range(0, len(steps), _BATCH):
        yield steps[begin : begin + _BATCH]
