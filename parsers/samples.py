"""Which columns do the records make?

One quantity may stand in several fields: a plain one of 16 bits, an "enhanced" one of 32, a compressed one that
only counts on. Which of them a device fills differs from record to record, so each row takes the first that has a
value.
"""

import numpy as np

from hersteld.parsers.decoder import DecodedFile, Messages
from hersteld.parsers.hr_merge import merged_heart_rate
from hersteld.parsers.profile import HR, RECORD, TIMESTAMP
from hersteld.parsers.rolling import NO_FULL_VALUE, unroll
from hersteld.parsers.workout import Column, Samples

DAY_S = 86400.0
MAX_SPREAD_S = 30 * DAY_S
"""No activity has records further than this from their middle: such a time is a clock that was not set yet."""
MAX_SALVAGED_SPREAD_S = 2 * DAY_S
"""In a damaged file any bit of a time may be wrong; who records for longer loses the ends."""


def read_samples(file: DecodedFile, *, fallback_s: float, salvaged: bool) -> Samples:
    """Return the records as columns in order of time; here `time_s` still counts from the FIT epoch.

    Args:
        file: The activity.
        fallback_s: Time of records in a file where no record has one, seconds since the FIT epoch.
        salvaged: Whether the file is damaged, so that its times are trusted less.
    """
    records = file.of(RECORD)
    times = known_times(records, salvaged=salvaged)
    times = _fill(times, fallback_s)
    order = np.argsort(times, kind="stable")
    times = times[order]

    short_speed, short_distance = _compressed_speed_distance(records)
    cadence = _first_of(records.column(4) + np.nan_to_num(records.column(53)), records.column(52))
    heart_rate = records.column(3)[order]
    merged = merged_heart_rate(times, file.of(HR))
    if merged is not None:
        heart_rate = _first_of(merged, heart_rate)
    return Samples(
        time_s=times,
        heart_rate_bpm=_or_none(heart_rate),
        power_w=_or_none(records.column(7)[order]),
        speed_mps=_or_none(_first_of(records.column(73), records.column(6), short_speed)[order]),
        cadence_rpm=_or_none(cadence[order]),
        distance_m=_or_none(_first_of(records.column(5), short_distance)[order]),
        temperature_c=_or_none(records.column(13)[order]),
        altitude_m=_or_none(_first_of(records.column(78), records.column(2))[order]),
    )


def known_times(records: Messages, *, salvaged: bool) -> Column:
    """Return the records' times as the file has them, NaN where there is none or it cannot be."""
    times = records.column(TIMESTAMP).copy()
    valid = ~np.isnan(times)
    if valid.any():
        far = np.abs(times - np.median(times[valid])) > (MAX_SALVAGED_SPREAD_S if salvaged else MAX_SPREAD_S)
        times[far] = np.nan
    return times


def _fill(times: Column, fallback_s: float) -> Column:
    """Give a record without a time that of the record before it; the first ones, that of the first that has one."""
    valid = ~np.isnan(times)
    if not valid.any():
        return np.full(len(times), fallback_s)
    source = np.maximum.accumulate(np.where(valid, np.arange(len(times)), -1))
    return np.asarray(times[np.where(source >= 0, source, np.argmax(valid))], dtype=np.float64)


def _first_of(*columns: Column) -> Column:
    chosen = columns[0]
    for column in columns[1:]:
        chosen = np.where(np.isnan(chosen), column, chosen)
    return chosen


def _or_none(column: Column) -> Column | None:
    return None if np.isnan(column).all() else column


def _compressed_speed_distance(records: Messages) -> tuple[Column, Column]:
    """Unpack field 8: 12 bits of speed in 1/100 m/s, then 12 bits of distance in 1/16 m that roll over every 256 m."""
    speed, distance = np.full(records.count, np.nan), np.full(records.count, np.nan)
    packed = records.tables.get(8)
    if packed is None or packed.shape[1] < 3:
        return speed, distance
    valid = ~np.isnan(packed[:, :3]).any(axis=1)
    stored = packed[valid, :3].astype(np.int64)
    speed[valid] = (stored[:, 0] | (stored[:, 1] & 0x0F) << 8) / 100
    low = stored[:, 1] >> 4 | stored[:, 2] << 4
    distance[valid] = unroll(low, np.full(len(low), NO_FULL_VALUE), 12) / 16
    return speed, distance
