"""When is it time to look into the inbox, and what if looking fails?"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hersteld.config.texts.speech import said, say
from hersteld.daemon.calendar.keeper import CalendarKeeper
from hersteld.daemon.calendar.recovery_file import RecoveryFile
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable, fault_of, is_damaged, is_newer
from hersteld.daemon.database.lock import is_importing
from hersteld.daemon.health.trouble import Trouble, trouble_of, trouble_of_unseen
from hersteld.daemon.home_assistant.keeper import HomeAssistantKeeper
from hersteld.daemon.inbox.scan import Inbox
from hersteld.daemon.inbox.watched import write_watched
from hersteld.daemon.inbox.watcher import Watcher
from hersteld.daemon.ingest.from_inbox import InboxIngest
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.planning.occasions.keeper import Occasions
from hersteld.daemon.store.clock_check import BEHIND_S, ClockDoubt
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import OF_THE_MACHINE
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

SCAN_EVERY_S = 60.0
_ROOT_EVERY_S = 10.0  # how often a missing folder is looked for
_QUIET_S = 10.0  # a backlog is complete when nothing new came for so long, and one scan longer where folders are polled
_FAULT_PAUSE_S = 10.0
_REASSESS_S = 0.5  # how long the past is assessed anew before the folders have their turn
_BREATH_S = 0.02  # between two such turns, for whoever waits to write
_REST_PER_SCAN = 20.0  # after a scan of 1 s, 20 s pass before the next, but no more than the usual pause


class MainLoop:
    """The main thread's work, one round at a time; synchronous, so that it can be stepped through.

    Args:
        scan_every_s: Longest time between two scans.
        folders: What is watched, to be recorded before the first look.
        calendar: Keeps what is planned; None for nobody.
        occasions: What is told at a certain time; None for nothing.
        recovery: Keeps the calendar of the athlete's recovery; None for nobody.
        home_assistant: Keeps Home Assistant told of the athlete; None for nobody.
        take_taps: Takes the answers that were given by a tap; None where nobody listens.
        go_on: Asked during long work; says that we are alive, and answers whether to go on.
    """

    def __init__(
        self,
        store: Store,
        watcher: Watcher,
        inbox: Inbox,
        intake: InboxIngest,
        ingest: Ingest,
        clock: Clock,
        scan_every_s: float = SCAN_EVERY_S,
        *,
        folders: tuple[Path, ...] = (),
        calendar: CalendarKeeper | None = None,
        occasions: Occasions | None = None,
        recovery: RecoveryFile | None = None,
        home_assistant: HomeAssistantKeeper | None = None,
        take_taps: Callable[[], object] | None = None,
        go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._watcher = watcher
        self._inbox = inbox
        self._intake = intake
        self._backlog = ingest.backlog
        self._reassessment = ingest.reassessment
        self._calendar = calendar
        self._occasions = occasions
        self._recovery = recovery
        self._home_assistant = home_assistant
        self._take_taps = take_taps
        self._is_reassessing = False
        self._clock = clock
        self._scan_every_s = scan_every_s
        self._go_on = go_on
        self._to_record: tuple[Path, ...] | None = folders
        self._next_scan_s = clock.monotonic_s()
        self._last_new_s = clock.monotonic_s()
        self._scanned_s = clock.monotonic_s()
        self._is_called = False
        self._fault = ""
        self._trouble: Trouble | None = None
        self._looked_at: datetime | None = None
        self._is_behind = False
        self._doubt = ClockDoubt(store, clock, Line("service.clock_wrong"))

    @property
    def looked_at(self) -> datetime | None:
        """When all folders were last looked at with success; None for never."""
        return self._looked_at

    @property
    def trouble(self) -> Trouble | None:
        """What keeps us from taking in what is in the folders, or from telling it."""
        if self._trouble is not None:
            return self._trouble
        failing = self._inbox.failing
        if failing.unseen is not None:
            path, error = failing.unseen
            return trouble_of_unseen(path, error, is_watched=failing.is_watched(path))
        if failing.fails_over_and_over:
            return Trouble("reading_fails", Line("health.reading_fails", {"count": failing.fails_over_and_over}))
        return Trouble("clock_wrong", Line("health.clock_wrong")) if self._is_behind else None

    def go(self, *, called: bool) -> bool:
        """Look once, if there is reason to, and return whether the outbox may have something new.

        Args:
            called: Whether an observer says that something changed.

        Raises:
            StoreUnusable: The database is damaged, or a newer hersteld has changed it. It must not be written to, nor
                sent from.
        """
        try:
            self._store.refuse_changed()
            if self._to_record is not None:
                write_watched(self._store, self._to_record)
                self._to_record = None
            self._is_behind = self._doubt.behind_s() > BEHIND_S and not self._doubt.believe_when_steady()
            # Before the files: a workout that comes in is told with what is planned next.
            is_planned_anew = self._calendar is not None and not self._is_behind and self._calendar.look()
            changed = self._watcher.refresh()
            new = 0
            has_looked = False
            self._is_called |= called or changed
            if (self._is_called or self._is_due()) and not self._rest_s():
                self._is_called = False
                self._next_scan_s = self._clock.monotonic_s() + self._scan_every_s
                new = self._intake.look()
                has_looked = True
                self._is_called |= self._intake.has_more
                self._scanned_s = self._clock.monotonic_s()
                if self._inbox.failing.unseen is None:
                    self._looked_at = self._clock.now()
            if new:
                self._last_new_s = self._clock.monotonic_s()
            if self._take_taps is not None:
                self._take_taps()
            # What is said of the past would be out of date when the clock is set.
            has_said = not self._is_behind and (self._reassess() | self._ask_occasions())
        except OF_THE_MACHINE as error:
            if is_damaged(error, self._store.path) or is_newer(error, self._store.path):
                raise StoreUnusable(fault_of(error, self._store.path)) from error
            self._next_scan_s = self._clock.monotonic_s() + _FAULT_PAUSE_S
            self._trouble = trouble_of(error, self._store.path)
            fault = said(self._trouble.line)
            if fault != self._fault:  # once, not at every try for as long as the disk is full
                self._fault = fault
                log.error(say("service.cannot_take_in", fault=fault))  # noqa: TRY400 - needs no traceback
            return False
        if has_looked:  # or nothing shows that it is over
            self._trouble = None
            if self._fault:
                self._fault = ""
                log.info(say("service.takes_in_again"))
        return bool(new) or has_said or is_planned_anew

    def _reassess(self) -> bool:
        """Assess anew for a moment what has to be; return whether the outbox may have something new at the end of it.

        Not while many files still come in, or an import stores them: each of them would change what the others rest on.
        """
        self._is_reassessing = False
        wait_s = self._backlog_wait_s()
        if wait_s or (wait_s is None and not self._reassessment.is_due) or is_importing(self._store.path):
            return False
        until_s = self._clock.monotonic_s() + _REASSESS_S
        while self._reassessment.assess_next():
            if not self._go_on() or self._clock.monotonic_s() >= until_s:
                self._is_reassessing = True
                return False
        has_said = self._reassessment.finish() if wait_s is None else self._backlog.close()
        if has_said:
            self._backlog.revise_digests()  # a workout that one counts may be forgotten by now
        return has_said

    def _ask_occasions(self) -> bool:
        """Queue what is to be told at this time; return whether the outbox may have something new.

        The calendar of the recovery is written then, and Home Assistant told, too. Not before all is known that could
        change any of these.
        """
        is_busy = self._backlog.open_id() is not None or self._reassessment.is_due or is_importing(self._store.path)
        if self._recovery is not None and not is_busy:
            self._recovery.keep()
        if self._home_assistant is not None and not is_busy:
            self._home_assistant.keep()
        if self._occasions is None:
            return False
        if is_busy:
            self._occasions.hold()
        return not is_busy and self._occasions.ask()

    def pause_s(self) -> float:
        """Return how long there is no reason to look, events apart."""
        waits = [self._next_scan_s - self._clock.monotonic_s()]
        if self._fault:
            return max(0.1, waits[0])
        if self._watcher.is_waiting:
            waits.append(_ROOT_EVERY_S)
        occasion_s = None if self._occasions is None or self._is_behind else self._occasions.wait_s()
        calendar_s = None if self._calendar is None else self._calendar.wait_s()
        others = (self._inbox.settling.next_look_in_s(), self._backlog_wait_s(), occasion_s, calendar_s)
        waits += [wait for wait in others if wait is not None]
        if self._is_called:
            waits.append(0.0)
        if self._is_reassessing:
            return _BREATH_S
        # Never 0, so that nothing can make the loop spin.
        return max(0.1, self._rest_s(), min(waits))

    def _rest_s(self) -> float:
        """Return how long not to scan again, 0 or more: in a folder of many files, scans must not fill the day."""
        rest_s = min(self._scan_every_s, _REST_PER_SCAN * self._inbox.scan_s)
        return max(0.0, self._scanned_s + rest_s - self._clock.monotonic_s())

    def _is_due(self) -> bool:
        look_s = self._inbox.settling.next_look_in_s()
        return self._clock.monotonic_s() >= self._next_scan_s or (look_s == 0 and not self._fault)

    def _backlog_wait_s(self) -> float | None:
        """Return how long the open backlog is still waited for; None when none is open."""
        if self._backlog.open_id() is None:
            return None
        quiet_s = _QUIET_S + (self._scan_every_s if self._watcher.is_polling else 0.0)
        return max(0.0, self._last_new_s + quiet_s - self._clock.monotonic_s())
