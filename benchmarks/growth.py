"""Does the time per record stay the same, however many there are?"""

import statistics
import time

from files import activity_of

from hersteld.parsers.fit import read_fit

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)


def growth() -> list[tuple[int, float]]:
    """Return, for each number of records, the seconds to read them all (median of several readings)."""
    return [(records, _seconds(activity_of(records))) for records in SIZES]


def _seconds(raw: bytes) -> float:
    taken = []
    for _ in range(9):
        begin = time.perf_counter()
        read_fit(raw)
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)
