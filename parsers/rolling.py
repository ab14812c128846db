"""How does a counter of few bits become a number that only grows?

FIT saves space by writing only the low bits of something that grows: 5 bits of the clock in a compressed header, 12
bits of the distance, 12 bits of a heart beat's time. When the low bits get smaller, they have rolled over once. Now
and then the full value stands between them and sets the counter anew.
"""

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

NO_FULL_VALUE = -1


def unroll(low: Integers, full: Integers, bits: int) -> Integers:
    """Return the whole values of a rolling counter, shape (n,).

    Args:
        low: What stands in the file, shape (n,), 0 or more; only the low `bits` count.
        full: Where the full value is known, that value, elsewhere `NO_FULL_VALUE`; shape (n,).
        bits: Width of the counter.

    Before the first full value the counter starts from 0.
    """
    mask = (1 << bits) - 1
    anchors = np.flatnonzero(full != NO_FULL_VALUE)
    low = low & mask
    low[anchors] = full[anchors] & mask
    grown = low.copy()
    np.bitwise_and(low[1:] - low[:-1], mask, out=grown[1:])
    np.cumsum(grown, out=grown)
    if len(anchors):
        held = np.concatenate((anchors[1:], [len(grown)])) - anchors
        grown[anchors[0] :] += np.repeat(full[anchors] - grown[anchors], held)
    return grown
