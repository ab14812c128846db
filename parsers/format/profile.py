"""What do the numbers of a FIT file mean, and which of them do we read?

Names, scales, offsets and enumerations come from `fitparse.profile`; what it lacks stands in `overlay`. `WANTED` is
the list of messages and fields this package looks at: everything else is walked over and never decoded. Elsewhere
in this package a field goes by its number alone, as in the file; its name stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fitparse.profile import FIELD_TYPES, MESSAGE_TYPES

from hersteld.parsers.format.profile_additions import FIELDS, NAMES

_MESSAGES: dict[int, Any] = MESSAGE_TYPES
_TYPES: dict[str, Any] = FIELD_TYPES

FILE_ID = 0  # what kind of file it is, made when, by which device
USER_PROFILE = 3  # what the watch was told of its wearer
ZONES_TARGET = 7  # from which limits it reckons its zones
SPORT = 12  # which sport was chosen
SESSION = 18  # totals of one sport of the activity
LAP = 19  # totals of a part of it
RECORD = 20  # one sample, mostly one a second
EVENT = 21  # started, stopped, and what else came up
HRV = 78  # seconds between heart beats
HR = 132  # heart rate that a strap tells afterwards; see `hr_merge`
PHYSIOLOGY = 140  # in no profile; the watch's verdict at the end
DEVELOPER_FIELD = 206  # what an app's own field means
TIME_IN_ZONE = 216  # of a session or a lap, and the heart rates from which the zones are reckoned
SET = 225  # exercise or rest of a strength training

WEIGHT_SCALE = 30
MONITORING = 55
MONITORING_HEADER = 103
MONITORING_HR = 211
BEAT_INTERVALS = 290
SLEEP_ASSESSMENT = 346
HRV_STATUS = 370
HRV_VALUE = 371

TIMESTAMP = 253

_OF_ACTIVITIES = {
    FILE_ID: "0 type, 1 manufacturer, 2 product, 4 time_created, 8 product_name",
    USER_PROFILE: (
        "1 gender, 4 weight, 8 resting_heart_rate, 9 default_max_running_heart_rate, 10 default_max_biking_heart_rate, "
        "11 default_max_heart_rate"
    ),
    ZONES_TARGET: "1 max_heart_rate, 2 threshold_heart_rate, 3 functional_threshold_power",
    SPORT: "0 sport, 1 sub_sport",
    SESSION: (
        "2 start_time, 5 sport, 6 sub_sport, 7 total_elapsed_time, 8 total_timer_time, 9 total_distance, "
        "11 total_calories, 16 avg_heart_rate, 17 max_heart_rate, 20 avg_power, 24 total_training_effect, "
        "35 training_stress_score, 45 threshold_power, 65 time_in_hr_zone, 137 total_anaerobic_training_effect, "
        "150 min_temperature, 168 training_load_peak, 178 sweat_loss, 192 workout_feel, 193 workout_rpe, 253 timestamp"
    ),
    LAP: (
        "2 start_time, 7 total_elapsed_time, 8 total_timer_time, 9 total_distance, 11 total_calories, 25 sport, "
        "39 sub_sport, 253 timestamp"
    ),
    RECORD: (
        "2 altitude, 3 heart_rate, 4 cadence, 5 distance, 6 speed, 7 power, 8 compressed_speed_distance, "
        "13 temperature, 52 cadence256, 53 fractional_cadence, 73 enhanced_speed, 78 enhanced_altitude, 253 timestamp"
    ),
    EVENT: "0 event, 1 event_type, 2 data16, 3 data, 253 timestamp",
    HRV: "0 time",
    HR: "0 fractional_timestamp, 1 time256, 6 filtered_bpm, 9 event_timestamp, 10 event_timestamp_12, 253 timestamp",
    PHYSIOLOGY: "9 recovery_time",
    DEVELOPER_FIELD: (
        "0 developer_data_index, 1 field_definition_number, 2 fit_base_type_id, 3 field_name, 6 scale, 7 offset, "
        "8 units, 14 native_mesg_num, 15 native_field_num"
    ),
    TIME_IN_ZONE: (
        "0 reference_mesg, 1 reference_index, 2 time_in_hr_zone, 11 max_heart_rate, 12 resting_heart_rate, "
        "13 threshold_heart_rate, 15 functional_threshold_power"
    ),
    SET: "5 set_type, 7 category",
}
_OF_DAYS = {
    FILE_ID: "0 type, 4 time_created",
    **{message: _OF_ACTIVITIES[message] for message in (USER_PROFILE, ZONES_TARGET, TIME_IN_ZONE)},
    WEIGHT_SCALE: "0 weight, 1 percent_fat, 12 user_profile_index, 253 timestamp",
    MONITORING: "26 timestamp_16, 27 heart_rate, 253 timestamp",
    MONITORING_HEADER: "0 local_timestamp, 253 timestamp",
    MONITORING_HR: "0 resting_heart_rate, 1 current_day_resting_heart_rate, 253 timestamp",
    BEAT_INTERVALS: "0 timestamp_ms, 1 time, 253 timestamp",
    SLEEP_ASSESSMENT: (
        "6 overall_sleep_score, 8 sleep_recovery_score, 11 awakenings_count, 15 average_stress_during_sleep"
    ),
    HRV_STATUS: (
        "0 weekly_average, 1 last_night_average, 2 last_night_5_min_high, 3 baseline_low_upper, "
        "4 baseline_balanced_lower, 5 baseline_balanced_upper, 6 status, 253 timestamp"
    ),
    HRV_VALUE: "0 value, 253 timestamp",
}

Wanted = Mapping[int, frozenset[int]]
"""Numbers of the fields to be read, by global message number."""


def _numbers(fields: Mapping[int, str]) -> Wanted:
    return {message: frozenset(int(one.split()[0]) for one in listed.split(",")) for message, listed in fields.items()}


WANTED = _numbers(_OF_ACTIVITIES)
DAILY = _numbers(_OF_DAYS)
"""The same for what a watch or scale tells between the activities."""

TABLES = {
    (HRV, 0): 8,
    (HR, 9): 16,
    (SESSION, 65): 16,
    (TIME_IN_ZONE, 2): 16,
    (SET, 7): 16,
    (BEAT_INTERVALS, 1): 127,
}
"""Fields that hold several values at a time, and how many are kept: more than any device writes, and few enough that
one message made wide on purpose does not widen all others. Of all other fields the first valid value is taken."""

OCTETS = {(HR, 6): 16}
"""The same for fields of single bytes that are so many that they are kept small."""
TWELVE_BITS = {(RECORD, 8): 2, (HR, 10): 16}
"""The same for fields of bytes into which numbers of 12 bits are packed."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """value = stored / scale - offset."""

    scale: float
    offset: float
    units: str


@cache
def scaling(message: int, field: int) -> Scaling:
    """Return how a stored number of this field becomes a value in its unit."""
    addition = FIELDS.get((message, field))
    if addition is not None:
        return Scaling(addition.scale, addition.offset, addition.units)
    known = _MESSAGES[message].fields.get(field) if message in _MESSAGES else None
    if known is None:
        return Scaling(1, 0, "")
    return Scaling(known.scale or 1, known.offset or 0, known.units or "")


def enum_name(enumeration: str, number: float | None) -> str | None:
    """Return the profile's name for a value of an enumeration; None for no value, or one that nobody has named."""
    if number is None:
        return None
    value = int(number)
    name = _TYPES[enumeration].values.get(value) or NAMES.get(enumeration, {}).get(value)
    return None if name is None else str(name)


_DEVELOPER_NAMES = {"heart_rate": 3, "heartrate": 3, "power": 7, "cadence": 4}
_SAME_UNITS = {"watts": "w", "watt": "w"}


def native_field(name: str | None, units: str | None, message: float | None, field: float | None) -> int | None:
    """Return the record field that a developer field stands in for, or None.

    An app says so by number (`native_mesg_num`, `native_field_num`), or by calling its field what the profile calls
    it. It must be in the same unit: some count their speed in km/h.

    Args:
        name, units: As the app describes its field.
        message, field: Native numbers, None where the app gives none.
    """
    number = None if field is None else int(field)
    if message is not None and int(message) != RECORD:
        return None
    if number is None:
        number = _DEVELOPER_NAMES.get((name or "").strip().lower().replace(" ", "_"))
    if number is None or number not in WANTED[RECORD] - {TIMESTAMP}:
        return None
    given = (units or "").strip().lower()
    native = scaling(RECORD, number).units.lower()
    if given and _SAME_UNITS.get(given, given) != _SAME_UNITS.get(native, native):
        return None
    return number
