"""What the watch says of itself, of its wearer and of the effort, on bytes made for it."""

import struct
from dataclasses import replace

import pytest

from hersteld.parsers.columns import bulk, fitparse_decoder
from hersteld.parsers.columns.decoder import Decoder
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from hersteld.parsers.workout import DeviceProfile, Workout
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
    records,
    session,
    values,
)

BOTH = pytest.mark.parametrize("decoder", [bulk.decode, fitparse_decoder.decode], ids=["ours", "fitparse"])


def recovery_event(minutes: int, *, event: int = 38, at: int = START) -> bytes:
    return message(
        fields.EVENT,
        (fields.TIMESTAMP, UINT32, at),
        (fields.EVENT_EVENT, ENUM, event),
        (fields.EVENT_EVENT_TYPE, ENUM, 3),
        (fields.EVENT_DATA, UINT32, minutes),
    )


def beats(*rows: tuple[int, ...], big: bool = False) -> list[bytes]:
    """Return `hrv` messages of five intervals each in ms, and the definition before them."""
    layout = ((fields.HRV_TIME, 10, UINT16),)
    stored = [struct.pack(">5H" if big else "<5H", *row, *[0xFFFF] * (5 - len(row))) for row in rows]
    return [definition(3, fields.HRV, layout, big=big), *(values(3, layout, row) for row in stored)]


def intervals(workout: Workout) -> list[float]:
    assert workout.beat_intervals_s is not None
    assert workout.beat_intervals_s.ndim == 1
    return list(workout.beat_intervals_s)


@BOTH
def test_the_makers_own_numbers_are_read(decoder: Decoder) -> None:
    told = message(
        fields.SESSION,
        (fields.SESSION_START_TIME, UINT32, START),
        (fields.SESSION_SPORT, ENUM, 1),
        (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, 60_000),
        (fields.SESSION_TOTAL_TIMER_TIME, UINT32, 60_000),
        (fields.SESSION_TOTAL_TRAINING_EFFECT, UINT8, 34),
        (fields.SESSION_TOTAL_ANAEROBIC_TRAINING_EFFECT, UINT8, 12),
        (fields.SESSION_TRAINING_LOAD_PEAK, UINT32, 100 * 65536),
        (fields.SESSION_SWEAT_LOSS, UINT16, 700),
        (fields.SESSION_WORKOUT_FEEL, UINT8, 75),
        (fields.SESSION_WORKOUT_RPE, UINT8, 70),
    )
    user = message(
        fields.USER_PROFILE,
        (fields.USER_PROFILE_GENDER, ENUM, 0),
        (fields.USER_PROFILE_WEIGHT, UINT16, 615),
        (fields.USER_PROFILE_RESTING_HEART_RATE, UINT8, 52),
    ) + message(
        fields.ZONES_TARGET,
        (fields.ZONES_TARGET_MAX_HEART_RATE, UINT8, 0),
        (fields.ZONES_TARGET_THRESHOLD_HEART_RATE, UINT8, 171),
    )
    recovery = message(fields.PHYSIOLOGY, (fields.PHYSIOLOGY_RECOVERY_TIME, UINT16, 2220))
    workout = read_fit(fit(file_id(), user, recovery, told), decoder=decoder)
    vendor, profile = workout.vendor, workout.profile
    assert (vendor.training_effect, vendor.anaerobic_training_effect, vendor.training_load_peak) == (3.4, 1.2, 100)
    assert (vendor.recovery_min, vendor.sweat_loss_ml, vendor.rpe, vendor.feel) == (2220, 700, 7, 75)
    assert (profile.sex, profile.mass_kg, profile.resting_hr_bpm) == ("female", 61.5, 52)
    assert (profile.max_hr_bpm, profile.lthr_bpm) == (None, 171)


def test_the_sweat_of_all_sessions_adds_up() -> None:
    told = [
        message(
            fields.SESSION,
            (fields.SESSION_START_TIME, UINT32, START + at),
            (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, 60_000),
            (fields.SESSION_TOTAL_TIMER_TIME, UINT32, 60_000),
            (fields.SESSION_SWEAT_LOSS, UINT16, sweat),
        )
        for at, sweat in ((0, 700), (60, 0xFFFF), (120, 450))
    ]
    assert read_fit(fit(file_id(), *told)).vendor.sweat_loss_ml == 1150


@BOTH
def test_the_recovery_time_of_the_events_stands_in_for_that_of_message_140(decoder: Decoder) -> None:
    told = recovery_event(294), recovery_event(990), recovery_event(77, event=11), recovery_event(0xFFFFFFFF)
    assert read_fit(activity([120] * 101, *told), decoder=decoder).vendor.recovery_min == 990
    both = message(fields.PHYSIOLOGY, (fields.PHYSIOLOGY_RECOVERY_TIME, UINT16, 1164)), *told
    assert read_fit(activity([120] * 101, *both), decoder=decoder).vendor.recovery_min == 1164


@BOTH
def test_a_recovery_time_of_more_than_four_days_is_none(decoder: Decoder) -> None:
    """A watch of 2017 writes 23131 into its last message 140."""
    told = [
        message(fields.PHYSIOLOGY, (fields.PHYSIOLOGY_RECOVERY_TIME, UINT16, minutes)) for minutes in (857, 5761, 23131)
    ]
    assert read_fit(activity([120] * 101, *told), decoder=decoder).vendor.recovery_min == 857
    told = [
        message(fields.PHYSIOLOGY, (fields.PHYSIOLOGY_RECOVERY_TIME, UINT16, 23131)),
        recovery_event(5760),
        recovery_event(5761),
    ]
    assert read_fit(activity([120] * 101, *told), decoder=decoder).vendor.recovery_min == 5760


@BOTH
def test_an_event_may_hold_its_value_in_sixteen_bits(decoder: Decoder) -> None:
    short = message(
        fields.EVENT,
        (fields.TIMESTAMP, UINT32, START),
        (fields.EVENT_EVENT, ENUM, 38),
        (fields.EVENT_EVENT_TYPE, ENUM, 3),
        (fields.EVENT_DATA16, UINT16, 1454),
    )
    assert read_fit(activity([120] * 101, short), decoder=decoder).vendor.recovery_min == 1454


@BOTH
def test_beats_come_in_order_of_the_file_and_without_what_is_invalid(decoder: Decoder) -> None:
    """Some messages are full, others not; between them stand the records, and one is of the other byte order."""
    first, *rest = beats((810, 795), (), (800, 790, 780, 770, 760), (16056,))
    between = [
        first,
        *(rest[at] + records([140 + at], START + at) for at in range(len(rest))),
        *beats((500, 65534), big=True),
    ]
    workout = read_fit(fit(file_id(), *between, session()), decoder=decoder)
    assert intervals(workout) == [0.81, 0.795, 0.8, 0.79, 0.78, 0.77, 0.76, 16.056, 0.5, 65.534]
    assert workout.records == 4


def test_beats_of_a_chained_file_follow_those_before() -> None:
    workout = read_fit(activity([120] * 101, *beats((900,))) + fit(*beats((950, 960))))
    assert intervals(workout) == [0.9, 0.95, 0.96]


@pytest.mark.parametrize("told", [[], beats(()), beats((), ())], ids=["no message", "an empty one", "empty ones"])
def test_without_beats_there_are_no_intervals(told: list[bytes]) -> None:
    assert read_fit(activity([120] * 101, *told)).beat_intervals_s is None


def test_the_device_tells_of_its_wearer() -> None:
    user = message(
        fields.USER_PROFILE,
        (fields.USER_PROFILE_GENDER, ENUM, 1),
        (fields.USER_PROFILE_WEIGHT, UINT16, 705),
        (fields.USER_PROFILE_RESTING_HEART_RATE, UINT8, 47),
        (fields.USER_PROFILE_DEFAULT_MAX_RUNNING_HEART_RATE, UINT8, 181),
        (fields.USER_PROFILE_DEFAULT_MAX_BIKING_HEART_RATE, UINT8, 182),
        (fields.USER_PROFILE_DEFAULT_MAX_HEART_RATE, UINT8, 183),
        (fields.USER_PROFILE_AGE, UINT8, 39),
        (fields.USER_PROFILE_BIRTH_YEAR, UINT8, 86),
    )
    target = message(
        fields.ZONES_TARGET,
        (fields.ZONES_TARGET_MAX_HEART_RATE, UINT8, 190),
        (fields.ZONES_TARGET_THRESHOLD_HEART_RATE, UINT8, 171),
        (fields.ZONES_TARGET_FUNCTIONAL_THRESHOLD_POWER, UINT16, 265),
    )
    zones = message(
        fields.TIME_IN_ZONE,
        (fields.TIME_IN_ZONE_MAX_HEART_RATE, UINT8, 191),
        (fields.TIME_IN_ZONE_RESTING_HEART_RATE, UINT8, 44),
        (fields.TIME_IN_ZONE_THRESHOLD_HEART_RATE, UINT8, 169),
        (fields.TIME_IN_ZONE_FUNCTIONAL_THRESHOLD_POWER, UINT16, 255),
    )
    wearer = DeviceProfile(47, 191, 171, 265, 70.5, "male", birth_year=1986, age=39, maker="garmin")
    assert profile(user, target, zones) == wearer
    assert profile(user, zones) == replace(wearer, lthr_bpm=169, ftp_w=255)
    assert profile(user, target) == replace(wearer, max_hr_bpm=190)
    assert profile(user) == replace(wearer, max_hr_bpm=183, max_hr_is_of_user_profile=True, lthr_bpm=None, ftp_w=None)
    assert profile(zones) == DeviceProfile(44, 191, 169, 255, None, None, maker="garmin")
    assert profile() == DeviceProfile(maker="garmin")


@pytest.mark.parametrize(("biking", "running", "expected"), [(182, 181, 181), (182, 0, 182), (0, 0, None)])
def test_the_highest_of_a_sport_stands_in_for_the_highest(biking: int, running: int, expected: int | None) -> None:
    assert (
        profile(
            message(
                fields.USER_PROFILE,
                (fields.USER_PROFILE_DEFAULT_MAX_RUNNING_HEART_RATE, UINT8, running),
                (fields.USER_PROFILE_DEFAULT_MAX_BIKING_HEART_RATE, UINT8, biking),
            )
        ).max_hr_bpm
        == expected
    )


def test_a_mass_that_is_being_worked_out_is_none() -> None:
    assert profile(message(fields.USER_PROFILE, (fields.USER_PROFILE_WEIGHT, UINT16, 0xFFFE))).mass_kg is None


def profile(*told: bytes) -> DeviceProfile:
    return read_fit(activity([120] * 101, *told)).profile


def zones_of(reference: int, *milliseconds: int) -> bytes:
    packed = struct.pack(f"<{len(milliseconds)}I", *milliseconds)
    return message(
        fields.TIME_IN_ZONE,
        (fields.TIME_IN_ZONE_REFERENCE_MESG, UINT16, reference),
        (fields.TIME_IN_ZONE_TIME_IN_HR_ZONE, UINT32, packed),
    )


@BOTH
def test_zones_exercises_and_the_cold_are_read(decoder: Decoder) -> None:
    sets = b"".join(
        message(fields.SET, (fields.SET_SET_TYPE, ENUM, kind), (fields.SET_CATEGORY, UINT16, what))
        for kind, what in ((1, 28), (0, 65534), (1, 0), (0, 2), (1, 28))
    )
    cold = ((fields.TIMESTAMP, 4, UINT32), (fields.RECORD_TEMPERATURE, 1, SINT8))
    told = definition(0, fields.RECORD, cold) + values(0, cold, START, 4) + values(0, cold, START + 1, -6)
    workout = read_fit(fit(file_id(), told, zones_of(18, 5000, 60000, 1500), sets, session()), decoder=decoder)
    assert workout.time_in_zone_s == (5, 60, 1.5)
    assert workout.exercise_categories == ("squat", "bench_press")
    assert workout.min_temperature_c == -6


def test_the_zones_of_the_sessions_add_up_and_those_of_the_laps_do_not_count() -> None:
    told = zones_of(19, 1000, 2000), zones_of(18, 10_000, 20_000), zones_of(19, 3000, 4000), zones_of(18, 500, 0)
    assert read_fit(activity([120] * 101, *told)).time_in_zone_s == (10.5, 20)


def test_a_zone_without_a_time_keeps_its_place() -> None:
    """How many zones there are decides what each of them weighs."""
    nothing = 0xFFFFFFFF
    told = zones_of(18, 1000, nothing, 3000, nothing, nothing)
    assert read_fit(activity([120] * 101, told)).time_in_zone_s == (1, 0, 3)


def test_the_session_tells_its_zones_where_no_message_of_their_own_does() -> None:
    told = message(
        fields.SESSION,
        (fields.SESSION_START_TIME, UINT32, START),
        (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, 60_000),
        (fields.SESSION_TOTAL_TIMER_TIME, UINT32, 60_000),
        (fields.SESSION_TIME_IN_HR_ZONE, UINT32, struct.pack("<2I", 45_000, 15_000)),
    )
    workout = read_fit(fit(file_id(), zones_of(19, 1000, 2000), told))
    assert workout.time_in_zone_s == (45, 15)
    assert read_fit(activity()).time_in_zone_s is None
