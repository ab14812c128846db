"""What do the watch and the scale record between the activities?

They record the heart rate and the beats of the day, the resting heart rate, the heart rate variability of the night,
sleep and weight. These come in files of their own ("monitoring_b", "weight", and types that have no name in the
profile), one or many a day. What a file does not hold is an empty tuple, or
None for a single value. No command asks for these yet.
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
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.wanted import DAILY
from hersteld.parsers.format.rolling_counter import unroll
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Column, DeviceProfile

_STATUS = ("none", "poor", "low", "unbalanced", "balanced")
_STATUS_AVERAGES = (
    fields.HRV_STATUS_SUMMARY_WEEKLY_AVERAGE,
    fields.HRV_STATUS_SUMMARY_LAST_NIGHT_AVERAGE,
    fields.HRV_STATUS_SUMMARY_LAST_NIGHT_5_MIN_HIGH,
    fields.HRV_STATUS_SUMMARY_BASELINE_LOW_UPPER,
    fields.HRV_STATUS_SUMMARY_BASELINE_BALANCED_LOWER,
    fields.HRV_STATUS_SUMMARY_BASELINE_BALANCED_UPPER,
)
_SLEEP_SCORES = (
    fields.SLEEP_ASSESSMENT_OVERALL_SLEEP_SCORE,
    fields.SLEEP_ASSESSMENT_SLEEP_RECOVERY_SCORE,
    fields.SLEEP_ASSESSMENT_AWAKENINGS_COUNT,
    fields.SLEEP_ASSESSMENT_AVERAGE_STRESS_DURING_SLEEP,
)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value at one time, aware UTC."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Weight:
    """One weigh-in. `user` is the number of the scale's user, None where the scale gives none."""

    at: datetime
    mass_kg: float
    fat_percent: float | None = None
    user: int | None = None


@dataclass(frozen=True, slots=True)
class HrvStatus:
    """The watch's verdict on the heart rate variability (RMSSD, ms) of the night, compared with what is usual.

    Attributes:
        low_below_ms: Below this value the watch calls it low.
        balanced_from_ms, balanced_to_ms: Between these values the watch calls it balanced.
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
    """The times between heart beats, in ms, from one moment on."""

    at: datetime
    intervals_ms: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sleep:
    """The watch's verdict on a night: scores 0..100, stress 0..100. Its only time is that of its file."""

    score: float | None
    recovery_score: float | None
    awakenings: float | None
    stress: float | None


@dataclass(frozen=True, slots=True)
class DailyReadings:
    """What one file holds, each kind in order of the file.

    Attributes:
        created_at: When the device made the file, by its own clock.
        utc_offset_s: Seconds by which the watch's local time was ahead of UTC, from which follows the wearer's date;
            None where the file does not say.
        heart_rate: bpm, usually one a minute.
        resting_hr: bpm, of the day so far.
        resting_hr_usual: bpm, the watch's mean over the last days.
        hrv_rmssd: ms, every five minutes of the night.
        profile: What the device believes about its wearer.
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
    """Return what a FIT file holds about the days. The messages of an activity are not read.

    Args:
        data: The whole file.

    Raises:
        NotFit: The bytes are something else.
        Incomplete: The end is missing.
        Damaged: The file is broken. The next one comes within hours, so nothing of it is salvaged.
    """
    decoded = decode(data, DAILY)
    fault = decoded.fault
    if fault is not None and fault.kind == "cut_off":
        raise incomplete(fault, len(data))
    if fault is not None:
        raise Damaged(Line("files.damaged", {"where": damage(fault)}), offset=fault.offset)
    file = join(decoded.files)
    file_id = file.of(fields.FILE_ID)
    created = file_id.value(fields.FILE_ID_TIME_CREATED, 0) if file_id.count else None
    resting = file.of(fields.MONITORING_HR_DATA)
    return DailyReadings(
        created_at=None if created is None else to_datetime(created),
        utc_offset_s=_utc_offset_s(file.of(fields.MONITORING_INFO)),
        heart_rate=tuple(reading for part in decoded.files for reading in _heart_rate(part)),
        resting_hr=_readings(resting, fields.MONITORING_HR_DATA_CURRENT_DAY_RESTING_HEART_RATE),
        resting_hr_usual=_readings(resting, fields.MONITORING_HR_DATA_RESTING_HEART_RATE),
        hrv_rmssd=_readings(file.of(fields.HRV_VALUE), fields.HRV_VALUE_VALUE),
        hrv_status=tuple(_hrv_status(file.of(fields.HRV_STATUS_SUMMARY))),
        beats=tuple(_beats(file.of(fields.BEAT_INTERVALS))),
        sleep=tuple(_sleep(file.of(fields.SLEEP_ASSESSMENT))),
        weights=tuple(_weights(file.of(fields.WEIGHT_SCALE))),
        profile=read_profile(file),
    )


def _paired(times: Column, values: Column) -> tuple[Measurement, ...]:
    """Return the values that have a time, without those of 0, which a watch writes before it has measured."""
    valid = ~np.isnan(times) & (values > 0)
    pairs = zip(times[valid].tolist(), values[valid].tolist(), strict=True)
    return tuple(Measurement(to_datetime(time), value) for time, value in pairs)


def _readings(messages: Messages, field_number: int) -> tuple[Measurement, ...]:
    """Return the values of a field that have a time, without those of 0."""
    return _paired(messages.column(fields.TIMESTAMP), messages.column(field_number))


def _heart_rate(file: DecodedFile) -> tuple[Measurement, ...]:
    """Return the heart rates of one file of a chain, most of which have only the low 16 bits of their time."""
    messages, info = file.of(fields.MONITORING), file.of(fields.MONITORING_INFO)
    begin = info.value(fields.TIMESTAMP, 0) if info.count else None
    full = np.concatenate(([np.nan if begin is None else begin], messages.column(fields.TIMESTAMP)))
    short = np.concatenate(([np.nan], messages.column(fields.MONITORING_TIMESTAMP_16)))
    counted = ~np.isnan(full) | ~np.isnan(short)
    full_counted = full[counted]
    known = np.flatnonzero(~np.isnan(full_counted))
    low = np.nan_to_num(short)[counted].astype(np.int64)
    unrolled = unroll(low, 16, known, full_counted[known].astype(np.int64))
    times = np.full(len(full), np.nan)
    if len(known):
        times[counted.nonzero()[0][known[0] :]] = unrolled[known[0] :]
    return _paired(times[1:], messages.column(fields.MONITORING_HEART_RATE))


def _utc_offset_s(info: Messages) -> float | None:
    """Return the last known difference between local time and UTC."""
    offsets = info.column(fields.MONITORING_INFO_LOCAL_TIMESTAMP) - info.column(fields.TIMESTAMP)
    known = offsets[~np.isnan(offsets)]
    return float(known[-1]) if len(known) else None


def _timed(messages: Messages) -> Iterator[tuple[int, datetime]]:
    """Yield the row and the time of each message that has one."""
    for row in range(messages.count):
        time = messages.value(fields.TIMESTAMP, row)
        if time is not None:
            yield row, to_datetime(time)


def _hrv_status(messages: Messages) -> Iterator[HrvStatus]:
    for row, at in _timed(messages):
        stored = messages.value(fields.HRV_STATUS_SUMMARY_STATUS, row)
        status = _STATUS[int(stored)] if stored is not None and 0 <= stored < len(_STATUS) else None
        weekly, night, high, low, balanced, upper = (messages.value(number, row) for number in _STATUS_AVERAGES)
        yield HrvStatus(at, weekly, night, high, low, balanced, upper, status)


def _beats(messages: Messages) -> Iterator[Beats]:
    table = messages.tables.get(fields.BEAT_INTERVALS_TIME)
    for row in range(messages.count):
        time = messages.value(fields.TIMESTAMP, row)
        if table is not None and time is not None:
            intervals = table[row][~np.isnan(table[row])]
            fraction_s = (messages.value(fields.BEAT_INTERVALS_TIMESTAMP_MS, row) or 0.0) / 1000
            yield Beats(to_datetime(time + fraction_s), tuple(intervals.tolist()))


def _sleep(messages: Messages) -> Iterator[Sleep]:
    for row in range(messages.count):
        score, recovery, awakenings, stress = (messages.value(number, row) for number in _SLEEP_SCORES)
        yield Sleep(score, recovery, awakenings, stress)


def _weights(messages: Messages) -> Iterator[Weight]:
    for row, at in _timed(messages):
        mass = messages.value(fields.WEIGHT_SCALE_WEIGHT, row)
        fat = messages.value(fields.WEIGHT_SCALE_PERCENT_FAT, row)
        user = messages.value(fields.WEIGHT_SCALE_USER_PROFILE_INDEX, row)
        if mass is not None and 0 < mass <= HIGHEST_MASS_KG:
            yield Weight(at, mass, fat, None if user is None else int(user))
