"""When did the timer stand still?

The watch writes a timer event at each press of its button, and at each automatic pause. A pause is a stop with a
later start; the last stop is the end of the workout.
"""

from math import isnan
from operator import itemgetter

from hersteld.parsers.decoder import DecodedFile
from hersteld.parsers.profile import EVENT, TIMESTAMP

TIMER = 0
START = 0
STOPS = (1, 4, 8, 9)
"""stop, stop_all, stop_disable, stop_disable_all."""

Stretch = tuple[float, float]
"""Begin and end, in seconds since the FIT epoch."""


def read_pauses(file: DecodedFile) -> tuple[Stretch, ...]:
    """Return the pauses in order, non-overlapping, in seconds since the FIT epoch."""
    events = file.of(EVENT)
    rows = zip(*(events.column(number).tolist() for number in (TIMESTAMP, 0, 1)), strict=True)
    told = [
        (time, kind) for time, event, kind in rows if event == TIMER and kind in (START, *STOPS) and not isnan(time)
    ]
    pauses: list[Stretch] = []
    stopped: float | None = None
    for time, kind in sorted(told, key=itemgetter(0)):
        if kind != START:
            stopped = time if stopped is None else stopped
        elif stopped is not None:
            if time > stopped:
                pauses.append((stopped, time))
            stopped = None
    return tuple(pauses)


def clip(pauses: tuple[Stretch, ...], begin: float, end: float) -> tuple[Stretch, ...]:
    """Return the parts of the pauses that lie between two times."""
    cut = ((max(start, begin), min(stop, end)) for start, stop in pauses)
    return tuple((start, stop) for start, stop in cut if stop > start)


def paused_s(pauses: tuple[Stretch, ...], begin: float, end: float) -> float:
    """Return for how long the timer stood still between two times."""
    return sum(stop - start for start, stop in clip(pauses, begin, end))
