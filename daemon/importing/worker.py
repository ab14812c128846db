"""What does a worker process of an import do with one FIT file?"""

from dataclasses import dataclass
from pathlib import Path

from hersteld.daemon.reading.contents import Inner, read_one
from hersteld.daemon.reading.reading_wire import reading_told
from hersteld.daemon.system.channel import Json
from hersteld.parsers.workout import Workout


@dataclass(frozen=True, slots=True)
class Job:
    """One FIT file to be read.

    Attributes:
        file: The file on disk: the FIT file itself or the archive that it is in.
        day_ago_s: A workout that ended later than this (seconds since 1970) may be incomplete if its file is young.
        is_young: Whether the file changed a moment ago.
    """

    file: Path
    inner: Inner
    sha256: str
    day_ago_s: float
    is_young: bool


def read_packed(job: Job) -> tuple[Json, bytes]:
    """Read a FIT file; return the start of its workout, whether more of it is to come, and the reading; its samples.

    The start is in seconds since 1970, and 0 where there is no workout.
    """
    reading = read_one(job.inner, job.sha256, salvage=True)
    # A copy of an old file is a young file, but what was recorded years ago does not grow any more.
    is_old = isinstance(reading.result, Workout) and reading.result.ended_at.timestamp() < job.day_ago_s
    is_on_its_way = reading.is_cut_off and job.is_young and not is_old
    start_s = reading.result.started_at.timestamp() if isinstance(reading.result, Workout) else 0.0
    message, samples = reading_told(reading)
    return {"start_s": start_s, "is_on_its_way": is_on_its_way, "reading": message}, samples
