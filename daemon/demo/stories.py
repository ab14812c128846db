"""Which weeks does the demo play?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from hersteld.daemon.demo.curves import Block, on_foot, steady
from hersteld.daemon.demo.nights import USUAL_RESTING_BPM, USUAL_RMSSD_MS, DemoNight, nights_file
from hersteld.daemon.demo.week import DemoFile, demo_nights, demo_race, demo_week, demo_workout

_SYNC_TIME = timedelta(minutes=3)
"""From the end of a workout or a night to the file in the folder."""
_HARD_DAYS = 7
_FORTNIGHT = 14
_REPEATS = (6, 5, 6, 5, 6, 8, 5)
"""How often four minutes are run hard on each of the hard days."""
_EASY_RUNS = ((9, 30), (11, 40), (13, 50))
"""Days of the second week with an easy run, and its minutes."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that comes at a time.

    Attributes:
        at: Aware UTC.
        kind: What it is.
        name: Of the file.
        content: Of the file.
    """

    at: datetime
    kind: Literal["workout", "night", "calendar"]
    name: str
    content: bytes


def week(monday: date, zone: tzinfo) -> tuple[Coming, ...]:
    """Return a week of training with its nights, and a race that stands in the calendar."""
    planned_at, calendar = demo_race(monday, zone)
    race = Coming(planned_at, "calendar", "training.ics", calendar.encode())
    return _in_order(*_workouts(demo_week(monday, zone)), *_nights(demo_nights(monday), zone), race)


def overreached(monday: date, zone: tzinfo) -> tuple[Coming, ...]:
    """Return a week with a hard run on each day, then one with three easy ones; the nights get worse, then better."""

    def run(name: str, day: int, blocks: Sequence[Block], kcal: float) -> DemoFile:
        started_at = datetime.combine(monday + timedelta(days=day), time(11), tzinfo=zone)
        return demo_workout(name, started_at, "running", "generic", on_foot(blocks, 85, (12, 15)), kcal=kcal)

    runs = [run("hard-run", day, _hard_run(repeats), 270 + 70 * repeats) for day, repeats in enumerate(_REPEATS)]
    runs += [run("easy-run", day, (steady(minutes, 130, 2.6),), 10 * minutes) for day, minutes in _EASY_RUNS]
    nights = []
    for day in range(_FORTNIGHT):
        tired = max(0, min(day, 2 * _HARD_DAYS - day))
        rmssd_ms, resting_bpm = (1.02 - 0.03 * tired) * USUAL_RMSSD_MS, USUAL_RESTING_BPM + tired // 2
        nights.append(DemoNight(monday + timedelta(days=day), rmssd_ms, resting_bpm, 7.8 - 0.1 * tired))
    return _in_order(*_workouts(runs), *_nights(nights, zone))


def _hard_run(repeats: int) -> tuple[Block, ...]:
    """Return a run in which four minutes are run hard so many times."""
    hard = (steady(4, 170, 3.9), steady(2, 132, 2.4)) * repeats
    return (steady(15, 126, 2.5), *hard, steady(10, 122, 2.3))


def _workouts(files: Iterable[DemoFile]) -> Iterator[Coming]:
    for file in files:
        yield Coming(file.ended_at + _SYNC_TIME, "workout", file.name, file.content)


def _nights(nights: Iterable[DemoNight], zone: tzinfo) -> Iterator[Coming]:
    for night in nights:
        content = nights_file([night], zone)
        yield Coming(night.woke_at(zone) + _SYNC_TIME, "night", f"{night.day}-night.fit", content)


def _in_order(*coming: Coming) -> tuple[Coming, ...]:
    return tuple(sorted(coming, key=lambda one: one.at))
