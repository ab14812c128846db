"""When did the timer stand still?

The watch writes a timer event whenever its button is pressed and at each automatic pause. A pause lies between a stop
and a later start; the last stop is the end of the workout.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, islice
from math import isnan
from operator import itemgetter

import numpy as np

from hersteld.parsers.columns.decoder import DecodedFile
from hersteld.parsers.format.profile import fields
from hersteld.parsers.workout import Column

TIMER = 0
START = 0
STOPS = (1, 4, 8, 9)
"""The event types stop, stop_all, stop_disable and stop_disable_all."""

Stretch = tuple[float, float]
"""Begin and end, in seconds since the FIT epoch."""


class Pauses:
    """The pauses of a workout, in seconds since the FIT epoch, looked up for any part of it.

    Attributes:
        stopped_at: When the timer was stopped for the last time, and not started again; None where that is not told.
    """

    def __init__(self, stretches: Sequence[Stretch], stopped_at: float | None = None) -> None:
        """Take the pauses, in order and without overlaps, and the last stop."""
        self.stopped_at = stopped_at
        self._begins = [begin for begin, _ in stretches]
        self._ends = [end for _, end in stretches]
        self._up_to = [0.0, *accumulate(end - begin for begin, end in stretches)]

    def between(self, begin: float, end: float) -> tuple[Stretch, ...]:
        """Return the parts of the pauses that lie between two times."""
        pauses = zip(self._begins, self._ends, strict=True)
        return tuple((max(start, begin), min(stop, end)) for start, stop in islice(pauses, *self._which(begin, end)))

    def seconds(self, begin: float, end: float) -> float:
        """Return how many seconds the timer stood still between two times."""
        first, after = self._which(begin, end)
        if first == after:
            return 0.0
        outside = max(0.0, begin - self._begins[first]) + max(0.0, self._ends[after - 1] - end)
        return self._up_to[after] - self._up_to[first] - outside

    def seconds_before(self, times: Column) -> Column:
        """Return how many seconds the timer stood still before each of these times."""
        if not self._begins:
            return np.zeros_like(times)
        corners = np.array([self._begins, self._ends]).T.ravel()
        paused_s: Column = np.interp(times, corners, np.repeat(self._up_to, 2)[1:-1])
        return paused_s

    def hold(self, times: Column) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Return which of these times lie within a pause, the moment of the stop itself apart."""
        places = np.searchsorted(self._ends, times, side="right")
        begins = np.array([*self._begins, np.inf])[places]
        return times > begins

    def _which(self, begin: float, end: float) -> tuple[int, int]:
        """Return the places of the first pause that ends after `begin` and of the first one not begun before `end`."""
        first = bisect_right(self._ends, begin)
        return first, max(first, bisect_left(self._begins, end)) if begin < end else first


def read_pauses(file: DecodedFile) -> Pauses:
    """Return the pauses of a workout."""
    events = file.of(fields.EVENT)
    of_timer = (events.column(fields.EVENT_EVENT) == TIMER).nonzero()[0]  # a few of a watch's thousands of events
    columns = (events.column(number)[of_timer].tolist() for number in (fields.TIMESTAMP, fields.EVENT_EVENT_TYPE))
    presses = [(time, kind) for time, kind in zip(*columns, strict=True) if kind in (START, *STOPS) and not isnan(time)]
    pauses: list[Stretch] = []
    stopped: float | None = None
    for time, kind in sorted(presses, key=itemgetter(0)):
        if kind != START:
            stopped = time if stopped is None else stopped
        elif stopped is not None:
            if time > stopped:
                pauses.append((stopped, time))
            stopped = None
    return Pauses(pauses, stopped)
