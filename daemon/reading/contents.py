"""Which workouts and nights are in the content of a file, and is it complete enough to be believed?"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from hersteld.daemon.reading.nights import nights_in
from hersteld.daemon.reading.second_opinion import Asked, read_with_second_opinion
from hersteld.parsers.archive.each_file import SayLeftOut, each_file
from hersteld.parsers.errors import Incomplete, NotAnActivity, NotFit, ParseError
from hersteld.parsers.format.foreign import Kind
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.nights.record import NightReadings


def _say_nothing(_name: str, _kind: Kind) -> None:
    """Keep quiet about a file that is left out."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One FIT file, read but not stored yet.

    Attributes:
        path: As it is shown; "export.zip/a.fit" inside a zip.
        result: The workout, what it says of nights, or why there is neither; None when this content is known already.
        is_cut_off: Whether its end is missing, also where it was salvaged or was in an archive.
        asked: How our own reader failed; None when it did not.
        arrived_at: When the file that it came in was first seen as it is, aware UTC; None for now.
    """

    path: str
    sha256: str
    size: int
    result: Workout | NightReadings | ParseError | None
    is_cut_off: bool = False
    asked: Asked | None = None
    arrived_at: datetime | None = None

    @property
    def is_incomplete(self) -> bool:
        """Return whether more of it is probably still to come."""
        return isinstance(self.result, Incomplete) or (self.size == 0 and self.result is not None)

    @property
    def is_sound(self) -> bool:
        """Return whether it is as its maker wrote it: only then is it taken without waiting for a change."""
        if isinstance(self.result, Workout):
            return not self.result.salvaged
        return self.result is None or isinstance(self.result, NotAnActivity | NightReadings)


@dataclass(frozen=True, slots=True)
class Inner:
    """The bytes of one FIT file.

    Attributes:
        path: As it is shown; "export.zip/a.fit" inside a zip.
        is_packed: Whether these bytes were in an archive.
    """

    path: str
    content: bytes
    is_packed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one FIT file.

    Attributes:
        status: As in the store, or "known" (the same content as before), or "failed" (a fault of ours).
        reason: Why, or as what it was known; None for a workout and a day.
        asked: How our own reader failed; None when it did not.
        days: The local days that it tells of, oldest first.
    """

    path: str
    sha256: str
    status: Literal["workout", "ignored", "rejected", "duplicate", "day", "known", "failed"]
    reason: Line | None = None
    workout_id: int | None = None
    asked: Asked | None = None
    days: tuple[date, ...] = ()


def read_content(
    content: bytes,
    path: str,
    *,
    is_known: Callable[[str], bool],
    salvage: bool = False,
    say_left_out: SayLeftOut = _say_nothing,
) -> Iterator[Reading]:
    """Yield a reading of each FIT file in the content of a file: itself, or those packed in it.

    A file is read when the reading before it has been used, so that memory holds one at a time.

    Args:
        path: As it is to be shown.
        is_known: Returns whether a content with this sha256 was stored before; such a content is not read again.
        salvage: Take what is readable of a file that will not be completed any more.
        say_left_out: Called with each file in an archive that is left out, and what it is.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if is_known(sha256):
        yield Reading(path, sha256, len(content), None)
        return
    try:
        for inner in unpack_content(content, path, say_left_out):
            inner_sha256 = hashlib.sha256(inner.content).hexdigest()
            if is_known(inner_sha256):
                yield Reading(inner.path, inner_sha256, len(inner.content), None)
            else:
                yield read_one(inner, inner_sha256, salvage=salvage)
    except ParseError as error:  # the archive is at fault; what came out of it before is good
        yield Reading(path, sha256, len(content), error)


def unpack_content(content: bytes, path: str, say_left_out: SayLeftOut = _say_nothing) -> Iterator[Inner]:
    """Yield the bytes of each FIT file in the content of a file.

    Args:
        path: As it is to be shown.
        say_left_out: See `read_content`.

    Raises:
        ParseError: There is none, or the archive cannot be opened.
    """
    is_empty = True
    for name, fit in each_file(content, path, say_left_out=say_left_out):
        is_empty = False
        yield Inner(_place(name, path), fit, is_packed=fit is not content)
    if is_empty:
        raise NotFit(Line("files.none_inside"))


def read_one(inner: Inner, sha256: str, *, salvage: bool) -> Reading:
    """Read one FIT file.

    Args:
        salvage: Take what is readable of a file that is cut off. A packed file will not grow, so it is salvaged anyway.
    """
    opinion = read_with_second_opinion(inner.content, salvage=salvage or inner.is_packed)
    is_cut_off = opinion.lacks is not None
    found = nights_in(inner.content, opinion.found) if isinstance(opinion.found, NotAnActivity) else opinion.found
    return Reading(inner.path, sha256, len(inner.content), found, is_cut_off, opinion.asked)


def _place(name: str, path: str) -> str:
    """Return how a file inside an archive is shown: "export.zip/a.fit"; the only one of a .gz is the file itself."""
    return name if name.startswith(f"{path}/") else path
