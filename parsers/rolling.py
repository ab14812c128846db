"""How does a counter of few bits become a number that only grows?

FIT saves space by writing only the low bits of something that grows: 5 bits of the clock in a compressed header, 12
bits of the distance, 12 bits of a heart beat's time. When the low bits get smaller, they have rolled over once. Now
and then the full value stands between them and sets the counter anew.
"""

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.base_types import Octets

Whole = NDArray[np.int64]
Small = NDArray[np.int16]
Places = NDArray[np.int64]

NOWHERE: Places = np.empty(0, dtype=np.int64)


def unroll(low: Whole | Small, bits: int, at: Places = NOWHERE, full: Whole = NOWHERE) -> Whole:
    """Return the whole values of a rolling counter, shape (n,).

    Args:
        low: What stands in the file, shape (n,); only the low `bits` count, and its type must have room for one more.
        bits: Width of the counter.
        at: Where the full value is known, rising, shape (known,).
        full: That value, 0 or more, shape (known,).

    Before the first full value the counter starts from 0.
    """
    mask = (1 << bits) - 1
    low = low & mask
    low[at] = full & mask
    grown = low.astype(np.int64)
    grown[1:] = low[1:] - low[:-1] & mask
    grown.cumsum(out=grown)
    if len(at):
        held = np.diff(at, append=len(grown))
        grown[at[0] :] += (full - grown[at]).repeat(held)
    return grown


def twelve_bits(packed: Octets) -> Small:
    """Return the numbers of 12 bits that are packed in twos into three bytes, lowest first.

    Args:
        packed: Shape (rows, bytes); what is left of the bytes, divided by three, means nothing.

    Returns:
        Shape (rows, 2 for each three bytes).
    """
    groups = packed.shape[1] // 3
    # One group per row, as numpy is slow where rows are short.
    first, second, third = packed[:, : groups * 3].reshape(-1, 3).T.astype(np.int16)
    unpacked = np.empty((len(first), 2), dtype=np.int16)
    unpacked[:, 0] = first | (second & 0x0F) << 8
    unpacked[:, 1] = second >> 4 | third << 4
    return unpacked.reshape(len(packed), groups * 2)
