"""Does the time per record stay the same, however many there are, and whatever stands between them?"""

import statistics
import time
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.files import activity_of, interleaved_of
from hersteld.parsers.fit import read_fit

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)


class Grown(NamedTuple):
    """Median seconds for an activity of so many records, and for one with two other messages behind each of them."""

    records: int
    plain_s: float
    interleaved_s: float


def growth() -> Iterator[Grown]:
    """Yield what activities of each size take."""
    for records in SIZES:
        yield Grown(records, _seconds(activity_of(records)), _seconds(interleaved_of(records)))


def _seconds(raw: bytes) -> float:
    taken = []
    for _ in range(9):
        begin = time.perf_counter()
        read_fit(raw)
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)
