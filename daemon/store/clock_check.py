"""Can the clock be right, and when is it believed against all evidence?

A machine without a battery starts with a date of long ago until somebody sets it: then no message may leave. But it may
also be that the clock was ahead once, and what was written then is what is wrong. A clock that goes on steadily for a
while is taken to be right.
"""

import logging
from datetime import datetime

from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import BUILT_AT, Clock, from_iso, iso
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

BEHIND_S = 60.0
"""A step back of less than this (NTP) is waited out in silence."""
_DATED = (("files", "seen_at"), ("outbox", "changed_at"), ("outbox", "created_at"), ("occasions", "settled_at"))
"""Columns that say when something was done here."""
_STEADY_S = 600.0
_DRIFT_S = 5.0


def newest_at(store: Store) -> datetime:
    """Return a moment that has certainly passed: that of the newest row, or of the build."""
    (newest,) = store.db.execute(
        "SELECT MAX((SELECT COALESCE(MAX(seen_at), '') FROM files), (SELECT COALESCE(MAX(changed_at), '') FROM outbox))"
    ).fetchone()
    return max(BUILT_AT, from_iso(newest)) if newest else BUILT_AT


def forget_future(store: Store, now: datetime) -> int:
    """Give rows that are dated later than now the date of now; return how many rows these were."""
    with store.write():
        return sum(
            store.change(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", [iso(now), iso(now)])  # noqa: S608 - ours
            for table, column in _DATED
        )


class ClockDoubt:
    """Compares the clock with what is in the store of one thread.

    Args:
        consequence: What follows from a clock that is behind, as the end of a sentence.
    """

    def __init__(self, store: Store, clock: Clock, consequence: Line) -> None:
        self._store = store
        self._clock = clock
        self._consequence = consequence
        self._is_said = False
        self._since: tuple[datetime, float] | None = None

    def behind_s(self) -> float:
        """Return by how much the clock is behind what has certainly passed, in seconds; 0 or less when it may be right.

        The user is told, once.
        """
        newest = newest_at(self._store)  # before `now`: another thread may write meanwhile
        behind_s = (newest - self._clock.now()).total_seconds()
        if behind_s > BEHIND_S and not self._is_said:
            self._is_said = True
            log.warning(say("store.clock_behind", newest=f"{newest:%Y-%m-%d %H:%M}", consequence=(self._consequence,)))
        elif behind_s <= 0:
            self._is_said = False
        return behind_s

    def believe_when_steady(self) -> bool:
        """Put right what was written by a clock that was ahead, once this one has been steady.

        Return whether that was done. To be called now and then while the clock is behind.
        """
        now, passed_s = self._clock.now(), self._clock.monotonic_s()
        if self._since is not None:
            began_at, began_s = self._since
            drift_s = (now - began_at).total_seconds() - (passed_s - began_s)
            if abs(drift_s) <= _DRIFT_S and now >= BUILT_AT:
                if passed_s - began_s < _STEADY_S:
                    return False
                rows = forget_future(self._store, now)
                log.warning(say("store.clock_believed", rows=rows))
                self._since = None
                return True
        self._since = (now, passed_s)
        return False
