"""When does the athlete not train, because they say so?

A pause begins when it is said. It ends with its last day, when the athlete says that it is over, or with the first
workout that asks for rest, whichever comes first.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Answer, Kind, answers_of_kind
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.line import Line
from hersteld.recovery.answers.illness import Illness
from hersteld.recovery.messages.draft import MessageKind

OVER = "over"
"""The word of an answer that ends the pause before it."""
_NOT_IN_A_PAUSE = frozenset({MessageKind.READY, MessageKind.MORNING, MessageKind.SILENCE, MessageKind.BEFORE})
"""What is of no use to somebody who is ill, injured or away."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of time without training.

    Attributes:
        why: "ill", "injured" or "away".
        since: When it was said, aware UTC.
        until: When it ends, aware UTC; None while nobody has said that, and nothing has ended it.
    """

    why: str
    since: datetime
    until: datetime | None

    def last_day(self, zone: tzinfo) -> date | None:
        """Return its last local date; None while nobody knows it."""
        return None if self.until is None else (self.until - timedelta(microseconds=1)).astimezone(zone).date()

    def holds_at(self, moment: datetime) -> bool:
        """Return whether a moment lies within it."""
        return self.since <= moment and (self.until is None or moment < self.until)

    def line(self, zone: tzinfo) -> Line:
        """Return that the athlete does not train, and until when.

        Args:
            zone: The athlete's time zone.
        """
        if self.until is None:
            return Line("answers.paused", {"why": self.why, "since": self.since})
        return Line("answers.paused_until", {"why": self.why, "day": self.last_day(zone)})


def pauses(store: Store) -> tuple[Pause, ...]:
    """Return all pauses, the last one last."""
    answers = answers_of_kind(store, Kind.PAUSE)
    following = [*(one.at for one in answers[1:]), None][: len(answers)]
    return tuple(
        Pause(str(one.values["why"]), one.at, _end(store, one, next_at))
        for one, next_at in zip(answers, following, strict=True)
        if one.values["why"] != OVER
    )


def pause_at(store: Store, moment: datetime) -> Pause | None:
    """Return the pause that a moment lies in; None where it lies in none."""
    return next((one for one in pauses(store) if one.holds_at(moment)), None)


def is_paused(store: Store, kind: MessageKind, moment: datetime) -> bool:
    """Return whether a message of this kind is of no use at a moment, as the athlete does not train."""
    return kind in _NOT_IN_A_PAUSE and pause_at(store, moment) is not None


def last_pause(store: Store, before: datetime) -> Pause | None:
    """Return the last pause that was over at a moment; None where there was none.

    Args:
        before: Aware UTC.
    """
    over = [one for one in pauses(store) if one.until is not None and one.until <= before]
    return over[-1] if over else None


def illness_before(store: Store, workout_at: datetime) -> Illness | None:
    """Return the last illness before a workout, which that workout ends at the latest; None where there was none.

    Args:
        workout_at: When the workout began, aware UTC.
    """
    ill = [one for one in pauses(store) if one.why == "ill" and one.since < workout_at]
    return Illness(ill[-1].since, min(ill[-1].until or workout_at, workout_at)) if ill else None


def _end(store: Store, pause: Answer, next_at: datetime | None) -> datetime | None:
    """Return when a pause ended or ends; None where it is open.

    Args:
        next_at: When the athlete said something else.
    """
    said = from_iso(str(pause.values["until"])) if "until" in pause.values else None
    rows = store.rows(
        "SELECT MIN(started_at) AS at FROM workouts WHERE has_clock AND NOT gentle AND started_at > ?", [iso(pause.at)]
    )
    trained = from_iso(rows[0]["at"]) if rows[0]["at"] else None
    return min((end for end in (said, next_at, trained) if end is not None), default=None)
