"""What does a key need to know?"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from hersteld.parsers.line import Value
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Advice, Assessment, Key, Load, Verdict
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.numbers import Reason
from hersteld.recovery.rules import Rules


@dataclass(frozen=True, slots=True)
class Situation:
    """One workout, assessed, and the athlete it happened to.

    Attributes:
        zone: The athlete's time zone, for evenings and dates.
        weighed_loss_kg: Mass lost during the workout (negative: gained), where the athlete weighed; else None.
        drunk_ml: What the athlete says to have drunk on the way; None when nobody said.
        next_session_at: Start of the next planned workout, aware UTC; None when there is no plan.
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

    @property
    def end(self) -> datetime:
        """The last instant of the workout."""
        return self.workout.ended_at

    @property
    def hours(self) -> float:
        """Timer time in hours."""
        return self.workout.timer_s / 3600

    def after(self, hours: float) -> datetime:
        """The moment so many hours after the end."""
        return self.end + timedelta(hours=hours)

    def at_hour(self, hour: float) -> datetime:
        """The moment of this local hour (24 is midnight) on the day the workout ended."""
        day = self.end.astimezone(self.zone).date() + timedelta(days=int(hour // 24))
        clock = time(int(hour % 24), int(hour % 1 * 60))
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(self.end.tzinfo)


@dataclass(frozen=True, slots=True)
class KeyResult:
    """What one key says: advice, and for each of its rules whether it applied."""

    advice: tuple[Advice, ...]
    verdicts: tuple[Verdict, ...]

    def __add__(self, other: "KeyResult") -> "KeyResult":
        """Both, in order."""
        return KeyResult(self.advice + other.advice, self.verdicts + other.verdicts)


def silent(key: Key, rule: str, why_not: str, *reasons: Reason) -> KeyResult:
    """Return the result of a rule that does not apply."""
    return KeyResult((), (Verdict(key, rule, fired=False, why_not=why_not, reasons=reasons),))


def fired(key: Key, rule: str, *advice: Advice) -> KeyResult:
    """Return the result of a rule that applies, with its advice."""
    reasons = dict.fromkeys(reason for one in advice for reason in one.reasons)
    return KeyResult(advice, (Verdict(key, rule, fired=True, reasons=tuple(reasons)),))


def lasting(
    id: str,  # noqa: A002  (the field's name)
    key: Key,
    due_at: datetime,
    expires_at: datetime,
    *reasons: Reason,
    **values: Value,
) -> Advice:
    """Return an advice; values by keyword."""
    return Advice(id, key, due_at, expires_at, values, reasons)
