"""Who needs more rest, and who less, than a clock says: the athlete's level, age, and a busy week."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hersteld.parsers.workout import Column
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.trends import trend
from hersteld.recovery.numbers import Number, Reason, Source, because, given
from hersteld.recovery.rules import RestRules


@dataclass(frozen=True, slots=True)
class Factors:
    """What lengthens or shortens the hours of a clock.

    Attributes:
        product: The factor of all of them together, above 0.
        reasons: The numbers that it was made of.
    """

    product: float
    reasons: tuple[Reason, ...]


def factors(
    athlete: Athlete,
    physiology: Physiology,
    history: History,
    loads_until_yesterday: Column,
    ended_at: datetime,
    rules: RestRules,
) -> Factors:
    """Return what the athlete and the last weeks make of the hours.

    Args:
        physiology: Holds the age, which is configured or, where the configuration is silent, that of the file.
        loads_until_yesterday: Load of each local day before the workout, shape (days,).
        ended_at: End of the workout, aware UTC.

    Source: the article for who needs more rest and who needs less; the factors are ours.
    """
    level = level_factor(athlete, rules)
    product, reasons = float(level), [because(level)]
    age = physiology.age
    if age is not None and age > rules.age_from:
        product *= age_factor(age, rules)
        source = Source.FILE if athlete.birth_year is None else Source.CONFIGURATION
        reasons += [given("age", age, "year", source), because(rules.age_from)]
        reasons += [because(rules.age_per_year), because(rules.age_max)]
    busy = _busy_week(history, loads_until_yesterday, ended_at, rules)
    if busy is not None:
        product *= busy
        reasons.append(given("busy_week", round(busy, 2), "1", Source.BUSY_WEEK))
    return Factors(product, tuple(reasons))


def level_factor(athlete: Athlete, rules: RestRules) -> Number:
    """Return the factor by which the athlete's experience changes the hours of rest."""
    return {
        "beginner": rules.level_beginner,
        "recreational": rules.level_recreational,
        "trained": rules.level_trained,
        "elite": rules.level_elite,
    }[athlete.experience]


def age_factor(age: float, rules: RestRules) -> float:
    """Return the factor by which age lengthens the hours of rest, 1 to `rest.age_max`.

    Args:
        age: Years.
    """
    return min(max(1 + rules.age_per_year * (age - rules.age_from), 1.0), float(rules.age_max))


def _busy_week(history: History, loads: Column, ended_at: datetime, rules: RestRules) -> float | None:
    """Return fatigue against fitness, 1 to `rest.busy_week_max`; None where the past says too little."""
    since = ended_at - timedelta(days=float(rules.history_days))
    recent = sum(past.ended_at >= since for past in history.workouts)
    if len(loads) < rules.history_days or recent < rules.busy_week_workouts:
        return None
    yesterday = trend(loads, rules)
    return min(max(yesterday.atl / yesterday.ctl, 1.0), float(rules.busy_week_max)) if yesterday.ctl > 0 else None
