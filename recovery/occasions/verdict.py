"""May the athlete train now, by what the last workout leaves of readiness?

`hersteld status` and the morning word both say what is decided here, so that they never contradict each other.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from hersteld.recovery.athlete.caution import may_train_hard
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.messages.readiness import announced_readiness
from hersteld.recovery.rules import Rules

VerdictName = Literal[
    "unknown",
    "ready",
    "easy",
    "rest",
    "rest_day",
    "beginner",
    "beginner_easy",
    "beginner_now",
    "careful",
    "careful_now",
    "long_run",
    "easy_week",
    "muscles",
    "muscles_now",
]


@dataclass(frozen=True, slots=True)
class LeftToRest:
    """What the last workout leaves of readiness; moments are aware UTC.

    Attributes:
        easy_from, ready_at: When easy and hard training are fine; None where nobody knows.
        ready_other_at: Hard training of muscles that no weights keep resting.
        easy_week_until: Until when a week is kept easy after a very long run.
        resting_muscles: What weights keep resting.
        rest_day_until: The day on which a beginner trains again; None where no rest day is named.
    """

    easy_from: datetime | None
    ready_at: datetime | None
    ready_other_at: datetime | None = None
    easy_week_until: datetime | None = None
    resting_muscles: tuple[str, ...] = ()
    rest_day_until: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to train at a moment.

    Attributes:
        name: "rest_day" is a rest with one moment for any training, "beginner" one with a day and no hour.
        easy_from, ready_at, ready_other_at: As messages say them, aware UTC; None where nobody knows. Hard training is
            for after a week that is kept easy.
        day: The day on which a beginner trains again.
    """

    name: VerdictName
    easy_from: datetime | None = None
    ready_at: datetime | None = None
    ready_other_at: datetime | None = None
    day: date | None = None


def verdict(
    left: LeftToRest, at: datetime, rules: Rules, zone: tzinfo, conditions: Collection[Condition], *, adult: bool
) -> Verdict:
    """Return whether to train at a moment.

    Args:
        at: Aware.
        zone: The athlete's time zone.
        conditions, adult: Of the athlete; with some of them nothing is said of hard training.
    """
    if left.ready_at is None or left.easy_from is None:
        return Verdict("unknown")
    ready_at = announced_readiness(left.ready_at, zone, rules)
    easy_from = announced_readiness(left.easy_from, zone, rules)
    all_over_at = announced_readiness(max(left.easy_week_until or left.ready_at, left.ready_at), zone, rules)
    other_at = None if left.ready_other_at is None else announced_readiness(left.ready_other_at, zone, rules)

    def named(name: VerdictName, day: date | None = None) -> Verdict:
        return Verdict(name, easy_from, all_over_at, other_at, day)

    if left.easy_week_until is not None and left.easy_week_until > max(at, left.ready_at):
        return named("easy_week" if at >= easy_from else "long_run")
    if not may_train_hard(conditions, adult=adult):
        return named("careful_now" if at >= easy_from else "careful")
    if at >= ready_at:
        return named("ready")
    if left.rest_day_until is not None:
        return named(_rest_day(left.rest_day_until, ready_at, at, zone), left.rest_day_until)
    worth_telling = timedelta(hours=float(rules.rest.muscles_from_h))
    if left.resting_muscles and other_at is not None and ready_at - max(at, other_at) >= worth_telling:
        return named("muscles_now" if at >= other_at else "muscles")
    if at >= easy_from:
        return named("easy")
    return named("rest_day" if easy_from == ready_at else "rest")


def _rest_day(until: date, ready_at: datetime, at: datetime, zone: tzinfo) -> VerdictName:
    """Return what holds for a beginner, as the message says it: the day, and no hour.

    Args:
        until: The day on which training is fine, easy training at least.
        ready_at: As messages say it, still to come.
    """
    only_easily = ready_at.astimezone(zone).date() > until
    if at.astimezone(zone).date() >= until:
        return "careful_now" if only_easily else "beginner_now"
    return "beginner_easy" if only_easily else "beginner"
