"""Which columns do the records make?

One quantity may stand in several fields: a plain one of 16 bits, an "enhanced" one of 32 bits, and a compressed one
that is a rolling counter. Which of them a device fills differs from record to record, so each row takes the first
field that has a value.
"""

from typing import Any

import numpy as np

from hersteld.parsers.activity.hr_merge import merged_heart_rate
from hersteld.parsers.columns.decoder import DecodedFile, Messages
from hersteld.parsers.format.base_types import NO_INTEGER
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.rolling_counter import unroll
from hersteld.parsers.workout import Column, Samples

DAY_S = 86400.0
MAX_SPREAD_S = 30 * DAY_S
"""No activity has records further than this from their median: such a time comes from a clock that was not set yet."""
MAX_SALVAGED_SPREAD_S = 2 * DAY_S
"""In a damaged file any bit of a time may be wrong. A damaged recording that is longer
than this loses its first and last records."""


def read_samples(file: DecodedFile, *, fallback_s: float, salvaged: bool) -> Samples:
    """Return the records as columns in order of time. Here `time_s` still counts from the FIT epoch.

    Args:
        file: The activity.
        fallback_s: The time of all records where no record has one, seconds since the FIT epoch.
        salvaged: Whether the file is damaged, so that its times are less reliable.
    """
    records = file.of(fields.RECORD)
    times = known_times(records, salvaged=salvaged)
    times = _fill(times, fallback_s)
    order = _order(times)
    times = times[order]

    short_speed, short_distance = _compressed_speed_distance(records)
    field = records.columns.get
    heart_rate = _first_of(field(fields.RECORD_HEART_RATE))
    merged = merged_heart_rate(times, file.of(fields.HR))
    if merged is not None:
        heart_rate = _first_of(merged, None if heart_rate is None else heart_rate[order])
    elif heart_rate is not None:
        heart_rate = heart_rate[order]
    heart_rate = _beating(heart_rate)
    others = {
        "power_w": _first_of(field(fields.RECORD_POWER)),
        "speed_mps": _first_of(field(fields.RECORD_ENHANCED_SPEED), field(fields.RECORD_SPEED), short_speed),
        "cadence_rpm": _first_of(
            _with_fraction(field(fields.RECORD_CADENCE), field(fields.RECORD_FRACTIONAL_CADENCE)),
            field(fields.RECORD_CADENCE256),
        ),
        "distance_m": _first_of(field(fields.RECORD_DISTANCE), short_distance),
        "temperature_c": _first_of(field(fields.RECORD_TEMPERATURE)),
        "altitude_m": _first_of(field(fields.RECORD_ENHANCED_ALTITUDE), field(fields.RECORD_ALTITUDE)),
    }
    ordered = {name: None if column is None else column[order] for name, column in others.items()}
    return Samples(time_s=times, heart_rate_bpm=heart_rate, **ordered)


def _beating(heart_rate: Column | None) -> Column | None:
    """Return the heart rate without its zeros, which some devices write where they have none; None without any."""
    if heart_rate is None or heart_rate.min() > 0:  # nearly always; False with any NaN
        return heart_rate
    return _first_of(np.where(heart_rate == 0, np.nan, heart_rate))


def _order(times: Column) -> Any:
    """Return the index that puts records into order of time; usually they are in order."""
    return slice(None) if bool((times[1:] >= times[:-1]).all()) else np.argsort(times, kind="stable")


def known_times(records: Messages, *, salvaged: bool) -> Column:
    """Return the times of the records as they stand in the file, NaN where there is none or an impossible one."""
    times = records.column(fields.TIMESTAMP)
    spread = MAX_SALVAGED_SPREAD_S if salvaged else MAX_SPREAD_S
    if not len(times) or times.max() - times.min() <= spread:  # nearly always; False with any NaN
        return times
    valid = ~np.isnan(times)
    if not valid.any():
        return times
    return np.where(np.abs(times - np.median(times[valid])) > spread, np.nan, times)


def _fill(times: Column, fallback_s: float) -> Column:
    """Return the times with each missing one filled from the record before, at the beginning with the first known."""
    valid = ~np.isnan(times)
    if valid.all():
        return times
    if not valid.any():
        return np.full(len(times), fallback_s)
    source = np.maximum.accumulate(np.where(valid, np.arange(len(times)), -1))
    return np.asarray(times[np.where(source >= 0, source, np.argmax(valid))], dtype=np.float64)


def _first_of(*columns: Column | None) -> Column | None:
    """Return the first value of each row in the order of the columns; None when no row has any."""
    chosen: Column | None = None
    for column in columns:
        if column is None:
            continue
        if chosen is None:
            chosen = column
            missing = np.isnan(chosen)
        elif missing.any():
            chosen = np.where(missing, column, chosen)
            missing = np.isnan(chosen)
    return None if chosen is None or missing.all() else chosen


def _with_fraction(cadence: Column | None, fraction: Column | None) -> Column | None:
    """Return the cadence with its fraction added, where there is one."""
    return cadence if cadence is None or fraction is None else cadence + np.nan_to_num(fraction)


def _compressed_speed_distance(records: Messages) -> tuple[Column | None, Column | None]:
    """Return the speed and the distance that are packed into one field.

    They are 12 bits of speed in 1/100 m/s, then 12 bits of distance in 1/16 m, which roll over every 256 m.
    """
    packed = records.integers.get(fields.RECORD_COMPRESSED_SPEED_DISTANCE)
    if packed is None or packed.shape[1] < 2:
        return None, None
    speed, distance = np.full(records.count, np.nan), np.full(records.count, np.nan)
    valid = (packed[:, 0] != NO_INTEGER).nonzero()[0]
    speed[valid] = packed[valid, 0] / 100
    low = packed[valid, 1]
    # The counter starts from 0 in each file of a chain.
    begins = np.unique(valid.searchsorted(records.begins))
    begins = begins[begins < len(valid)]
    distance[valid] = unroll(low, 12, begins, low[begins].astype(np.int64)) / 16
    return speed, distance
