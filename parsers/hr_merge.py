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
CLOCK_SPAN_S = 2**32 / TICKS_PER_S


def merged_heart_rate(times: Column, hr: Messages) -> Column | None:
    """Return the heart rate of each record as the `hr` messages tell it, NaN where they say nothing; None without any.

    Args:
        times: When the records are, seconds since the FIT epoch, never decreasing, shape (records,).
        hr: Messages 132, in file order.

    Source: FIT SDK, plugin for heart rate messages.
    """
    beat_times, bpm = _beats(hr)
    if not len(bpm) or not len(times):
        return None
    beat_times, bpm = _held(beat_times, bpm)
    if (beat_times[1:] < beat_times[:-1]).any():
        order = np.argsort(beat_times, kind="stable")
        beat_times, bpm = beat_times[order], bpm[order]
    sums = np.concatenate(([0.0], np.cumsum(bpm)))
    is_new = np.concatenate(([True], times[1:] != times[:-1]))
    distinct, which = times[is_new], np.cumsum(is_new) - 1
    edges = np.searchsorted(beat_times, np.concatenate((distinct[:1] - 1, distinct)), side="right")
    first, last = edges[:-1], edges[1:]
    count = last - first
    means = np.where(count > 0, np.floor((sums[last] - sums[first]) / np.maximum(count, 1) + 0.5), np.nan)
    merged = np.asarray(means[which], dtype=np.float64)
    # Records that share a second: the first has the mean, the others what was last measured within that second.
    latest = np.maximum(last - 1, 0)
    fresh = np.where((last > 0) & (beat_times[latest] > distinct - 1), bpm[latest], np.nan)
    merged[~is_new] = fresh[which[~is_new]]
    return merged


def _beats(hr: Messages) -> tuple[Column, Column]:
    """Return when each value was measured and the value, in file order."""
    bpm = hr.tables.get(6)
    if bpm is None:
        return np.empty(0), np.empty(0)
    low, full = _event_ticks(hr, bpm.shape[1])
    told = (low >= 0) | (full != NO_FULL_VALUE)
    ticks = np.full(bpm.shape, np.nan)
    ticks[told] = unroll(low[told], full[told], 12)
    events = ticks / TICKS_PER_S

    fraction = np.nan_to_num(np.fmax(hr.column(0), hr.column(1)))
    anchor_times = hr.column(253) + fraction
    is_anchor = ~np.isnan(anchor_times) & ~np.isnan(events[:, 0])
    anchor = np.maximum.accumulate(np.where(is_anchor, np.arange(hr.count), -1))
    since = events - events[anchor, 0][:, None]
    since[since < -CLOCK_SPAN_S / 2] += CLOCK_SPAN_S
    when = anchor_times[anchor][:, None] + since
    valid = ~np.isnan(when) & ~np.isnan(bpm) & (anchor >= 0)[:, None]
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
    stored = np.nan_to_num(packed[:, : groups * 3], nan=-1).astype(np.int64).reshape(len(packed), groups, 3)
    first, second, third = stored[:, :, 0], stored[:, :, 1], stored[:, :, 2]
    pairs = np.stack((first | (second & 0x0F) << 8, second >> 4 | third << 4), axis=2)
    pairs[(stored < 0).any(axis=2)] = -1
    return np.asarray(pairs.reshape(len(packed), groups * 2), dtype=np.int64)


def _held(times: Column, bpm: Column) -> tuple[Column, Column]:
    """Let each value hold until the next, in steps of 250 ms, 5 s at most."""
    gaps = np.abs(np.diff(times))
    steps = np.append(np.clip(np.ceil(gaps / STEP_S).astype(np.int64) - 1, 0, MAX_STEPS), 0)
    source = np.repeat(np.arange(len(times)), steps + 1)
    nth = np.arange(len(source)) - np.repeat(np.cumsum(steps + 1) - (steps + 1), steps + 1)
    return times[source] + STEP_S * nth, bpm[source]
