"""When were the messages that have no more of their time than five bits in the header?

Those five bits continue the last full time of any message before, also of those nobody wants.
"""

from dataclasses import dataclass

import numpy as np

from hersteld.parsers.base_types import numbers
from hersteld.parsers.layout import Layout, Slot
from hersteld.parsers.profile import TIMESTAMP
from hersteld.parsers.rolling import NO_FULL_VALUE, unroll
from hersteld.parsers.walk import Indices, Walked
from hersteld.parsers.workout import Column

BITS = 5


@dataclass(frozen=True, slots=True, eq=False)
class ShortTimes:
    """The times that stand in headers, one per message of the file: seconds since the FIT epoch, NaN for none."""

    times: Column

    def complete(self, known: Column | None, messages: Indices) -> Column:
        """Return the times of these messages: their own, or else that of their header."""
        told = self.times[messages]
        return told if known is None else np.where(np.isnan(known), told, known)


def short_times(data: bytes, walked: Walked) -> ShortTimes | None:
    """Return the times that stand in headers; None when no header has one."""
    short = walked.short_times()
    if not short.any():
        return None
    full = np.full(len(short), NO_FULL_VALUE)
    for layout, messages in walked.by_layout(lambda layout: _time_slot(layout) is not None):
        slot = _time_slot(layout)
        # To know it is there is not enough for a type checker.
        if slot is None:
            continue
        field: np.ndarray[tuple[int], np.dtype[np.void]] = np.ndarray((len(data) - 3,), "V4", data, 0, (1,))
        stored_as = numbers(0, 4, slot.base_type, big_endian=layout.big_endian)
        if stored_as is not None:
            stored = stored_as.read(field[walked.offsets[messages] + slot.offset])
            full[messages] = np.where(stored[:, 0] >= 0, stored[:, 0], NO_FULL_VALUE).astype(np.int64)
    low = np.where(short, walked.headers & 0x1F, 0).astype(np.int64)
    counted = short | (full != NO_FULL_VALUE)
    counting = unroll(low[counted], full[counted], BITS).astype(np.float64)
    counting[np.maximum.accumulate(full[counted]) == NO_FULL_VALUE] = np.nan
    times = np.full(len(short), np.nan)
    times[short] = counting[short[counted]]
    return ShortTimes(times)


def _time_slot(layout: Layout) -> Slot | None:
    slot = next((one for one in layout.slots() if one.number == TIMESTAMP), None)
    return slot if slot is not None and slot.size == 4 else None
