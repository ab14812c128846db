"""Which messages and fields does this package read?

Every other message and field is walked over and never decoded.
"""

from collections.abc import Mapping

from hersteld.parsers.format.profile import fields

Wanted = Mapping[int, frozenset[int]]
"""Numbers of the fields to be read, by global message number."""

WANTED: Wanted = {
    fields.FILE_ID: frozenset(
        {
            fields.FILE_ID_TYPE,
            fields.FILE_ID_MANUFACTURER,
            fields.FILE_ID_PRODUCT,
            fields.FILE_ID_SERIAL_NUMBER,
            fields.FILE_ID_TIME_CREATED,
            fields.FILE_ID_PRODUCT_NAME,
        }
    ),
    fields.USER_PROFILE: frozenset(
        {
            fields.USER_PROFILE_GENDER,
            fields.USER_PROFILE_AGE,
            fields.USER_PROFILE_WEIGHT,
            fields.USER_PROFILE_RESTING_HEART_RATE,
            fields.USER_PROFILE_DEFAULT_MAX_RUNNING_HEART_RATE,
            fields.USER_PROFILE_DEFAULT_MAX_BIKING_HEART_RATE,
            fields.USER_PROFILE_DEFAULT_MAX_HEART_RATE,
            fields.USER_PROFILE_BIRTH_YEAR,
        }
    ),
    fields.ZONES_TARGET: frozenset(
        {
            fields.ZONES_TARGET_MAX_HEART_RATE,
            fields.ZONES_TARGET_THRESHOLD_HEART_RATE,
            fields.ZONES_TARGET_FUNCTIONAL_THRESHOLD_POWER,
        }
    ),
    fields.SPORT: frozenset({fields.SPORT_SPORT, fields.SPORT_SUB_SPORT}),
    fields.SESSION: frozenset(
        {
            fields.SESSION_START_TIME,
            fields.SESSION_SPORT,
            fields.SESSION_SUB_SPORT,
            fields.SESSION_TOTAL_ELAPSED_TIME,
            fields.SESSION_TOTAL_TIMER_TIME,
            fields.SESSION_TOTAL_DISTANCE,
            fields.SESSION_TOTAL_CALORIES,
            fields.SESSION_AVG_HEART_RATE,
            fields.SESSION_MAX_HEART_RATE,
            fields.SESSION_AVG_POWER,
            fields.SESSION_TOTAL_TRAINING_EFFECT,
            fields.SESSION_TRAINING_STRESS_SCORE,
            fields.SESSION_THRESHOLD_POWER,
            fields.SESSION_TIME_IN_HR_ZONE,
            fields.SESSION_TOTAL_ANAEROBIC_TRAINING_EFFECT,
            fields.SESSION_MIN_TEMPERATURE,
            fields.SESSION_TRAINING_LOAD_PEAK,
            fields.SESSION_SWEAT_LOSS,
            fields.SESSION_WORKOUT_FEEL,
            fields.SESSION_WORKOUT_RPE,
            fields.TIMESTAMP,
        }
    ),
    fields.LAP: frozenset(
        {
            fields.LAP_START_TIME,
            fields.LAP_TOTAL_ELAPSED_TIME,
            fields.LAP_TOTAL_TIMER_TIME,
            fields.LAP_TOTAL_DISTANCE,
            fields.LAP_TOTAL_CALORIES,
            fields.LAP_SPORT,
            fields.LAP_SUB_SPORT,
            fields.TIMESTAMP,
        }
    ),
    fields.RECORD: frozenset(
        {
            fields.RECORD_ALTITUDE,
            fields.RECORD_HEART_RATE,
            fields.RECORD_CADENCE,
            fields.RECORD_DISTANCE,
            fields.RECORD_SPEED,
            fields.RECORD_POWER,
            fields.RECORD_COMPRESSED_SPEED_DISTANCE,
            fields.RECORD_TEMPERATURE,
            fields.RECORD_CADENCE256,
            fields.RECORD_FRACTIONAL_CADENCE,
            fields.RECORD_ENHANCED_SPEED,
            fields.RECORD_ENHANCED_ALTITUDE,
            fields.TIMESTAMP,
        }
    ),
    fields.EVENT: frozenset(
        {
            fields.EVENT_EVENT,
            fields.EVENT_EVENT_TYPE,
            fields.EVENT_DATA16,
            fields.EVENT_DATA,
            fields.TIMESTAMP,
        }
    ),
    fields.ACTIVITY: frozenset({fields.ACTIVITY_LOCAL_TIMESTAMP, fields.TIMESTAMP}),
    fields.HRV: frozenset({fields.HRV_TIME}),
    fields.HR: frozenset(
        {
            fields.HR_FRACTIONAL_TIMESTAMP,
            fields.HR_TIME256,
            fields.HR_FILTERED_BPM,
            fields.HR_EVENT_TIMESTAMP,
            fields.HR_EVENT_TIMESTAMP_12,
            fields.TIMESTAMP,
        }
    ),
    fields.PHYSIOLOGY: frozenset({fields.PHYSIOLOGY_RECOVERY_TIME}),
    fields.FIELD_DESCRIPTION: frozenset(
        {
            fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX,
            fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER,
            fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID,
            fields.FIELD_DESCRIPTION_FIELD_NAME,
            fields.FIELD_DESCRIPTION_SCALE,
            fields.FIELD_DESCRIPTION_OFFSET,
            fields.FIELD_DESCRIPTION_UNITS,
            fields.FIELD_DESCRIPTION_NATIVE_MESG_NUM,
            fields.FIELD_DESCRIPTION_NATIVE_FIELD_NUM,
        }
    ),
    fields.TIME_IN_ZONE: frozenset(
        {
            fields.TIME_IN_ZONE_REFERENCE_MESG,
            fields.TIME_IN_ZONE_REFERENCE_INDEX,
            fields.TIME_IN_ZONE_TIME_IN_HR_ZONE,
            fields.TIME_IN_ZONE_MAX_HEART_RATE,
            fields.TIME_IN_ZONE_RESTING_HEART_RATE,
            fields.TIME_IN_ZONE_THRESHOLD_HEART_RATE,
            fields.TIME_IN_ZONE_FUNCTIONAL_THRESHOLD_POWER,
        }
    ),
    fields.SET: frozenset({fields.SET_SET_TYPE, fields.SET_CATEGORY}),
}
"""What is read of an activity."""

DAILY: Wanted = {
    fields.FILE_ID: WANTED[fields.FILE_ID] - {fields.FILE_ID_PRODUCT_NAME},
    fields.USER_PROFILE: WANTED[fields.USER_PROFILE],
    fields.ZONES_TARGET: WANTED[fields.ZONES_TARGET],
    fields.TIME_IN_ZONE: WANTED[fields.TIME_IN_ZONE],
    fields.WEIGHT_SCALE: frozenset(
        {
            fields.WEIGHT_SCALE_WEIGHT,
            fields.WEIGHT_SCALE_PERCENT_FAT,
            fields.WEIGHT_SCALE_USER_PROFILE_INDEX,
            fields.TIMESTAMP,
        }
    ),
    fields.MONITORING: frozenset({fields.MONITORING_TIMESTAMP_16, fields.MONITORING_HEART_RATE, fields.TIMESTAMP}),
    fields.MONITORING_INFO: frozenset({fields.MONITORING_INFO_LOCAL_TIMESTAMP, fields.TIMESTAMP}),
    fields.MONITORING_HR_DATA: frozenset(
        {
            fields.MONITORING_HR_DATA_RESTING_HEART_RATE,
            fields.MONITORING_HR_DATA_CURRENT_DAY_RESTING_HEART_RATE,
            fields.TIMESTAMP,
        }
    ),
    fields.BEAT_INTERVALS: frozenset(
        {
            fields.BEAT_INTERVALS_TIMESTAMP_MS,
            fields.BEAT_INTERVALS_TIME,
            fields.TIMESTAMP,
        }
    ),
    fields.EVENT: frozenset({fields.EVENT_EVENT, fields.EVENT_EVENT_TYPE, fields.TIMESTAMP}),
    fields.SLEEP_DATA_INFO: frozenset({fields.SLEEP_DATA_INFO_LOCAL_TIMESTAMP, fields.TIMESTAMP}),
    fields.SLEEP_LEVEL: frozenset({fields.SLEEP_LEVEL_SLEEP_LEVEL, fields.TIMESTAMP}),
    fields.SLEEP_ASSESSMENT: frozenset(
        {
            fields.SLEEP_ASSESSMENT_OVERALL_SLEEP_SCORE,
            fields.SLEEP_ASSESSMENT_SLEEP_RECOVERY_SCORE,
            fields.SLEEP_ASSESSMENT_AWAKENINGS_COUNT,
            fields.SLEEP_ASSESSMENT_AVERAGE_STRESS_DURING_SLEEP,
        }
    ),
    fields.HRV_STATUS_SUMMARY: frozenset(
        {
            fields.HRV_STATUS_SUMMARY_WEEKLY_AVERAGE,
            fields.HRV_STATUS_SUMMARY_LAST_NIGHT_AVERAGE,
            fields.HRV_STATUS_SUMMARY_LAST_NIGHT_5_MIN_HIGH,
            fields.HRV_STATUS_SUMMARY_BASELINE_LOW_UPPER,
            fields.HRV_STATUS_SUMMARY_BASELINE_BALANCED_LOWER,
            fields.HRV_STATUS_SUMMARY_BASELINE_BALANCED_UPPER,
            fields.HRV_STATUS_SUMMARY_STATUS,
            fields.TIMESTAMP,
        }
    ),
    fields.HRV_VALUE: frozenset({fields.HRV_VALUE_VALUE, fields.TIMESTAMP}),
}
"""What is read of the files that a watch or a scale writes between the activities."""

ABOUT_NIGHTS = frozenset(
    {
        fields.MONITORING_HR_DATA,
        fields.SLEEP_LEVEL,
        fields.BEAT_INTERVALS,
        fields.SLEEP_ASSESSMENT,
        fields.HRV_STATUS_SUMMARY,
        fields.HRV_VALUE,
        fields.WEIGHT_SCALE,
    }
)
"""The messages that say something of a night, or of the body mass on a scale."""

NIGHTS: Wanted = {
    number: DAILY[number]
    for number in {fields.FILE_ID, fields.MONITORING_INFO, fields.SLEEP_DATA_INFO, fields.EVENT, *ABOUT_NIGHTS}
}
"""What is read of a file to learn about the nights."""

TABLES = {
    (fields.HRV, fields.HRV_TIME): 8,
    (fields.HR, fields.HR_EVENT_TIMESTAMP): 16,
    (fields.SESSION, fields.SESSION_TIME_IN_HR_ZONE): 16,
    (fields.TIME_IN_ZONE, fields.TIME_IN_ZONE_TIME_IN_HR_ZONE): 16,
    (fields.SET, fields.SET_CATEGORY): 16,
    (fields.BEAT_INTERVALS, fields.BEAT_INTERVALS_TIME): 127,
}
"""The fields that hold several values in one message, and how many of them are kept: more than any device writes, and
few enough that one message that was made wide on purpose does not widen all others. Of every other field the first
valid value is taken."""

OCTETS = {(fields.HR, fields.HR_FILTERED_BPM): 16}
"""The same for fields of single bytes, which are kept as small integers because there are so many of them."""
TWELVE_BITS = {
    (fields.RECORD, fields.RECORD_COMPRESSED_SPEED_DISTANCE): 2,
    (fields.HR, fields.HR_EVENT_TIMESTAMP_12): 16,
}
"""The same for fields of bytes into which numbers of 12 bits are packed."""
_DATES = {
    (fields.FILE_ID, fields.FILE_ID_TIME_CREATED),
    (fields.SESSION, fields.SESSION_START_TIME),
    (fields.LAP, fields.LAP_START_TIME),
    (fields.ACTIVITY, fields.ACTIVITY_LOCAL_TIMESTAMP),
}
DATE_BYTES = 4


def is_date(message: int, field: int) -> bool:
    """Return whether a field holds a date, in seconds since the FIT epoch."""
    return field == fields.TIMESTAMP or (message, field) in _DATES
