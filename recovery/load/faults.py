"""Which readings of a sensor can be none of an athlete's body?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.workout import Column
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.rules import LoadRules

Mask = NDArray[np.bool_]
"""One truth for each record, shape (records,)."""


def is_no_heart_rate(
    time_s: Column, beats: Column, others: Sequence[Column | None], physiology: Physiology, rules: LoadRules
) -> Mask:
    """Return which readings no heart can have; those that are missing are among them.

    Args:
        time_s: Seconds, never decreasing.
        beats: Beats per minute, NaN where there is none.
        others: Speed, power and cadence, by which a heart rate that stands still is found out.

    Source: ours.
    """
    highest_bpm = float(rules.hr_high_bpm)
    if physiology.max_hr_is_witnessed:
        highest_bpm = min(highest_bpm, physiology.max_hr_bpm + rules.hr_above_max_bpm)
    wrong: Mask = ~((beats >= rules.hr_low_bpm) & (beats <= highest_bpm))
    return wrong | _stands_still(time_s, beats, others, physiology, rules)


def _stands_still(
    time_s: Column, beats: Column, others: Sequence[Column | None], physiology: Physiology, rules: LoadRules
) -> Mask:
    """Return which high readings do not change for minutes, while what the athlete does changes."""
    stuck = np.zeros(len(beats), dtype=bool)
    moving = [column for column in others if column is not None]
    if not len(beats):
        return stuck
    starts = np.flatnonzero(np.concatenate(([True], beats[1:] != beats[:-1])))
    ends = np.append(starts[1:], len(beats))
    high = beats[starts] > physiology.bpm_at(float(rules.hr_stuck_reserve_share))
    long = time_s[ends - 1] - time_s[starts] >= rules.hr_stuck_s
    for start, end in np.column_stack((starts, ends))[high & long]:
        stuck[start:end] = any(_changes(column[start:end], rules) for column in moving)
    return stuck


def _changes(column: Column, rules: LoadRules) -> bool:
    """Return whether a quantity varied by more than a share of its mean."""
    known = column[~np.isnan(column)]
    return bool(len(known)) and float(np.ptp(known)) > rules.hr_stuck_change_share * abs(float(known.mean()))


def is_no_power(time_s: Column, watts: Column, physiology: Physiology, rules: LoadRules) -> Mask:
    """Return which readings of power nobody can have, with the whole second of each; those missing are among them.

    Args:
        time_s: Seconds, never decreasing.
        watts: NaN where there is none.

    Source: ours, for the bounds; the best that was ever measured over 5 s is near 25 W/kg.
    """
    missing = np.isnan(watts)
    wrong = (watts < 0) | (watts > rules.power_high_w)
    if physiology.ftp_w is not None:
        wrong |= watts > max(float(rules.power_doubted_w), rules.power_doubted_ftps * physiology.ftp_w)
    if physiology.mass_is_known:
        wrong |= _too_much_for_seconds(time_s, watts, rules.power_w_per_kg * physiology.mass_kg, rules)
    whole: Mask = np.isin(np.floor(time_s), np.floor(time_s[wrong]))
    return missing | whole


def _too_much_for_seconds(time_s: Column, watts: Column, most_w: float, rules: LoadRules) -> Mask:
    """Return which readings are part of a few seconds whose mean is above a power, and above it themselves."""
    above = np.nan_to_num(watts) > most_w
    if not above.any():
        return above
    window_s = float(rules.power_w_per_kg_s)
    filled = np.nan_to_num(watts)
    # The work until each record, a value being held until the next one, but no longer than the window.
    held_s = np.minimum(np.diff(time_s, append=time_s[-1] + 1.0), window_s)
    work_j = np.concatenate(([0.0], np.cumsum(filled * held_s)))
    until_s = np.concatenate(([0.0], np.cumsum(held_s)))
    work_after_j = np.interp(until_s[:-1] + window_s, until_s, work_j)
    starts_too_high = (work_after_j - work_j[:-1]) / window_s > most_w
    starts = np.flatnonzero(starts_too_high)
    marks = np.zeros(len(watts) + 1)
    np.add.at(marks, starts, 1)
    np.add.at(marks, np.searchsorted(until_s, until_s[starts] + window_s).clip(max=len(watts)), -1)
    in_window = np.cumsum(marks[:-1]) > 0
    wrong: Mask = above & in_window
    return wrong
