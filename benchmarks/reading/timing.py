"""How much longer does each reader take than ours?

A machine is seldom quiet. So each reader is measured in turn with ours, back to back, and what counts is the median of
those pairwise ratios: what disturbs one of a pair mostly disturbs both.

Python's collection of garbage is one such disturbance, so it waits while readers are timed, as in the standard
library's `timeit`.
"""

import gc
import statistics
import time
from dataclasses import dataclass

from benchmarks.reading.readers import OURS, READERS, Read
from hersteld.parsers.columns.field_readers import layout_reader
from hersteld.parsers.format.layout import parse_definition

ROUNDS = 15
SLOW_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Timing:
    """What one reader takes for one file.

    Attributes:
        seconds: Median.
        ratio: Median of its time over that of ours, measured right before it.
    """

    seconds: float
    ratio: float


def time_readers(raw: bytes) -> dict[str, Timing | str]:
    """Return each reader's timing by its name, or in one word why there is none."""
    ours = next(one for one in READERS if one.name == OURS).load()
    _seconds(ours, raw)
    found: dict[str, Timing | str] = {}
    for reader in READERS:
        if reader.version() is None:
            found[reader.name] = "not installed"
            continue
        read = reader.load()
        try:
            if not reader.slow:
                _seconds(read, raw)
            pairs = _pairs(ours, read, raw, SLOW_ROUNDS if reader.slow else ROUNDS)
        except Exception as error:  # noqa: BLE001  # whatever a reader cannot read is told in its place in the table
            found[reader.name] = f"fails: {type(error).__name__}"
            continue
        found[reader.name] = Timing(
            statistics.median(theirs for _, theirs in pairs),
            statistics.median(theirs / own for own, theirs in pairs),
        )
    return found


def warm_up(files: list[bytes]) -> None:
    """Read all files with ours: what the memory allocator learns of large ones must not favour those after them."""
    ours = next(one for one in READERS if one.name == OURS).load()
    for raw in files:
        ours(raw)


def time_first(raw: bytes) -> float:
    """Return the median seconds of reading a file with definitions that no file before it had.

    What was worked out for a definition is kept for the next file of the same watch, so elsewhere all readings but the
    first find it done.
    """
    ours = next(one for one in READERS if one.name == OURS).load()
    taken = []
    for _ in range(ROUNDS):
        parse_definition.cache_clear()
        layout_reader.cache_clear()
        taken.append(_seconds(ours, raw))
    return statistics.median(taken)


def _pairs(ours: Read, theirs: Read, raw: bytes, rounds: int) -> list[tuple[float, float]]:
    gc.collect()
    gc.disable()
    try:
        return [(_seconds(ours, raw), _seconds(theirs, raw)) for _ in range(rounds)]
    finally:
        gc.enable()


def _seconds(read: Read, raw: bytes) -> float:
    begin = time.perf_counter()
    kept = read(raw)
    elapsed = time.perf_counter() - begin
    del kept
    return elapsed
