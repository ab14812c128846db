"""What watch and scale tell between the activities."""

from datetime import UTC, datetime, timedelta

import pytest

from hersteld.parsers.daily.read import read_daily
from hersteld.parsers.daily.readings import Beats, HrvStatus, Measurement, Sleep, Weight
from hersteld.parsers.errors import Damaged, Incomplete, NotFit, ParseError
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from hersteld.parsers.workout import DeviceProfile
from tests.support.fit.build import (
    ENUM,
    SINT8,
    START,
    UINT8,
    UINT16,
    UINT32,
    activity,
    definition,
    file_id,
    fit,
    message,
    values,
)
from tests.support.fit.corpus import corpus_bytes, expected_rows, needs_corpus

AT = to_datetime(START)


def test_heart_rates_with_short_times_follow_the_last_whole_time() -> None:
    """The 16 bits roll over every 18 hours."""
    begin = (START | 0xFFFF) - 90
    layout = ((fields.MONITORING_TIMESTAMP_16, 2, UINT16), (fields.MONITORING_HEART_RATE, 1, UINT8))
    told = [((begin + later) & 0xFFFF, rate) for later, rate in ((0, 60), (60, 62), (120, 255), (180, 64), (200, 0))]
    raw = fit(
        file_id(32),
        message(
            fields.MONITORING_INFO,
            (fields.TIMESTAMP, UINT32, begin),
            (fields.MONITORING_INFO_LOCAL_TIMESTAMP, UINT32, begin + 7200),
        ),
        definition(0, fields.MONITORING, layout),
        *(values(0, layout, short, rate) for short, rate in told),
    )
    readings = read_daily(raw)
    expected = [(0, 60), (60, 62), (180, 64)]
    assert readings.heart_rate == tuple(Measurement(to_datetime(begin + later), rate) for later, rate in expected)
    assert readings.utc_offset_s == 7200


@pytest.mark.parametrize(("local_s", "offset_s"), [(-28800, -28800), (20700, 20700), (27120, None), (None, None)])
def test_a_file_of_sleep_says_how_late_it_is_where_the_watch_is(local_s: int | None, offset_s: int | None) -> None:
    """Where no watch could have it so, the field means something else, as the end of the sleep."""
    told = [(fields.SLEEP_DATA_INFO_LOCAL_TIMESTAMP, UINT32, START + local_s)] if local_s is not None else []
    sleep = message(fields.SLEEP_DATA_INFO, (fields.TIMESTAMP, UINT32, START), *told)
    assert read_daily(fit(file_id(49), sleep)).utc_offset_s == offset_s
    info = message(
        fields.MONITORING_INFO,
        (fields.TIMESTAMP, UINT32, START),
        (fields.MONITORING_INFO_LOCAL_TIMESTAMP, UINT32, START + 7200),
    )
    assert read_daily(fit(file_id(49), sleep, info)).utc_offset_s == 7200


def test_each_file_of_a_chain_has_its_own_clock() -> None:
    def day(begin: int, rate: int, *, header: bool = True) -> bytes:
        told = message(fields.MONITORING_INFO, (fields.TIMESTAMP, UINT32, begin)) if header else b""
        return fit(
            file_id(32),
            told,
            message(
                fields.MONITORING,
                (fields.MONITORING_TIMESTAMP_16, UINT16, (begin + 60) & 0xFFFF),
                (fields.MONITORING_HEART_RATE, UINT8, rate),
            ),
        )

    later = START + 20 * 3600 + 7
    raw = day(START, 60) + day(later, 70) + day(later, 80, header=False)
    expected = ((START + 60, 60), (later + 60, 70))
    assert read_daily(raw).heart_rate == tuple(Measurement(to_datetime(at), rate) for at, rate in expected)


def test_a_heart_rate_without_any_whole_time_is_nothing() -> None:
    assert (
        read_daily(
            fit(
                file_id(32),
                message(
                    fields.MONITORING,
                    (fields.MONITORING_TIMESTAMP_16, UINT16, 5),
                    (fields.MONITORING_HEART_RATE, UINT8, 60),
                ),
            )
        ).heart_rate
        == ()
    )


def test_the_night_is_read() -> None:
    readings = read_daily(
        fit(
            file_id(49),
            message(fields.HRV_VALUE, (fields.TIMESTAMP, UINT32, START), (fields.HRV_VALUE_VALUE, UINT16, 50 * 128)),
            message(
                fields.HRV_VALUE, (fields.TIMESTAMP, UINT32, START + 300), (fields.HRV_VALUE_VALUE, UINT16, 0xFFFF)
            ),
            message(
                fields.HRV_STATUS_SUMMARY,
                (fields.TIMESTAMP, UINT32, START),
                *((field, UINT16, (40 + field) * 128) for field in range(6)),
                (fields.HRV_STATUS_SUMMARY_STATUS, ENUM, 4),
            ),
            message(
                fields.BEAT_INTERVALS,
                (fields.TIMESTAMP, UINT32, START),
                (fields.BEAT_INTERVALS_TIMESTAMP_MS, UINT16, 500),
                (fields.BEAT_INTERVALS_TIME, UINT16, bytes.fromhex("2003 2A03 FFFF")),
            ),
            message(
                fields.SLEEP_ASSESSMENT,
                (fields.SLEEP_ASSESSMENT_OVERALL_SLEEP_SCORE, UINT8, 81),
                (fields.SLEEP_ASSESSMENT_SLEEP_RECOVERY_SCORE, UINT8, 77),
                (fields.SLEEP_ASSESSMENT_AWAKENINGS_COUNT, UINT8, 3),
                (fields.SLEEP_ASSESSMENT_AVERAGE_STRESS_DURING_SLEEP, UINT16, 1850),
            ),
            message(
                fields.MONITORING_HR_DATA,
                (fields.TIMESTAMP, UINT32, START),
                (fields.MONITORING_HR_DATA_RESTING_HEART_RATE, UINT8, 52),
                (fields.MONITORING_HR_DATA_CURRENT_DAY_RESTING_HEART_RATE, UINT8, 49),
            ),
        )
    )
    assert readings.created_at == AT
    assert readings.hrv_rmssd == (Measurement(AT, 50),)
    assert readings.hrv_status == (HrvStatus(AT, 40, 41, 42, 43, 44, 45, "balanced"),)
    assert readings.beats == (Beats(AT + timedelta(seconds=0.5), (800, 810)),)
    assert readings.sleep == (Sleep(81, 77, 3, 18.5),)
    assert readings.resting_hr == (Measurement(AT, 49),)
    assert readings.resting_hr_usual == (Measurement(AT, 52),)


@pytest.mark.parametrize("stored", [-1, -100, 5, 100])
def test_a_status_that_has_no_name_is_none(stored: int) -> None:
    (status,) = read_daily(
        fit(
            file_id(49),
            message(
                fields.HRV_STATUS_SUMMARY,
                (fields.TIMESTAMP, UINT32, START),
                (fields.HRV_STATUS_SUMMARY_STATUS, SINT8, stored),
            ),
        )
    ).hrv_status
    assert status.status is None


def test_an_activity_tells_nothing_of_the_day() -> None:
    readings = read_daily(activity())
    assert (readings.heart_rate, readings.weights, readings.sleep) == ((), (), ())


def test_what_is_broken_is_refused() -> None:
    raw = fit(
        file_id(32),
        message(
            fields.MONITORING_HR_DATA,
            (fields.TIMESTAMP, UINT32, START),
            (fields.MONITORING_HR_DATA_CURRENT_DAY_RESTING_HEART_RATE, UINT8, 49),
        ),
    )
    with pytest.raises(Incomplete):
        read_daily(raw[:-4])
    with pytest.raises(Damaged, match=r"files\.wrong_checksum"):
        read_daily(raw[:-1] + bytes([raw[-1] ^ 1]))
    with pytest.raises(NotFit):
        read_daily(b"no FIT file, but long enough")


def test_a_weigh_in_has_a_time_and_a_mass() -> None:
    """A scale that is still at it writes the highest number but one."""
    told = [
        message(
            fields.WEIGHT_SCALE,
            (fields.TIMESTAMP, UINT32, START),
            (fields.WEIGHT_SCALE_WEIGHT, UINT16, 7215),
            (fields.WEIGHT_SCALE_PERCENT_FAT, UINT16, 1830),
            (fields.WEIGHT_SCALE_USER_PROFILE_INDEX, UINT16, 2),
        ),
        message(
            fields.WEIGHT_SCALE, (fields.TIMESTAMP, UINT32, START + 60), (fields.WEIGHT_SCALE_WEIGHT, UINT16, 0xFFFE)
        ),
        message(
            fields.WEIGHT_SCALE, (fields.TIMESTAMP, UINT32, 0xFFFFFFFF), (fields.WEIGHT_SCALE_WEIGHT, UINT16, 7000)
        ),
        message(
            fields.WEIGHT_SCALE, (fields.TIMESTAMP, UINT32, START + 120), (fields.WEIGHT_SCALE_WEIGHT, UINT16, 7190)
        ),
    ]
    assert read_daily(fit(file_id(9), *told)).weights == (
        Weight(AT, 72.15, 18.3, 2),
        Weight(AT + timedelta(minutes=2), 71.9, None, None),
    )


def test_a_watch_tells_of_its_wearer_between_the_activities_too() -> None:
    user = message(
        fields.USER_PROFILE,
        (fields.USER_PROFILE_GENDER, ENUM, 0),
        (fields.USER_PROFILE_WEIGHT, UINT16, 615),
        (fields.USER_PROFILE_RESTING_HEART_RATE, UINT8, 52),
        (fields.USER_PROFILE_DEFAULT_MAX_HEART_RATE, UINT8, 186),
    )
    assert read_daily(fit(file_id(32), user)).profile == DeviceProfile(
        52, 186, None, None, 61.5, "female", maker="garmin", max_hr_is_of_user_profile=True
    )
    target = message(
        fields.ZONES_TARGET,
        (fields.ZONES_TARGET_MAX_HEART_RATE, UINT8, 190),
        (fields.ZONES_TARGET_THRESHOLD_HEART_RATE, UINT8, 171),
        (fields.ZONES_TARGET_FUNCTIONAL_THRESHOLD_POWER, UINT16, 265),
    )
    assert read_daily(fit(file_id(2), user, target)).profile == DeviceProfile(
        52, 190, 171, 265, 61.5, "female", maker="garmin"
    )
    zones = message(
        fields.TIME_IN_ZONE,
        (fields.TIME_IN_ZONE_RESTING_HEART_RATE, UINT8, 44),
        (fields.TIME_IN_ZONE_THRESHOLD_HEART_RATE, UINT8, 169),
    )
    assert read_daily(fit(file_id(32), zones)).profile == DeviceProfile(44, None, 169, maker="garmin")


@needs_corpus
def test_a_scale_knows_its_users() -> None:
    readings = read_daily(corpus_bytes("dtcooper__python-fitparse/tests/files/WeightScaleMultiUser.fit"))
    assert readings.weights == (
        Weight(datetime(2009, 9, 9, 21, 38, tzinfo=UTC), 75.8, 22.3, 0),
        Weight(datetime(2009, 9, 9, 22, 38, tzinfo=UTC), 58.2, 25.1, 1),
    )


@needs_corpus
def test_a_watchs_day_is_read() -> None:
    readings = read_daily(corpus_bytes("andrewcooke__choochoo/data/test/source/other/38014592427.fit"))
    assert readings.utc_offset_s == 7200
    assert len(readings.heart_rate) == 802
    assert readings.resting_hr[0].value == 52
    times = [reading.at for reading in readings.heart_rate]
    assert times == sorted(times)
    assert datetime(2019, 7, 24, tzinfo=UTC) < times[0] < times[-1] < datetime(2019, 7, 27, tzinfo=UTC)


@pytest.mark.parametrize("path", [row["path"] for row in expected_rows("intact") if row["file_type"] != "activity"])
def test_every_other_file_is_read_or_refused_cleanly(path: str) -> None:
    try:
        readings = read_daily(corpus_bytes(path))
    except ParseError as error:
        pytest.fail(str(error))
    assert all(30 <= reading.value <= 220 for reading in readings.heart_rate)


def test_beats_without_a_time_are_left_out() -> None:
    told = message(fields.BEAT_INTERVALS, (fields.BEAT_INTERVALS_TIME, UINT16, bytes.fromhex("2003 2A03")))
    timed = message(
        fields.BEAT_INTERVALS,
        (fields.TIMESTAMP, UINT32, START),
        (fields.BEAT_INTERVALS_TIME, UINT16, bytes.fromhex("3003")),
    )
    assert read_daily(fit(file_id(49), told, timed)).beats == (Beats(AT, (816,)),)
