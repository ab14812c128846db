"""What would hersteld say about this file, if it were the first it ever saw?

Nothing is stored and nothing is sent. A file is taken as it is: what is cut off or damaged is salvaged at once, as
nobody will wait for its rest.
"""

import hashlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Literal

from hersteld.config.render import render
from hersteld.config.settings import Settings
from hersteld.config.texts import Texts
from hersteld.daemon.inbox_files import MAX_BYTES
from hersteld.daemon.paths import shown
from hersteld.daemon.second_opinion import Asked, read_with_second_opinion
from hersteld.parsers import bulk
from hersteld.parsers.archive import each_file
from hersteld.parsers.decoder import Decoder
from hersteld.parsers.errors import Incomplete, NotAnActivity, ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.history import History
from hersteld.recovery.messages import compose
from hersteld.recovery.recover import recover

Status = Literal["workout", "ignored", "incomplete", "rejected"]

_log = logging.getLogger(__name__)
_SHORTEST_HEADER = 12


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """A message as it would be sent."""

    due_at: datetime
    expires_at: datetime
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One FIT file, and what follows from it.

    Attributes:
        path: As given; of a file in a zip "week.zip/ride.fit".
        sha256: Of the FIT file, unpacked; None when not even its bytes could be read.
        reason: One sentence, None for a workout.
        workout, recovery: None when there is no workout in it.
        asked: None when our own reader knew.
    """

    path: str
    sha256: str | None
    status: Status
    reason: str | None = None
    workout: Workout | None = None
    recovery: Recovery | None = None
    messages: tuple[PlannedMessage, ...] = ()
    asked: Asked | None = None


def plan_file(
    path: Path,
    settings: Settings,
    texts: Texts,
    zone: tzinfo,
    now: datetime | None = None,
    *,
    decoder: Decoder = bulk.decode,
) -> Iterator[PlannedFile]:
    """Yield the plan of a file, or of each FIT file packed in it. No history is used.

    Args:
        zone: The athlete's time zone.
        now: When the file is taken to arrive, aware UTC; None for each workout's end.
        decoder: Our own; where it fails, fitparse is asked.
    """
    name, base = shown(path), shown(path.name)
    try:
        content, has_grown = _read(path)
    except OSError as error:
        yield PlannedFile(
            name, None, "rejected", f"The file cannot be read: {(error.strerror or 'no reason').lower()}."
        )
        return
    sha256 = hashlib.sha256(content).hexdigest()
    if len(content) > MAX_BYTES:
        said = f"The file is larger than {MAX_BYTES // 2**20} MiB: no recording of a workout."
        yield PlannedFile(name, None, "rejected", said)
        return
    is_empty = True
    try:
        for inner_name, fit in each_file(content, base):
            is_empty = False
            _, packed, within = inner_name.partition(f"{base}/")
            inner_path = f"{name}/{within}" if packed else name
            planned = _plan_safely(inner_path, fit, has_grown, settings, texts, zone, now, decoder)
            if planned.asked is not None:
                planned.asked.log(planned.path)
            yield planned
    except ParseError as error:
        yield PlannedFile(name, sha256, "incomplete" if isinstance(error, Incomplete) else "rejected", str(error))
        return
    if is_empty:
        yield PlannedFile(name, sha256, "rejected", "There is no FIT file in this archive.")


def _read(path: Path) -> tuple[bytes, bool]:
    """Return what is in a file, and whether it changed while it was read."""
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        content = file.read(MAX_BYTES + 1)
        after = os.fstat(file.fileno())
    return content, (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)


def _plan_safely(
    path: str,
    fit: bytes,
    has_grown: bool,
    settings: Settings,
    texts: Texts,
    zone: tzinfo,
    now: datetime | None,
    decoder: Decoder,
) -> PlannedFile:
    """Plan one FIT file; a fault of ours must not keep the others from being read."""
    try:
        return _plan(path, fit, has_grown, settings, texts, zone, now, decoder)
    except Exception as fault:  # noqa: BLE001 - what nobody thought of
        _log.debug("Where hersteld failed on %s:", path, exc_info=True)
        said = f"hersteld itself failed on this file ({type(fault).__name__}: {fault}); please report this."
        return PlannedFile(path, hashlib.sha256(fit).hexdigest(), "rejected", said)


def _plan(
    path: str,
    fit: bytes,
    has_grown: bool,
    settings: Settings,
    texts: Texts,
    zone: tzinfo,
    now: datetime | None,
    decoder: Decoder,
) -> PlannedFile:
    sha256 = hashlib.sha256(fit).hexdigest()
    opinion = read_with_second_opinion(fit, salvage=True, decoder=decoder)
    workout = opinion.found
    if isinstance(workout, NotAnActivity):
        return PlannedFile(path, sha256, "ignored", str(workout), asked=opinion.asked)
    if isinstance(workout, ParseError):
        error = workout
        if has_grown or len(fit) < _SHORTEST_HEADER:
            error = _incomplete(fit) or error
        status: Status = "incomplete" if isinstance(error, Incomplete) else "rejected"
        return PlannedFile(path, sha256, status, str(error), asked=opinion.asked)
    recovery = recover(workout, settings.athlete, History(), settings.rules, zone=zone)
    drafts = compose(
        recovery,
        workout,
        settings.rules,
        style=settings.notify.style,
        quiet_hours=settings.notify.quiet_hours,
        zone=zone,
        now=now or workout.ended_at,
        first_ever=False,
    )
    messages = []
    for draft in drafts:
        if not draft.unless_sent:  # it only stands in for one that could not be delivered
            said = render(draft, texts, zone)
            messages.append(PlannedMessage(draft.due_at, draft.expires_at, said.title, said.body))
    return PlannedFile(path, sha256, "workout", None, workout, recovery, tuple(messages), opinion.asked)


def _incomplete(fit: bytes) -> Incomplete | None:
    """Return what the bytes still lack, or None when that is not what is wrong with them."""
    try:
        read_fit(fit)
    except Incomplete as incomplete:
        return incomplete
    except ParseError:
        pass
    return None
