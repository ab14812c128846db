"""Is the athlete getting fitter, or only more tired? Daily loads, and the trends CTL, ATL and TSB."""

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
    """How fit and how tired the athlete is at the end of a day.

    Attributes:
        ctl: Chronic training load ("fitness"), load per day, 0 or more.
        atl: Acute training load ("fatigue"), load per day, 0 or more.
        days: Days of history that it rests on.
    """

    ctl: float
    atl: float
    days: int

    @property
    def tsb(self) -> float:
        """Training stress balance ("form"), load per day; below 0 while fatigue outweighs fitness."""
        return self.ctl - self.atl


def daily_loads(past: Iterable[PastWorkout], until: date, zone: tzinfo, long_ago: LongAgo | None = None) -> Column:
    """Return one load per local date, from the date of the first workout on; days without training are 0.

    Args:
        past: Workouts in any order; those of later days than `until` are left out.
        until: The last local date, inclusive.
        zone: The athlete's time zone.
        long_ago: The workouts before the past ones, all of them on earlier dates than `until`.

    Returns:
        Shape (days,); empty without any workout.
    """
    days: dict[date, float] = {}
    for workout in past:
        day = workout.trained_at.astimezone(zone).date()
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
    """Return the exponentially weighted means of daily loads, without the bias of a short history.

    A mean that starts at 0 stays too low for months, the slow one longer than the fast one, so that everybody's first
    weeks would look like overload. Each mean is therefore divided by the sum of the weights of the days there are.

    Months without a file are no rest that anybody knows of: one old file would make years of it. So the past begins
    with the first workout after the last such gap. The days since the last workout are always rest.

    Args:
        loads: Load of each day, shape (days,), the newest last.

    Source: Banister, as used by Coggan, in Allen & Coggan 2010; dividing by the weights, and the gap, are ours.
    """
    loads = _since_gap(loads, float(rules.gap_days))
    return Trend(_ewma(loads, float(rules.fitness_days)), _ewma(loads, float(rules.fatigue_days)), len(loads))


def _since_gap(loads: Column, gap_days: float) -> Column:
    """Return the loads from the first day of training after the last gap of so many days; all where there is none."""
    trained = np.flatnonzero(loads)
    after = np.flatnonzero(np.diff(trained) > gap_days)
    return loads[trained[after[-1] + 1] :] if len(after) else loads


def _ewma(loads: Column, tau_days: float) -> float:
    """Return the mean with weights that fall by a factor e every `tau_days`; 0 without any day."""
    if not len(loads):
        return 0.0
    weights = math.exp(-1 / tau_days) ** np.arange(len(loads))[::-1]
    return float(np.average(loads, weights=weights))
