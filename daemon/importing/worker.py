"""What does a worker of an import make of one FIT file?"""

import pickle
from dataclasses import dataclass, replace
from pathlib import Path

from hersteld.daemon.reading.contents import Inner, read_one
from hersteld.daemon.store.samples import packed
from hersteld.parsers.workout import Workout


@dataclass(frozen=True, slots=True)
class Job:
    """One FIT file to be read.

    Attributes:
        file: What holds it: itself, or an archive.
        day_ago_s: A workout that ended later than this, as a timestamp, may still be on its way, if its file is young.
        is_young: Whether the file was changed a moment ago.
    """

    file: Path
    inner: Inner
    sha256: str
    day_ago_s: float
    is_young: bool


def read_packed(job: Job) -> tuple[float, bool, bytes]:
    """Be the work of a worker: return the start, whether more of the file is to come, and the pickled reading."""
    reading = read_one(job.inner, job.sha256, salvage=True)
    # A copy of an old file is young, but what was recorded years ago will not grow any more.
    is_old = isinstance(reading.found, Workout) and reading.found.ended_at.timestamp() < job.day_ago_s
    is_on_its_way = reading.is_cut_off and job.is_young and not is_old
    start_s = 0.0
    if isinstance(reading.found, Workout):
        start_s = reading.found.started_at.timestamp()
        reading = replace(reading, found=replace(reading.found, samples=packed(reading.found.samples)))
    return start_s, is_on_its_way, pickle.dumps(reading)
