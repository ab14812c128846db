"""What is the time of a message that has only five bits of it, in its header?

They are the low bits of its time. The high bits follow from the times of the messages before it, back to the last one
with a full time, also when that is a message of which nothing else is read.
"""

from dataclasses import dataclass

import numpy as np

from hersteld.parsers.format.base_types import numbers
from hersteld.parsers.format.layout import Layout, Slot
from hersteld.parsers.format.message_index import Indices, Walked
from hersteld.parsers.format.profile.fields import TIMESTAMP
from hersteld.parsers.format.rolling_counter import unroll
from hersteld.parsers.workout import Column

BITS = 5


@dataclass(frozen=True, slots=True, eq=False)
class ShortTimes:
    """The times from the headers, one per message of the file: seconds since the FIT epoch, NaN for none."""

    times: Column

    def complete(self, known: Column | None, messages: Indices) -> Column:
        """Return the time of each of these messages: that of its field, or else that of its header."""
        from_headers = self.times[messages]
        return from_headers if known is None else np.where(np.isnan(known), from_headers, known)


def short_times(data: bytes, walked: Walked) -> ShortTimes | None:
    """Return the times from the headers; None when no header has one."""
    short = walked.short_times()
    if not short.any():
        return None
    full = np.full(len(short), np.nan)
    slots = {layout: slot for layout in walked.layouts if (slot := _time_slot(layout)) is not None}
    field: np.ndarray[tuple[int], np.dtype[np.void]] = np.ndarray((len(data) - 3,), "V4", data, 0, (1,))
    for layout, messages in walked.by_layout(slots.__contains__):
        slot = slots[layout]
        stored_as = numbers(0, 4, slot.base_type, big_endian=layout.big_endian)
        if stored_as is not None:
            stored = stored_as.read(field[walked.offsets[messages] + slot.offset])[:, 0]
            full[messages] = np.where(stored >= 0, stored, np.nan)
    known = ~np.isnan(full)
    counted = short | known
    at = known[counted].nonzero()[0]
    low = (walked.headers[counted] & 0x1F).astype(np.int16)
    unrolled = unroll(low, BITS, at, full[known].astype(np.int64)).astype(np.float64)
    unrolled[: at[0] if len(at) else None] = np.nan
    times = np.full(len(short), np.nan)
    times[short] = unrolled[short[counted]]
    return ShortTimes(times)


def _time_slot(layout: Layout) -> Slot | None:
    slot = next(iter(layout.slots((TIMESTAMP,))), None)
    return slot if slot is not None and slot.size == 4 else None
