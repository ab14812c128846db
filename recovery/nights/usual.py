"""What is usual for the athlete at night, by the nights before?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean, median, stdev

from hersteld.recovery.nights.night import Night
from hersteld.recovery.rules import AthleteRules, NightRules

_SAME = 1e-9
"""A spread that is no more than the rounding of the logarithms is none."""


@dataclass(frozen=True, slots=True)
class UsualRmssd:
    """The heart rate variability that is usual, as the natural logarithm of RMSSD in milliseconds.

    Attributes:
        mean: Mean over the nights before.
        sd: Standard deviation, above 0.
    """

    mean: float
    sd: float

    @property
    def rmssd_ms(self) -> float:
        """The usual RMSSD, in milliseconds."""
        return math.exp(self.mean)


def usual_rmssd(nights: Sequence[Night], day: date, rules: NightRules) -> UsualRmssd | None:
    """Return the heart rate variability that is usual before a night; None where too few nights tell.

    Args:
        nights: One a day, in any order.
        day: Of the night, which does not count itself.

    Source: Plews et al. 2014 for the logarithm, and for nights compared with what is usual; the days are ours.
    """
    before = _before(nights, day, float(rules.rmssd_days))
    logs = [math.log(rmssd_ms) for rmssd_ms in _positive(night.rmssd_ms for night in before)]
    if len(logs) < max(2.0, rules.rmssd_nights):
        return None
    sd = stdev(logs)
    # A device that tells the same every night measures nothing.
    return UsualRmssd(fmean(logs), sd) if sd > _SAME else None


def usual_resting_hr_bpm(nights: Sequence[Night], day: date, rules: NightRules) -> float | None:
    """Return the resting heart rate that is usual before a night; None where too few nights tell, or too short.

    Args:
        nights, day: As for `usual_rmssd`.
    """
    days = float(rules.resting_hr_days)
    beats = _positive(night.resting_hr_bpm for night in _before(nights, day, days))
    known_since = min((night.day for night in nights if night.resting_hr_bpm), default=day)
    if len(beats) < max(1.0, rules.resting_hr_nights) or known_since > day - timedelta(days=days):
        return None
    return fmean(beats)


def median_resting_hr_bpm(nights: Sequence[Night], before: datetime, rules: AthleteRules) -> float | None:
    """Return the median of the resting heart rates of the last weeks; None where too few nights tell.

    Args:
        nights: One a day, in any order.
        before: The nights that ended by then count, whenever their files arrived. Aware UTC.
    """
    since = before - timedelta(days=float(rules.resting_hr_days))
    beats = _positive(night.resting_hr_bpm for night in nights if since < night.woke_at <= before)
    return median(beats) if len(beats) >= max(1.0, rules.resting_hr_nights) else None


def _before(nights: Sequence[Night], day: date, days: float) -> list[Night]:
    """Return the nights of so many days before a day."""
    first = day - timedelta(days=days)
    return [night for night in nights if first <= night.day < day]


def _positive(values: Iterable[float | None]) -> list[float]:
    """Return the values that are known; a zero is none."""
    return [value for value in values if value is not None and value > 0]
