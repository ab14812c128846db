"""What does one night say of how far the athlete has recovered, compared with the nights before?"""

import math
from collections.abc import Sequence

from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.usual import usual_resting_hr_bpm, usual_rmssd
from hersteld.recovery.nights.verdict import NightSign, NightVerdict
from hersteld.recovery.rules import NightRules

_ROUNDING = 1e-9
"""A value that is equal to its limit but for the way both were computed is at the limit."""


def verdict_of(night: Night, nights: Sequence[Night], rules: NightRules) -> NightVerdict | None:
    """Return what a night says; None where it says nothing, or too little is known of what is usual.

    Each sign of a poor recovery asks for hours of its own. Only where both the heart rate variability and the resting
    heart rate are good does the night say that the athlete has recovered sooner.

    Only nights of the same device are compared: what two of them measure differs by more than what a bad night does to
    either, so a new watch says nothing until it knows what is usual.

    Args:
        nights: Those before it, one for each day and device; later ones do not count.

    Source: Plews et al. 2014 for the direction; the limits and the hours are ours.
    """
    nights = [one for one in nights if one.device == night.device]
    rmssd = _known(night.rmssd_ms)
    usual = None if rmssd is None else usual_rmssd(nights, night.day, rules)
    resting = _known(night.resting_hr_bpm)
    usual_bpm = None if resting is None else usual_resting_hr_bpm(nights, night.day, rules)
    signs: list[NightSign] = []
    is_good = usual is not None and usual_bpm is not None
    if rmssd is not None and usual is not None:
        above_sd = (math.log(rmssd) - usual.mean) / usual.sd
        if above_sd < -rules.rmssd_sd_share - _ROUNDING:
            signs.append("rmssd_low")
        is_good &= above_sd >= rules.rmssd_sd_share - _ROUNDING
    if resting is not None and usual_bpm is not None:
        if resting >= usual_bpm + rules.resting_hr_above_bpm - _ROUNDING:
            signs.append("resting_hr_high")
        is_good &= resting <= usual_bpm + _ROUNDING
    hours = min(float(rules.later_max_h), len(signs) * rules.later_h_per_sign)
    if is_good:
        signs, hours = ["recovered"], -float(rules.earlier_max_h)
    if not signs:
        return None
    return NightVerdict(
        night.day,
        night.woke_at,
        hours,
        tuple(signs),
        None if usual is None else rmssd,
        None if usual is None else usual.rmssd_ms,
        None if usual_bpm is None else resting,
        usual_bpm,
    )


def _known(value: float | None) -> float | None:
    return value if value is not None and value > 0 else None
