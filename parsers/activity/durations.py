"""How long was a session, from its first second to its last, and how much of that did its timer run?

What the device tells counts, unless the records contradict it:

- A session's own timestamp is the moment at which it was saved, often long after the end. It counts only where the
  device tells neither an elapsed time nor a stop of the timer.
- Some devices exchange timer and elapsed time. Where they do, the holes and pauses of the recording explain the
  difference. Otherwise a longer timer is the true elapsed time.
- A session lasts at least until the last record that belongs to it, and starts no later than its first one.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hersteld.parsers.activity.pauses import Pauses
from hersteld.parsers.workout import Column, Samples

HOLE_S = 60.0
"""A longer time without a record, pauses left out, is a hole in the recording: sparse devices write one a minute."""
LONG_HOLE_S = 600.0
"""A hole that is taken off where no timer time is told at all: nobody stands at a light for ten minutes."""
EXPLAINED_WITHIN = 0.1
"""Holes and pauses explain a difference when they are as long as it, give or take this share."""
AFTER_STOP_S = 5.0
"""Some devices write their last records in the seconds after the stop."""
RAISED_FROM_S = 60.0
RAISED_FROM_SHARE = 0.05
"""A session is made longer only by more than both of these: less may be rounding, or a button pressed late."""


@dataclass(frozen=True, slots=True)
class Duration:
    """When a session was, in seconds since the FIT epoch, and for how many seconds it and its timer ran.

    Attributes:
        elapsed_s: As it was told where it is believed: the difference of two times so large loses the last digits.
    """

    begin: float
    end: float
    elapsed_s: float
    timer_s: float


class Recording:
    """When something was recorded: the times of the records that hold a value, and what interrupts them.

    Args:
        samples: The records, `time_s` in seconds since the FIT epoch.
        pauses: In seconds since the FIT epoch.
    """

    def __init__(self, samples: Samples, pauses: Pauses) -> None:
        self.pauses = pauses
        self._samples = samples

    @cached_property
    def _times(self) -> Column:
        """The times of the records that hold a value; most files need not be asked."""
        samples = self._samples
        columns = [getattr(samples, name) for name in samples.__dataclass_fields__ if name != "time_s"]
        held = [~np.isnan(column) for column in columns if column is not None]
        return samples.time_s[np.logical_or.reduce(held)] if held else samples.time_s[:0]

    def holes_s(self, begin: float, end: float, longer_than_s: float) -> float:
        """Return the seconds of the holes between two times that are longer than so many seconds, pauses left out."""
        inside = self._times[(self._times >= begin) & (self._times <= end)]
        holes = self._unpaused(np.concatenate(([begin], inside, [end])))
        return float(holes[holes > longer_than_s].sum())

    def last_reached(self, end: float, limit: float) -> float:
        """Return the last record after an end that is reached from it without a hole; the end itself without any.

        The end itself, too, where all records are over within a minute.

        Args:
            limit: No record counts from here on; infinity without one.
        """
        if not len(self._samples) or self._samples.time_s[-1] <= end + RAISED_FROM_S:
            return end
        stopped_at = self.pauses.stopped_at
        last_s = np.inf if stopped_at is None else stopped_at + AFTER_STOP_S
        later = self._times[(self._times > end) & (self._times <= last_s) & (self._times < limit)]
        holes = np.flatnonzero(self._unpaused(np.concatenate(([end], later))) > HOLE_S)
        reached = later[: holes[0]] if len(holes) else later
        if not len(reached):
            return end
        last = float(reached[-1])
        return stopped_at if stopped_at is not None and abs(stopped_at - last) <= AFTER_STOP_S else last

    def first_reached(self, begin: float) -> float:
        """Return the first record before a begin from which it is reached without a hole; the begin without any."""
        if not len(self._samples) or self._samples.time_s[0] >= begin:
            return begin
        earlier = self._times[self._times < begin]
        holes = np.flatnonzero(self._unpaused(np.concatenate((earlier, [begin]))) > HOLE_S)
        reached = earlier[holes[-1] + 1 :] if len(holes) else earlier
        return float(reached[0]) if len(reached) else begin

    def _unpaused(self, times: Column) -> Column:
        """Return the seconds between each two of these times in which the timer ran."""
        unpaused: Column = np.diff(times) - np.diff(self.pauses.seconds_before(times))
        return unpaused


def duration(
    recording: Recording,
    begin: float,
    elapsed_s: float,
    timer_s: float | None,
    *,
    limit: float,
    is_first: bool,
    may_grow: bool,
) -> Duration:
    """Return when a session was, from what its device tells and what was recorded.

    Args:
        begin: Start as it is told, seconds since the FIT epoch.
        elapsed_s: Elapsed time as it is told, or found otherwise, 0 or more.
        timer_s: Timer time as it is told; None where it is not told, or not believed.
        limit: Start of the next session, infinity without one.
        is_first: Whether no session of the activity is earlier: then records before its start belong to it.
        may_grow: Whether records after its end belong to it. In a damaged file they may be of a session that is lost.
    """
    begin = recording.first_reached(begin) if is_first else begin
    if timer_s is not None and timer_s > elapsed_s:
        elapsed_s, timer_s = _in_order(recording, begin, elapsed_s, timer_s)
    end = begin + elapsed_s
    last = recording.last_reached(end, limit) if may_grow else end
    if last - end > max(RAISED_FROM_S, RAISED_FROM_SHARE * elapsed_s):
        if timer_s is not None:
            timer_s += last - end - recording.pauses.seconds(end, last)
        end, elapsed_s = last, last - begin
    if timer_s is None:
        timer_s = elapsed_s - recording.pauses.seconds(begin, end) - recording.holes_s(begin, end, LONG_HOLE_S)
    return Duration(begin, end, elapsed_s, min(max(0.0, timer_s), elapsed_s))


def _in_order(recording: Recording, begin: float, elapsed_s: float, timer_s: float) -> tuple[float, float]:
    """Return elapsed and timer time of a session whose timer time is told to be the longer one."""
    more_s = timer_s - elapsed_s
    end = begin + timer_s
    interrupted_s = recording.pauses.seconds(begin, end) + recording.holes_s(begin, end, HOLE_S)
    if abs(interrupted_s - more_s) <= EXPLAINED_WITHIN * more_s:
        return timer_s, elapsed_s
    return timer_s, timer_s
