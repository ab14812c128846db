"""How does a rolling counter of few bits become a number that only grows?

FIT saves space by writing only the low bits of a growing number: 5 bits of the clock in a compressed header, 12 bits
of the distance, 12 bits of the time of a heart beat. When the low bits get smaller, the counter has rolled over once.
Sometimes the full value stands between them and sets the counter anew.
"""

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.format.base_types import Integers

Counts = NDArray[np.int64]
Places = NDArray[np.int64]

NOWHERE: Places = np.empty(0, dtype=np.int64)


def lengths(begins: Places, end: int) -> Places:
    """Return the length of each stretch, from its begin to the begin of the next; the last one reaches to the end."""
    long = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=long[:-1])
    long[-1:] = end - begins[-1:]
    return long


def unroll(low: Counts | Integers, bits: int, at: Places = NOWHERE, full: Counts = NOWHERE) -> Counts:
    """Return the full values of a rolling counter, shape (n,).

    Before the first known full value the counter starts from 0.

    Args:
        low: The values in the file, shape (n,). Only their low `bits` count, and their type must have one bit more.
        bits: Width of the counter.
        at: Places at which the full value is known, in rising order, shape (known,).
        full: The full values at these places, 0 or more, shape (known,).
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
