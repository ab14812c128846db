"""How many hours of rest does a workout ask for, and is it hard, very hard or gentle?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from hersteld.recovery.advice import Clock
from hersteld.recovery.clocks.effort import Effort
from hersteld.recovery.numbers import Number
from hersteld.recovery.rules import RestRules

Clocks = Mapping[Clock, float]
"""The hours of each clock, 0 or more, before the athlete's level, age and past."""


def clocks_of(effort: Effort, rules: RestRules) -> dict[Clock, float]:
    """Return the hours of the five clocks for an athlete who is trained, young and rested.

    Source: Coggan's bands (Allen & Coggan 2010) for the volume, Stanley, Peake & Buchheit 2013 for what hard and
    near-maximal work ask for, Garber et al., ACSM 2011, for strength; the curves between are ours.
    """
    doublings = math.log2(1 + effort.threshold_min / rules.threshold_offset_min)
    return {
        "intensity": rules.threshold_doubling_h * doublings,
        "volume": rules.volume_h_per_load * effort.load,
        "impact": _impact_h(effort.impact_load, rules),
        "near_maximal": min(float(rules.near_maximal_max_h), rules.near_maximal_h_per_min * effort.near_maximal_min),
        "strength": min(float(rules.strength_max_h), rules.strength_h_per_min * effort.strength_min),
    }


def _impact_h(load: float, rules: RestRules) -> float:
    """Return the hours that a load on legs that brake at every step asks for."""
    return rules.impact_h_per_load * max(0.0, load - rules.impact_from_load)


def longest(clocks: Clocks) -> Clock:
    """Return the clock that decides."""
    return max(clocks, key=lambda clock: clocks[clock])


def without_weights(clocks: Clocks) -> dict[Clock, float]:
    """Return the four clocks that hold for the whole body."""
    return {clock: hours for clock, hours in clocks.items() if clock != "strength"}


@dataclass(frozen=True, slots=True)
class Hardness:
    """What the clocks say of a workout.

    Attributes:
        hard, very_hard: Whether it asks for a day, and for two days, of rest.
        gentle: Whether it is so gentle that readiness stands as it was.
        very_long_run: Whether the pounding of its running asks for an easy week.
    """

    hard: bool
    very_hard: bool
    gentle: bool
    very_long_run: bool


def hardness_of(
    clocks: Clocks, rules: RestRules, *, run_load: float, is_gentle_sport: bool, too_short: bool
) -> Hardness:
    """Return how hard a workout was. Weights alone make it hard, and never very hard.

    Args:
        run_load: The load of running alone: hours of tennis pound as long, and are no very long run.
        is_gentle_sport: Whether all of it was of a sport such as walking, in which more hours are still gentle.
        too_short: Whether it was so short that it asks for nothing.
    """
    most_h = max(clocks.values())
    gentle_below_h = rules.gentle_sport_below_h if is_gentle_sport else rules.gentle_below_h
    return Hardness(
        hard=not too_short and most_h >= rules.hard_from_h,
        very_hard=not too_short and max(without_weights(clocks).values()) >= rules.very_hard_from_h,
        gentle=too_short or most_h < gentle_below_h,
        very_long_run=_impact_h(run_load, rules) >= rules.very_long_run_from_h,
    )


def hours_of_rest(clocks: Clocks, factor: float, open_h: float, rules: RestRules) -> float:
    """Return the hours until hard training is fine again, 0 to `rest.max_h`.

    Args:
        clocks: All five, or those that hold for the muscles in question.
        factor: What the athlete's level, age and last weeks make of each hour; see `factors`.
        open_h: Hours that were still open from earlier workouts, 0 or more.
    """
    own_h = max(
        min(float(rules.strength_max_h), hours * factor) if clock == "strength" else hours * factor
        for clock, hours in clocks.items()
    )
    return min(float(rules.max_h), own_h + rules.carry_share * open_h)


def numbers_of(clock: Clock, rules: RestRules) -> tuple[Number, ...]:
    """Return the numbers by which a clock counts."""
    return {
        "intensity": (
            rules.threshold_exponent,
            rules.threshold_most,
            rules.threshold_offset_min,
            rules.threshold_doubling_h,
        ),
        "volume": (rules.volume_h_per_load,),
        "impact": (rules.impact_from_load, rules.impact_h_per_load),
        "near_maximal": (
            rules.near_maximal_from_share,
            rules.near_maximal_ramp_share,
            rules.near_maximal_h_per_min,
            rules.near_maximal_max_h,
        ),
        "strength": (rules.strength_h_per_min, rules.strength_max_h),
    }[clock]
