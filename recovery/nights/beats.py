"""How much does the heart rate vary from beat to beat?

RMSSD is the root of the mean of the squares of the differences between successive intervals, in milliseconds (Task
Force of the ESC and NASPE 1996). An interval that no heart makes, a jump from one to the next, and a gap in the
recording each break a pair, so that a lost contact is not taken for a healthy heart.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.daily.readings import Beats
from hersteld.recovery.nights.record import Variability

SHORTEST_MS = 300.0
LONGEST_MS = 2000.0
"""No interval between two beats at rest is shorter or longer [H]: 200 and 30 beats per minute."""
LARGEST_JUMP = 0.2
"""An interval that differs from the one before by a larger share is an artefact or an extra beat (Machado 2000 [P])."""
GAP_S = 1.0
"""Messages follow each other when their times agree within this [H]: some devices write whole seconds."""
WINDOW_S = 300.0

_Numbers = NDArray[np.float64]


def variability_of(beats: Sequence[Beats]) -> list[Variability]:
    """Return the variability of every five minutes in which there are two beats in a row, oldest first."""
    known = sorted((one for one in beats if one.intervals_ms), key=lambda one: one.at)
    if not known:
        return []
    counts = np.array([len(one.intervals_ms) for one in known])
    intervals: _Numbers = np.concatenate([np.asarray(one.intervals_ms, np.float64) for one in known])
    begins: _Numbers = np.array([one.at.timestamp() for one in known])
    first = np.cumsum(counts) - counts
    passed: _Numbers = np.cumsum(intervals) / 1000
    lengths: _Numbers = np.add.reduceat(intervals, first) / 1000
    times = np.repeat(begins - (passed[first] - intervals[first] / 1000), counts) + passed

    is_pair = _are_pairs(intervals)
    if len(known) > 1:
        apart = np.diff(begins)
        follows = (np.abs(apart - lengths[:-1]) <= GAP_S) | (np.abs(apart - lengths[1:]) <= GAP_S)
        is_pair[first[1:][~follows] - 1] = False
    return _by_window(times[1:][is_pair], np.diff(intervals)[is_pair], intervals[1:][is_pair])


def _are_pairs(intervals: _Numbers) -> NDArray[np.bool_]:
    """Return for each interval but the last whether it makes a pair with the next one."""
    are_beats = (intervals >= SHORTEST_MS) & (intervals <= LONGEST_MS)
    are_steady = np.abs(np.diff(intervals)) <= LARGEST_JUMP * intervals[:-1]
    return are_beats[:-1] & are_beats[1:] & are_steady


def _by_window(times: _Numbers, differences: _Numbers, lasting_ms: _Numbers) -> list[Variability]:
    windows, place = np.unique(np.floor(times / WINDOW_S), return_inverse=True)
    pairs = np.bincount(place, minlength=len(windows))
    squares = np.bincount(place, differences**2, minlength=len(windows))
    minutes = np.bincount(place, lasting_ms, minlength=len(windows)) / 1000 / 60
    begins, ends = np.full(len(windows), np.inf), np.full(len(windows), -np.inf)
    np.minimum.at(begins, place, times)
    np.maximum.at(ends, place, times)
    return [
        Variability(float(np.sqrt(square / count)), _at(begin), _at(end), float(lasting), int(count))
        for square, count, begin, end, lasting in zip(squares, pairs, begins, ends, minutes, strict=True)
    ]


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)
