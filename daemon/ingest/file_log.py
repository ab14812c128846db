"""What does the log say of a file?"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hersteld.config.texts.speech import said, say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import MAY_BE_TOLD
from hersteld.daemon.reading.contents import Outcome
from hersteld.daemon.store.files import FileRow
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock, iso
from hersteld.parsers.line import Line, Value
from hersteld.recovery.athlete.sport_families import word_of
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import announced_readiness
from hersteld.recovery.rules import Rules

log = logging.getLogger(__name__)

_MOST_KNOWN = 10
"""More known files than this, found at one look, are told in one line."""

_AGAIN_S = 120.0
"""A known file that is looked at again within this is the one that was told of: a copy gets its date last, say."""


class FileLog:
    """Says what became of what is new, a line for each.

    Args:
        quiet_hours: When no message is sent; None for never.
    """

    def __init__(self, store: Store, clock: Clock, rules: Rules, quiet_hours: QuietHours | None) -> None:
        self._workouts = Workouts(store)
        self._outbox = Outbox(store)
        self._clock = clock
        self._rules = rules
        self._quiet_hours = quiet_hours

    def say(self, outcome: Outcome, *, in_backlog: bool) -> None:
        """Say what became of a file.

        Args:
            in_backlog: Whether it is one of many: what is said of it is decided when the last of them has come.
        """
        if outcome.asked is not None:
            outcome.asked.log(outcome.path)
        if outcome.status == "known":  # `KnownFiles` tells of those, each archive as one
            if outcome.reason:
                log.debug(said(outcome.reason))
        elif outcome.status == "workout" and outcome.workout_id is not None:
            self._say_workout(outcome.path, self._workouts.summary(outcome.workout_id), in_backlog=in_backlog)
        elif outcome.status == "day" and not outcome.days:
            log.info(say("ingest.weighed", path=outcome.path))
        elif outcome.status == "day":
            first, last = outcome.days[0].isoformat(), outcome.days[-1].isoformat()
            if first == last:
                log.info(say("ingest.night", path=outcome.path, day=first))
            else:
                log.info(say("ingest.nights", path=outcome.path, first=first, last=last))
        else:
            reason = (outcome.reason,) if outcome.reason else ()
            level = logging.WARNING if outcome.status == "rejected" else logging.INFO
            if outcome.status == "duplicate":
                log.log(level, say("ingest.duplicate", path=outcome.path, reason=reason))
            else:
                log.log(level, say("ingest.of_no_use", path=outcome.path, status=outcome.status, reason=reason))

    def _say_workout(self, path: str, workout: StoredWorkout, *, in_backlog: bool) -> None:
        load = Line("ingest.load", {"load": round(workout.load), "rung": workout.rung, "grade": workout.grade})
        facts = [load, *self._readiness(workout, in_backlog=in_backlog)]
        if not in_backlog:
            facts += self._first_message(workout)
        sport = "multisport" if workout.sport == "multisport" else word_of(workout.sport, workout.sub_sport)
        values: dict[str, Value] = {
            "path": path,
            "sport": sport,
            "minutes": workout.timer_s / 60,
            "facts": tuple(facts),
        }
        log.info(said(Line("ingest.workout", values), zone=self._clock.zone()))

    def _readiness(self, workout: StoredWorkout, *, in_backlog: bool) -> list[Line]:
        """Return from when hard training is fine, as status says it: the plan of the newest workout is what counts."""
        if workout.ready_at is None:
            return [Line("ingest.no_plan")]
        now, latest = self._clock.now(), self._workouts.latest()
        if latest is None or latest.started_at <= workout.started_at:
            return self._ready_from("ingest.ready", workout.ready_at, now)
        if in_backlog or latest.ready_at is None:
            return [Line("ingest.late")]
        return self._ready_from("ingest.late_ready", latest.ready_at, now) or [Line("ingest.late")]

    def _ready_from(self, id_: str, ready_at: datetime, now: datetime) -> list[Line]:
        """Return a readiness as the messages say it; nothing when it is past."""
        announced_at = announced_readiness(ready_at, self._clock.zone(), self._rules)
        return [] if announced_at <= now else [Line(id_, {"at": (self._moment(announced_at, now),)})]

    def _first_message(self, workout: StoredWorkout) -> list[Line]:
        """Return when its first message goes out, or what it corrects of another's; nothing when it is out."""
        if workout.ready_at is None:
            return []
        rows = [
            *self._outbox.of_workout(workout.identity),
            *self._outbox.rows("changed_at >= ? AND kind = 'correction'", [iso(workout.stored_at)]),
        ]
        if any(row.state in MAY_BE_TOLD for row in rows):
            return []
        now = self._clock.now()
        due_at = min((row.due_at for row in rows if row.state == "pending"), default=None)
        if due_at is None:
            return [Line("ingest.no_message")]
        if due_at <= now:
            return []
        is_soon = due_at - now < timedelta(days=1)
        at = (Line("ingest.at", {"at": due_at}) if is_soon else self._moment(due_at, now),)
        is_quiet = self._quiet_hours is not None and self._quiet_hours.holds(now, self._clock.zone())
        return [Line("ingest.told_after_quiet_hours" if is_quiet else "ingest.told", {"at": at})]

    def _moment(self, moment: datetime, now: datetime) -> Line:
        """Return how a moment is said: its day, with the year if that is another one than now, and its time."""
        zone = self._clock.zone()
        year = moment.astimezone(zone).year
        if year == now.astimezone(zone).year:
            return Line("ingest.moment", {"at": moment})
        return Line("ingest.moment_of_year", {"at": moment, "year": year})


@dataclass(frozen=True, slots=True)
class Known:
    """A file with what is known already.

    Attributes:
        path: As it is shown.
        inside: How many FIT files it holds, if it is an archive; else 1.
        known: How many of those are known.
        reason: See `known_as`.
    """

    path: str
    inside: int
    known: int
    reason: Line


class KnownFiles:
    """Says of files that they hold what is known, once each, for somebody may wait for a word."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told_s: dict[str, float] = {}

    def taken(self, path: str) -> None:
        """Remember that a file was told of."""
        self._told_s[path] = self._clock.monotonic_s()

    def say(self, files: Sequence[Known]) -> None:
        """Say of the files of one look that they hold what is known; of many in one line."""
        since_s = self._clock.monotonic_s() - _AGAIN_S
        self._told_s = {path: told_s for path, told_s in self._told_s.items() if told_s > since_s}
        new = [file for file in files if file.path not in self._told_s]
        for file in new:
            self.taken(file.path)
        if len(new) > _MOST_KNOWN:
            log.info(say("ingest.many_known", count=len(new), path=new[0].path))
            return
        for file in new:
            if file.inside == 1:
                log.info(said(Line(file.reason.id, {**file.reason.values, "path": file.path})))
            elif file.known == file.inside:
                log.info(say("ingest.nothing_new", path=file.path, count=file.inside))
            else:
                log.info(say("ingest.some_known", path=file.path, known=file.known, count=file.inside))


def known_as(before: FileRow | None, path: str) -> Line:
    """Return that a content was known already, and as what.

    Args:
        before: Of the same content.
        path: Where it is now.
    """
    if before is None:
        return Line("files.known", {"path": path})
    other, status = before.path, before.status
    if before.reason is None or status not in ("rejected", "ignored"):
        same = Line("files.known", {"path": path})
        return same if other == path else Line("files.known_elsewhere", {"path": path, "other": other})
    reason = (before.reason,)
    if other == path:
        return Line("files.known_of_no_use", {"path": path, "status": status, "reason": reason})
    values: dict[str, Value] = {"path": path, "other": other, "status": status, "reason": reason}
    return Line("files.known_elsewhere_of_no_use", values)


def duplicate_of(path: str | None) -> Line:
    """Return that a file holds the same workout as the file of this path, or as one that is not known any more."""
    return Line("files.duplicate", {"path": path}) if path else Line("files.duplicate_of_another")
