"""What does the watch say about itself, its wearer and the effort, besides what it recorded?"""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.activity.overlaps import Counted
from hersteld.parsers.columns.decoder import DecodedFile, Messages, Table
from hersteld.parsers.format.fit_time import YEAR_2000, to_datetime
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.meaning import enum_name
from hersteld.parsers.workout import Column, DeviceProfile, Vendor

GARMIN_NUMBERED = (1, 13, 15)
"""The makers that use Garmin's product numbers: garmin, dynastream_oem, dynastream."""
EVENT_OF_RECOVERY = 38
"""An event that is in no profile. Its value is the recovery time in minutes, which falls by one a minute until the
watch computes it anew. The last value equals that of message 140."""
SET_OF_REST = 0
UNKNOWN_EXERCISE = 65534
LONGEST_RECOVERY_MIN = 96 * 60
"""No watch advises more than four days."""
QUARTER_S = 900
"""Timezones differ from UTC by whole quarter hours."""
FARTHEST_ZONE_S = 14 * 3600
CLOCK_SLACK_S = 60
"""Some devices write both clocks a moment apart."""
FIRST_BIRTH_YEAR = 1900
"""A file counts the year of birth from here."""
HIGHEST_MASS_KG = 500.0
"""Values above it, such as 6553.4, mean that the mass is not known yet."""


def read_vendor(file: DecodedFile, counted: Counted) -> Vendor:
    """Return the watch maker's verdict.

    Amounts are summed over the sessions that count. Of the effects the highest counts, of the athlete's answers the
    last.
    """
    sessions = file.of(fields.SESSION)
    rpe = sessions.last(fields.SESSION_WORKOUT_RPE)

    def total(field: int) -> float | None:
        column = sessions.column(field)
        rows = _rows(counted, ~np.isnan(column))
        return float(column[rows].sum()) if rows else None

    def highest(field: int) -> float | None:
        return float(np.nanmax(sessions.column(field))) if sessions.has(field) else None

    return Vendor(
        recovery_min=_recovery_min(file),
        training_effect=highest(fields.SESSION_TOTAL_TRAINING_EFFECT),
        anaerobic_training_effect=highest(fields.SESSION_TOTAL_ANAEROBIC_TRAINING_EFFECT),
        training_load_peak=highest(fields.SESSION_TRAINING_LOAD_PEAK),
        stress_score=total(fields.SESSION_TRAINING_STRESS_SCORE),
        sweat_loss_ml=total(fields.SESSION_SWEAT_LOSS),
        rpe=None if rpe is None else rpe / 10,
        feel=sessions.last(fields.SESSION_WORKOUT_FEEL),
    )


def _rows(counted: Counted, tells: NDArray[np.bool_]) -> list[int]:
    """Return the rows of session messages that add up to the whole workout.

    Args:
        tells: Whether a row has a value, shape (session messages,).
    """
    if all(timed.row is None for timed in counted.kept):  # no session is believed, but what they add up to may be
        return np.flatnonzero(tells).tolist()
    telling = counted.that_tell(lambda timed: timed.row is not None and bool(tells[timed.row]))
    return [timed.row for timed in telling if timed.row is not None]


def _recovery_min(file: DecodedFile) -> float | None:
    """Return the last recovery time: of message 140, written at the end, or else of the events during the recording."""
    events = file.of(fields.EVENT)
    value, short = events.column(fields.EVENT_DATA), events.column(fields.EVENT_DATA16)
    is_recovery = events.column(fields.EVENT_EVENT) == EVENT_OF_RECOVERY
    while_recording = np.where(np.isnan(value), short, value)[is_recovery]
    for minutes in (file.of(fields.PHYSIOLOGY).column(fields.PHYSIOLOGY_RECOVERY_TIME), while_recording):
        plausible = minutes[minutes <= LONGEST_RECOVERY_MIN]
        if len(plausible):
            return float(plausible[-1])
    return None


def read_profile(file: DecodedFile) -> DeviceProfile:
    """Return what the device believes about its wearer; a 0 in the file means that it was never set."""
    user, target = file.of(fields.USER_PROFILE), file.of(fields.ZONES_TARGET)
    zones = file.of(fields.TIME_IN_ZONE)
    mass = user.last(fields.USER_PROFILE_WEIGHT) or None
    own_max_hr_bpm = (
        zones.last(fields.TIME_IN_ZONE_MAX_HEART_RATE) or target.last(fields.ZONES_TARGET_MAX_HEART_RATE) or None
    )
    user_max_hr_bpm = (
        user.last(fields.USER_PROFILE_DEFAULT_MAX_HEART_RATE)
        or user.last(fields.USER_PROFILE_DEFAULT_MAX_RUNNING_HEART_RATE)
        or user.last(fields.USER_PROFILE_DEFAULT_MAX_BIKING_HEART_RATE)
        or None
    )
    born, age = user.last(fields.USER_PROFILE_BIRTH_YEAR), user.last(fields.USER_PROFILE_AGE)
    file_id = file.of(fields.FILE_ID)
    maker = file_id.value(fields.FILE_ID_MANUFACTURER, 0) if file_id.count else None
    return DeviceProfile(
        resting_hr_bpm=user.last(fields.USER_PROFILE_RESTING_HEART_RATE)
        or zones.last(fields.TIME_IN_ZONE_RESTING_HEART_RATE)
        or None,
        max_hr_bpm=own_max_hr_bpm or user_max_hr_bpm,
        lthr_bpm=target.last(fields.ZONES_TARGET_THRESHOLD_HEART_RATE)
        or zones.last(fields.TIME_IN_ZONE_THRESHOLD_HEART_RATE)
        or None,
        ftp_w=target.last(fields.ZONES_TARGET_FUNCTIONAL_THRESHOLD_POWER)
        or zones.last(fields.TIME_IN_ZONE_FUNCTIONAL_THRESHOLD_POWER)
        or None,
        mass_kg=None if mass is None or mass > HIGHEST_MASS_KG else mass,
        sex=enum_name("gender", user.last(fields.USER_PROFILE_GENDER)),
        max_hr_is_of_user_profile=own_max_hr_bpm is None and user_max_hr_bpm is not None,
        birth_year=FIRST_BIRTH_YEAR + int(born) if born else None,
        age=int(age) if age else None,
        maker=enum_name("manufacturer", maker),
    )


def read_device(file: DecodedFile) -> str | None:
    """Return maker and product such as "garmin fenix6", as far as the file names them."""
    file_id = file.of(fields.FILE_ID)
    if not file_id.count:
        return None
    maker, product = file_id.value(fields.FILE_ID_MANUFACTURER, 0), file_id.value(fields.FILE_ID_PRODUCT, 0)
    name = file_id.text(fields.FILE_ID_PRODUCT_NAME)
    if name is None and maker in GARMIN_NUMBERED:
        name = enum_name("garmin_product", product)  # None for a watch newer than our list
    words = " ".join(word for word in (enum_name("manufacturer", maker), name) if word)
    return "".join(letter for letter in words if letter.isprintable()) or None


def read_serial(file: DecodedFile) -> int | None:
    """Return the serial number of the device; None when the file has none."""
    serial = file.of(fields.FILE_ID).last(fields.FILE_ID_SERIAL_NUMBER)
    return int(serial) if serial else None


def read_created_at(file: DecodedFile) -> datetime | None:
    """Return when the device began the file; None when it does not say, or did not know the date."""
    created = file.of(fields.FILE_ID).last(fields.FILE_ID_TIME_CREATED)
    return to_datetime(created) if created is not None and created >= YEAR_2000 else None


def read_local_offset_s(file: DecodedFile) -> float | None:
    """Return how far the device's local clock was ahead of UTC, as the end of the recording tells it by both clocks."""
    activity = file.of(fields.ACTIVITY)
    local, utc = activity.last(fields.ACTIVITY_LOCAL_TIMESTAMP), activity.last(fields.TIMESTAMP)
    if local is None or utc is None:
        return None
    offset_s = round((local - utc) / QUARTER_S) * QUARTER_S
    is_offset = abs(local - utc - offset_s) <= CLOCK_SLACK_S and abs(offset_s) <= FARTHEST_ZONE_S
    return float(offset_s) if is_offset else None


def read_time_in_zone(file: DecodedFile, counted: Counted) -> tuple[float, ...] | None:
    """Return the device's own seconds per heart rate zone, lowest zone first, summed over the sessions that count."""
    sessions, zones = file.of(fields.SESSION), file.of(fields.TIME_IN_ZONE)
    table = zones.tables.get(fields.TIME_IN_ZONE_TIME_IN_HR_ZONE)
    if table is not None:
        of_session = zones.column(fields.TIME_IN_ZONE_REFERENCE_MESG) == fields.SESSION
        table = _by_session(table[of_session], zones.column(fields.TIME_IN_ZONE_REFERENCE_INDEX)[of_session], sessions)
    if table is None or np.isnan(table).all():
        table = sessions.tables.get(fields.SESSION_TIME_IN_HR_ZONE)
    if table is None or np.isnan(table).all():
        return None
    if len(table) == sessions.count:
        table = table[_rows(counted, np.any(~np.isnan(table), axis=1))]
        if not len(table):
            return None
    filled = np.flatnonzero(~np.isnan(table).all(axis=0))
    # An empty column before the last filled one is a zone, too.
    return tuple(np.nansum(table[:, : filled[-1] + 1], axis=0).tolist())


def _by_session(table: Table, indices: Column, sessions: Messages) -> Table:
    """Return times in zones in the order of the session messages that they belong to, where they name these.

    Args:
        table: Seconds per zone, shape (messages, zones).
        indices: The place of the session that each message is of, shape (messages,); NaN for none.
    """
    places = np.nan_to_num(indices, nan=-1).astype(np.int64)
    fits = (places >= 0) & (places < sessions.count)
    if len(sessions.begins) > 1 or not fits.all() or len(np.unique(places)) < len(places):
        return table
    ordered = np.full((sessions.count, table.shape[1]), np.nan)
    ordered[places] = table
    return ordered


def read_exercises(file: DecodedFile) -> tuple[str, ...]:
    """Return the names of the strength exercises done, in order of appearance, each once."""
    sets = file.of(fields.SET)
    table = sets.tables.get(fields.SET_CATEGORY)
    if table is None:
        return ()
    done = table[sets.column(fields.SET_SET_TYPE) != SET_OF_REST]
    numbers = done[~np.isnan(done) & (done != UNKNOWN_EXERCISE)].tolist()
    names = (enum_name("exercise_category", number) for number in numbers)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def read_beat_intervals(file: DecodedFile) -> NDArray[np.float64] | None:
    """Return the seconds from each heart beat to the next, in order of the file; None without any."""
    table = file.of(fields.HRV).tables.get(fields.HRV_TIME)
    if table is None:
        return None
    intervals = table.ravel()
    places = np.flatnonzero(~np.isnan(intervals))  # numpy takes places twice as fast as a mask
    return intervals[places] if len(places) else None
