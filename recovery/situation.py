"""What does a key need to know, and what does it give back?"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from hersteld.parsers.line import Value
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Advice, Assessment, Key, Load, Verdict
from hersteld.recovery.answers.illness import Illness
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.numbers import Reason
from hersteld.recovery.rules import Rules

_QUARTER_MIN = 15


@dataclass(frozen=True, slots=True)
class Situation:
    """One assessed workout, and the athlete who did it.

    Attributes:
        workout: Without what cannot be believed and what was not training.
        zone: The athlete's time zone, for evenings and local dates.
        weighed_loss_kg: Mass lost during the workout, negative when gained; None when nobody weighed.
        drunk_ml: Volume that the athlete drank during the workout, 0 or more; None when nobody said.
        next_session_at: Start of the next planned session, aware UTC; None when nothing is planned.
        illness: The last illness before the workout; None where none is known.
        recorded: The workout as its file gave it, for the signs of danger; None where that is `workout`.
        known_before: The athlete as known before this workout itself raised a number, for the signs of danger; None
            where that is `physiology`.
    """

    workout: Workout
    athlete: Athlete
    physiology: Physiology
    load: Load
    assessment: Assessment
    rules: Rules
    zone: tzinfo
    weighed_loss_kg: float | None = None
    drunk_ml: float | None = None
    next_session_at: datetime | None = None
    illness: Illness | None = None
    recorded: Workout | None = None
    known_before: Physiology | None = None

    @property
    def end(self) -> datetime:
        """The last instant of the workout, aware UTC."""
        return self.workout.ended_at

    @property
    def hours(self) -> float:
        """Timer time of the workout, in hours."""
        return self.workout.timer_s / 3600

    def after(self, hours: float) -> datetime:
        """Return the moment so many hours after the end of the workout, aware UTC."""
        return self.end + timedelta(hours=hours)

    def at_hour(self, hour: float) -> datetime:
        """Return the moment of a local hour on the day that the workout ended, aware UTC.

        Args:
            hour: Hours since local midnight, 0 or more; 24 is the midnight at the end of the day.
        """
        day = self.end.astimezone(self.zone).date() + timedelta(days=int(hour // 24))
        local_time = time(int(hour % 24), int(hour % 1 * 60))
        return datetime.combine(day, local_time, tzinfo=self.zone).astimezone(self.end.tzinfo)


def to_the_quarter(moment: datetime) -> datetime:
    """Return the quarter of an hour that is nearest to a moment: as people set an alarm."""
    past = timedelta(minutes=moment.minute % _QUARTER_MIN, seconds=moment.second, microseconds=moment.microsecond)
    quarter = timedelta(minutes=_QUARTER_MIN)
    return moment - past + (quarter if 2 * past >= quarter else timedelta(0))


@dataclass(frozen=True, slots=True)
class KeyResult:
    """What a key gives back: its advice, and for each of its rules whether it applied."""

    advice: tuple[Advice, ...]
    verdicts: tuple[Verdict, ...]

    def __add__(self, other: "KeyResult") -> "KeyResult":
        """Return both results as one, in order."""
        return KeyResult(self.advice + other.advice, self.verdicts + other.verdicts)


def silent(key: Key, rule: str, why_not: str, *reasons: Reason) -> KeyResult:
    """Return the result of a rule that does not apply.

    Args:
        rule: Id of the rule.
        why_not: Id of the ground on which it does not apply.
    """
    return KeyResult((), (Verdict(key, rule, fired=False, why_not=why_not, reasons=reasons),))


def fired(key: Key, rule: str, *advice: Advice) -> KeyResult:
    """Return the result of a rule that applies, with its advice and the reasons of that advice."""
    reasons = dict.fromkeys(reason for piece in advice for reason in piece.reasons)
    return KeyResult(advice, (Verdict(key, rule, fired=True, reasons=tuple(reasons)),))


def lasting(
    id: str,  # noqa: A002  (the field's name)
    key: Key,
    due_at: datetime,
    expires_at: datetime,
    *reasons: Reason,
    **values: Value,
) -> Advice:
    """Return an advice that lasts from a moment to a moment.

    Args:
        due_at, expires_at: Aware UTC.
        values: The values that its text needs.
    """
    return Advice(id, key, due_at, expires_at, values, reasons)
