"""Which published formulas turn power, heart rate and a rating of effort into a load?"""

import math
from dataclasses import dataclass

import numpy as np

from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.load.series import Series
from hersteld.recovery.numbers import Reason, because
from hersteld.recovery.rules import LoadRules


@dataclass(frozen=True, slots=True)
class BanisterLoad:
    """A load by heart rate.

    Attributes:
        load: 0 or more; an hour at threshold heart rate is 100.
        trimp: Banister's training impulse, 0 or more.
        reasons: The heart rates and coefficients that were used.
    """

    load: float
    trimp: float
    reasons: tuple[Reason, ...]


def weighted_power_w(watts: Series, window_s: int, exponent: float) -> float:
    """Return the mean of a power of the rolling mean power, in watts, in which hard stretches count for more.

    Args:
        watts: Power of at least `window_s` seconds.
        window_s: Length of the rolling mean in seconds, 1 or more.
        exponent: 1 or more; 1 for the plain mean.

    Source: Coggan, in Allen & Coggan 2010.
    """
    return float(np.mean(watts.rolling_means(window_s) ** exponent) ** (1 / exponent))


def trimp(beats: Series, physiology: Physiology, k: float, b: float) -> float:
    """Return Banister's training impulse: minutes x reserve share x k e^(b x reserve share), sample by sample.

    Args:
        beats: Heart rate in beats per minute; a share of the reserve outside 0..1 counts as 0 or 1.
        k, b: Banister's coefficients, which differ by sex.

    Source: Banister 1991, in MacDougall, Wenger & Green.
    """
    share = np.clip(
        (beats.value - physiology.resting_hr_bpm) / (physiology.max_hr_bpm - physiology.resting_hr_bpm), 0.0, 1.0
    )
    return float(np.sum(beats.held_s / 60 * share * k * np.exp(b * share)))


def banister_load(beats: Series, physiology: Physiology, rules: LoadRules) -> BanisterLoad:
    """Return the load by heart rate: the training impulse against that of an hour at threshold heart rate.

    For an athlete whose sex is unknown it is the mean of both formulas.

    Source: Banister 1991; the scale is ours.
    """
    by_sex = {
        "male": (rules.trimp_k_male, rules.trimp_b_male),
        "female": (rules.trimp_k_female, rules.trimp_b_female),
    }
    coefficients = list(by_sex.values()) if physiology.sex is None else [by_sex[physiology.sex]]
    threshold_share = physiology.reserve_share(physiology.lthr_bpm)
    impulses = np.array([trimp(beats, physiology, float(k), float(b)) for k, b in coefficients])
    of_an_hour = np.array([60 * threshold_share * k * math.exp(b * threshold_share) for k, b in coefficients])
    reasons = (
        *(
            physiology.reasons[name]
            for name in ("max_hr_bpm", "resting_hr_bpm", "lthr_bpm")
            if name in physiology.reasons
        ),
        *(because(b) for _, b in coefficients),
    )
    return BanisterLoad(100 * float(np.mean(impulses / of_an_hour)), float(np.mean(impulses)), reasons)


def load_per_hour(rpe: float, rules: LoadRules) -> float:
    """Return the load of an hour at a rating of effort, linear between the whole ratings.

    Args:
        rpe: Rating of perceived exertion, 1..10.

    Source: a coach's table; see `load.per_hour_by_rpe`.
    """
    table = rules.per_hour_by_rpe
    return float(np.interp(rpe, range(1, len(table) + 1), table))


def weights_of_zones(count: int, rules: LoadRules) -> list[float] | None:
    """Return the weight of each of a device's heart rate zones; None where the device has zones of another kind.

    Some devices count the time below the first zone as a zone of its own, and some also the time above the last.

    Args:
        count: How many zones the device has.

    Source: Edwards 1993.
    """
    weights = list(rules.zone_weights)
    by_count = {
        len(weights): weights,
        len(weights) + 1: [0.0, *weights],
        len(weights) + 2: [0.0, *weights, weights[-1]],
    }
    return by_count.get(count)
