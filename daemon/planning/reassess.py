"""How are stored workouts assessed anew when what they rest on has changed?

One mechanism for every cause: a workout that came in late, a better recording, the end of a backlog or an import, other
settings or rules. Whoever changes something marks from which workout on, in the transaction of the change (see
`hersteld.daemon.store.dirty`). `assess_next` then assesses a few workouts in order of start, in a transaction of its
own, short enough that others can write in between. When none is left, `finish` says what is left to be said: of
workouts that waited for this, and to whoever was told a readiness that is wrong now.

When many years are to be assessed, the recent workouts come first, because the next workout and `hersteld status` rest
on them. They are assessed once more in their turn, as only then all of their past is right.
"""

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import left_if_bad
from hersteld.daemon.planning.fingerprint import settings_fingerprint, wording_fingerprint
from hersteld.daemon.planning.telling.announcer import Announcer
from hersteld.daemon.store.clock_check import BEHIND_S, newest_at
from hersteld.daemon.store.dirty import Cause, Dirty, DirtyRow, Place
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock

log = logging.getLogger(__name__)

MOST_AT_ONCE = 8
"""Workouts assessed anew in one transaction: short enough that delivery can write meanwhile."""

RECENT = timedelta(days=90)
"""Workouts younger than this are assessed first."""

_FARTHEST_EAST = timedelta(hours=14)
"""Nowhere does a local date begin earlier before that of UTC."""
_ONE_DAY = timedelta(days=1)
_BEGINNING = datetime.min.replace(tzinfo=UTC)


class Reassessment:
    """Assesses stored workouts anew, a few at a time.

    Args:
        finishes: Whether this process says what is to be said at the end; otherwise that is left to the service.
    """

    def __init__(
        self,
        store: Store,
        workouts: Workouts,
        assessor: Assessor,
        announcer: Announcer,
        settings: Settings,
        clock: Clock,
        *,
        finishes: bool,
    ) -> None:
        self._store = store
        self._workouts = workouts
        self._row = DirtyRow(store)
        self._assessor = assessor
        self._announcer = announcer
        self._settings = settings
        self._settings_fingerprint = settings_fingerprint(settings)
        self._clock = clock
        self._finishes = finishes

    # --- what is to be done

    def mark(self, since: datetime, cause: Cause) -> None:
        """Mark all workouts that started at this moment or later; the cause is told to whoever is corrected."""
        first = self._workouts.from_place(since, 0, limit=1)
        if first:
            self._row.mark(Place(first[0].started_at, first[0].id), cause)

    def mark_after(self, moment: datetime, cause: Cause) -> None:
        """Mark as `mark` does, also where no workout is left from that moment on: what was told may be wrong."""
        self._row.mark(Place(moment), cause)

    def mark_nights(self, days: Collection[date], cause: Cause = Cause.NIGHT) -> None:
        """Mark the workouts that nights concern of which more is known now.

        These are the ones whose rest was not over at waking, and later ones, for which the nights say what is usual.

        Args:
            days: The local dates of waking.
            cause: Why more is known.
        """
        if not days:
            return
        rules = self._settings.rules
        usual = max(rules.nights.rmssd_days, rules.nights.resting_hr_days, rules.athlete.resting_hr_days)
        since = datetime.combine(min(days), time(), tzinfo=UTC) - _FARTHEST_EAST
        first = self._workouts.first_concerned(
            since,
            datetime.combine(max(days), time(), tzinfo=UTC) + timedelta(days=usual) + 2 * _ONE_DAY,
            # As it is stored, a night may have moved it to earlier.
            ready_after=since - timedelta(hours=float(rules.nights.earlier_max_h)),
        )
        if first is not None:
            self._row.mark(Place(first.started_at, first.id), cause)

    def check_settings(self) -> bool:
        """Mark everything if the stored plans were made with other settings or rules; return whether it was so.

        A process that helps leaves that to a service that runs, also to one that has only just begun.
        """
        settings = self._settings_fingerprint
        with self._store.write():
            if self._row.read().settings == settings or (not self._finishes and daemon_at(self._store.path)):
                return False
            self.mark(_BEGINNING, Cause.SETTINGS)
            self._put_recent_first()
            self._row.write(replace(self._row.read(), settings=settings))
        return True

    def check_wording(self) -> bool:
        """Let messages that wait follow a changed language and changed quiet hours; return whether these changed."""
        wording = wording_fingerprint(self._settings, self._clock.zone())
        with self._store.write():
            if self._row.read().wording == wording:
                return False
            for workout_id in self._workouts.with_waiting_messages():
                with left_if_bad(self._store, workout_id):
                    self._announcer.revise(workout_id)
            self._row.write(replace(self._row.read(), wording=wording))
        return True

    def has_these_settings(self) -> bool:
        """Return whether the stored plans were made with the settings and rules of this process."""
        return self._row.read().settings == self._settings_fingerprint

    def has_marked_before(self, moment: datetime) -> bool:
        """Return whether a workout that started before a moment is to be assessed anew."""
        since = self._row.read().since
        return since is not None and since.started_at < moment

    @property
    def is_due(self) -> bool:
        """Whether there is something left to do for this process."""
        dirty = self._row.read()
        return dirty.since is not None or self._has_to_finish(dirty)

    def count_marked(self) -> int:
        """Return how many workouts are still to be assessed anew."""
        since = self._row.read().since
        return self._workouts.count_from(*since) if since else 0

    # --- doing it

    def run_before(self, started_at: datetime) -> None:
        """Assess anew what is marked and started before a moment, so that a workout added there has its true past."""
        while self.assess_next(before=started_at):
            pass

    def assess_next(self, *, before: datetime | None = None) -> bool:
        """Assess the next few workouts anew, in one transaction, and return whether to call this again for more.

        Args:
            before: Only those that started earlier; None for all.
        """
        with self._store.write():
            dirty = self._row.read()
            is_recent = dirty.recent is not None and before is None
            place = dirty.recent if is_recent else dirty.since
            if place is None or (before is not None and place.started_at >= before):
                return False
            if dirty.settings not in (None, self._settings_fingerprint):
                return False  # A service with other settings has begun meanwhile: theirs count.
            marked = self._workouts.from_place(*place, limit=MOST_AT_ONCE + 1)
            chosen = [workout for workout in marked[:MOST_AT_ONCE] if before is None or workout.started_at < before]
            for workout in chosen:
                with left_if_bad(self._store, workout.id):
                    self._assessor.assess(workout.id)
                    self._announcer.revise(workout.id)
            rest = marked[len(chosen) :]
            following = Place(rest[0].started_at, rest[0].id) if rest else None
            if is_recent:
                dirty = replace(dirty, recent=following)
            else:
                dirty = replace(dirty, since=following, recent=dirty.recent if following else None)
            self._row.write(dirty)
            return dirty.since is not None

    def plan_recent_anew(self) -> None:
        """Assess anew the workouts whose plan may rest on the session that is planned next, as that is another now.

        Nobody is corrected, as what comes next makes nobody recover earlier or later; what waits follows.
        """
        now, soon = self._clock.now(), timedelta(hours=float(self._settings.rules.glycogen.soon_h))
        with self._store.write():
            for workout in self._workouts.between(now - soon, now):
                with left_if_bad(self._store, workout.id):
                    self._assessor.assess(workout.id)
                    self._announcer.revise(workout.id)

    def finish(self) -> bool:
        """Say what is left to be said, if nothing is marked any more; return whether it was said now."""
        if (newest_at(self._store) - self._clock.now()).total_seconds() > BEHIND_S:
            return False  # What is said now would be out of date when the clock is set.
        with self._store.write():
            dirty = self._row.read()
            if not self._has_to_finish(dirty):
                return False
            for workout in self._workouts.untold():
                with left_if_bad(self._store, workout.id):
                    self._announcer.announce(workout.id)
                self._workouts.set_untold(workout.id, is_untold=False)
            newest = self._workouts.latest_planned()
            if dirty.cause is not None and newest is None:
                self._announcer.correct(None, dirty.cause, dirty.run)
            elif dirty.cause is not None and newest is not None:
                with left_if_bad(self._store, newest.id):
                    self._announcer.correct(newest, dirty.cause, dirty.run)
                with left_if_bad(self._store, newest.id):
                    self._announcer.say_later(newest)
            self._row.write(replace(dirty, cause=None))
            return True

    def _put_recent_first(self) -> None:
        dirty = self._row.read()
        begin = self._clock.now() - RECENT
        if dirty.since is not None and dirty.since.started_at < begin:
            recent = self._workouts.from_place(begin, 0, limit=1)
            if recent:
                self._row.write(replace(dirty, recent=Place(recent[0].started_at, recent[0].id)))

    def _has_to_finish(self, dirty: Dirty) -> bool:
        if not self._finishes or dirty.since is not None:
            return False
        return dirty.cause is not None or bool(self._workouts.untold())
