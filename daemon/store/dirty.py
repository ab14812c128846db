"""From which workout on must the rules be applied anew, and why?

One row says it, and is written in the transaction that makes it so: whoever is killed goes on from there. Workouts are
assessed in order of start, because each assessment is part of the past of the next. So one place is enough: every
workout from there on is to be assessed anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import from_iso, iso


class Cause(StrEnum):
    """Why stored workouts are assessed anew; the values are stored, so they never change."""

    WORKOUT = "workout"
    """One came in after later ones."""
    RECORDING = "recording"
    """Another recording of a known workout holds more."""
    HISTORY = "history"
    """Many came in at once, or were imported."""
    SETTINGS = "settings"
    """The configuration or the rules are others."""
    ATHLETE = "athlete"
    """The athlete said what sport a workout was, or that a forgotten one counts after all."""
    FORGOTTEN = "forgotten"
    """The athlete said that a workout is to be forgotten."""
    NIGHT = "night"
    """More is known of the athlete's nights."""
    ANSWER = "answer"
    """The athlete answered, or took an answer back."""
    SEVERAL = "several"


class Place(NamedTuple):
    """A place in the order of start: this workout and all after it."""

    started_at: datetime
    workout_id: int = 0


@dataclass(frozen=True, slots=True)
class Dirty:
    """What is to be assessed anew.

    Attributes:
        since: The first workout; None when none is left.
        recent: Of a run through many years: the first of the recent workouts, which are assessed once beforehand, as
            they are what everybody asks for. None when that is done, or not worth while.
        cause: Why; None when whoever was told a readiness need not be told another.
        run: Number of this run, 1 or more; a run lasts until nothing is left.
        settings: Fingerprint of the settings and rules with which the assessments were made; None before the first.
        wording: Likewise, of what decides on the words and hours of messages.
    """

    since: Place | None = None
    recent: Place | None = None
    cause: Cause | None = None
    run: int = 0
    settings: str | None = None
    wording: str | None = None


class DirtyRow:
    """The row, in one thread's store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> Dirty:
        """Return what is to be assessed anew."""
        row = self._store.rows("SELECT * FROM reassessment")[0]
        return Dirty(
            _place(row, "since"),
            _place(row, "recent"),
            Cause(row["cause"]) if row["cause"] else None,
            row["run"],
            row["settings"],
            row["wording"],
        )

    def write(self, dirty: Dirty) -> None:
        """Store what is to be assessed anew."""
        since, recent = dirty.since, dirty.recent
        self._store.change(
            "UPDATE reassessment SET since_at = ?, since_id = ?, recent_at = ?, recent_id = ?, cause = ?, run = ?,"
            " settings = ?, wording = ?",
            [
                *((iso(since.started_at), since.workout_id) if since else (None, None)),
                *((iso(recent.started_at), recent.workout_id) if recent else (None, None)),
                *(dirty.cause, dirty.run, dirty.settings, dirty.wording),
            ],
        )

    def mark(self, since: Place, cause: Cause) -> None:
        """Say that a workout and all after it are to be assessed anew.

        Args:
            cause: Why, for whoever was told a readiness that turns out to be wrong.
        """
        dirty = self.read()
        begins = dirty.since is None and dirty.cause is None
        is_other = dirty.cause not in (None, cause)
        self.write(
            replace(
                dirty,
                since=since if dirty.since is None else min(since, dirty.since),
                cause=Cause.SEVERAL if is_other else cause,
                run=dirty.run + begins,
            )
        )


def _place(row: Mapping[str, Any], name: str) -> Place | None:
    moment = row[f"{name}_at"]
    return None if moment is None else Place(from_iso(moment), row[f"{name}_id"])
