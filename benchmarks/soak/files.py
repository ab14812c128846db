"""Which files does one athlete bring in ten years, and when?

Five hundred workouts a year, at all hours: runs, rides, swims, walks and strength, of a quarter of an hour to one and a
half, some without heart rate, some with power, some recorded twice, some still growing when they are first seen, and
among them what is no workout. The same number always gives the same bytes, but for their dates.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from hersteld.parsers.workout import DeviceProfile
from hersteld.parsers.writing.encode import Recorded, encode_activity
from hersteld.parsers.writing.fit_writer import FitWriter

PER_YEAR = 500
_EVERY = timedelta(days=365.25) / PER_YEAR
_WEARER = DeviceProfile(resting_hr_bpm=50, max_hr_bpm=188, lthr_bpm=168, ftp_w=250, mass_kg=70, sex="female")
_SPORTS = (
    ("running", 40, 150, 3.0),
    ("cycling", 25, 140, 8.2),
    ("swimming", 10, 138, 1.0),
    ("walking", 10, 95, 1.5),
    ("training", 10, 0, 0.0),
    ("rowing", 5, 145, 3.4),
)
"""FIT's name, how many of a hundred, and what heart and speed tend to."""


@dataclass(frozen=True, slots=True)
class Put:
    """A file that is put in the folder.

    Attributes:
        name: Within the folder; the same name again replaces the file.
        kind: "workout", "twin" (the same activity of a second device), "part" (of a file that is still being written),
            "junk" (cannot be read) or "other" (sound, but no activity).
    """

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Session:
    """One workout and what comes with it.

    Attributes:
        ended_at: Aware UTC.
        puts: In order.
    """

    number: int
    ended_at: datetime
    puts: tuple[Put, ...]


def length_s(number: int) -> int:
    """Return how long a workout lasts."""
    return round(Random(f"length {number}").triangular(15 * 60, 95 * 60, 35 * 60))


def starts(count: int, until: datetime) -> list[datetime]:
    """Return the start of each workout, the last one well before `until`; one in thirty follows another one at once."""
    begin = until - _EVERY * (count + 10)
    found: list[datetime] = []
    for number in range(count):
        at = begin + _EVERY * number + timedelta(seconds=Random(f"start {number}").randrange(6 * 3600))
        if number % 30 == 1:
            at = found[-1] + timedelta(seconds=length_s(number - 1) + 900)
        found.append(at.astimezone(UTC).replace(microsecond=0))
    return found


def session(number: int, started_at: datetime) -> Session:
    """Return the files of one workout."""
    random = Random(f"workout {number}")
    seconds = length_s(number)
    ended_at = started_at + timedelta(seconds=seconds)
    (kind,) = random.choices(_SPORTS, [sport[1] for sport in _SPORTS])
    sport, _, bpm, mps = kind
    name = f"{started_at:%Y/%m}/{started_at:%Y-%m-%d-%H%M%S}"
    whole = _activity(random, started_at, seconds, sport, bpm, mps)
    puts = list(_before(random, name, whole))
    puts.append(Put(f"{name}.fit", "workout", whole))
    if random.random() < 0.05 and sport != "training":
        later = started_at + timedelta(seconds=random.randrange(3, 20))
        again = encode_activity(later, sport, _beats(random, seconds - 30, bpm), device="Second")
        puts.append(Put(f"{name}-second.fit", "twin", again))
    return Session(number, ended_at, tuple(puts))


def numbered_session(numbered: tuple[int, datetime]) -> Session:
    """Return a session by its number and start; in this module, as a process of its own cannot import `__main__`."""
    return session(*numbered)


def _before(random: Random, name: str, whole: bytes) -> Iterator[Put]:
    chance = random.random()
    if chance < 0.01:
        yield Put(f"{name}-junk.fit", "junk", b"<html>sign in to download</html>" + random.randbytes(200))
    elif chance < 0.015:
        writer = FitWriter()
        maker = {"manufacturer": "development", "product": 1, "serial_number": random.randrange(1, 10**9)}
        writer.message("file_id", {"type": "settings", **maker})
        yield Put(f"{name}-settings.fit", "other", writer.finish())
    elif chance < 0.035:
        yield Put(f"{name}.fit", "part", whole[: len(whole) // 2])


def _beats(random: Random, seconds: int, bpm: float) -> Recorded:
    return Recorded(heart_rate_bpm=_wave(random, seconds, bpm, 0.1))


def _activity(random: Random, started_at: datetime, seconds: int, sport: str, bpm: float, mps: float) -> bytes:
    if sport == "training":
        return encode_activity(
            started_at,
            sport,
            sub_sport="strength_training",
            timer_s=seconds,
            exercises=("squat", "row"),
            profile=_WEARER,
        )
    bpm += random.choice((-15, -5, 0, 10, 25)) if bpm > 100 else random.randrange(10)
    has_heart, has_power = random.random() < 0.85, sport == "cycling" and random.random() < 0.6
    recorded = Recorded(
        heart_rate_bpm=_wave(random, seconds, bpm, 0.06) if has_heart else None,
        power_w=_wave(random, seconds, 210, 0.2) if has_power else None,
        speed_mps=_wave(random, seconds, mps, 0.1),
    )
    return encode_activity(
        started_at,
        sport,
        recorded,
        kcal=seconds / 6,
        profile=_WEARER if random.random() < 0.5 else None,
        hr_messages=sport == "swimming" and has_heart,
        pool_length_m=25 if sport == "swimming" else None,
    )


def _wave(random: Random, seconds: int, about: float, share: float) -> list[float | None]:
    period, phase = random.uniform(20, 200), random.uniform(0, 6)
    return [
        round(about * (1 + share * math.sin(second / period + phase)) + random.random(), 1) for second in range(seconds)
    ]
