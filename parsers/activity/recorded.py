"""What of the records belongs to a part of a workout, and what do they say of it?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from hersteld.parsers.activity.durations import Recording
from hersteld.parsers.activity.pauses import Pauses
from hersteld.parsers.workout import Column, Samples

HIGHEST_SPEED_MPS = 100.0
"""Nobody is faster, not even downhill: a larger distance is a fault of the file."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, beside what the device summed up.

    Attributes:
        first: The row of the earliest session; None without any.
        salvaged: Whether the file is damaged.
    """

    samples: Samples
    pauses: Pauses
    recording: Recording
    first: int | None
    salvaged: bool = False


def records_between(samples: Samples, begin: float, end: float) -> Samples:
    """Return the records from one time to another, both inclusive."""
    first = int(np.searchsorted(samples.time_s, begin, side="left"))
    last = int(np.searchsorted(samples.time_s, end, side="right"))
    return _part(samples, slice(first, last))


def recorded_between(recorded: Recorded, begin: float, end: float) -> Samples:
    """Return the records between two times, without those that were written while the timer stood still."""
    own = records_between(recorded.samples, begin, end)
    paused = recorded.pauses.hold(own.time_s)
    return _part(own, ~paused) if paused.any() else own


def _part(samples: Samples, own: Any) -> Samples:
    """Return the records that an index picks."""

    def part(column: Column | None) -> Column | None:
        return None if column is None else column[own]

    return Samples(
        samples.time_s[own],
        heart_rate_bpm=part(samples.heart_rate_bpm),
        power_w=part(samples.power_w),
        distance_m=part(samples.distance_m),
    )


def distance_m(samples: Samples) -> float | None:
    """Return the largest distance of the records minus the smallest; None when no record has one.

    A record's distance counts from the start of the workout, through all sessions.
    """
    column = samples.distance_m
    if column is None or np.isnan(column).all():
        return None
    return float(np.nanmax(column) - np.nanmin(column))


def possible(distance_m: float | None, elapsed_s: float) -> float | None:
    """Return the distance; None when nobody can cover it in the time. Without a time any distance is possible."""
    return None if distance_m is not None and 0 < elapsed_s < distance_m / HIGHEST_SPEED_MPS else distance_m


def reduced(column: Column | None, reduce: Callable[[Column], np.floating]) -> float | None:
    """Return one value for a column, its mean or its maximum; None when it holds none."""
    return None if column is None or np.isnan(column).all() else float(reduce(column))
