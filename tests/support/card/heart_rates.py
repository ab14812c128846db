"""What may the heart rate of a workout look like? Made up, and the same each time."""

import math
import random
from collections.abc import Callable
from itertools import pairwise

Samples = list[tuple[float, float]]


def hard_ride() -> Samples:
    """Return 124 minutes with four climbs above the threshold, a sprint and a stop, in steps of 10 s."""
    climbs = ((22, 30.9, 171.0), (37, 45.5, 171.5), (66, 74.5, 170.5), (82, 90, 172.0))

    def wanted(minute: float) -> float:
        if minute < 12:
            return 112 + minute
        if 90 <= minute < 91.25:
            return 186.0
        if minute > 108:
            return 118.0
        for begin, end, top_bpm in climbs:
            if begin <= minute < end:
                return top_bpm + 1.2 * math.sin(minute * 2)
        return 128 + 6 * math.sin(minute / 5)

    whole = _follow(wanted, 124, first_bpm=92.0, up=0.09, down=0.05, noise=0.6, seed=4)
    return [(at_s, bpm) for at_s, bpm in whole if not 52 <= at_s / 60 < 57]


def even_run(minutes: int, bpm: float, seed: int) -> Samples:
    """Return a run at an even effort, in steps of 10 s."""

    def wanted(minute: float) -> float:
        return bpm + 4 * math.sin(minute / 4) + minute * 0.12

    return _follow(wanted, minutes, first_bpm=88.0, up=0.06, down=0.06, noise=0.8, seed=seed)


def marathon() -> Samples:
    """Return 218 minutes that end at the threshold, in steps of 10 s."""

    def wanted(minute: float) -> float:
        return 154 + 9 * minute / 218 + 3 * math.sin(minute / 7) + (7 if minute > 204 else 0)

    return _follow(wanted, 218, first_bpm=96.0, up=0.05, down=0.05, noise=0.8, seed=9)


def runs_of(samples: Samples, most: int = 240) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return means of samples, at most some 240, in stretches without a gap of more than 60 s."""
    stretches: list[Samples] = [[samples[0]]]
    for (before_s, _), sample in pairwise(samples):
        if sample[0] - before_s > 60:
            stretches.append([])
        stretches[-1].append(sample)
    step = -(-len(samples) // most)
    return tuple(tuple(_mean(run[at : at + step]) for at in range(0, len(run), step)) for run in stretches)


def _mean(samples: Samples) -> tuple[float, float]:
    return sum(at_s for at_s, _ in samples) / len(samples), sum(bpm for _, bpm in samples) / len(samples)


def _follow(
    wanted: Callable[[float], float],
    minutes: int,
    *,
    first_bpm: float,
    up: float,
    down: float,
    noise: float,
    seed: int,
) -> Samples:
    """Return a heart rate that nears what is wanted at each minute, by a share up or down in each 10 s."""
    chance, bpm = random.Random(seed), first_bpm
    samples: Samples = []
    for at_s in range(0, minutes * 60, 10):
        target = wanted(at_s / 60)
        bpm += (target - bpm) * (up if target > bpm else down) + chance.gauss(0, noise)
        samples.append((float(at_s), bpm))
    return samples
