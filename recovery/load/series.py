"""How long was each heart rate or power held, without the pauses?

A record is an instant, and the rules need durations. A value is held until the next one, pauses left out; after a gap
longer than `gap_s` it is not held at all. The work is linear in the number of records, whatever their times are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hersteld.parsers.workout import Column, Pause


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Values with the active time each was held; all arrays have the shape (intervals,).

    Attributes:
        start_s: Start of each interval, in seconds since the start of the workout.
        held_s: Active seconds of each interval, above 0.
        value: Mean of both ends of each interval, or, where values are held, the one at its start.
    """

    start_s: Column
    held_s: Column
    value: Column

    @property
    def covered_s(self) -> float:
        """Active seconds that have a value."""
        return float(self.held_s.sum())

    def seconds_from(self, threshold: float) -> float:
        """Return the active seconds at or above a threshold."""
        return float(self.held_s[self.value >= threshold].sum())

    def mean(self) -> float:
        """Return the mean over active time; NaN for an empty series."""
        return float(np.average(self.value, weights=self.held_s)) if len(self.value) else math.nan

    def between(self, start_s: float, end_s: float) -> "Series":
        """Return the intervals that start within [start_s, end_s), in seconds since the start of the workout."""
        inside = (self.start_s >= start_s) & (self.start_s < end_s)
        return Series(self.start_s[inside], self.held_s[inside], self.value[inside])

    def per_second(self) -> Column:
        """Return the value at each second of active time, shape (floor(covered seconds),)."""
        if not len(self.value):
            return np.empty(0)
        ends_s = np.cumsum(self.held_s)
        seconds = np.arange(int(ends_s[-1] + 1e-6))
        by_second: Column = self.value[np.searchsorted(ends_s, seconds + 0.5, side="right")]
        return by_second

    def rolling_means(self, window_s: int) -> Column:
        """Return the mean of each full window of active seconds.

        Args:
            window_s: Length of the window in seconds, 1 or more.

        Returns:
            Shape (seconds - window_s + 1,); empty where the series is shorter than a window.
        """
        values = self.per_second()
        if len(values) < window_s:
            return np.empty(0)
        sums = np.concatenate(([0.0], np.cumsum(values)))
        means: Column = (sums[window_s:] - sums[:-window_s]) / window_s
        return means


def active_series(
    time_s: Column, values: Column | None, pauses: Sequence[Pause], *, gap_s: float, interpolated: bool = False
) -> Series:
    """Return how long each value was held.

    Args:
        time_s: Seconds, shape (records,), never decreasing.
        values: Shape (records,), NaN where there is none; None for a workout without this column.
        pauses: Non-overlapping, in order.
        gap_s: Longest time between two values, pauses left out, for which the first is held.
        interpolated: True for a quantity that changes slowly (heart rate): the value of an interval is the mean of both
            ends. False for one that jumps (power): it is the value at the start.
    """
    if values is None:
        return Series(np.empty(0), np.empty(0), np.empty(0))
    present = ~np.isnan(values)
    times_s, present_values = time_s[present], values[present]
    held_s = np.diff(times_s) - np.diff(_paused_before(times_s, pauses))
    kept = (held_s > 1e-9) & (held_s <= gap_s)
    starts, ends = present_values[:-1], present_values[1:]
    value = (starts + ends) / 2 if interpolated else starts
    return Series(times_s[:-1][kept], held_s[kept], value[kept])


def _paused_before(times_s: Column, pauses: Sequence[Pause]) -> Column:
    """Return the paused seconds before each of the times."""
    if not pauses:
        return np.zeros_like(times_s)
    corners = [corner for pause in pauses for corner in (pause.start_s, pause.end_s)]
    lengths = [step for pause in pauses for step in (0.0, max(0.0, pause.end_s - pause.start_s))]
    paused_s: Column = np.interp(times_s, corners, np.cumsum(lengths))
    return paused_s
