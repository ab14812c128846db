"""What would a believable training week look like, as the FIT files a watch would have made of it?

Every curve is a sum of steps and slow waves, so that the same Monday gives the same bytes. The athlete is made up.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from hersteld.parsers.workout import DeviceProfile, Pause
from hersteld.parsers.writing.encode import Recorded, encode_activity

WATCH_PROFILE = DeviceProfile(resting_hr_bpm=50, max_hr_bpm=188, lthr_bpm=168, ftp_w=250, mass_kg=70, sex="female")
_DEVICE = "Hersteld Demo"
_HR_RISE_S = 35.0
_HR_FALL_S = 55.0
"""How fast the heart follows the work: time constants of about half a minute up and a minute down."""


@dataclass(frozen=True, slots=True)
class DemoFile:
    """One file as the watch would export it.

    Attributes:
        name: File name, unique within the week.
        ended_at: End of the workout, aware UTC; the file can arrive from then on.
        content: The bytes of the file.
    """

    name: str
    ended_at: datetime
    content: bytes


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of even work: the heart rate that it leads to, and the speed and power meanwhile."""

    seconds: int
    heart_rate_bpm: float
    speed_mps: float = 0.0
    power_w: float = 0.0


def _minutes(minutes: float, heart_rate_bpm: float, speed_mps: float = 0.0, power_w: float = 0.0) -> _Block:
    return _Block(round(60 * minutes), heart_rate_bpm, speed_mps, power_w)


def _each_second(blocks: Sequence[_Block]) -> Iterator[_Block]:
    for block in blocks:
        for _ in range(block.seconds):
            yield block


def _heart_rate(blocks: Sequence[_Block], drift_bpm_per_h: float = 4.0) -> list[float]:
    """Return a heart rate that follows the work with a delay, drifts up over the hours and wavers with the breath."""
    beats: list[float] = []
    bpm = 78.0
    for second, block in enumerate(_each_second(blocks)):
        target = block.heart_rate_bpm + drift_bpm_per_h * second / 3600
        bpm += (target - bpm) / (_HR_RISE_S if target > bpm else _HR_FALL_S)
        beats.append(round(bpm + 1.2 * math.sin(second / 9.0) + 0.8 * math.sin(second / 41.0)))
    return beats


def _wavering(blocks: Sequence[_Block], value: Callable[[_Block], float], share: float) -> list[float]:
    """Return speed or power, wavering by a share of its value as on a real road; standing still stays still."""
    return [
        max(0.0, value(block) * (1 + share * (math.sin(second / 6.3) + 0.6 * math.sin(second / 23.0 + 1))))
        for second, block in enumerate(_each_second(blocks))
    ]


def _warmth(blocks: Sequence[_Block], first_c: float, last_c: float) -> list[float]:
    """Return temperatures that go evenly from one to another, in the whole degrees that a watch gives."""
    seconds = sum(block.seconds for block in blocks)
    return [round(first_c + (last_c - first_c) * second / seconds) for second in range(seconds)]


def _on_foot(blocks: Sequence[_Block], cadence_rpm: float, temperature_c: tuple[float, float]) -> Recorded:
    return Recorded(
        heart_rate_bpm=_heart_rate(blocks),
        speed_mps=_wavering(blocks, lambda block: block.speed_mps, 0.02),
        cadence_rpm=[round(cadence_rpm + 2 * math.sin(s / 17.0)) for s, _ in enumerate(_each_second(blocks))],
        temperature_c=_warmth(blocks, *temperature_c),
    )


def _on_wheels(blocks: Sequence[_Block], temperature_c: tuple[float, float]) -> Recorded:
    return Recorded(
        heart_rate_bpm=_heart_rate(blocks),
        power_w=[round(watts) for watts in _wavering(blocks, lambda block: block.power_w, 0.05)],
        speed_mps=_wavering(blocks, lambda block: block.speed_mps, 0.03),
        cadence_rpm=[round(88 + 3 * math.sin(s / 29.0)) for s, _ in enumerate(_each_second(blocks))],
        temperature_c=_warmth(blocks, *temperature_c),
    )


_EASY_RUN = (
    _minutes(8, 108, 1.7),
    _minutes(30, 134, 2.75),
    _minutes(7, 104, 1.6),
)
_HARD_RIDE = (
    _minutes(20, 128, 8.1, 160),
    *(_minutes(8, 174, 10.4, 262), _minutes(4, 132, 7.6, 120)) * 5,
    _minutes(28, 142, 8.8, 185),
    _minutes(12, 112, 6.9, 95),
)
_WALK = (_minutes(26, 86, 1.45),)
_INTERVAL_RUN = (
    _minutes(14, 132, 2.7),
    *(_minutes(3, 180, 4.3), _minutes(2, 138, 2.2)) * 7,
    _minutes(2, 150, 2.6),
)
_SWIM = (
    _minutes(6, 118, 0.75),
    *(_minutes(4, 146, 1.05), _minutes(1, 118, 0.0)) * 6,
    _minutes(6, 112, 0.7),
)
_BRICK_RIDE = (
    _minutes(12, 124, 8.0, 150),
    _minutes(68, 150, 9.3, 210),
    _minutes(10, 130, 7.8, 140),
)
_BRICK_RUN = (
    _minutes(22, 160, 3.3),
    _minutes(6, 120, 1.8),
)
_LONG_RUN = (
    _minutes(10, 118, 2.2),
    _minutes(105, 143, 2.9),
    _minutes(10, 112, 1.7),
)


def demo_week(monday: date, zone: tzinfo) -> tuple[DemoFile, ...]:
    """Return a week of training, in order of time.

    An easy run, a hard ride in the heat, strength without heart rate, a short walk and an evening of intervals on the
    same day, a swim whose heart rate comes in `hr` messages, a ride with a run twenty minutes later, and a long run.

    Args:
        monday: First day of the week.
        zone: Where the athlete lives: the times of day are local.
    """

    def at(day: int, hour: int, minute: int) -> datetime:
        return datetime.combine(monday + timedelta(days=day), time(hour, minute), tzinfo=zone)

    ride = _workout("bike-and-run-1", at(5, 9, 30), "cycling", "road", _on_wheels(_BRICK_RIDE, (14, 19)), kcal=1050)
    return (
        _workout("easy-run", at(0, 7, 10), "running", "generic", _on_foot(_EASY_RUN, 82, (12, 14)), kcal=430),
        _workout("hard-ride", at(1, 15, 0), "cycling", "road", _on_wheels(_HARD_RIDE, (28, 30)), kcal=1370),
        _strength(at(2, 18, 30)),
        _workout("walk", at(3, 12, 40), "walking", "casual_walking", _on_foot(_WALK, 54, (17, 17)), kcal=105),
        _workout("intervals", at(3, 20, 55), "running", "track", _on_foot(_INTERVAL_RUN, 86, (16, 14)), kcal=640),
        _swim(at(4, 7, 0)),
        ride,
        _workout(
            "bike-and-run-2",
            ride.ended_at.astimezone(zone) + timedelta(minutes=20),
            "running",
            "generic",
            _on_foot(_BRICK_RUN, 85, (20, 20)),
            kcal=360,
        ),
        _workout(
            "long-run",
            at(6, 9, 0),
            "running",
            "trail",
            _on_foot(_LONG_RUN, 83, (11, 16)),
            kcal=1420,
            pauses=[Pause(3900, 4020)],
        ),
    )


def _workout(
    name: str,
    started_at: datetime,
    sport: str,
    sub_sport: str,
    recorded: Recorded,
    *,
    kcal: float,
    pauses: Sequence[Pause] = (),
) -> DemoFile:
    content = encode_activity(
        started_at,
        sport,
        recorded,
        sub_sport=sub_sport,
        kcal=kcal,
        pauses=pauses,
        device=_DEVICE,
        profile=WATCH_PROFILE,
    )
    elapsed_s = len(recorded.heart_rate_bpm or ()) + sum(pause.end_s - pause.start_s for pause in pauses)
    return _named(name, started_at, elapsed_s, content)


def _strength(started_at: datetime) -> DemoFile:
    seconds = 52 * 60
    content = encode_activity(
        started_at,
        "training",
        sub_sport="strength_training",
        timer_s=seconds,
        kcal=270,
        exercises=("squat", "deadlift", "row", "bench_press"),
        device=_DEVICE,
        profile=WATCH_PROFILE,
    )
    return _named("strength", started_at, seconds, content)


def _swim(started_at: datetime) -> DemoFile:
    recorded = Recorded(
        heart_rate_bpm=_heart_rate(_SWIM),
        speed_mps=_wavering(_SWIM, lambda block: block.speed_mps, 0.03),
        temperature_c=_warmth(_SWIM, 27, 27),
    )
    content = encode_activity(
        started_at,
        "swimming",
        recorded,
        sub_sport="lap_swimming",
        kcal=350,
        device=_DEVICE,
        profile=WATCH_PROFILE,
        pool_length_m=25,
        hr_messages=True,
    )
    return _named("swim", started_at, sum(block.seconds for block in _SWIM), content)


def _named(name: str, started_at: datetime, elapsed_s: float, content: bytes) -> DemoFile:
    # In UTC: a wall clock cannot be added to across the night the clock changes.
    ended_at = started_at.astimezone(UTC) + timedelta(seconds=elapsed_s)
    return DemoFile(f"{started_at:%Y-%m-%d-%H%M}-{name}.fit", ended_at, content)
