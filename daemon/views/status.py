"""How do things stand: when is the athlete ready, what is still to be sent, and what went wrong?"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable
from hersteld.daemon.database.lock import RunningDaemon, daemon_at
from hersteld.daemon.health.outside import Outside, from_outside, in_its_words
from hersteld.daemon.health.waiting import Waiting, oldest_waiting
from hersteld.daemon.inbox.held_up import read_held_up
from hersteld.daemon.inbox.set_aside import SetAside, read_set_aside
from hersteld.daemon.inbox.watched import read_watched
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import WAITS_SQL, OutboxRow
from hersteld.daemon.planning.fingerprint import settings_fingerprint
from hersteld.daemon.reading.folders import MAX_BYTES, MAX_MIB, is_ours
from hersteld.daemon.store.answers.lessons import all_lessons
from hersteld.daemon.store.answers.pauses import Pause, pause_at
from hersteld.daemon.store.clock_check import BEHIND_S, newest_at
from hersteld.daemon.store.dirty import DirtyRow
from hersteld.daemon.store.files import FileRow, files_seen
from hersteld.daemon.store.left_out import LeftOut, count_left_out
from hersteld.daemon.store.planned import read_calendar_faults, read_sessions
from hersteld.daemon.store.sightings import sightings_above
from hersteld.daemon.store.summaries import StoredWorkout, Summaries
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import path_shown, recovery_file, shown
from hersteld.daemon.views.json_values import json_value
from hersteld.daemon.views.reason_json import reason_json
from hersteld.daemon.views.refuted import Refuted, refuted
from hersteld.daemon.words.learned import lesson_json
from hersteld.parsers.line import Line
from hersteld.recovery.nights.verdict import NightVerdict

if TYPE_CHECKING:  # imports numpy, for which the command must not wait
    from hersteld.recovery.learning.lessons import Lesson
from hersteld.recovery.occasions.planned_session import PlannedSession

RECENT_DAYS = 14
"""Failures that are older are not told any more."""

_MISSED = (
    "state = 'expired' AND unless_sent = '' AND NOT EXISTS (SELECT 1 FROM outbox AS spare"
    " WHERE spare.workout_identity = outbox.workout_identity AND spare.target = outbox.target"
    " AND spare.state IN ('pending', 'sending', 'sent', 'unknown', 'failed')"
    " AND ' ' || spare.unless_sent || ' ' LIKE '% ' || outbox.rule || ' %') ORDER BY due_at, id"
)
"""Of what nobody was told: its time was over before it could be tried, and nothing stood in its place."""
_BESIDE_ITS_FIRST = (
    "EXISTS (SELECT 1 FROM outbox AS earlier"
    " WHERE earlier.workout_identity = outbox.workout_identity AND earlier.target = outbox.target"
    " AND (earlier.state = 'unknown' OR earlier.state = outbox.state)"
    " AND ' ' || outbox.unless_sent || ' ' LIKE '% ' || earlier.rule || ' %')"
)
"""Of what stood in the place of a message that is told of already."""
_FAILED = f"state = 'failed' AND NOT {_BESIDE_ITS_FIRST} ORDER BY due_at, id"
_UNKNOWN = f"state = 'unknown' AND NOT {WAITS_SQL} AND NOT {_BESIDE_ITS_FIRST} ORDER BY due_at, id"
_ROW = ("target", "rule", "title", "body", "due_at", "expires_at", "state", "attempts", "try_at")
_NO_FIT = frozenset({"files.not_fit", "files.foreign"})
_SESSION = ("day", "starts_at", "minutes", "is_hard")
_FILE = ("path", "sha256", "seen_at")


@dataclass(frozen=True, slots=True)
class HowThingsStand:
    """Everything that `status` prints.

    Attributes:
        daemon: The service that runs on the database; None when none does.
        service: What it says of itself.
        clock_behind: Whether the clock shows a moment that has certainly passed.
        last: The last workout whose device knew the date.
        rest_day_until: The day on which a beginner trains again; None where no rest day is named.
        night: The night that moved the readiness; None where none did.
        pause: Why and how long the athlete does not train; None where they do.
        to_tell: Number of workouts of which is still to be told what there is to say.
        to_assess: How many workouts are still to be assessed anew.
        has_other_settings: Whether the stored plans were made with other settings or rules than those of now.
        refuted: What workouts have shown the configuration to be too low in.
        due, failed, expired: Messages.
        unknown: Messages that may have arrived, and are not tried any more.
        unread: Files that could not be read, the newest first.
        left_out: Files that are no FIT, so that the history may lack them.
        adult: Whether neither the configuration nor the newest file that knows an age allows a minor.
        held_up: Files in the watched folders that could not be read at the last look, or are too large to be, by path,
            each with the reason, or what it is waited for; None where an older version has not said that.
        set_aside: Files that are left alone as reading them ended badly.
        doubtful: Files that are tried once more after that, by path.
        calendar_faults: What of the calendar of planned training could not be read, by file.
        planned: The training that is planned in the next days, in order of day and time.
        recovery_file: The calendar of the athlete's recovery; None where none is wanted, or none is there yet.
        oldest_waiting: The file that has waited longest to be taken in; None when none waits.
        learned: What the answers of the athlete have taught.
    """

    now: datetime
    daemon: RunningDaemon | None
    service: Outside
    clock_behind: bool
    last: StoredWorkout | None
    rest_day_until: date | None
    night: NightVerdict | None
    pause: Pause | None
    to_tell: int
    to_assess: int
    has_other_settings: bool
    refuted: tuple[Refuted, ...]
    due: tuple[OutboxRow, ...]
    failed: tuple[OutboxRow, ...]
    expired: tuple[OutboxRow, ...]
    unknown: tuple[OutboxRow, ...]
    unread: tuple[FileRow, ...]
    left_out: LeftOut
    adult: bool
    held_up: Mapping[str, Line | None]
    set_aside: tuple[SetAside, ...]
    doubtful: Mapping[str, SetAside]
    calendar_faults: tuple[tuple[str, Line], ...]
    planned: tuple[PlannedSession, ...]
    recovery_file: str | None
    oldest_waiting: Waiting | None
    learned: "tuple[Lesson, ...]" = ()


def how_things_stand(database: Path, settings: Settings, now: datetime) -> HowThingsStand:
    """Return how things stand at a moment.

    Raises:
        StoreUnusable: There is no database, or it cannot be read.
    """
    since = now - timedelta(days=RECENT_DAYS)
    with _opened(database, now) as store:
        daemon = daemon_at(database)
        service = from_outside(database, daemon, now)
        watched = tuple(map(path_shown, read_watched(store))) or settings.watch.folders
        outbox, workouts, dirty = Outbox(store), Summaries(store), DirtyRow(store).read()
        last = workouts.latest()
        ended = read_set_aside(store)
        is_unknown = dirty.settings is None and not workouts.newest(1)  # there is nothing yet that was made with any
        return HowThingsStand(
            now=now,
            daemon=daemon,
            service=service,
            clock_behind=(newest_at(store) - now).total_seconds() > BEHIND_S,
            last=last,
            rest_day_until=workouts.rest_day_until(last) if last else None,
            night=workouts.night_of(last) if last else None,
            pause=pause_at(store, now),
            to_tell=len(workouts.untold()),
            to_assess=workouts.count_from(*dirty.since) if dirty.since else 0,
            has_other_settings=not is_unknown and dirty.settings != settings_fingerprint(settings),
            refuted=refuted(store, settings, now),
            due=tuple(row for row in outbox.waiting() if not row.unless_sent),
            failed=tuple(row for row in outbox.rows(_FAILED) if row.changed_at >= since),
            expired=tuple(row for row in outbox.rows(_MISSED) if row.changed_at >= since),
            unknown=tuple(row for row in outbox.rows(_UNKNOWN) if row.changed_at >= since),
            unread=tuple(row for row in files_seen(store, "rejected") if row.seen_at >= since and _may_hold_fit(row)),
            left_out=count_left_out(store),
            adult=workouts.is_adult(settings.athlete, settings.rules.athlete, now),
            held_up={**_too_large(store), **read_held_up(store)},
            set_aside=tuple(file for file in ended.values() if file.is_given_up),
            doubtful={path: file for path, file in ended.items() if not file.is_given_up},
            calendar_faults=read_calendar_faults(store),
            planned=read_sessions(store, now=now, today=now.astimezone(SystemClock().zone()).date()),
            recovery_file=_recovery_file(database, settings),
            oldest_waiting=oldest_waiting(store, watched if daemon is None or service.trouble else ()),
            learned=all_lessons(store, settings.rules),
        )


@contextmanager
def _opened(database: Path, now: datetime) -> Iterator[Store]:
    try:
        store = Store(database, create=False)
    except StoreUnusable as error:
        raise in_its_words(error, database, now) from error
    with store:
        yield store


def _recovery_file(database: Path, settings: Settings) -> str | None:
    path = recovery_file(database)
    return shown(path) if settings.planned.recovery and path.is_file() else None


def _may_hold_fit(row: FileRow) -> bool:
    """Return whether a file may hold FIT by its name, or broke off as a FIT file; any other was only named once."""
    return is_ours(PurePath(row.path).name, b"") or row.reason is None or row.reason.id not in _NO_FIT


def _too_large(store: Store) -> dict[str, Line]:
    """Return the files in the watched folders that may hold FIT and are too large to be read, each with that reason."""
    reason = Line("inbox.why_too_large", {"limit_mib": MAX_MIB})
    return {path: reason for path in sightings_above(store, MAX_BYTES) if is_ours(PurePath(path).name, b"")}


def status_json(stand: HowThingsStand) -> Any:
    """Return how things stand as JSON knows it; docs/commands.md holds the contract."""
    doubtful = stand.doubtful
    ready_at, easy_from = (stand.last.ready_at, stand.last.easy_from) if stand.last else (None, None)

    def messages(rows: Sequence[OutboxRow]) -> list[dict[str, object]]:
        return [{**{name: getattr(row, name) for name in _ROW}, **reason_json(row.reason)} for row in rows]

    return json_value(
        {
            "now": stand.now,
            "running": stand.daemon is not None,
            **_service_json(stand),
            "clock_behind": stand.clock_behind,
            "pause": stand.pause,
            "to_assess": stand.to_assess,
            "to_tell": stand.to_tell,
            "has_other_settings": stand.has_other_settings,
            "refuted": stand.refuted,
            "ready": None if ready_at is None else ready_at <= stand.now,
            "easy_from": easy_from,
            "ready_at": ready_at,
            "ready_other_at": stand.last.ready_other_at if stand.last else None,
            "night": stand.night,
            "last_workout": stand.last,
            "learned": [lesson_json(lesson) for lesson in stand.learned],
            "due": messages(stand.due),
            "failed": messages(stand.failed),
            "expired": messages(stand.expired),
            "unknown": messages(stand.unknown),
            "rejected": [
                {**{name: getattr(row, name) for name in _FILE}, **reason_json(row.reason)} for row in stand.unread
            ],
            "left_out": {kind: getattr(stand.left_out, kind) for kind in ("gpx", "tcx", "other")},
            "held_up": [
                {"path": path, **reason_json(reason), "try_at": doubtful[path].try_at if path in doubtful else None}
                for path, reason in stand.held_up.items()
            ],
            "set_aside": set_aside_json(stand.set_aside),
            "planned": [{name: getattr(one, name) for name in _SESSION} for one in stand.planned],
            "calendar_faults": [{"path": path, **reason_json(reason)} for path, reason in stand.calendar_faults],
            "recovery_file": stand.recovery_file,
            "recovery_unwritten": reason_json(unwritten) if (unwritten := stand.service.unwritten) else None,
            "home_assistant_untold": reason_json(untold) if (untold := stand.service.untold) else None,
        }
    )


def set_aside_json(files: Sequence[SetAside]) -> Any:
    """Return the files that are set aside, as JSON knows them."""
    return json_value([{"path": file.path, "at": file.at, **reason_json(file.reason)} for file in files])


def _service_json(stand: HowThingsStand) -> dict[str, object]:
    """Return what is known of the service itself."""
    service, waiting, pinged = stand.service, stand.oldest_waiting, stand.service.pinged
    trouble = service.trouble and {"id": service.trouble, "since": service.since, **reason_json(service.reason)}
    return {
        "well": stand.daemon is not None and service.trouble is None,
        "looked_at": service.looked_at,
        "trouble": trouble,
        "reads_alone": reason_json(service.reads_alone) if service.reads_alone else None,
        "oldest_waiting": waiting
        and {
            "path": waiting.path,
            "since": waiting.since,
            "waits_s": max(0, round((stand.now - waiting.since).total_seconds())),
        },
        "ping": pinged
        and {
            "ok": pinged.last_ok,
            "ok_at": pinged.ok_at,
            "failed_at": pinged.failed_at,
            **reason_json(pinged.reason),
        },
    }
