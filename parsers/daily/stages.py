"""From when to when did the wearer sleep, and how deeply?

A watch writes the level of sleep whenever it changes, or every minute. Where it also writes when the sleep began, as an
event, a level is that of the time up to it; else it is that of the time from it on, up to the next. A watch writes all
its nights alike, so the first sleep of a file that shows how it does decides for all of them.

Source: Gadgetbridge, which shows the sleep of Garmin watches, reads the former so; the latter is [H].
"""

import math
from bisect import bisect_left, bisect_right

from hersteld.parsers.columns.decoder import DecodedFile
from hersteld.parsers.daily.readings import Level, Stage
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields

EVENT_OF_SLEEP = 74
"""An event that is in no profile: the wearer fell asleep (start), or woke up (stop)."""
START, STOP = 0, 1
LEVELS: tuple[Level, ...] = ("unmeasurable", "awake", "light", "deep", "rem")
LONGEST_S = 12 * 3600
"""What lasts longer than this is no stage, but the time between two nights [H]."""


def read_stages(file: DecodedFile) -> tuple[Stage, ...]:
    """Return the stages of the nights in a file, oldest first; none begins before the one before it ends."""
    written = _levels(file)
    levels = [(time, LEVELS[int(value)]) for time, value in written.items() if _has_name(value)]
    starts, stops = _events(file, START), _events(file, STOP)
    if _are_of_the_time_before(list(written), starts, stops):
        return _stages_up_to(levels, starts, stops)
    begins = [time for time, _ in levels]
    # Whoever woke up is not asleep until the next level, which may be that of a nap.
    following = [*begins[1:], math.inf]
    ends = [min(then, _next(stops, begin)) for begin, then in zip(begins, following, strict=False)]
    return tuple(
        Stage(to_datetime(begin), to_datetime(end), level)
        for (begin, level), end in zip(levels, ends, strict=True)
        if end - begin <= LONGEST_S
    )


def _are_of_the_time_before(times: list[float], starts: list[float], stops: list[float]) -> bool:
    """Return whether the first sleep that begins with an event and has a level has none at its begin, only later.

    Args:
        times: Of all levels, also of those without a name, oldest first.
        starts, stops: Oldest first.
    """
    for start in starts:
        first = _next(times, start, at_once=True)
        if first < _next(starts, start) and first <= min(_next(stops, start), start + LONGEST_S):
            return first > start
    return False


def _stages_up_to(levels: list[tuple[float, Level]], starts: list[float], stops: list[float]) -> tuple[Stage, ...]:
    """Return the stages of levels that are those of the time before them.

    When a sleep began whose begin is in no event is not known: after waking, and at the begin of a file.
    """
    stages: list[Stage] = []
    for before, (time, level) in zip([-math.inf, *(time for time, _ in levels)], levels, strict=False):
        place = bisect_left(starts, time)
        start = starts[place - 1] if place else -math.inf
        begin = max(before, start)
        woke = _next(stops, begin, at_once=begin > start)
        if woke >= time and time - begin <= LONGEST_S:
            stages.append(Stage(to_datetime(begin), to_datetime(time), level))
    return tuple(stages)


def _next(times: list[float], after: float, *, at_once: bool = False) -> float:
    """Return the first of some times, oldest first, that is later than a moment, or no earlier; else infinity."""
    place = (bisect_left if at_once else bisect_right)(times, after)
    return times[place] if place < len(times) else math.inf


def _levels(file: DecodedFile) -> dict[float, float]:
    """Return the levels that have a time, oldest first, one for each time."""
    messages = file.of(fields.SLEEP_LEVEL)
    times, values = messages.column(fields.TIMESTAMP), messages.column(fields.SLEEP_LEVEL_SLEEP_LEVEL)
    found: dict[float, float] = {}
    for time, value in zip(times.tolist(), values.tolist(), strict=True):
        if not math.isnan(time) and (_has_name(value) or time not in found):
            found[time] = value
    return dict(sorted(found.items()))


def _has_name(value: float) -> bool:
    return 0 <= value < len(LEVELS)


def _events(file: DecodedFile, kind: int) -> list[float]:
    """Return when the wearer fell asleep, or woke up, oldest first."""
    messages = file.of(fields.EVENT)
    are_sleep = messages.column(fields.EVENT_EVENT) == EVENT_OF_SLEEP
    are_kind = messages.column(fields.EVENT_EVENT_TYPE) == kind
    times = messages.column(fields.TIMESTAMP)
    return sorted(time for time in times[are_sleep & are_kind].tolist() if not math.isnan(time))
