"""What would hersteld say about a file, if it knew no other?

Nothing is stored and nothing is sent. A file is taken as it is: one that is cut off or damaged is salvaged at once,
since nobody waits for the rest of it.
"""

import hashlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Literal

from hersteld.config.settings import Settings
from hersteld.config.texts.catalogue import Texts
from hersteld.config.texts.render import render
from hersteld.config.texts.speech import say
from hersteld.daemon.reading.folders import MAX_BYTES, MAX_MIB
from hersteld.daemon.reading.nights import believed_weighings, nights_in, without_days_to_come
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.reading.second_opinion import Asked, read_with_second_opinion
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import shown
from hersteld.parsers.archive.each_file import each_file
from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import Decoder
from hersteld.parsers.errors import Incomplete, NotAnActivity, ParseError
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.history import History
from hersteld.recovery.load.left_running import as_told
from hersteld.recovery.messages.compose import compose
from hersteld.recovery.messages.draft import MessageKind
from hersteld.recovery.nights.local_days import records_of
from hersteld.recovery.nights.merge import merge
from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.record import NightReadings, Weighing
from hersteld.recovery.recover import recover

PlanStatus = Literal["workout", "night", "scale", "ignored", "incomplete", "rejected"]

_log = logging.getLogger(__name__)
_SHORTEST_HEADER = 12


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """A message as it would be sent.

    Attributes:
        kind: What it is about.
        lines: Those of which its body consists; a message that would be too long has lost others.
    """

    due_at: datetime
    expires_at: datetime
    title: str
    body: str
    kind: MessageKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One FIT file, and what follows from it.

    Attributes:
        path: As given; of a file in a zip "week.zip/ride.fit".
        sha256: Of the FIT file, unpacked; None when not even its bytes could be read.
        reason: Why there is no workout; None where there is one.
        workout, recovery: None when there is no workout in it.
        asked: How our own reader failed; None when it did not.
        nights: What a file without a workout says of nights, by this file alone, oldest first.
        weighings: What a scale measured that can be true, of whoever stood on it, in the order of the file.
    """

    path: str
    sha256: str | None
    status: PlanStatus
    reason: Line | None = None
    workout: Workout | None = None
    recovery: Recovery | None = None
    messages: tuple[PlannedMessage, ...] = ()
    asked: Asked | None = None
    nights: tuple[Night, ...] = ()
    weighings: tuple[Weighing, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FitFile:
    """One FIT file that is to be planned.

    Attributes:
        path: As in `PlannedFile`.
        has_grown: Whether it changed while it was read.
    """

    path: str
    content: bytes
    has_grown: bool


@dataclass(frozen=True, slots=True, eq=False)
class Planning:
    """What a plan rests on beside the file.

    Attributes:
        zone: The athlete's time zone.
        now: When the file is taken to arrive, aware UTC; None for each workout's end.
        decoder: Our own; where it fails, fitparse is asked.
    """

    settings: Settings
    texts: Texts
    zone: tzinfo
    now: datetime | None = None
    decoder: Decoder = bulk.decode


def plan_file(path: Path, planning: Planning) -> Iterator[PlannedFile]:
    """Yield the plan of a file, or of each FIT file packed in it. No history is used."""
    for fit in fit_files(path):
        planned = fit if isinstance(fit, PlannedFile) else plan_fit(fit, planning)
        if planned.asked is not None:
            planned.asked.log(planned.path)
        yield planned


def fit_files(path: Path) -> Iterator[FitFile | PlannedFile]:
    """Yield the FIT files in a file: itself, or those packed in it. Where there is none, yield the reason as a plan."""
    name, base = shown(path), shown(path.name)
    try:
        if os.path.isdir(path):  # noqa: PTH112 - with Path.is_dir() a folder closed to us is an error
            yield PlannedFile(name, None, "ignored", Line("files.folder", {"path": name}))
            return
        content, has_grown = _read(path)
    except OSError as error:
        yield PlannedFile(name, None, "rejected", Line("files.unreadable", {"why": (why_refused(error),)}))
        return
    sha256 = hashlib.sha256(content).hexdigest()
    if len(content) > MAX_BYTES:
        yield PlannedFile(name, None, "rejected", Line("files.too_large_for_files", {"size_mib": MAX_MIB}))
        return
    is_empty = True
    try:
        for inner_name, fit in each_file(content, base):
            is_empty = False
            _, packed, within = inner_name.partition(f"{base}/")
            yield FitFile(f"{name}/{within}" if packed else name, fit, has_grown)
    except ParseError as error:
        yield PlannedFile(name, sha256, "incomplete" if isinstance(error, Incomplete) else "rejected", error.line)
        return
    if is_empty:
        yield PlannedFile(name, sha256, "rejected", Line("files.none_inside"))


def _read(path: Path) -> tuple[bytes, bool]:
    """Return what is in a file, and whether it changed while it was read."""
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        content = file.read(MAX_BYTES + 1)
        after = os.fstat(file.fileno())
    return content, (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)


def plan_fit(fit: FitFile, planning: Planning) -> PlannedFile:
    """Return the plan of one FIT file; where hersteld itself fails, a rejected file, so that the others are read."""
    try:
        return _plan(fit, planning)
    except Exception as fault:  # noqa: BLE001 - one file must not cost the others
        _log.debug(say("files.failed_where", path=fit.path), exc_info=True)
        line = Line("files.our_fault", {"fault": f"{type(fault).__name__}: {fault}"})
        return PlannedFile(fit.path, hashlib.sha256(fit.content).hexdigest(), "rejected", line)


def _plan(fit: FitFile, planning: Planning) -> PlannedFile:
    sha256 = hashlib.sha256(fit.content).hexdigest()
    opinion = read_with_second_opinion(fit.content, salvage=True, decoder=planning.decoder)
    workout = opinion.found
    if isinstance(workout, NotAnActivity):
        readings = nights_in(fit.content, workout)
        if not isinstance(readings, ParseError):
            return replace(_of_readings(readings, planning), path=fit.path, sha256=sha256, asked=opinion.asked)
    if isinstance(workout, ParseError):
        status, reason = _of_no_use(fit, workout, opinion.lacks)
        return PlannedFile(fit.path, sha256, status, reason, asked=opinion.asked)
    if planning.now is not None and workout.has_clock and planning.now < workout.ended_at:
        return PlannedFile(fit.path, sha256, "ignored", Line("files.after_now"), asked=opinion.asked)
    settings, zone = planning.settings, planning.zone
    recovery = recover(workout, settings.athlete, History(), settings.rules, zone=zone)
    drafts = compose(
        recovery,
        as_told(workout, recovery, settings.rules.load),
        settings.rules,
        style=settings.notify.style,
        quiet_hours=settings.notify.quiet_hours,
        zone=zone,
        now=planning.now or workout.ended_at,
        first_ever=False,
    )
    messages = []
    for draft in drafts:
        if not draft.unless_sent:  # such a draft is sent only in place of one that could not be delivered
            message = render(draft, planning.texts, zone)
            said = message.body.splitlines()
            lines = (line for line in draft.lines if planning.texts.sentence(line, zone, read_at=draft.due_at) in said)
            messages.append(
                PlannedMessage(draft.due_at, draft.expires_at, message.title, message.body, draft.kind, tuple(lines))
            )
    return PlannedFile(fit.path, sha256, "workout", None, workout, recovery, tuple(messages), opinion.asked)


def _of_readings(readings: NightReadings, planning: Planning) -> PlannedFile:
    """Return what a file says of nights, but for those to come, and of body mass."""
    rules = planning.settings.rules.athlete
    arrived_at = planning.now or SystemClock().now()
    records = records_of(
        readings,
        arrived_at=arrived_at,
        zone=planning.zone,
        lowest_hr_bpm=float(rules.resting_hr_low_bpm),
        highest_hr_bpm=float(rules.resting_hr_high_bpm),
    )
    nights = merge(without_days_to_come(records, arrived_at))
    weighings = believed_weighings(readings.weighings, rules)
    if nights:
        return PlannedFile("", None, "night", Line("files.of_nights"), nights=nights, weighings=weighings)
    if weighings:
        return PlannedFile("", None, "scale", Line("files.of_scale"), weighings=weighings)
    reason = Line("files.masses_of_nobody") if readings.weighings else Line("files.nights_of_nobody")
    return PlannedFile("", None, "ignored", reason)


def _of_no_use(fit: FitFile, error: ParseError, lacks: Incomplete | None) -> tuple[PlanStatus, Line]:
    """Return the status of a file without a workout, and why there is none.

    Args:
        lacks: What is missing of a file that is cut off.
    """
    if isinstance(error, NotAnActivity):
        return "ignored", error.line
    if lacks is not None and (fit.has_grown or len(fit.content) < _SHORTEST_HEADER):
        return "incomplete", lacks.line
    return "rejected", error.line
