"""What is in a file, and may it be believed yet?"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hersteld.daemon.paths import shown
from hersteld.daemon.second_opinion import read_with_second_opinion
from hersteld.daemon.store import Status
from hersteld.parsers.archive import open_files
from hersteld.parsers.errors import Incomplete, NotAnActivity, NotFit, ParseError
from hersteld.parsers.workout import Workout


@dataclass(frozen=True, slots=True)
class Reading:
    """One FIT file, read but not stored yet.

    Attributes:
        path: As it is shown; "export.zip!/a.fit" inside a zip.
        found: The workout, or why there is none; None when this content is known already.
    """

    path: str
    sha256: str
    size: int
    found: Workout | ParseError | None

    @property
    def is_incomplete(self) -> bool:
        """Whether more of it is probably still to come."""
        return isinstance(self.found, Incomplete) or (self.size == 0 and self.found is not None)

    @property
    def is_sound(self) -> bool:
        """Whether it is whole, as its maker wrote it: only then can it be believed at first sight."""
        if isinstance(self.found, Workout):
            return not self.found.salvaged
        return self.found is None or isinstance(self.found, NotAnActivity)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one FIT file.

    Attributes:
        status: As in the store, or "known" (the same content as before), or "failed" (a fault of ours).
        reason: One sentence, None for a workout.
    """

    path: str
    sha256: str
    status: Status | Literal["known", "failed"]
    reason: str | None = None
    workout_id: int | None = None


def read_content(
    content: bytes, path: str, *, is_known: Callable[[str], bool], salvage: bool = False
) -> tuple[Reading, ...]:
    """Read the FIT files in the content of one file: itself, or those packed in it.

    Args:
        path: As it is to be shown.
        is_known: Whether a content with this sha256 was concluded upon before; it is not read again.
        salvage: Take what there is of a file that will not be completed any more.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if is_known(sha256):
        return (Reading(path, sha256, len(content), None),)
    try:
        inner = open_files(content, path)
    except ParseError as error:
        return (Reading(path, sha256, len(content), error),)
    if not inner:
        return (Reading(path, sha256, len(content), NotFit("there is no FIT file inside")),)
    readings = []
    for name, fit in inner:
        itself = len(inner) == 1 and fit == content
        # What is packed will not grow any more, however it was cut off.
        readings.append(_read_one(fit, _place(shown(name), path), is_known, salvage=salvage or not itself))
    return tuple(readings)


def _place(name: str, path: str) -> str:
    """Return how a file inside an archive is shown: "export.zip!/a.fit"; the only one of a .gz is the file itself."""
    inner = name.removeprefix(f"{path}/")
    return f"{path}!/{inner}" if inner != name else path


def _read_one(content: bytes, path: str, is_known: Callable[[str], bool], *, salvage: bool) -> Reading:
    sha256 = hashlib.sha256(content).hexdigest()
    if is_known(sha256):
        return Reading(path, sha256, len(content), None)
    try:
        return Reading(path, sha256, len(content), read_with_second_opinion(content, salvage=salvage))
    except ParseError as error:
        return Reading(path, sha256, len(content), error)
