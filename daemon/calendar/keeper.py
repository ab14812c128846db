"""When is the calendar read, and what follows when it has changed?

It is read at the start, when a file of it has changed, and at least each hour, as what is planned comes nearer. A file
that has just been written to is given a moment, as it may not be complete yet. What cannot be read is said once, in the
log, in `status` and in `check`, and what was known before holds on until it is over.
"""

import logging
import math
from collections.abc import Callable, Sequence

from hersteld.config.settings import Planned
from hersteld.config.texts.speech import say
from hersteld.daemon.calendar.files import CalendarFiles, CalendarLook
from hersteld.daemon.calendar.found import CalendarFault, CalendarFound
from hersteld.daemon.calendar.reader import read_calendar
from hersteld.daemon.database.connection import Store
from hersteld.daemon.reading.file_reader import Stopped
from hersteld.daemon.store.planned import read_calendar_faults, write_calendar_faults, write_sessions
from hersteld.daemon.system.clock import Clock

log = logging.getLogger(__name__)

READ_EVERY_S = 3600.0
LOOK_EVERY_S = 60.0
"""How often the files are looked at, without being read."""
SETTLED_S = 3.0
"""How long a file that has changed must stay as it is before it is read."""


class CalendarKeeper:
    """Keeps what is stored of planned training as the calendar has it.

    Args:
        planned: What the configuration says.
        on_change: Called in the transaction in which something else is planned than before.
        go_on: Asked once a second while the calendar is read; says that we are alive, and answers whether to go on.
    """

    def __init__(
        self,
        store: Store,
        planned: Planned,
        clock: Clock,
        *,
        on_change: Callable[[], None] = lambda: None,
        go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._planned = planned
        self._clock = clock
        self._on_change = on_change
        self._go_on = go_on
        self._files = None if planned.calendar is None else CalendarLook(planned.calendar)
        self._look_s = clock.monotonic_s()
        self._read_s = clock.monotonic_s()
        self._read: CalendarFiles | None = None
        self._waits_for: CalendarFiles | None = None
        self._is_emptied = False
        self._faults: tuple[CalendarFault, ...] = ()
        self._file_of: dict[str, str] = {}

    def look(self) -> bool:
        """Read the calendar if it is time to; return whether something else is planned than before."""
        if self._files is None:
            return self._forget()
        if self._clock.monotonic_s() < self._look_s:
            return False
        files = self._files.files()
        is_changed = self._read is None or files != self._read
        if is_changed and self._read is not None and files != self._waits_for:
            self._waits_for = files
            self._look_s = self._clock.monotonic_s() + SETTLED_S
            return False
        now_s = self._clock.monotonic_s()
        is_due = is_changed or now_s >= self._read_s
        self._read_s = now_s + READ_EVERY_S if is_due else self._read_s
        self._look_s = min(now_s + LOOK_EVERY_S, self._read_s)
        if not is_due:
            return False
        now, zone = self._clock.now(), self._clock.zone()
        try:
            found = read_calendar(self._planned, now, zone, files=files, meanwhile=self._breathe)
        except Stopped:
            return False
        is_other = self._keep(found, files.paths)
        self._read, self._waits_for = files, None  # only now: what could not be stored is read again
        return is_other

    def wait_s(self) -> float:
        """Return how long there is no reason to look, in seconds, 0 or more."""
        return math.inf if self._planned.calendar is None else max(0.0, self._look_s - self._clock.monotonic_s())

    def _keep(self, found: CalendarFound, there: Sequence[str] = ()) -> bool:
        """Store what was found; return whether something else is planned than before.

        Args:
            there: The files of the calendar as they are now.
        """
        now = self._clock.now()
        today = now.astimezone(self._clock.zone()).date()
        with self._store.write():
            is_other = write_sessions(
                self._store,
                found.sessions,
                now=now,
                today=today,
                is_whole=found.is_whole,
                taken_out=self._taken_out(found, there),
            )
            faults = tuple((fault.path, fault.reason) for fault in found.faults)
            if faults != read_calendar_faults(self._store):
                write_calendar_faults(self._store, faults)
            if is_other:
                self._on_change()
        self._say(found)
        return is_other

    def _taken_out(self, found: CalendarFound, there: Sequence[str]) -> frozenset[str]:
        """Return what is planned no more though not all files could be read, and remember what stands in which file.

        What stood in a file that was read to its end has been taken out of it, and so has what stood in a file that is
        not in the folder any more. A folder in which there is no file at all may be one that is not mounted.
        """
        if not there:
            return frozenset()
        may_hold = set(there) & set(found.unread)
        before = {identity: path for identity, path in self._file_of.items() if path in may_hold}
        taken_out = frozenset(self._file_of.keys() - before.keys() - found.files.keys())
        self._file_of = {**before, **found.files}
        return taken_out

    def _say(self, found: CalendarFound) -> None:
        """Say in the log what is wrong, each thing once for as long as it lasts."""
        for fault in found.faults:
            if fault not in self._faults:
                log.warning("%s", say("calendar.fault", path=fault.path, reason=(fault.reason,)))
        if self._faults and not found.faults:
            log.info(say("calendar.fine_again"))
        self._faults = found.faults

    def _breathe(self) -> None:
        """Say that we are alive.

        Raises:
            Stopped: The service is to end.
        """
        if not self._go_on():
            raise Stopped

    def _forget(self) -> bool:
        """Let nothing be planned any more where no calendar is configured; return whether something was."""
        if self._is_emptied:
            return False
        self._is_emptied = True
        return self._keep(CalendarFound((), ()))
