"""What is the athlete's own recovery as a calendar, and is the file of it as it should be?

`recovery.ics` lies beside the database and nowhere else, as that is where the service may write. It is written when
what is told has changed, in the place of the former one, so that whoever reads it never meets a half of it. Where it
cannot be written, the log says so once, and `status` for as long as it lasts; the service goes on with its work.
"""

import contextlib
import hashlib
import logging
import os
from datetime import date
from pathlib import Path
from typing import Final

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.calendar.written import MADE_BY, OURS, WrittenEvent, calendar_text, without_stamps
from hersteld.daemon.database.connection import Store
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.store.summaries import StoredWorkout, Summaries, left_to_rest
from hersteld.daemon.system.clock import Clock
from hersteld.daemon.system.errors import is_of_the_machine
from hersteld.daemon.system.paths import recovery_file, shown
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line, Value
from hersteld.recovery.athlete.regions import others, region
from hersteld.recovery.occasions.recovery_events import Kind, RecoveryEvent, recovery_events
from hersteld.recovery.occasions.verdict import verdict

log = logging.getLogger(__name__)

_MOST_BYTES = 2**16
_TITLES: Final[dict[Kind, str]] = {
    "rest_day": "calendar.event_rest_day",
    "easy": "calendar.event_easy",
    "easy_week": "calendar.event_easy_week",
    "hard": "calendar.event_hard",
    "train": "calendar.event_train",
    "begin": "calendar.event_begin",
    "muscles": "calendar.event_muscles",
    "others": "calendar.event_others",
}


class RecoveryFile:
    """Keeps the calendar of the athlete's recovery as it is told; none, where the configuration wants none."""

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._summaries = Summaries(store)
        self._settings = settings
        self._clock = clock
        self._path = recovery_file(store.path)
        self._looked_at: tuple[object, ...] | None = None
        self._unwritten: Line | None = None

    @property
    def unwritten(self) -> Line | None:
        """Why the file cannot be written; None while it is as it should be."""
        return self._unwritten

    def keep(self) -> bool:
        """Write the file, or remove it, if it is not as it should be; return whether something was done."""
        if not self._settings.planned.recovery and self._looked_at is not None:
            return False
        signs = (self._fingerprint(), _signature(self._path))
        if signs == self._looked_at and self._unwritten is None:
            return False
        try:
            is_done = self._write() if self._settings.planned.recovery else self._remove()
        except OSError as error:
            self._say(why_refused(error))
            return False
        except Exception as error:
            if is_of_the_machine(error):
                raise
            # A fault of ours must not keep the service from its work.
            self._say(Line("files.our_fault", {"fault": f"{type(error).__name__}: {error}"}))
            return False
        self._looked_at = (signs[0], _signature(self._path))
        self._say(None)
        return is_done

    def _write(self) -> bool:
        now = self._clock.now()
        name = self._voice().line(Line("calendar.recovery_name"))
        text = calendar_text(name, self._events(), now)
        if without_stamps(_read(self._path)) == without_stamps(text):
            return False
        beside = self._path.with_name(f"{self._path.name}.new")
        try:
            beside.unlink(missing_ok=True)  # of a process that ended while it wrote
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8", "surrogatepass"))
                file.flush()
                os.fsync(descriptor)
            beside.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        return True

    def _remove(self) -> bool:
        """Leave no calendar behind that says what was true once; a file that is not ours is left alone."""
        try:
            is_ours = MADE_BY in _read(self._path).splitlines()
        except OSError:
            is_ours = False
        if not is_ours:
            return False
        self._path.unlink(missing_ok=True)
        return True

    def _events(self) -> list[WrittenEvent]:
        last = self._summaries.latest()
        if last is None:
            return []
        holder = self._summaries.asks_for_rest(last) or last
        rules, zone, athlete = self._settings.rules, self._clock.zone(), self._settings.athlete
        adult = self._summaries.is_adult(athlete, rules.athlete, self._clock.now())
        left = left_to_rest(last, self._summaries.rest_day_until(last))
        told = verdict(left, holder.ended_at, rules, zone, athlete.conditions, adult=adult)
        voice = self._voice()
        return [
            WrittenEvent(_uid(event, holder), event.starts, voice.line(_title(event, last)))
            for event in recovery_events(told, holder.ended_at, zone)
        ]

    def _voice(self) -> Voice:
        return Voice(self._settings.notify, self._clock.zone())

    def _fingerprint(self) -> tuple[int, int, date, str]:
        """Return what is another one once the database has changed, or the local date, or where the athlete is."""
        connection = self._store.db.conn
        (by_others,) = connection.execute("PRAGMA data_version").fetchone()
        zone = self._clock.zone()
        return connection.total_changes, int(by_others), self._clock.now().astimezone(zone).date(), str(zone)

    def _say(self, reason: Line | None) -> None:
        """Say in the log what is wrong, once for as long as it lasts."""
        if reason is not None and reason != self._unwritten:
            log.warning("%s", say("calendar.unwritten", path=shown(self._path), reason=(reason,)))
        if reason is None and self._unwritten is not None:
            log.info("%s", say("calendar.written_again", path=shown(self._path)))
        self._unwritten = reason


def _title(event: RecoveryEvent, last: StoredWorkout) -> Line:
    values: dict[str, Value] = {}
    if event.kind == "muscles":
        values = {"region": region(last.resting_muscles)}
    elif event.kind == "others":
        values = {"others": others(last.resting_muscles)}
    return Line(_TITLES[event.kind], values)


def _uid(event: RecoveryEvent, holder: StoredWorkout) -> str:
    """Return what stays the same when an event is moved; of rest days there may be several."""
    day = event.starts.isoformat() if event.slot == "rest_day" else ""
    of = f"{holder.identity}\n{event.slot}\n{day}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(of).hexdigest()[:32] + OURS


def _read(path: Path) -> str:
    """Return what is in a file; "" where it is not there, or cannot be ours.

    Raises:
        OSError: The system refuses it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):
        return ""
    except OSError:
        if path.is_symlink():
            return ""
        raise
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:  # a folder is refused, and would be left open
            return file.read(_MOST_BYTES).decode("utf-8", "replace")
    finally:
        os.close(descriptor)


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
