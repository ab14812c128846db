"""Is the athlete getting fitter, or only more tired? Daily loads, CTL, ATL and TSB."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np

from hersteld.parsers.workout import Column
from hersteld.recovery.athlete.history import LongAgo, PastWorkout
from hersteld.recovery.rules import RestRules


@dataclass(frozen=True, slots=True)
class Trend:
    """Where the athlete stands at the end of a day.

    Attributes:
        ctl: Chronic training load ("fitness"), load per day.
        atl: Acute training load ("fatigue"), load per day.
        days: Days of history it rests on.
    """

    ctl: float
    atl: float
    days: int

    @property
    def tsb(self) -> float:
        """Training stress balance ("form")."""
        return self.ctl - self.atl


def daily_loads(past: Iterable[PastWorkout], until: date, zone: tzinfo, long_ago: LongAgo | None = None) -> Column:
    """Return one load per local date, from the first workout's date to `until` inclusive; rest days are 0.

    Args:
        long_ago: What came before the past, all of it on earlier dates than `until`.
    """
    days: dict[date, float] = {}
    for workout in past:
        day = workout.started_at.astimezone(zone).date()
        if day <= until:
            days[day] = days.get(day, 0.0) + workout.load
    if not days and long_ago is None:
        return np.empty(0)
    first = min(days) if long_ago is None else long_ago.first
    loads = np.zeros((until - first).days + 1)
    if long_ago is not None:
        loads[: len(long_ago.loads)] = long_ago.loads
    for day, load in days.items():
        loads[(day - first).days] = load
    return loads


def trend(loads: Column, rules: RestRules) -> Trend:
    """Return the exponentially weighted means of daily loads, freed of the bias of a short past.

    A mean that starts at 0 stays too low for months, the slow one longer than the fast one: everybody's first weeks
    would look like overload. Each mean is therefore divided by the weight it has actually seen.
    """
    return Trend(_ewma(loads, float(rules.fitness_days)), _ewma(loads, float(rules.fatigue_days)), len(loads))


def _ewma(loads: Column, tau_days: float) -> float:
    """Mean with weights falling by e every `tau_days`: the recursion with alpha = 1 - e^(-1/tau), unbiased."""
    if not len(loads):
        return 0.0
    weights = math.exp(-1 / tau_days) ** np.arange(len(loads))[::-1]
    return float(np.average(loads, weights=weights))
