"""When were the messages that have no more of their time than five bits in the header?

Those five bits continue the last full time of any message before, also of those nobody wants.
"""

from dataclasses import dataclass

import numpy as np

from hersteld.parsers.base_types import numbers
from hersteld.parsers.layout import Layout, Slot
from hersteld.parsers.profile import TIMESTAMP
from hersteld.parsers.rolling import NO_FULL_VALUE, unroll
from hersteld.parsers.walk import Offsets, Walked
from hersteld.parsers.workout import Column

BITS = 5


@dataclass(frozen=True, slots=True, eq=False)
class ShortTimes:
    """The messages with a compressed header: where they are, and seconds since the FIT epoch (NaN: unknown)."""

    offsets: Offsets
    times: Column

    def complete(self, known: Column | None, offsets: Offsets) -> Column:
        """Return the times of the messages at these offsets: their own, or else that of their header."""
        whole = np.full(len(offsets), np.nan) if known is None else known.copy()
        at = np.minimum(np.searchsorted(self.offsets, offsets), len(self.offsets) - 1)
        missing = np.isnan(whole) & (self.offsets[at] == offsets)
        whole[missing] = self.times[at[missing]]
        return whole


def short_times(data: bytes, walked: Walked) -> ShortTimes | None:
    """Return the times that stand in headers; None when no header has one."""
    short = walked.short_times()
    if not short.any():
        return None
    full = np.full(len(short), NO_FULL_VALUE)
    for layout, offsets in walked.by_layout(lambda layout: _time_slot(layout) is not None):
        slot = _time_slot(layout)
        # To know it is there is not enough for a type checker.
        if slot is None:
            continue
        field: np.ndarray[tuple[int], np.dtype[np.void]] = np.ndarray((len(data) - 3,), "V4", data, 0, (1,))
        stored_as = numbers(0, 4, slot.base_type, big_endian=layout.big_endian)
        if stored_as is not None:
            stored = stored_as.read(field[offsets + slot.offset])
            times = np.where(stored[:, 0] >= 0, stored[:, 0], NO_FULL_VALUE).astype(np.int64)
            full[np.searchsorted(walked.offsets, offsets)] = times
    low = np.where(short, walked.headers & 0x1F, 0).astype(np.int64)
    counted = short | (full != NO_FULL_VALUE)
    times = unroll(low[counted], full[counted], BITS).astype(np.float64)
    times[np.maximum.accumulate(full[counted]) == NO_FULL_VALUE] = np.nan
    return ShortTimes(walked.offsets[short], times[short[counted]])


def _time_slot(layout: Layout) -> Slot | None:
    slot = next((one for one in layout.slots() if one.number == TIMESTAMP), None)
    return slot if slot is not None and slot.size == 4 else None
