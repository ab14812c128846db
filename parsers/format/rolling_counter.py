"""How does a counter of few bits become a number that only grows?

FIT saves space by writing only the low bits of something that grows: 5 bits of the clock in a compressed header, 12
bits of the distance, 12 bits of a heart beat's time. When the low bits get smaller, they have rolled over once. Now
and then the full value stands between them and sets the counter anew.
"""

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.format.base_types import Integers

Counts = NDArray[np.int64]
Places = NDArray[np.int64]

NOWHERE: Places = np.empty(0, dtype=np.int64)


def lengths(begins: Places, end: int) -> Places:
    """Return how long each stretch is: from where it begins to where the next does, the last one to the end."""
    long = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=long[:-1])
    long[-1:] = end - begins[-1:]
    return long


def unroll(low: Counts | Integers, bits: int, at: Places = NOWHERE, full: Counts = NOWHERE) -> Counts:
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
        grown[at[0] :] += (full - grown[at]).repeat(lengths(at, len(grown)))
    return grown
