"""`make fuzz`: 100,000 changed files. Does each end in a workout or a clean error, in linear time and memory?

Every file of the corpus and some generated ones, in turn, each time changed in another way (see
`tests/support/fit/mutations.py`). ARGS=1000 for another number. A failure is printed with its number, and that number
alone makes the same bytes again. Then files are made of nothing but what costs most
(`tests/support/fit/hostile.py`), ever larger ones, to see that none of it costs more than in proportion.
"""

import collections
import itertools
import multiprocessing
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.files import activity_of, benchmark_files, corpus
from benchmarks.reading.peak import peak_mb
from benchmarks.tables import table, write
from tests.support.fit.hostile import PATTERNS, Pattern, made
from tests.support.fit.mutations import MUTATIONS
from tests.support.fit.promise import attempt

INPUTS = 100_000
SECONDS, SECONDS_PER_BYTE = 0.25, 2e-6
"""What an input may take: far more than any should, on a machine with other work, and still linear."""
BYTES, BYTES_PER_BYTE = 20 * 2**20, 250
"""By how much an input may raise the peak of the process that reads it. Behind a definition of every field we read, a
message of one byte costs a row in every column."""
HOSTILE_SIZES = (100_000, 1_000_000, 4_000_000)


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one input; `fault` says what should not have."""

    way: str
    size: int
    outcome: str
    seconds: float
    fault: str | None


def base_files() -> list[bytes]:
    """Return the files that are changed."""
    folder = corpus()
    paths = () if folder is None else (path for path in sorted(folder.rglob("*")) if path.suffix.lower() == ".fit")
    return [*map(Path.read_bytes, paths), activity_of(3000), *(one.raw for one in benchmark_files() if folder is None)]


def try_one(number: int) -> Tried:
    """Change one file, and read what comes of it."""
    random = Random(number)
    raw = _BASES[number % len(_BASES)]
    way = random.choice(MUTATIONS)
    raw = way(random, raw) if raw else raw
    _forget_peak()
    peak, begin = peak_mb(), time.process_time()
    fault = None
    try:
        outcome = attempt(raw, salvage=random.random() < 0.7)
    except BaseException as error:  # noqa: BLE001  # that is what is looked for
        outcome, fault = "fault", f"{type(error).__name__}: {error}"
    seconds, grown = time.process_time() - begin, (peak_mb() - peak) * 2**20
    if seconds > SECONDS + SECONDS_PER_BYTE * len(raw):
        fault = f"took {seconds:.2f} s"
    if grown > BYTES + BYTES_PER_BYTE * len(raw):
        fault = f"took {grown / 2**20:.0f} MB"
    return Tried(way.__name__, len(raw), outcome, seconds, fault)


def _forget_peak() -> None:
    """Let the peak begin anew, where the system can do so: one large input would hide what smaller ones take."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def time_hostile(pattern: Pattern) -> list[str]:
    """Return a row of the table of hostile files: what a byte of it takes, the quickest of three readings."""
    taken = []
    for size in HOSTILE_SIZES:
        raw = made(pattern, size)
        seconds = []
        for _ in range(3):
            begin = time.process_time()
            attempt(raw, salvage=True)
            seconds.append(time.process_time() - begin)
        taken.append(min(seconds) / len(raw))
    return [pattern.__name__.replace("_", " "), *(f"{one * 1e9:.0f} ns" for one in taken)]


def main(inputs: int) -> int:
    """Try them all on all processors, and return how many went wrong."""
    outcomes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    slowest: dict[str, float] = collections.defaultdict(float)
    faults = 0
    begin = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), maxtasksperchild=200) as pool:
        for number, tried in zip(itertools.count(), pool.imap(try_one, range(inputs), chunksize=50), strict=False):
            outcomes[tried.way][tried.outcome] += 1
            slowest[tried.way] = max(slowest[tried.way], tried.seconds / max(tried.size, 1000))
            if tried.fault is not None:
                faults += 1
                print(f"input {number} ({tried.way}, {tried.size} bytes): {tried.fault}")
    kinds = sorted({kind for counted in outcomes.values() for kind in counted})
    rows = [
        [way.replace("_", " "), *(str(counted[kind]) for kind in kinds), f"{slowest[way] * 1e6:.2f} µs"]
        for way, counted in sorted(outcomes.items())
    ]
    bases = f"{len(_BASES)} {'' if corpus() else 'generated '}files"
    text = f"{inputs:,} inputs from {bases} in {time.perf_counter() - begin:.0f} s; faults: {faults}.\n\n"
    text += table(["changed by", *kinds, "slowest, per byte"], rows)
    text += "\n\nA byte of files made of nothing but what costs most takes, by their size:\n\n"
    text += table(["made of", *(f"{size / 1e6:g} MB" for size in HOSTILE_SIZES)], map(time_hostile, PATTERNS))
    print(text)
    if inputs >= INPUTS:
        write("fuzz", text)
    return faults


_BASES = base_files()

if __name__ == "__main__":
    sys.exit(min(1, main(int(sys.argv[1]) if sys.argv[1:] else INPUTS)))
