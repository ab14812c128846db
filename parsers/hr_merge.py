"""Which heart rate belongs to which record, when the strap tells it afterwards?

Under water a strap cannot send. It remembers each beat's time and hands it over at the end, as `hr` messages, often
in FIT files chained behind the watch's own. An `hr` message with a date is an anchor: it ties the strap's own clock
to the watch's. The others carry up to eight beats, each with the low 12 bits of the strap's clock in 1/1024 s.

A record gets the mean of what the strap measured since the record before it. A value holds until the next one, at
most 5 s.
"""

import numpy as np

from hersteld.parsers.decoder import Messages, Table
from hersteld.parsers.rolling import NO_FULL_VALUE, unroll
from hersteld.parsers.workout import Column

TICKS_PER_S = 1024
STEP_S = 0.25
MAX_STEPS = 20
CLOCK_TICKS = 2**32


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
    is_new = np.concatenate(([True], times[1:] != times[:-1]))
    distinct, which = times[is_new], np.cumsum(is_new) - 1
    count, total, last = heard.up_to(np.concatenate((distinct[:1] - 1, distinct)))
    since, total = np.diff(count), np.diff(total)
    means = np.where(since > 0, np.floor(total / np.maximum(since, 1) + 0.5), np.nan)
    if len(distinct) == len(times):
        return means
    # Records that share a second: the first has the mean, the others what was last measured within that second.
    merged = np.asarray(means[which], dtype=np.float64)
    shared = which[~is_new]
    before, _, _ = heard.up_to(distinct[shared] - 1)
    merged[~is_new] = np.where(count[1:][shared] > before, last[1:][shared], np.nan)
    return merged


class _Heard:
    """What was measured, each value holding until the next in steps of 250 ms, 5 s at most.

    The steps are counted and summed without being made: up to any time, they are those of all values that ended
    before, and a part of those of the value that holds.
    """

    def __init__(self, when: Column, bpm: Column) -> None:
        self._when, self._bpm = when, bpm
        steps = np.ones(len(when))
        np.clip(np.ceil(np.diff(when) / STEP_S), 1, MAX_STEPS + 1, out=steps[:-1])
        self._steps = steps
        self._count = np.cumsum(steps) - steps
        self._total = np.cumsum(steps * bpm) - steps * bpm

    def up_to(self, times: Column) -> tuple[Column, Column, Column]:
        """Return how many steps there are up to each time, their sum, and the value of the last; 0 before the first."""
        at = np.searchsorted(self._when, times, side="right") - 1
        begun = at >= 0
        at = np.maximum(at, 0)
        part = np.minimum(np.floor((times - self._when[at]) / STEP_S) + 1, self._steps[at]) * begun
        return self._count[at] + part, self._total[at] + part * self._bpm[at], self._bpm[at]


def _beats(hr: Messages) -> tuple[Column, Column]:
    """Return when each value was measured and the value, in file order."""
    bpm = hr.tables.get(6)
    if bpm is None:
        return np.empty(0), np.empty(0)
    width = bpm.shape[1]
    low, full = _event_ticks(hr, width)
    told = np.flatnonzero((low >= 0) | (full != NO_FULL_VALUE))
    ticks = unroll(low.ravel()[told], full.ravel()[told], 12)

    fraction = np.nan_to_num(np.fmax(hr.column(0), hr.column(1)))
    anchor_times = hr.column(253) + fraction
    anchors = np.flatnonzero(~np.isnan(anchor_times) & ((low[:, 0] >= 0) | (full[:, 0] != NO_FULL_VALUE)))
    if not len(anchors):
        return np.empty(0), np.empty(0)
    first = np.searchsorted(told, anchors * width)
    counts = np.diff(first, append=len(told))
    since = ticks[first[0] :] - np.repeat(ticks[first], counts)
    since[since < -CLOCK_TICKS / 2] += CLOCK_TICKS
    when = np.repeat(anchor_times[anchors], counts) + since / TICKS_PER_S
    bpm = bpm.ravel()[told[first[0] :]]
    valid = ~np.isnan(bpm)
    return when[valid], bpm[valid]


def _event_ticks(hr: Messages, width: int) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.int64]], ...]:
    """Return, per message and value, the low 12 bits (-1: none) and the whole ticks where the file has them."""
    low = np.full((hr.count, width), -1, dtype=np.int64)
    full = np.full((hr.count, width), NO_FULL_VALUE, dtype=np.int64)
    packed = hr.tables.get(10)
    if packed is not None:
        unpacked = _twelve_bits(packed)[:, :width]
        low[:, : unpacked.shape[1]] = unpacked
    whole = hr.tables.get(9)
    if whole is not None:
        whole = whole[:, :width]
        known = ~np.isnan(whole)
        full[:, : whole.shape[1]][known] = np.round(whole[known] * TICKS_PER_S).astype(np.int64)
    return low, full


def _twelve_bits(packed: Table) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Unpack three bytes into two numbers of 12 bits, lowest first; -1 in messages that have none."""
    groups = packed.shape[1] // 3
    stored = np.where(np.isnan(packed), -1, packed)[:, : groups * 3].astype(np.int64)
    first, second, third = stored[:, 0::3], stored[:, 1::3], stored[:, 2::3]
    low = np.empty((len(packed), groups * 2), dtype=np.int64)
    low[:, 0::2] = first | (second & 0x0F) << 8
    low[:, 1::2] = second >> 4 | third << 4
    nothing = (first | second | third) < 0
    low[:, 0::2][nothing] = -1
    low[:, 1::2][nothing] = -1
    return low
