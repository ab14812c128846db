"""Which heart rate belongs to which record, when the strap hands it over afterwards?

A strap cannot transmit under water. It stores the time of each beat and hands all of them over at the end, as `hr`
messages, often in FIT files that are chained behind the watch's own. An `hr` message with a date is an anchor: it ties
the strap's clock to the watch's. The others carry up to eight beats, each with the low 12 bits of the strap's clock in
1/1024 s.

A record gets the mean of what the strap measured since the record before it. In this mean a value counts once at its
own time and once more for every 250 ms until the next value, but no longer than for 5 s. The last value of the file
counts once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.columns.decoder import Messages
from hersteld.parsers.format.base_types import NO_INTEGER, Integers
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.rolling_counter import NOWHERE, Counts, Places, lengths, unroll
from hersteld.parsers.workout import Column

TICKS_PER_S = 1024
MOMENTS_PER_S = 32768
"""The finest fraction of a second in which an anchor is given."""
STEP_BITS = 13
STEP = 1 << STEP_BITS
"""A quarter of a second."""
MAX_STEPS = 20
"""A value counts at its own time and for at most this many steps after it, which make 5 s."""
CLOCK_TICKS = 2**32
_ALL_BITS = 0xFFF

Moments = NDArray[np.int64]
"""Times since the FIT epoch, counted in 1/32768 s."""


def merged_heart_rate(times: Column, hr: Messages) -> Column | None:
    """Return the heart rate of each record by the `hr` messages, NaN where they have none; None without any message.

    Args:
        times: Times of the records, seconds since the FIT epoch, never decreasing, shape (records,).
        hr: The `hr` messages, in file order.

    Source: FIT SDK, plugin for heart rate messages.
    """
    when, bpm = _beats(hr)
    if not len(bpm) or not len(times):
        return None
    if (when[1:] < when[:-1]).any():
        order = np.argsort(when, kind="stable")
        when, bpm = when[order], bpm[order]
    measured = _Measured(when, bpm)
    at = np.empty(len(times) + 1, dtype=np.int64)
    at[1:] = times * MOMENTS_PER_S
    at[0] = at[1] - MOMENTS_PER_S
    steps = measured.up_to(at)
    since = steps.count[1:] - steps.count[:-1]
    merged: Column = (steps.total[1:] - steps.total[:-1]) / np.maximum(since, 1)
    merged += 0.5
    np.floor(merged, out=merged)
    merged[since == 0] = np.nan
    # Of the records that share a second, the first gets the mean and the others the last value within that second.
    others = (at[2:] == at[1:-1]).nonzero()[0] + 1
    if len(others):
        before = measured.up_to(at[others + 1] - MOMENTS_PER_S).count
        merged[others] = np.where(steps.count[others + 1] > before, steps.last[others + 1], np.nan)
    return merged


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """The steps up to each of several times: their number, their sum, and the value of the last one.

    All three are 0 before the first step.
    """

    count: Counts
    total: Counts
    last: Counts


class _Measured:
    """The measured values, each counted in steps: one at its own time and one every 250 ms until the next value.

    A value has at most 20 steps after its first, and the last value has only its first. The steps are counted and
    summed without an array of them: up to a given time there are all steps of the earlier values, and those steps of
    the current value that have begun. A dummy value of 0 without steps is put before the first value, so that a time
    before all measured values needs no case of its own.
    """

    def __init__(self, when: Moments, bpm: Integers) -> None:
        self._when, self._bpm = _behind_a_zero(when), _behind_a_zero(bpm)
        self._steps, self._count, self._total = (np.empty_like(self._when) for _ in range(3))
        self._steps[0] = self._count[0] = self._total[0] = 0
        until_next = self._steps[1:-1]
        np.subtract(when[1:], when[:-1], out=until_next)
        until_next += STEP - 1
        until_next >>= STEP_BITS
        np.clip(until_next, 1, MAX_STEPS + 1, out=until_next)
        self._steps[-1] = 1
        self._steps[:-1].cumsum(out=self._count[1:])
        np.multiply(self._steps[:-1], self._bpm[:-1], out=self._total[1:])
        self._total.cumsum(out=self._total)

    def up_to(self, when: Moments) -> _Steps:
        """Return the steps up to each of these times."""
        at = self._when[1:].searchsorted(when, side="right")
        part = when - self._when.take(at)
        part >>= STEP_BITS
        part += 1
        np.minimum(part, self._steps.take(at), out=part)
        count, last = self._count.take(at), self._bpm.take(at)
        count += part
        part *= last
        part += self._total.take(at)
        return _Steps(count, part, last)


def _behind_a_zero(values: Counts | Integers) -> Counts:
    """Return the values with a 0 before them."""
    longer = np.empty(len(values) + 1, dtype=np.int64)
    longer[0] = 0
    longer[1:] = values
    return longer


def _beats(hr: Messages) -> tuple[Moments, Integers]:
    """Return the time of each measured value, and the values, in file order."""
    nothing = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int16)
    bpm = hr.integers.get(fields.HR_FILTERED_BPM)
    if bpm is None:
        return nothing
    low = _low_ticks(hr, bpm.shape)
    at, full = _full_ticks(hr, bpm.shape)
    low.flat[at] = full & _ALL_BITS
    present = (low.ravel() != NO_INTEGER).nonzero()[0]
    ticks = unroll(low.ravel()[present], 12, present.searchsorted(at), full)

    fraction = np.fmax(hr.column(fields.HR_FRACTIONAL_TIMESTAMP), hr.column(fields.HR_TIME256))
    anchor_times = hr.column(fields.TIMESTAMP) + np.where(np.isnan(fraction), 0, fraction)
    anchors = (~np.isnan(anchor_times) & (low[:, 0] != NO_INTEGER)).nonzero()[0]
    if not len(anchors):
        return nothing
    first = present.searchsorted(anchors * bpm.shape[1])
    counts = lengths(first, len(present))
    when = ticks[first[0] :]
    when -= ticks[first].repeat(counts)
    if when.min() < -CLOCK_TICKS // 2:
        when[when < -CLOCK_TICKS // 2] += CLOCK_TICKS
    when *= MOMENTS_PER_S // TICKS_PER_S
    when += (anchor_times[anchors] * MOMENTS_PER_S).astype(np.int64).repeat(counts)
    measured = bpm.ravel()[present[first[0] :]]
    valid = measured != NO_INTEGER
    return (when, measured) if valid.all() else (when[valid], measured[valid])


def _low_ticks(hr: Messages, shape: tuple[int, ...]) -> Integers:
    """Return the low 12 bits of the ticks of each value of each message, -1 where there are none."""
    low = np.full(shape, NO_INTEGER, dtype=np.int16)
    stored = hr.integers.get(fields.HR_EVENT_TIMESTAMP_12)
    if stored is not None:
        stored = stored[:, : shape[1]]
        low[:, : stored.shape[1]] = stored
    return low


def _full_ticks(hr: Messages, shape: tuple[int, ...]) -> tuple[Places, Counts]:
    """Return the places of the values whose full ticks stand in the file, counted message by message, and the ticks."""
    seconds = hr.tables.get(fields.HR_EVENT_TIMESTAMP)
    if seconds is None:
        return NOWHERE, NOWHERE
    seconds = seconds[:, : shape[1]]
    rows, places = (~np.isnan(seconds)).nonzero()
    return rows * shape[1] + places, np.round(seconds[rows, places] * TICKS_PER_S).astype(np.int64)
