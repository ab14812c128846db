"""What do the newest files of some folders say of whoever recorded them?

They are read by the project's own reader, in a process with limits on time and memory, and only read.
"""

import contextlib
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.file_reader import OurFault, ReaderCallbacks, Stopped, Unread
from hersteld.daemon.reading.folders import files_below, is_ours
from hersteld.daemon.reading.reader import ReaderProcess
from hersteld.daemon.system.paths import shown
from hersteld.parsers.workout import DeviceProfile, Workout

MOST_WORKOUTS: Final = 40
_MOST_FILES = 300
_LISTED = 100_000
_SECONDS = 20.0
_SILENT_S = 10.0


@dataclass(frozen=True, slots=True)
class SeenWorkout:
    """What a workout says of its athlete.

    Attributes:
        device: "garmin fenix6S", "" where the file names none.
        serial: Of the device, or None.
        ended_at: Aware UTC; None where the device did not know the date.
    """

    device: str
    serial: int | None
    ended_at: datetime | None
    profile: DeviceProfile


def newest_workouts(folders: Iterable[Path], *, seconds: float = _SECONDS) -> tuple[SeenWorkout, ...]:
    """Return what the newest workouts in folders and below them say, the last one to end first; at most 40.

    Args:
        seconds: What was read until then is all.
    """
    until_s = time.monotonic() + seconds
    seen: list[SeenWorkout] = []
    reader = ReaderProcess(lambda: time.monotonic() < until_s, silent_s=_SILENT_S, whole_s=seconds)
    with contextlib.closing(reader):
        for path in _newest(folders, until_s):
            if len(seen) >= MOST_WORKOUTS or time.monotonic() >= until_s:
                break
            try:
                seen += _workouts_in(path, reader, MOST_WORKOUTS - len(seen))
            except Stopped:
                break
            except (OSError, Unread, OurFault):
                continue  # the service says what is wrong with it
    never = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(seen, key=lambda one: one.ended_at or never, reverse=True))


def _newest(folders: Iterable[Path], until_s: float) -> Iterator[Path]:
    """Yield the files that may hold FIT, the last one to be changed first; of one time, the last by name first."""
    found: list[tuple[float, str]] = []
    walked: set[tuple[int, int]] = set()
    for folder in folders:
        below = files_below(folder, walked, lambda _path, _error: None, go_on=lambda: time.monotonic() < until_s)
        for number, (name, status) in enumerate(below):
            if number >= _LISTED:
                break
            if is_ours(name, b""):
                found.append((status.st_mtime, name))
    yield from (Path(name) for _, name in sorted(found, reverse=True)[:_MOST_FILES])


def _workouts_in(path: Path, reader: ReaderProcess, most: int) -> list[SeenWorkout]:
    """Return what the workouts in a file say, at most so many."""
    callbacks = ReaderCallbacks(lambda _sha256: False, lambda _name, _kind: None, lambda _size, _sha256: None)
    seen: list[SeenWorkout] = []
    with path.open("rb") as file, contextlib.closing(_readings(reader, file.fileno(), path, callbacks)) as readings:
        for reading in readings:
            if isinstance(reading.result, Workout):
                seen.append(_seen(reading.result))
            if len(seen) >= most:
                break
    return seen


def _readings(
    reader: ReaderProcess, descriptor: int, path: Path, callbacks: ReaderCallbacks
) -> Generator[Reading, None, None]:
    yield from reader.read(descriptor, shown(path), callbacks, salvage=True)


def _seen(workout: Workout) -> SeenWorkout:
    ended_at = workout.ended_at if workout.has_clock else None
    return SeenWorkout(workout.device or "", workout.serial, ended_at, workout.profile)
