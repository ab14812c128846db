"""What becomes of a file?

Each FIT file, also of an archive, is one transaction: its row, its workout, its advice and its messages, or nothing.

Killed before the commit, the next scan does it again; killed after, the outbox has it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.ingest.arrivals import Arrivals
from hersteld.daemon.ingest.dating import ArrivalDates
from hersteld.daemon.ingest.file_log import FileLog, duplicate_of, known_as
from hersteld.daemon.ingest.nights import night_records, take_weighings
from hersteld.daemon.planning.backlog import Backlog
from hersteld.daemon.planning.planner import Planner
from hersteld.daemon.planning.scale_users import judge_scale_users
from hersteld.daemon.reading.contents import Outcome, Reading, read_content
from hersteld.daemon.reading.nights import believed_weighings
from hersteld.daemon.store.clock_check import newest_at
from hersteld.daemon.store.days import add_night_records
from hersteld.daemon.store.files import (
    FileRow,
    FileStatus,
    add_file,
    file_known,
    mark_duplicate,
    path_of_workout,
    workout_at,
)
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import is_of_the_machine
from hersteld.daemon.system.paths import shown
from hersteld.parsers.archive.each_file import SayLeftOut
from hersteld.parsers.errors import NotAnActivity
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.nights.record import NightReadings, NightRecord, Weighing

log = logging.getLogger(__name__)

_ONE_DAY = timedelta(days=1)


class Ingest:
    """Takes files into the store.

    Args:
        targets: Names of the receivers.
        finishes: Whether it is this process that says what follows from workouts that are assessed anew.

    Attributes:
        backlog: The run of many files that is being read.
        reassessment: Assesses anew what files that came in have changed.
    """

    def __init__(
        self, store: Store, settings: Settings, targets: tuple[str, ...], clock: Clock, *, finishes: bool = True
    ) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._workouts = Workouts(store)
        self._planner = Planner(store, settings, targets, clock, finishes=finishes)
        self._file_log = FileLog(store, clock, settings.rules, settings.notify.quiet_hours)
        self._rules = settings.rules
        self._history_dates = ArrivalDates(store, self._rules.messages, clock, in_import=True)
        self._most_at_once = int(self._rules.messages.backlog_count)
        self.backlog = Backlog(store, self._planner, settings, clock)
        self.reassessment = self._planner.reassessment

    def read(
        self, content: bytes, path: str, *, salvage: bool = False, say_left_out: SayLeftOut = lambda _name, _kind: None
    ) -> Iterator[Reading]:
        """Read the FIT files in the content of a file, and store nothing; see `read_content`."""
        return read_content(content, path, is_known=self.was_read, salvage=salvage, say_left_out=say_left_out)

    @contextmanager
    def arrivals(self) -> Iterator[Arrivals]:
        """Take what arrived together. All of it is stored when the block ends without an error."""
        dates = ArrivalDates(self._store, self._rules.messages, self._clock)
        arrivals = Arrivals(self.backlog, self._most_at_once, self._conclude, dates.dated)
        yield arrivals
        arrivals.finish()

    def take(self, path: Path) -> tuple[Outcome, ...]:
        """Take one file as it is, complete or not, and say what became of it.

        Raises:
            OSError: It cannot be read.
            sqlite3.Error: The store cannot be written; nothing of the file at hand is stored.
        """
        with self.arrivals() as arrivals:
            for reading in self.read(path.read_bytes(), shown(path)):
                arrivals.add(reading)
        return tuple(arrivals.outcomes)

    def dated_history(self, reading: Reading) -> Reading:
        """Return a reading of history with the date to store."""
        (dated,) = self._history_dates.dated([reading])
        return dated

    def add_history(self, reading: Reading) -> Outcome:
        """Store one reading that nobody is told about, neither by itself nor in a digest.

        Args:
            reading: With the date to store.
        """
        return self._conclude(reading, None, silent=True)

    def judge_scale_users(self) -> None:
        """Let count what the scales measured of the athlete, by the body mass that is known now."""
        judge_scale_users(self._store, self._settings, self.reassessment, self._clock.now())

    def was_read(self, sha256: str) -> bool:
        """Return whether a content need not be read again.

        An archive without a FIT file is: an earlier version may not have counted what else is in it.
        """
        row = file_known(self._store, sha256)
        return row is not None and not (row.reason is not None and row.reason.id == "files.none_inside")

    def _is_known(self, sha256: str) -> bool:
        return file_known(self._store, sha256) is not None

    def _conclude(self, reading: Reading, backlog_id: int | None, *, silent: bool = False) -> Outcome:
        try:
            with self._store.write(), self._store.part():
                outcome = self._store_reading(reading, backlog_id, silent=silent or backlog_id is not None)
        except Exception as error:
            if is_of_the_machine(error):
                raise  # not this file's fault: it is tried again
            # One file must not keep the others from being read. It is not remembered: a later version may do better.
            level = logging.DEBUG if silent else logging.ERROR
            log.log(level, say("ingest.our_fault", path=reading.path), exc_info=True)
            reason = Line("files.our_fault", {"fault": f"{type(error).__name__}: {error}"})
            return Outcome(reading.path, reading.sha256, "failed", reason, asked=reading.asked)
        if not silent:
            self._file_log.say(outcome, in_backlog=self.backlog.open_id() is not None)
        return outcome

    def _store_reading(self, reading: Reading, backlog_id: int | None, *, silent: bool) -> Outcome:
        if reading.result is None or self._is_known(reading.sha256):
            before = file_known(self._store, reading.sha256)
            return Outcome(reading.path, reading.sha256, "known", known_as(before, reading.path), asked=reading.asked)
        status: FileStatus
        reason: Line | None
        workout_id = None
        nights: tuple[NightRecord, ...] = ()
        weighings: tuple[Weighing, ...] = ()
        if isinstance(reading.result, Workout):
            accepted = self._planner.accept(
                reading.sha256,
                reading.result,
                is_silent=silent,
                held_before=workout_at(self._store, reading.path),
            )
            workout_id = accepted.workout_id
            status, reason = "workout", None
            if accepted.is_forgotten:
                status, reason = "duplicate", Line("files.forgotten")
            elif accepted.twin:
                other = path_of_workout(self._store, workout_id)
                if accepted.replaced:
                    mark_duplicate(self._store, workout_id, Line("files.replaced", {"path": reading.path}))
                else:
                    status, reason = "duplicate", duplicate_of(other)
        elif isinstance(reading.result, NightReadings):
            nights = self._nights_of(reading.result, reading)
            weighings = believed_weighings(reading.result.weighings, self._rules.athlete)
            of_nobody = Line("files.masses_of_nobody" if reading.result.weighings else "files.nights_of_nobody")
            status, reason = ("day", None) if nights or weighings else ("ignored", of_nobody)
        else:
            status = "ignored" if isinstance(reading.result, NotAnActivity) else "rejected"
            reason = reading.result.line
        add_file(
            self._store,
            FileRow(
                sha256=reading.sha256,
                path=reading.path,
                size=reading.size,
                status=status,
                reason=reason,
                seen_at=self._clock.now(),
                workout_id=workout_id,
                backlog_id=backlog_id,
            ),
        )
        add_night_records(self._store, reading.sha256, nights)
        days = tuple(record.day for record in nights)
        # A sleep may take what was measured in it from the day before or after.
        self.reassessment.mark_nights({day + offset for day in days for offset in (-_ONE_DAY, _ONE_DAY)})
        take_weighings(self._store, weighings, self._settings, self.reassessment, self._clock.now())
        if status == "workout":  # its watch may know another body mass
            self.judge_scale_users()
        return Outcome(reading.path, reading.sha256, status, reason, workout_id, reading.asked, days)

    def _nights_of(self, readings: NightReadings, reading: Reading) -> tuple[NightRecord, ...]:
        arrived_at = reading.arrived_at or self._clock.now()
        return night_records(readings, arrived_at, self._rules.athlete, self._clock, lambda: newest_at(self._store))
