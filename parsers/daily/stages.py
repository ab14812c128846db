"""From when to when did the wearer sleep, and how deeply?

A watch writes the level of sleep whenever it changes, or every minute. Where it also writes when the sleep began, as an
event, a level is that of the time up to it; else it is that of the time from it on, up to the next.

Source: Gadgetbridge, which shows the sleep of Garmin watches, reads the former so; the latter is [H].
"""

import math

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
    levels = _levels(file)
    if not levels:
        return ()
    starts, stops = _events(file, START), _events(file, STOP)
    first = levels[0][0]
    if any(start < first for start in starts):
        return _stages_up_to(levels, starts)
    begins = [time for time, _ in levels]
    # Whoever woke up is not asleep until the next level, which may be that of a nap.
    woke_up = [next((stop for stop in stops if stop > begin), math.inf) for begin in begins]
    ends = [min(following, stop) for following, stop in zip([*begins[1:], math.inf], woke_up, strict=True)]
    return tuple(
        Stage(to_datetime(begin), to_datetime(end), level)
        for (begin, level), end in zip(levels, ends, strict=True)
        if end - begin <= LONGEST_S
    )


def _stages_up_to(levels: list[tuple[float, Level]], starts: list[float]) -> tuple[Stage, ...]:
    """Return the stages of levels that are those of the time before them."""
    stages: list[Stage] = []
    before: float | None = None
    waiting = iter(starts)
    start = next(waiting, None)
    for time, level in levels:
        while start is not None and start < time:
            before = start if before is None else max(before, start)
            start = next(waiting, None)
        if before is not None and 0 < time - before <= LONGEST_S:
            stages.append(Stage(to_datetime(before), to_datetime(time), level))
        before = time
    return tuple(stages)


def _levels(file: DecodedFile) -> list[tuple[float, Level]]:
    """Return the levels that have a time, oldest first, one for each time."""
    messages = file.of(fields.SLEEP_LEVEL)
    found: dict[float, Level] = {}
    times, values = messages.column(fields.TIMESTAMP), messages.column(fields.SLEEP_LEVEL_SLEEP_LEVEL)
    for time, value in zip(times.tolist(), values.tolist(), strict=True):
        if not math.isnan(time) and 0 <= value < len(LEVELS):
            found[time] = LEVELS[int(value)]
    return sorted(found.items())


def _events(file: DecodedFile, kind: int) -> list[float]:
    """Return when the wearer fell asleep, or woke up, oldest first."""
    messages = file.of(fields.EVENT)
    are_sleep = messages.column(fields.EVENT_EVENT) == EVENT_OF_SLEEP
    are_kind = messages.column(fields.EVENT_EVENT_TYPE) == kind
    times = messages.column(fields.TIMESTAMP)
    return sorted(time for time in times[are_sleep & are_kind].tolist() if not math.isnan(time))
