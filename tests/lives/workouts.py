"""Which FIT files would the watches of the five athletes make?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hersteld.daemon.demo.curves import Block, on_foot, on_wheels, steady
from hersteld.parsers.workout import DeviceProfile
from hersteld.parsers.writing.encode import encode_activity


@dataclass(frozen=True, slots=True)
class Run:
    """A run, or a walk, as a watch with heart rate records it."""

    blocks: Sequence[Block]
    temperature_c: tuple[float, float] = (14, 16)
    sport: str = "running"
    kcal: float | None = None

    @property
    def seconds(self) -> int:
        """Timer time."""
        return sum(block.seconds for block in self.blocks)

    def content(self, started_at: datetime, profile: DeviceProfile) -> bytes:
        """Return the bytes of the file."""
        cadence_rpm = 54 if self.sport == "walking" else 84
        recorded = on_foot(self.blocks, cadence_rpm, self.temperature_c)
        return encode_activity(started_at, self.sport, recorded, kcal=self.kcal, profile=profile)


@dataclass(frozen=True, slots=True)
class Ride:
    """A ride with power and heart rate."""

    blocks: Sequence[Block]
    temperature_c: tuple[float, float] = (16, 19)
    kcal: float | None = None

    @property
    def seconds(self) -> int:
        """Timer time."""
        return sum(block.seconds for block in self.blocks)

    def content(self, started_at: datetime, profile: DeviceProfile) -> bytes:
        """Return the bytes of the file."""
        recorded = on_wheels(self.blocks, self.temperature_c)
        return encode_activity(started_at, "cycling", recorded, sub_sport="road", kcal=self.kcal, profile=profile)


@dataclass(frozen=True, slots=True)
class Indoors:
    """An hour in the gym or on the mat, without heart rate."""

    minutes: int
    sub_sport: str
    exercises: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """Timer time."""
        return 60 * self.minutes

    def content(self, started_at: datetime, profile: DeviceProfile) -> bytes:
        """Return the bytes of the file."""
        return encode_activity(
            started_at,
            "training",
            sub_sport=self.sub_sport,
            timer_s=self.seconds,
            exercises=self.exercises,
            profile=profile,
        )


Recording = Run | Ride | Indoors


def walk(minutes: float, bpm: float = 92) -> Run:
    """Return a walk at one pace."""
    return Run((steady(minutes, bpm, 1.45),), sport="walking")


def easy_run(minutes: float, bpm: float, speed_mps: float) -> Run:
    """Return a run at one pace, with five easy minutes at both ends."""
    return Run(
        (
            steady(5, bpm - 22, 0.6 * speed_mps),
            steady(minutes - 10, bpm, speed_mps),
            steady(5, bpm - 28, 0.55 * speed_mps),
        )
    )


def intervals(
    sport: type[Run] | type[Ride], times: int, minutes: float, bpm: float, speed_mps: float, power_w: float = 0.0
) -> Run | Ride:
    """Return repeats of hard minutes with half as long between them, after a warm-up and before a cool-down."""
    easy = (bpm - 42, 0.62 * speed_mps, 0.5 * power_w)
    return sport(
        (
            steady(15, *easy),
            *(steady(minutes, bpm, speed_mps, power_w), steady(minutes / 2, *easy)) * times,
            steady(10, *easy),
        )
    )


def ride(minutes: float, bpm: float, power_w: float, temperature_c: tuple[float, float] = (16, 19)) -> Ride:
    """Return a ride at one effort, with ten easy minutes at both ends."""
    return Ride(
        (
            steady(10, bpm - 22, 7.0, 0.6 * power_w),
            steady(minutes - 20, bpm, 8.8, power_w),
            steady(10, bpm - 28, 6.5, 0.5 * power_w),
        ),
        temperature_c,
    )
