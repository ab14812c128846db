"""How long was each heart rate or power held, pauses out?

A record is an instant; the rules need durations. A value counts for the time to the next one, at most `gap_s`, and
never across a pause. Everything here is linear in the number of records, whatever the times in the file are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hersteld.parsers.workout import Column, Pause


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Values with the active time each was held; the three arrays have the same shape (intervals,).

    Attributes:
        start_s: Seconds since the start of the workout.
        held_s: Active seconds, above 0.
        value: Mean over the interval.
    """

    start_s: Column
    held_s: Column
    value: Column

    @property
    def covered_s(self) -> float:
        """Active seconds for which there is a value."""
        return float(self.held_s.sum())

    def seconds_from(self, threshold: float) -> float:
        """Active seconds at or above the threshold."""
        return float(self.held_s[self.value >= threshold].sum())

    def mean(self) -> float:
        """Mean over active time; NaN for an empty series."""
        return float(np.average(self.value, weights=self.held_s)) if len(self.value) else float("nan")

    def between(self, start_s: float, end_s: float) -> "Series":
        """Return the part that starts within [start_s, end_s)."""
        inside = (self.start_s >= start_s) & (self.start_s < end_s)
        return Series(self.start_s[inside], self.held_s[inside], self.value[inside])

    def per_second(self) -> Column:
        """Return the values second by second of active time, shape (floor(covered seconds),)."""
        if not len(self.value):
            return np.empty(0)
        ends = np.cumsum(self.held_s)
        seconds = np.arange(int(ends[-1] + 1e-6))
        seconds_of: Column = self.value[np.searchsorted(ends, seconds + 0.5, side="right").clip(max=len(ends) - 1)]
        return seconds_of

    def rolling_means(self, window_s: int) -> Column:
        """Return the mean of each full window of active seconds, shape (seconds - window + 1,); empty if too short."""
        values = self.per_second()
        if len(values) < window_s:
            return np.empty(0)
        sums = np.cumsum(np.concatenate(([0.0], values)))
        means: Column = (sums[window_s:] - sums[:-window_s]) / window_s
        return means


def active_series(
    time_s: Column, values: Column | None, pauses: Sequence[Pause], *, gap_s: float, interpolated: bool
) -> Series:
    """Return how long each value was held.

    Args:
        time_s: Seconds, shape (records,), never decreasing.
        values: Shape (records,), NaN where there is none; None for a workout without this column.
        pauses: Non-overlapping, in order.
        gap_s: A longer gap between two values, pauses out, is a hole rather than held time.
        interpolated: True for what changes slowly (heart rate): a held value is the mean of both ends. False for what
            jumps (power): it is the value at its start.
    """
    if values is None:
        return Series(np.empty(0), np.empty(0), np.empty(0))
    present = ~np.isnan(values)
    times, found = time_s[present], values[present]
    held = np.diff(times) - np.diff(_paused_before(times, pauses))
    kept = (held > 1e-9) & (held <= gap_s)
    value = (found[:-1] + found[1:]) / 2 if interpolated else found[:-1]
    return Series(times[:-1][kept], held[kept], value[kept])


def heart_rate_series(
    time_s: Column, heart_rate_bpm: Column | None, pauses: Sequence[Pause], *, low: float, high: float, gap_s: float
) -> Series:
    """Return the heart rate held, readings below `low` or above `high` taken for faults of the sensor."""
    if heart_rate_bpm is None:
        return active_series(time_s, None, pauses, gap_s=gap_s, interpolated=True)
    believable = np.where((heart_rate_bpm >= low) & (heart_rate_bpm <= high), heart_rate_bpm, np.nan)
    return active_series(time_s, believable, pauses, gap_s=gap_s, interpolated=True)


def _paused_before(times: Column, pauses: Sequence[Pause]) -> Column:
    """Return the paused seconds before each of the times."""
    if not pauses:
        return np.zeros_like(times)
    corners = [corner for pause in pauses for corner in (pause.start_s, pause.end_s)]
    lengths = [step for pause in pauses for step in (0.0, max(0.0, pause.end_s - pause.start_s))]
    paused: Column = np.interp(times, corners, np.cumsum(lengths))
    return paused
