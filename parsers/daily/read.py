"""What is in a file that a watch or a scale wrote between the activities?"""

from collections.abc import Iterator
from datetime import datetime

import numpy as np

from hersteld.parsers.activity.watch_verdicts import HIGHEST_MASS_KG, read_profile
from hersteld.parsers.columns.bulk import decode
from hersteld.parsers.columns.decoder import Decoded, DecodedFile, Messages, join
from hersteld.parsers.daily.readings import Beats, DailyReadings, HrvStatus, Measurement, Sleep, Weight
from hersteld.parsers.daily.stages import read_stages
from hersteld.parsers.errors import Damaged
from hersteld.parsers.format.envelope import damage, incomplete
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.wanted import ABOUT_NIGHTS, DAILY, NIGHTS
from hersteld.parsers.format.rolling_counter import unroll
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Column

QUARTER_S = 900
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


def read_daily(data: bytes) -> DailyReadings:
    """Return what a FIT file holds about the days. The messages of an activity are not read.

    Args:
        data: The whole file.

    Raises:
        NotFit: The bytes are something else.
        Incomplete: The end is missing.
        Damaged: The file is broken. The next one comes within hours, so nothing of it is salvaged.
    """
    return _readings_of(_sound(decode(data, DAILY), len(data)))


def read_nights(data: bytes) -> DailyReadings | None:
    """Return what a FIT file holds about the nights, and no more; None where it has no message about them.

    Args:
        data: The whole file.

    Raises:
        NotFit, Incomplete, Damaged: See `read_daily`; never of a file that has no message about nights.
    """
    decoded = decode(data, NIGHTS)
    if not any(ABOUT_NIGHTS & file.numbers for file in decoded.files):
        return None
    return _readings_of(_sound(decoded, len(data)))


def _sound(decoded: Decoded, size: int) -> tuple[DecodedFile, ...]:
    """Return the files of a chain in which nothing is wrong."""
    fault = decoded.fault
    if fault is not None and fault.kind == "cut_off":
        raise incomplete(fault, size)
    if fault is not None:
        raise Damaged(Line("files.damaged", {"where": damage(fault)}), offset=fault.offset)
    return decoded.files


def _readings_of(files: tuple[DecodedFile, ...]) -> DailyReadings:
    file = join(files)
    file_id = file.of(fields.FILE_ID)
    created = file_id.value(fields.FILE_ID_TIME_CREATED, 0) if file_id.count else None
    resting = file.of(fields.MONITORING_HR_DATA)
    return DailyReadings(
        device=_device(file_id),
        created_at=None if created is None else to_datetime(created),
        utc_offset_s=_utc_offset_s(file),
        heart_rate=tuple(reading for part in files for reading in _heart_rate(part)),
        resting_hr=_readings(resting, fields.MONITORING_HR_DATA_CURRENT_DAY_RESTING_HEART_RATE),
        resting_hr_usual=_readings(resting, fields.MONITORING_HR_DATA_RESTING_HEART_RATE),
        hrv_rmssd=_readings(file.of(fields.HRV_VALUE), fields.HRV_VALUE_VALUE),
        hrv_status=tuple(_hrv_status(file.of(fields.HRV_STATUS_SUMMARY))),
        beats=tuple(_beats(file.of(fields.BEAT_INTERVALS))),
        sleep=tuple(_sleep(file.of(fields.SLEEP_ASSESSMENT))),
        stages=read_stages(file),
        weights=tuple(_weights(file.of(fields.WEIGHT_SCALE))),
        profile=read_profile(file),
    )


def _device(file_id: Messages) -> str:
    """Return what tells one device from another."""
    parts = (fields.FILE_ID_MANUFACTURER, fields.FILE_ID_PRODUCT, fields.FILE_ID_SERIAL_NUMBER)
    known = [file_id.value(number, 0) if file_id.count else None for number in parts]
    return "/".join("-" if value is None else f"{value:.0f}" for value in known)


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


def _utc_offset_s(file: DecodedFile) -> float | None:
    """Return the last known difference between local time and UTC.

    A file of sleep has it in a message of its own, where Gadgetbridge reads a local time; as the profile does not say
    so, only whole quarters of an hour are believed.
    """
    info, sleep = file.of(fields.MONITORING_INFO), file.of(fields.SLEEP_DATA_INFO)
    offsets = info.column(fields.MONITORING_INFO_LOCAL_TIMESTAMP) - info.column(fields.TIMESTAMP)
    of_sleep = sleep.column(fields.SLEEP_DATA_INFO_LOCAL_TIMESTAMP) - sleep.column(fields.TIMESTAMP)
    for found in (offsets[~np.isnan(offsets)], of_sleep[of_sleep % QUARTER_S == 0]):
        if len(found):
            return float(found[-1])
    return None


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
