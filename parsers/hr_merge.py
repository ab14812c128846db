"""Which heart rate belongs to which record, when the strap tells it afterwards?

Under water a strap cannot send. It remembers each beat's time and hands it over at the end, as `hr` messages, often
in FIT files chained behind the watch's own. An `hr` message with a date is an anchor: it ties the strap's own clock
to the watch's. The others carry up to eight beats, each with the low 12 bits of the strap's clock in 1/1024 s.

A record gets the mean of what the strap measured since the record before it. A value holds until the next one, at
most 5 s.
"""

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.decoder import Messages, Table
from hersteld.parsers.rolling import NO_FULL_VALUE, unroll
from hersteld.parsers.workout import Column

TICKS_PER_S = 1024
STEP_S = 0.25
MAX_STEPS = 20
CLOCK_TICKS = 2**32

Whole = NDArray[np.int64]


def merged_heart_rate(times: Column, hr: Messages) -> Column | None:
    """Return the heart rate of each record as the `hr` messages tell it, NaN where they say nothing; None without any.

    Args:
        times: When the records are, seconds since the FIT epoch, never decreasing, shape (records,).
        hr: Messages 132, in file order.

    Source: FIT SDK, plugin for heart rate messages.
    """
    when, bpm = _beats(hr)
    if not len(bpm) or not len(times):
        return None
    if (when[1:] < when[:-1]).any():
        order = np.argsort(when, kind="stable")
        when, bpm = when[order], bpm[order]
    heard = _Heard(when, bpm)
    count, total, last = heard.up_to(np.concatenate((times[:1] - 1, times)))
    since = count[1:] - count[:-1]
    merged: Column = np.floor((total[1:] - total[:-1]) / np.maximum(since, 1) + 0.5)
    merged[since == 0] = np.nan
    # Of records that share a second the first has the mean, the others what was last measured within that second.
    others = (times[1:] == times[:-1]).nonzero()[0] + 1
    if len(others):
        before, _, _ = heard.up_to(times[others] - 1)
        merged[others] = np.where(count[others + 1] > before, last[others + 1], np.nan)
    return merged


class _Heard:
    """What was measured, each value holding until the next in steps of 250 ms, 5 s at most.

    The steps are counted and summed without being made: up to any time, they are those of all values that ended
    before, and a part of those of the value that holds.
    """

    def __init__(self, when: Column, bpm: Column) -> None:
        self._when = when
        self._bpm = bpm.astype(np.int64)  # whole numbers, and those are summed faster
        until_next = np.ceil((when[1:] - when[:-1]) / STEP_S).clip(1, MAX_STEPS + 1)
        self._steps = np.ones(len(when), dtype=np.int64)
        self._steps[:-1] = until_next
        products = self._steps * self._bpm
        self._count = self._steps.cumsum() - self._steps
        self._total = products.cumsum() - products

    def up_to(self, times: Column) -> tuple[Whole, Whole, Whole]:
        """Return how many steps there are up to each time, their sum, and the value of the last; 0 before the first."""
        at = self._when.searchsorted(times, side="right") - 1
        begun = at >= 0
        at = np.maximum(at, 0)
        part = ((times - self._when.take(at)) / STEP_S).astype(np.int64) + 1
        part = np.minimum(part, self._steps.take(at)) * begun
        last = self._bpm.take(at)
        return self._count.take(at) + part, self._total.take(at) + part * last, last


def _beats(hr: Messages) -> tuple[Column, Column]:
    """Return when each value was measured and the value, in file order."""
    nothing = np.empty(0), np.empty(0)
    bpm = hr.tables.get(6)
    if bpm is None:
        return nothing
    low, full = _event_ticks(hr, bpm.shape)
    has_ticks = (low >= 0) | (full != NO_FULL_VALUE)
    told = has_ticks.ravel().nonzero()[0]
    ticks = unroll(low.ravel()[told], full.ravel()[told], 12)

    fraction = np.fmax(hr.column(0), hr.column(1))
    anchor_times = hr.column(253) + np.where(np.isnan(fraction), 0, fraction)
    anchors = (~np.isnan(anchor_times) & has_ticks[:, 0]).nonzero()[0]
    if not len(anchors):
        return nothing
    first = told.searchsorted(anchors * bpm.shape[1])
    counts = np.concatenate((first[1:], [len(told)])) - first
    since = ticks[first[0] :] - ticks[first].repeat(counts)
    if since.min() < -CLOCK_TICKS // 2:
        since[since < -CLOCK_TICKS // 2] += CLOCK_TICKS
    when = since / TICKS_PER_S
    when += anchor_times[anchors].repeat(counts)
    measured = bpm.ravel()[told[first[0] :]]
    valid = ~np.isnan(measured)
    return (when, measured) if valid.all() else (when[valid], measured[valid])


def _event_ticks(hr: Messages, shape: tuple[int, ...]) -> tuple[Whole, Whole]:
    """Return, per message and value, the ticks' low bits (negative: none) and the whole ticks where the file has them.

    Bits above the twelfth mean nothing.
    """
    packed = hr.tables.get(10)
    low = np.empty((hr.count, 0), dtype=np.int64) if packed is None else _twelve_bits(packed)[:, : shape[1]]
    if low.shape != shape:
        low = np.pad(low, ((0, 0), (0, shape[1] - low.shape[1])), constant_values=-1)
    full = np.full(shape, NO_FULL_VALUE, dtype=np.int64)
    whole = hr.tables.get(9)
    if whole is not None:
        whole = whole[:, : shape[1]]
        known = ~np.isnan(whole)
        full[:, : whole.shape[1]][known] = np.round(whole[known] * TICKS_PER_S).astype(np.int64)
    return low, full


def _twelve_bits(packed: Table) -> Whole:
    """Unpack three bytes into two numbers of 12 bits, lowest first, with something else above them; negative: none."""
    groups = packed.shape[1] // 3
    stored = np.fmax(packed, -1)[:, : groups * 3].astype(np.int64)
    # One group per row, as numpy is slow where rows are short; and -1, all bits set, stays negative.
    first, second, third = stored.reshape(-1, 3).T
    low = np.empty((len(first), 2), dtype=np.int64)
    low[:, 0] = first | second << 8
    low[:, 1] = second >> 4 | third << 4
    return low.reshape(len(packed), groups * 2)
