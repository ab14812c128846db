"""What comes out of the rules: the load, the assessment, and advice with a time and reasons.

These values cross from `recovery` to the daemon. They name texts and never write them: a `Line` is the id of a text
with the values that it needs, and `hersteld.config.texts.catalogue` turns it into a sentence of the user's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from hersteld.parsers.line import Line, Value
from hersteld.recovery.nights.verdict import NightVerdict
from hersteld.recovery.numbers import Reason

if TYPE_CHECKING:  # imports numpy, for which `hersteld status` must not wait
    from hersteld.recovery.athlete.physiology import Physiology

Intensity = Literal["very_light", "light", "moderate", "vigorous", "near_maximal"]
Rung = Literal["power", "heart_rate", "zone_times", "rpe", "duration"]
Grade = Literal["A", "B", "C", "D"]
Clock = Literal["intensity", "volume", "impact", "near_maximal", "strength"]
"""What the hours of rest are counted by: how hard, how much, the pounding, the minutes near maximum, the weights."""
Key = Literal["rest", "stretching", "hydration", "glycogen", "glucose", "avoid", "omega3", "cooldown", "red_flags"]

READY_IDS = frozenset(
    {"ready", "ready_careful", "ready_minor", "ready_beginner", "ready_beginner_easy", "ready_long_run"}
)
"""The advice at the moment of readiness. All other advice of the key "rest" says until when to rest."""
AVOID_TONIGHT_IDS = frozenset({"avoid_tonight"})
"""The advice about the evening of the workout."""
AVOID_ALCOHOL_IDS = AVOID_TONIGHT_IDS | {"avoid_until"}
"""The advice of the key "avoid" that is about alcohol."""
CHECK_GLUCOSE_IDS = frozenset({"check_glucose", "check_glucose_night"})
"""The texts for somebody with diabetes whose glucose may have fallen unnoticed."""

SAID_ONCE_IDS = frozenset({"max_hr_unknown", "max_hr_own_peak", "age_unknown"})
"""What is assumed of the athlete: true of every such workout, and news to the reader once."""
RED_FLAG_IDS = frozenset(
    {"red_flags_heart_rate", "red_flags_heat", "red_flags_cold", "red_flags_loss", "red_flags_long"}
)
"""The texts that name the signs that need a doctor."""


def is_danger(text_id: str) -> bool:
    """Return whether a text warns of a danger, so that no limit, silence or shortening may lose it."""
    return text_id in RED_FLAG_IDS or text_id in CHECK_GLUCOSE_IDS


@dataclass(frozen=True, slots=True)
class SessionLoad:
    """The load of one session, and where it comes from.

    Attributes:
        value: The load, 0 or more.
        rung: The method that gave it.
        from_average: Whether it rests on one average heart rate, not on the time in each zone.
        rejected: Better methods whose load is more than anybody can do in the time.
    """

    value: float
    rung: Rung
    from_average: bool = False
    rejected: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """Training load on one scale for all sports: one hour exactly at threshold is 100.

    Attributes:
        value: The load, 0 or more.
        rung: The method that gave the load; for several sessions, that of the session with the largest load.
        grade: How far the load can be trusted, from A (power) to D (duration only).
        trimp: Banister's training impulse; None without a heart rate.
        session_rpe: Foster's rating x minutes; None without a rating.
        reasons: Every number that the load was computed from.
        sessions: The loads of the workout's sessions, in the same order.
    """

    value: float
    rung: Rung
    grade: Grade
    trimp: float | None = None
    session_rpe: float | None = None
    reasons: tuple[Reason, ...] = ()
    sessions: tuple[SessionLoad, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """How hard a workout was, and until when the athlete recovers from it.

    Attributes:
        intensity: Intensity of the workout as a whole.
        hard: Whether the rules call the workout hard.
        gentle: Whether the workout is so gentle that readiness stands as it was.
        very_hard: Whether the rules call the workout very hard.
        very_long_run: Whether the running was so much that an easy week follows.
        clock_h: Hours of rest by the longest of the five clocks, before the athlete's level, age and past.
        decided_by: The clock that is the longest.
        ready_other_at: When to train muscles hard that this workout did not train with weights, aware UTC; the same as
            `ready_at` where no strength training makes a difference. None when the device had no clock.
        clocks: Hours of each clock, before the athlete's level, age and past.
        rested_at, rested_other_at: When the hours of this workout alone are over, for the muscles trained with weights
            and for all others, aware UTC; without a rest day, and without what earlier workouts ask for. None after a
            gentle workout, and when the device had no clock.
        loaded_muscles: The muscles that were trained with weights.
        resting_muscles: The muscles that weights keep resting until `ready_at`, when others are ready earlier.
        ready_before_at: The readiness that earlier workouts left, aware UTC; None where it was over at the end.
        easy_week_until: Until when a very long run leaves training easy, aware UTC; None where none does.
        seconds_by_intensity: Seconds of timer time in each intensity; empty without a heart rate.
        seconds_at_threshold: Seconds at or above the threshold heart rate, or a share of FTP.
        recovery_h: Hours from the end of the workout until the next hard session by the clocks, 0 to `rest.max_h`;
            without a beginner's rest day and without what a night says, which count in `ready_at`.
        easy_from, ready_at: When to train easily and when to train hard, aware UTC; None when the device had no clock.
        next_training_on: For a beginner, the local date from which easy training is fine; else None.
        ctl, atl, tsb: Fitness, fatigue and form after this workout, in load per day; None without history.
        remaining_h: Hours of earlier recovery that were still open when this workout started, or a day before its end
            if that is later; of the clocks only.
        hr_peak_30s_bpm: Highest mean heart rate over 30 s, in beats per minute; None without a heart rate.
        best_20min_w: Highest mean power over 20 min of a ride without a motor, in watts; None without one.
        counted_until: When training ended where the recording was not stopped, aware UTC; None where it was.
        sweat_ml_per_kcal, sweat_c: What the scales said of the sweat, without the factor of the heat, and at which
            temperature; None where they did not say enough.
        night: The night that moved `ready_at` or `ready_other_at`; None where the clocks alone decide.
        warnings: Ids of what the reader must know beside: "too_soon", "consecutive_days", "no_clock", "salvaged", ...
        reasons: Every number that the hours of recovery were computed from.
    """

    intensity: Intensity
    hard: bool
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
    gentle: bool = False
    very_hard: bool = False
    very_long_run: bool = False
    clock_h: float = 0.0
    decided_by: Clock = "volume"
    ready_other_at: datetime | None = None
    clocks: Mapping[Clock, float] = field(default_factory=dict)
    rested_at: datetime | None = None
    rested_other_at: datetime | None = None
    loaded_muscles: tuple[str, ...] = ()
    resting_muscles: tuple[str, ...] = ()
    ready_before_at: datetime | None = None
    easy_week_until: datetime | None = None
    best_20min_w: float | None = None
    counted_until: datetime | None = None
    night: NightVerdict | None = None
    sweat_ml_per_kcal: float | None = None
    sweat_c: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule applied, and on what grounds. `hersteld explain` shows verdicts.

    Attributes:
        key: The key of the article that the rule belongs to.
        rule: Id of the rule, "cold_bath". Its text says what the rule is and how well it is founded.
        fired: Whether the rule led to advice.
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
    """One thing to do, when to do it, and why.

    Attributes:
        id: Id of the text that says it; unique within one plan together with `due_at`.
        key: The key of the article that it comes from.
        due_at, expires_at: Aware UTC. The advice is never sent after `expires_at`.
        values: The values that the text needs.
        reasons: The numbers that led to it.
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

    @property
    def is_readiness(self) -> bool:
        """Whether this advice tells that the athlete is ready, at the moment of readiness."""
        return self.id in READY_IDS


@dataclass(frozen=True, slots=True)
class Recovery:
    """Everything that the rules say about one workout.

    Attributes:
        plan: The advice, in the order of doing.
        verdicts: What came of every rule.
        physiology: The athlete as the rules saw them for this workout; None where nobody kept that.
    """

    load: Load
    assessment: Assessment
    plan: tuple[Advice, ...]
    verdicts: tuple[Verdict, ...] = ()
    physiology: "Physiology | None" = None

    @property
    def rest_advice(self) -> Advice | None:
        """The advice until when to rest; None when the plan says nothing of rest."""
        return next((advice for advice in self.plan if advice.key == "rest" and not advice.is_readiness), None)

    @property
    def net_loss_ml(self) -> float | None:
        """The loss of fluid that the drinking goes by, rounded as it is told; None where it goes by none."""
        reasons = (reason for verdict in self.verdicts if verdict.key == "hydration" for reason in verdict.reasons)
        return next((float(reason.value) for reason in reasons if reason.name == "net_loss_ml"), None)

    @property
    def to_drink_ml(self) -> float:
        """How much the plan asks to drink in all; 0 where it names no volume."""
        volumes = [advice.values.get("total_ml") for advice in self.plan if advice.key == "hydration"]
        return max((float(volume) for volume in volumes if isinstance(volume, int | float)), default=0.0)

    @property
    def warns_of_danger(self) -> bool:
        """Whether some of the advice warns of a danger."""
        return any(is_danger(advice.id) for advice in self.plan)

    @property
    def ready_advice(self) -> Advice | None:
        """The advice at the moment of readiness; None when the plan asks for no message at that moment."""
        return next((advice for advice in self.plan if advice.is_readiness), None)
