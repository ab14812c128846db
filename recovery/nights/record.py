"""What does one file say of one night?

A night comes in pieces: a watch writes sleep, heart rate variability and resting heart rate into files of their own,
and a file again when it is synchronised halfway. `merge` makes a night of them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from hersteld.recovery.nights.night import HrvVerdict

OF_ATHLETE = "athlete"
"""Stands for the device where the athlete says a resting heart rate; no device is called so."""


@dataclass(frozen=True, slots=True)
class Variability:
    """The heart rate variability of a stretch of a night.

    Attributes:
        rmssd_ms: Root mean square of successive differences, in milliseconds.
        begin, end: The first and last that was measured, aware UTC.
        minutes: On how many minutes of measuring it rests, more than 0.
        pairs: From how many pairs of beats it is computed; 0 where it is what the watch computed.
    """

    rmssd_ms: float
    begin: datetime
    end: datetime
    minutes: float
    pairs: int = 0


@dataclass(frozen=True, slots=True)
class Sleep:
    """One sleep: from when to when, aware UTC, and the seconds asleep in it."""

    begin: datetime
    end: datetime
    asleep_s: float


@dataclass(frozen=True, slots=True)
class Resting:
    """The resting heart rate of a day as it was known at a moment, aware UTC."""

    bpm: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """The watch's verdict on the variability of a night, compared with what is usual, and when it was given."""

    status: HrvVerdict
    at: datetime


@dataclass(frozen=True, slots=True)
class Weighing:
    """One mass that a scale measured, of whoever stood on it.

    Attributes:
        at: Aware UTC.
        device: Tells one scale from another.
        user: The number of the scale's user; None where it gives none.
    """

    at: datetime
    mass_kg: float
    device: str
    user: int | None = None


@dataclass(frozen=True, slots=True)
class NightReadings:
    """What one file says of nights, before it is known which local day each of them belongs to.

    Attributes:
        device: Tells one device from another.
        created_at: When the device made the file, aware UTC; None where it does not say.
        utc_offset_s: By how much the watch's local time was ahead of UTC; None where the file does not say.
        resting, verdicts, sleeps: Oldest first.
        scores: The watch's scores of sleeps, which have no times; in order.
        parts: The variability of five minutes each, oldest first.
        averages: The watch's own mean of each night.
        weighings: What a scale measured, oldest first.
    """

    device: str
    created_at: datetime | None = None
    utc_offset_s: float | None = None
    resting: tuple[Resting, ...] = ()
    parts: tuple[Variability, ...] = ()
    averages: tuple[Variability, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    sleeps: tuple[Sleep, ...] = ()
    scores: tuple[float, ...] = ()
    weighings: tuple[Weighing, ...] = ()


@dataclass(frozen=True, slots=True)
class NightRecord:
    """What one file says of one day; None stands for what it does not say.

    Attributes:
        day: The local date on which the athlete woke up.
        device: Tells one device from another: maker, product and serial number, as far as the file knows them.
        woke_at: When the night ended as far as this file can tell, aware UTC.
        arrived_at: When the file came in, aware UTC.
        score: The watch's own score of the sleep, 0..100.
    """

    day: date
    device: str
    woke_at: datetime
    arrived_at: datetime
    resting: Resting | None = None
    variability: Variability | None = None
    verdict: Verdict | None = None
    sleep: Sleep | None = None
    score: float | None = None
