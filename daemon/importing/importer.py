"""How do years of files become history, in minutes and without a word?

First all files are read, then what was found is stored in order of start, in batches: each workout is assessed with
exactly the past that it had, whatever order the files came in. Workouts that were stored before and began later are
assessed anew (see `hersteld.daemon.planning.reassess`), as their past has grown.

A service may run on the same database meanwhile: a batch is a short transaction, and between two of them others write.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Literal

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import daemon_at, importing
from hersteld.daemon.importing.bulk_reader import BulkReader
from hersteld.daemon.importing.named_files import files_in, is_below
from hersteld.daemon.importing.spool import Spool, Spooled
from hersteld.daemon.importing.summary import Summary
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.reading.contents import Outcome, Reading
from hersteld.daemon.store.clock_check import BEHIND_S, newest_at
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.files import file_known
from hersteld.daemon.store.left_out import count_left_out, remember_left_out
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import shown
from hersteld.parsers.format.fit_time import YEAR_2000, to_datetime
from hersteld.recovery.load.trends import daily_loads

_BATCH = 32

_DATED_FROM_S = to_datetime(YEAR_2000).timestamp()
"""Of what starts before, the device did not know the date: it is part of no other workout's past."""

Step = Literal["reading", "storing", "assessing"]
Report = Callable[[Step, int, int], None]
"""Told how far it is: the step, how many are done, and of how many."""


class ClockBehind(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """The clock shows a moment that has passed."""


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
        self._rest = settings.rules.rest
        self._ingest = Ingest(store, settings, (), self._clock, finishes=False)
        self._report = report
        self._workers = workers
        self._seconds = seconds
        self.summary = Summary()

    def run(self, paths: Iterable[Path]) -> None:
        """Import files, and the files in folders.

        Raises:
            ClockBehind: The dates of workouts could not be judged.
            StoreUnusable, sqlite3.Error, OSError: The store cannot be written; the batches before are stored.
        """
        now = self._clock.now()
        if (newest_at(self._store) - now).total_seconds() > BEHIND_S:
            raise ClockBehind("importing.clock_behind", now=f"{now:%Y-%m-%d %H:%M}")
        paths = tuple(paths)
        files = files_in(paths, self.summary.say_unread)
        with Spool(self._store.path) as spool:
            reader = BulkReader(
                spool,
                known_file=partial(file_known, self._store),
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
            remember_left_out(self._store, reader.left_out, now=now)
            by_content = {contents.sha256 or path: contents.kinds for path, contents in reader.left_out.items()}
            self.summary.left_out += sum(by_content.values(), Counter())
            self._store_all(spool, spooled)
        self.summary.is_whole = True
        self.summary.has_baseline = not count_left_out(self._store).activities and self._has_baseline(now)

    def _is_empty(self, path: Path, reader: BulkReader) -> bool:
        unread = {Path(name) for name, _ in self.summary.unread}  # what could not be looked into may hold anything
        return os.path.isdir(path) and not is_below(path, reader.ours | unread)  # noqa: PTH112 - never an error

    def _store_all(self, spool: Spool, spooled: Sequence[Spooled]) -> None:
        """Store what was read, in order of start, and assess anew what is stored already and came later.

        A service that runs on the same database does the latter, with its own settings; it is only woken.
        """
        reassessment = self._ingest.reassessment
        done = 0
        with importing(self._store.path):
            if daemon_at(self._store.path) is None:
                reassessment.check_settings()
            while done < len(spooled):
                is_alone = daemon_at(self._store.path) is None
                if is_alone:
                    reassessment.run_before(_start_of(spooled[done]))
                done += self._store_batch(spool, spooled[done : done + _BATCH], is_alone=is_alone)
                self._report("storing", done, len(spooled) + reassessment.count_marked())
            dated = [place for place in spooled if place.start_s >= _DATED_FROM_S]
            if dated and not reassessment.has_these_settings():
                with self._store.write():
                    reassessment.mark(_start_of(dated[0]), Cause.HISTORY)
        service = daemon_at(self._store.path)  # it may have come or gone meanwhile
        if service is None:
            reassessment.check_settings()
            self._assess_anew(done)
        else:
            service.wake()

    def _assess_anew(self, done: int) -> None:
        """Assess anew all that is marked.

        Args:
            done: Steps that are behind us, for the report.
        """
        left = self._ingest.reassessment.count_marked()
        of = done + left
        while self._ingest.reassessment.assess_next():
            self._report("storing", of - self._ingest.reassessment.count_marked(), of)
        if left:
            self._report("storing", of, of)

    def _store_batch(self, spool: Spool, spooled: Sequence[Spooled], *, is_alone: bool) -> int:
        """Store readings in one transaction, and return how many; what is said of it is said when it is done.

        Args:
            is_alone: Whether it ends before a workout whose past is to be assessed anew by this process.
        """
        outcomes: list[tuple[Outcome, Reading]] = []
        with self._store.write():
            for place in spooled:
                if is_alone and outcomes and self._ingest.reassessment.has_marked_before(_start_of(place)):
                    break
                reading = self._ingest.dated_history(spool.get(place))
                outcomes.append((self._ingest.add_history(reading), reading))
        for outcome, reading in outcomes:
            self.summary.add(outcome, reading, self._clock.zone())
        return len(outcomes)

    def _has_baseline(self, now: datetime) -> bool:
        """Return whether trends have what they need: enough days, and enough workouts in the last of them."""
        zone, workouts = self._clock.zone(), self._workouts.history(now).workouts
        loads = daily_loads(workouts, now.astimezone(zone).date(), zone)
        since = now - timedelta(days=float(self._rest.history_days))
        recent = sum(past.ended_at >= since for past in workouts)
        return len(loads) >= self._rest.history_days and recent >= self._rest.busy_week_workouts


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


def _start_of(spooled: Spooled) -> datetime:
    """Return the start of a workout that is spooled, aware UTC."""
    return datetime.fromtimestamp(spooled.start_s, tz=UTC)
