"""What comes out of the rules: the load, the assessment, and advice with a time and reasons.

These are the values that cross from `recovery` to the daemon. Texts are named here, not written: a `Line` is a text id
with the values it needs; `hersteld.config.texts.catalogue` turns it into a sentence of the user's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from hersteld.parsers.line import Line, Value
from hersteld.recovery.numbers import Reason

Intensity = Literal["very_light", "light", "moderate", "vigorous", "near_maximal"]
Rung = Literal["power", "heart_rate", "zone_times", "rpe", "duration"]
Grade = Literal["A", "B", "C", "D"]
Key = Literal["rest", "stretching", "hydration", "glycogen", "avoid", "omega3", "cooldown", "red_flags"]


@dataclass(frozen=True, slots=True)
class Load:
    """Training load on one scale for all sports: one hour exactly at threshold = 100.

    Attributes:
        value: The load, 0 or more.
        rung: Which method gave it (of several sessions: that of the largest share).
        grade: How far to trust it, A (power) to D (duration only).
        trimp: Banister's TRIMP, where there was a heart rate series.
        session_rpe: Foster's rating x minutes, where there was a rating.
        reasons: Every number that went in.
    """

    value: float
    rung: Rung
    grade: Grade
    trimp: float | None = None
    session_rpe: float | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """How hard was it, and until when?

    Attributes:
        seconds_by_intensity: Seconds of timer time in each intensity; empty when there is no heart rate.
        seconds_at_threshold: At or above threshold heart rate or 95 % of FTP.
        recovery_h: Hours until the next hard session, 0..96.
        easy_from, ready_at: Aware UTC; None when the device had no clock.
        next_training_on: Beginners: the local date from which training of any kind is fine; else None.
        ctl, atl, tsb: Fitness, fatigue and form after this workout; None without history.
        remaining_h: Hours that were still left of earlier recovery when this workout started.
        warnings: Text ids: "too_soon", "consecutive_days", "no_clock", "salvaged", ...
    """

    intensity: Intensity
    hard: bool
    light: bool
    seconds_by_intensity: Mapping[Intensity, float]
    seconds_at_threshold: float
    recovery_h: float
    easy_from: datetime | None
    ready_at: datetime | None
    next_training_on: date | None = None
    ctl: float | None = None
    atl: float | None = None
    tsb: float | None = None
    remaining_h: float = 0.0
    hr_peak_30s_bpm: float | None = None
    warnings: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule applied, and on what grounds; what `hersteld explain` shows.

    Attributes:
        rule: Id of the rule, "cold_bath"; its text says what the rule is and how well it is founded.
        fired: Whether it led to advice.
        why_not: Id of the ground on which it did not, "not_hard"; "" when it fired.
        reasons: The numbers that decided.
    """

    key: Key
    rule: str
    fired: bool
    why_not: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do, when, and why.

    Attributes:
        id: Id of the text that says it; unique within one plan together with `due_at`.
        due_at, expires_at: Aware UTC. After `expires_at` it is never sent.
    """

    id: str
    key: Key
    due_at: datetime
    expires_at: datetime
    values: Mapping[str, Value] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()

    @property
    def line(self) -> Line:
        """The sentence of this advice."""
        return Line(self.id, self.values)


@dataclass(frozen=True, slots=True)
class Recovery:
    """Everything the rules say about one workout."""

    load: Load
    assessment: Assessment
    plan: tuple[Advice, ...]
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a message says of readiness, as it says it; None for what it leaves open.

    Attributes:
        easy_from, ready_at: Aware UTC.
    """

    easy_from: datetime | None = None
    ready_at: datetime | None = None


class MessageKind(StrEnum):
    """What a message is about; the values are stored, so they never change."""

    FIRST = "first"
    """What to do after a workout, also as one of the drafts that stand in for it when it is delivered late."""
    EVENING = "evening"
    """What to avoid in the evening of a hard workout."""
    READY = "ready"
    """The athlete has recovered."""
    PORTION = "portion"
    """A portion to drink now, in coach style."""
    STRETCHED = "stretched"
    """The stretching is done, in coach style."""
    MEAL = "meal"
    """It is time to eat, in coach style."""
    DIGEST = "digest"
    """Many workouts were read at once."""
    CORRECTION = "correction"
    """Another readiness holds than the athlete was told."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has a language: what is sent, when, and until when it makes sense.

    Attributes:
        rule: "first", "first_later_2", "evening", "portion_2", ...: unique within one workout, so part of the outbox
            key. It is a key only; what the message is about is its `kind`.
        kind: What the message is about.
        title: Fits a lock screen.
        lines: In the order of doing. When the text gets too long, `optional` ones are left out.
        optional: Indexes into `lines` that may be dropped to keep within 600 characters, least important first.
        unless_sent: Rules of the same workout of which any delivery makes this message needless: it says what is still
            worth saying when the earlier one could not be delivered in time.
        told: What it says of readiness, None where that is not its matter.
    """

    rule: str
    kind: MessageKind
    due_at: datetime
    expires_at: datetime
    title: Line
    lines: tuple[Line, ...]
    optional: tuple[int, ...] = ()
    unless_sent: tuple[str, ...] = ()
    told: Told | None = None
