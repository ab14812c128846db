"""What do the watch and the scale tell between the activities?

Heart rate and beats of the day, resting heart rate, heart rate variability of the night, sleep, weight. They come in
files of their own ("monitoring_b", "weight", and types that the profile has no name for), one or many a day. Such a
file is asked for what it holds; whatever it does not hold is an empty tuple.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from hersteld.parsers.activity.watch_verdicts import HIGHEST_MASS_KG, read_profile
from hersteld.parsers.columns.bulk import decode
from hersteld.parsers.columns.decoder import DecodedFile, Messages, join
from hersteld.parsers.errors import Damaged
from hersteld.parsers.format.envelope import damage, incomplete
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import (
    BEAT_INTERVALS,
    DAILY,
    HRV_STATUS,
    HRV_VALUE,
    MONITORING,
    MONITORING_HEADER,
    MONITORING_HR,
    SLEEP_ASSESSMENT,
    TIMESTAMP,
    WEIGHT_SCALE,
)
from hersteld.parsers.format.rolling_counter import unroll
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Column, DeviceProfile

_STATUS = ("none", "poor", "low", "unbalanced", "balanced")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value at one time, aware UTC."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Weight:
    """One weigh-in. `user` is the number of the scale's user, None on a scale that knows only one."""

    at: datetime
    mass_kg: float
    fat_percent: float | None = None
    user: int | None = None


@dataclass(frozen=True, slots=True)
class HrvStatus:
    """The watch's view of the night's heart rate variability (RMSSD, ms) against what is usual.

    Attributes:
        low_below_ms: Below this it calls it low.
        balanced_from_ms, balanced_to_ms: Between these it calls it balanced.
        status: "none", "poor", "low", "unbalanced" or "balanced".
    """

    at: datetime
    weekly_average_ms: float | None
    last_night_average_ms: float | None
    last_night_5_min_high_ms: float | None
    low_below_ms: float | None
    balanced_from_ms: float | None
    balanced_to_ms: float | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Beats:
    """The times between heart beats, in ms, from this moment on."""

    at: datetime
    intervals_ms: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sleep:
    """The watch's verdict on a night: scores 0..100, stress 0..100. It has no time but that of its file."""

    score: float | None
    recovery_score: float | None
    awakenings: float | None
    stress: float | None


@dataclass(frozen=True, slots=True)
class DailyReadings:
    """What one file tells, each kind in order of the file.

    Attributes:
        created_at: When the device says it made the file.
        utc_offset_s: What the watch's own clock was ahead of UTC, for the date the wearer lived in; None if untold.
        heart_rate: bpm, mostly one a minute.
        resting_hr: bpm, of the day so far.
        resting_hr_usual: bpm, the watch's mean over the last days.
        hrv_rmssd: ms, every five minutes of the night.
        profile: What the device believes of its wearer.
    """

    created_at: datetime | None = None
    utc_offset_s: float | None = None
    heart_rate: tuple[Measurement, ...] = ()
    resting_hr: tuple[Measurement, ...] = ()
    resting_hr_usual: tuple[Measurement, ...] = ()
    hrv_rmssd: tuple[Measurement, ...] = ()
    hrv_status: tuple[HrvStatus, ...] = ()
    beats: tuple[Beats, ...] = ()
    sleep: tuple[Sleep, ...] = ()
    weights: tuple[Weight, ...] = ()
    profile: DeviceProfile = field(default_factory=DeviceProfile)


def read_daily(data: bytes) -> DailyReadings:
    """Return what a FIT file tells of the days; nothing at all of an activity's own messages.

    Args:
        data: The whole file.

    Raises:
        NotFit: The bytes are something else.
        Incomplete: The end is missing.
        Damaged: The file is broken; such files come by the hour, and none is worth mending.
    """
    decoded = decode(data, DAILY)
    fault = decoded.fault
    if fault is not None and fault.kind == "cut_off":
        raise incomplete(fault, len(data))
    if fault is not None:
        raise Damaged(Line("files.damaged", {"where": damage(fault)}), offset=fault.offset)
    file = join(decoded.files)
    created = file.of(0).value(4, 0) if file.of(0).count else None
    return DailyReadings(
        created_at=None if created is None else to_datetime(created),
        utc_offset_s=_utc_offset_s(file.of(MONITORING_HEADER)),
        heart_rate=tuple(reading for one in decoded.files for reading in _heart_rate(one)),
        resting_hr=_readings(file.of(MONITORING_HR), 1),
        resting_hr_usual=_readings(file.of(MONITORING_HR), 0),
        hrv_rmssd=_readings(file.of(HRV_VALUE), 0),
        hrv_status=tuple(_hrv_status(file.of(HRV_STATUS))),
        beats=tuple(_beats(file.of(BEAT_INTERVALS))),
        sleep=tuple(_sleep(file.of(SLEEP_ASSESSMENT))),
        weights=tuple(_weights(file.of(WEIGHT_SCALE))),
        profile=read_profile(file),
    )


def _paired(times: Column, values: Column) -> tuple[Measurement, ...]:
    """Return the values that have a time; 0 is what a watch writes before it knows."""
    told = ~np.isnan(times) & (values > 0)
    pairs = zip(times[told].tolist(), values[told].tolist(), strict=True)
    return tuple(Measurement(to_datetime(time), value) for time, value in pairs)


def _readings(messages: Messages, number: int) -> tuple[Measurement, ...]:
    return _paired(messages.column(TIMESTAMP), messages.column(number))


def _heart_rate(file: DecodedFile) -> tuple[Measurement, ...]:
    """Return the heart rates of one file of a chain; most have only the low 16 bits of their time (field 26)."""
    messages, header = file.of(MONITORING), file.of(MONITORING_HEADER)
    begin = header.value(TIMESTAMP, 0) if header.count else None
    whole = np.concatenate(([np.nan if begin is None else begin], messages.column(TIMESTAMP)))
    short = np.concatenate(([np.nan], messages.column(26)))
    counted = ~np.isnan(whole) | ~np.isnan(short)
    full = whole[counted]
    known = np.flatnonzero(~np.isnan(full))
    counting = unroll(np.nan_to_num(short)[counted].astype(np.int64), 16, known, full[known].astype(np.int64))
    times = np.full(len(whole), np.nan)
    if len(known):
        times[counted.nonzero()[0][known[0] :]] = counting[known[0] :]
    return _paired(times[1:], messages.column(27))


def _utc_offset_s(header: Messages) -> float | None:
    offsets = header.column(0) - header.column(TIMESTAMP)
    known = offsets[~np.isnan(offsets)]
    return float(known[-1]) if len(known) else None


def _timed(messages: Messages) -> Iterator[tuple[int, datetime]]:
    """Yield the row and the time of each message that has one."""
    for row in range(messages.count):
        time = messages.value(TIMESTAMP, row)
        if time is not None:
            yield row, to_datetime(time)


def _hrv_status(messages: Messages) -> Iterator[HrvStatus]:
    for row, at in _timed(messages):
        number = messages.value(6, row)
        status = _STATUS[int(number)] if number is not None and 0 <= number < len(_STATUS) else None
        weekly, night, high, low, balanced, upper = (messages.value(one, row) for one in range(6))
        yield HrvStatus(at, weekly, night, high, low, balanced, upper, status)


def _beats(messages: Messages) -> Iterator[Beats]:
    table = messages.tables.get(1)
    for row in range(messages.count):
        time = messages.value(TIMESTAMP, row)
        if table is not None and time is not None:
            told = table[row][~np.isnan(table[row])]
            fraction_s = (messages.value(0, row) or 0.0) / 1000
            yield Beats(to_datetime(time + fraction_s), tuple(told.tolist()))


def _sleep(messages: Messages) -> Iterator[Sleep]:
    for row in range(messages.count):
        score, recovery, awakenings, stress = (messages.value(one, row) for one in (6, 8, 11, 15))
        yield Sleep(score, recovery, awakenings, stress)


def _weights(messages: Messages) -> Iterator[Weight]:
    for row, at in _timed(messages):
        mass, user = messages.value(0, row), messages.value(12, row)
        if mass is not None and 0 < mass <= HIGHEST_MASS_KG:
            yield Weight(at, mass, messages.value(1, row), None if user is None else int(user))
