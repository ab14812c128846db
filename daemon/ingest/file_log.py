"""What does the log say of a file?"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hersteld.config.texts.speech import said
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.reading.contents import Outcome
from hersteld.daemon.store.files import FileRow
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock, iso
from hersteld.parsers.line import Line, Value
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
            in_backlog: Among many: what is said of it is decided when the last of them has come.
        """
        if outcome.asked is not None:
            outcome.asked.log(outcome.path)
        if outcome.status == "known":  # `KnownFiles` tells of those, each archive as one
            if outcome.reason:
                log.debug(said(outcome.reason))
        elif outcome.status == "workout" and outcome.workout_id is not None:
            workout = self._workouts.summary(outcome.workout_id)
            parts = [self._ready(workout, in_backlog=in_backlog), "" if in_backlog else self._told(workout)]
            log.info(
                "%s: workout, %s of %.0f min, load %.0f (from %s, grade %s)%s",
                *(outcome.path, workout.sport, workout.timer_s / 60, workout.load),
                *(workout.rung.replace("_", " "), workout.grade, "".join(f", {part}" for part in parts if part)),
            )
        else:
            level = logging.WARNING if outcome.status == "rejected" else logging.INFO
            reason = said(outcome.reason) if outcome.reason else ""
            log.log(level, "%s: %s%s %s", outcome.path, outcome.status, "." if reason[:1].isupper() else ",", reason)

    def _ready(self, workout: StoredWorkout, *, in_backlog: bool) -> str:
        """Return from when hard training is fine, as status says it: the plan of the newest workout is what counts."""
        if workout.ready_at is None:
            return "no plan, as its device did not know the date"
        now, latest = self._clock.now(), self._workouts.latest()
        if latest is None or latest.started_at <= workout.started_at:
            return self._from(workout.ready_at, now)
        late = "earlier than others that are known"
        if in_backlog or latest.ready_at is None or not (ready := self._from(latest.ready_at, now)):
            return late
        return f"{late}; with them, {ready}"

    def _from(self, ready_at: datetime, now: datetime) -> str:
        """Return a readiness as the messages say it; "" when it is past."""
        said_at = announced_readiness(ready_at, self._clock.zone(), self._rules)
        return "" if said_at <= now else f"ready for hard training {self._moment(said_at, now)}"

    def _told(self, workout: StoredWorkout) -> str:
        """Return when its first message goes out, or what it corrects of another's; "" when that is now, or was."""
        if workout.ready_at is None:
            return ""
        rows = [
            *self._outbox.of_workout(workout.identity),
            *self._outbox.rows("changed_at >= ? AND kind = 'correction'", [iso(workout.stored_at)]),
        ]
        if any(row.state in ("sending", "sent") for row in rows):
            return ""
        now = self._clock.now()
        due_at = min((row.due_at for row in rows if row.state == "pending"), default=None)
        if due_at is None:
            return "no message to send"
        if due_at <= now:
            return ""
        zone = self._clock.zone()
        is_soon = due_at - now < timedelta(days=1)
        when = f"at {due_at.astimezone(zone):%H:%M}" if is_soon else self._moment(due_at, now)
        is_quiet = self._quiet_hours is not None and self._quiet_hours.holds(now, zone)
        return f"told {when}{', after the quiet hours' if is_quiet else ''}"

    def _moment(self, moment: datetime, now: datetime) -> str:
        zone = self._clock.zone()
        local = moment.astimezone(zone)
        return f"{local:%a %d %b %H:%M}" if local.year == now.astimezone(zone).year else f"{local:%a %d %b %Y %H:%M}"


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
        """Say it of those that were found at one look; of many in one line."""
        since_s = self._clock.monotonic_s() - _AGAIN_S
        self._told_s = {path: told_s for path, told_s in self._told_s.items() if told_s > since_s}
        new = [one for one in files if one.path not in self._told_s]
        for one in new:
            self.taken(one.path)
        if len(new) > _MOST_KNOWN:
            log.info("%d files were known already, such as %s", len(new), new[0].path)
            return
        for one in new:
            if one.inside == 1:
                log.info(said(Line(one.reason.id, {**one.reason.values, "path": one.path})))
            elif one.known == one.inside:
                log.info("%s: nothing new, all %d files in it were known already", one.path, one.inside)
            else:
                log.info("%s: %d of the %d files in it were known already", one.path, one.known, one.inside)


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
