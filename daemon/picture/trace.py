"""What does the heart rate of a workout look like, in few enough points for a picture?"""

from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from hersteld.daemon.card.facts import Trace
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.load.sensors import hr_coverage
from hersteld.recovery.rules import Rules

_MOST_POINTS = 240
_GAP_S = 60.0
_COLUMNS = 664
"""A gap that is narrower than one of so many columns cannot be seen, and one cannot see more of them than that."""
_FLOOR_SHARE = 0.3
"""Below this share of the heart rate reserve the picture says nothing of training."""
_BELOW_MIDDLE_BPM = 10.0
"""A walk lies below that share as a whole, and still has a height."""
_ABOVE_BPM = 6.0
_ABOVE_PEAK_BPM = 2.0

Numbers = NDArray[np.float64]


def trace_of(workout: Workout, physiology: Physiology, rules: Rules, *, shows_threshold: bool) -> Trace | None:
    """Return the heart rate of a workout, as means over stretches of equal length.

    The zones are those of intensity, with the threshold heart rate as the bound between the third and the fourth.

    Args:
        workout: As it is told, without what was recorded after its end.
        physiology: The athlete as the rules saw them.
        shows_threshold: Whether the picture says where the threshold is.

    Returns:
        None where too little of the workout has a believable heart rate.
    """
    beats = workout.samples.heart_rate_bpm
    if beats is None or workout.elapsed_s <= 0 or hr_coverage(workout, rules.load) < rules.load.coverage_min:
        return None
    times_s = workout.samples.time_s
    known = (beats >= rules.load.hr_low_bpm) & (beats <= rules.load.hr_high_bpm)
    known &= (times_s >= 0) & (times_s <= workout.elapsed_s)
    times_s, beats = times_s[known], beats[known]
    if len(beats) < 2:
        return None
    runs = _runs(times_s, beats, workout.elapsed_s)
    bounds_bpm = _bounds_bpm(physiology, rules)
    values = sorted(bpm for run in runs for _, bpm in run)
    # numpy's own median loads a part of numpy that takes 1.4 MiB, and the service would keep it.
    middle_bpm = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    floor_bpm = min(physiology.bpm_at(_FLOOR_SHARE), middle_bpm - _BELOW_MIDDLE_BPM)
    ceiling_bpm = max(bounds_bpm[-1] + _ABOVE_BPM, values[-1] + _ABOVE_PEAK_BPM)
    return Trace(runs, workout.elapsed_s, bounds_bpm, round(floor_bpm, 1), round(ceiling_bpm, 1), shows_threshold)


def _bounds_bpm(physiology: Physiology, rules: Rules) -> tuple[float, float, float, float]:
    """Return the upper bounds of the zones 1 to 4, ascending."""
    _, moderate, vigorous, near_maximal = map(physiology.bpm_at, rules.intensity.reserve_bounds)
    threshold = max(vigorous, physiology.lthr_bpm)
    return (round(moderate, 1), round(vigorous, 1), round(threshold, 1), round(max(threshold, near_maximal), 1))


def _runs(times_s: Numbers, beats: Numbers, until_s: float) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return means over at most 240 stretches of equal length, apart where the recording has a gap."""
    gap_s = max(_GAP_S, until_s / _COLUMNS)
    run_of = np.concatenate(([0], np.cumsum(np.diff(times_s) > gap_s)))
    stretch_of = np.minimum((times_s / until_s * _MOST_POINTS).astype(int), _MOST_POINTS - 1)
    # A stretch in which one run ends and another begins belongs to both.
    keys, index = np.unique(np.stack((run_of, stretch_of)), axis=1, return_inverse=True)
    index = index.ravel()
    counts = np.bincount(index)
    mean_s, mean_bpm = np.bincount(index, times_s) / counts, np.bincount(index, beats) / counts
    points = [(round(float(at_s), 1), round(float(bpm), 1)) for at_s, bpm in zip(mean_s, mean_bpm, strict=True)]
    found = groupby(zip(keys[0], points, strict=True), key=lambda one: int(one[0]))
    return tuple(tuple(point for _, point in run) for _, run in found)
