"""How do heart rate, speed and power run during a workout that is made up?

Every curve is a sum of steps and slow waves, so that the same blocks give the same bytes.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hersteld.parsers.writing.encode import Recorded

_HR_RISE_S = 35.0
_HR_FALL_S = 55.0
"""How fast the heart follows the work: time constants of about half a minute up and a minute down."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of even work: the heart rate that it leads to, and the speed and power meanwhile."""

    seconds: int
    heart_rate_bpm: float
    speed_mps: float = 0.0
    power_w: float = 0.0


def steady(minutes: float, heart_rate_bpm: float, speed_mps: float = 0.0, power_w: float = 0.0) -> Block:
    """Return a stretch of so many minutes of even work."""
    return Block(round(60 * minutes), heart_rate_bpm, speed_mps, power_w)


def _each_second(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        for _ in range(block.seconds):
            yield block


def heart_rate(blocks: Sequence[Block], drift_bpm_per_h: float = 4.0) -> list[float]:
    """Return one heart rate a second, in beats per minute.

    It follows the work with a delay, drifts up over the hours and wavers with the breath.
    """
    beats: list[float] = []
    bpm = 78.0
    for second, block in enumerate(_each_second(blocks)):
        target = block.heart_rate_bpm + drift_bpm_per_h * second / 3600
        bpm += (target - bpm) / (_HR_RISE_S if target > bpm else _HR_FALL_S)
        beats.append(round(bpm + 1.2 * math.sin(second / 9.0) + 0.8 * math.sin(second / 41.0)))
    return beats


def wavering(blocks: Sequence[Block], value: Callable[[Block], float], share: float) -> list[float]:
    """Return speed or power, wavering by a share of its value as on a real road; standing still stays still."""
    return [
        max(0.0, value(block) * (1 + share * (math.sin(second / 6.3) + 0.6 * math.sin(second / 23.0 + 1))))
        for second, block in enumerate(_each_second(blocks))
    ]


def warmth(blocks: Sequence[Block], first_c: float, last_c: float) -> list[float]:
    """Return temperatures that go evenly from one to another, in the whole degrees that a watch gives."""
    seconds = sum(block.seconds for block in blocks)
    return [round(first_c + (last_c - first_c) * second / seconds) for second in range(seconds)]


def on_foot(blocks: Sequence[Block], cadence_rpm: float, temperature_c: tuple[float, float]) -> Recorded:
    """Return what a watch records of a run or a walk.

    Args:
        temperature_c: At the start and at the end.
    """
    return Recorded(
        heart_rate_bpm=heart_rate(blocks),
        speed_mps=wavering(blocks, lambda block: block.speed_mps, 0.02),
        cadence_rpm=[round(cadence_rpm + 2 * math.sin(s / 17.0)) for s, _ in enumerate(_each_second(blocks))],
        temperature_c=warmth(blocks, *temperature_c),
    )


def on_wheels(blocks: Sequence[Block], temperature_c: tuple[float, float]) -> Recorded:
    """Return what a bike computer with a power meter records of a ride.

    Args:
        temperature_c: At the start and at the end.
    """
    return Recorded(
        heart_rate_bpm=heart_rate(blocks),
        power_w=[round(watts) for watts in wavering(blocks, lambda block: block.power_w, 0.05)],
        speed_mps=wavering(blocks, lambda block: block.speed_mps, 0.03),
        cadence_rpm=[round(88 + 3 * math.sin(s / 29.0)) for s, _ in enumerate(_each_second(blocks))],
        temperature_c=warmth(blocks, *temperature_c),
    )
