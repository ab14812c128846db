"""What does a calendar show of the athlete's own recovery?

It shows what `hersteld status` says and the messages have said, and nothing beside it: the days of rest, and from when
easy and hard training are fine. Where a day alone is told, or easy training alone, it knows no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from hersteld.recovery.occasions.verdict import Verdict

Slot = Literal["rest_day", "easy", "hard", "others"]
Kind = Literal["rest_day", "easy", "easy_week", "hard", "train", "begin", "muscles", "others"]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RecoveryEvent:
    """One event of the calendar.

    Attributes:
        kind: What it says.
        slot: What it stands for, so that an event which is moved or worded anew stays the same one.
        starts: Aware UTC, or a local date where it is meant for the whole day.
    """

    kind: Kind
    slot: Slot
    starts: datetime | date


def recovery_events(told: Verdict, ended_at: datetime, zone: tzinfo) -> tuple[RecoveryEvent, ...]:
    """Return the events for what is told of a recovery, in order of time.

    Args:
        told: What holds right after the workout, when all is still to come.
        ended_at: When the workout ended that asked for the rest, aware UTC.
        zone: The athlete's time zone.
    """
    ended_on = ended_at.astimezone(zone).date()
    if told.day is not None and told.name in ("beginner", "beginner_easy"):
        days = [*_days_between(ended_on, told.day)]
        last = RecoveryEvent("train" if told.name == "beginner" else "begin", "easy", told.day)
        return (*(RecoveryEvent("rest_day", "rest_day", day) for day in days), last)
    if told.easy_from is None or told.ready_at is None or told.name in ("ready", "unknown"):
        return ()
    moments = [*_moments(told, told.easy_from, told.ready_at)]
    first_on = min(moment for moment, _, _ in moments).astimezone(zone).date()
    rest = [RecoveryEvent("rest_day", "rest_day", day) for day in _days_between(ended_on, first_on)]
    return (*rest, *(RecoveryEvent(kind, slot, moment) for moment, kind, slot in sorted(moments)))


def _moments(told: Verdict, easy_from: datetime, ready_at: datetime) -> Iterator[tuple[datetime, Kind, Slot]]:
    """Yield what becomes true at which moment; what is said of it in a sentence is all that there is."""
    match told.name:
        case "rest_day":
            yield easy_from, "train", "easy"
        case "careful" | "careful_now":
            yield easy_from, "easy", "easy"
        case "long_run" | "easy_week":
            yield easy_from, "easy_week", "easy"
        case "muscles" | "muscles_now":
            if told.ready_other_at is not None:
                yield told.ready_other_at, "others", "others"
            yield ready_at, "muscles", "hard"
        case _:
            yield easy_from, "easy", "easy"
            yield ready_at, "hard", "hard"


def _days_between(after: date, before: date) -> Iterator[date]:
    """Yield the whole days between two others."""
    for number in range(1, (before - after).days):
        yield after + number * _ONE_DAY
