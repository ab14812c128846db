"""What the writer writes, two decoders that know nothing of it read back: Garmin's own, and fitdecode."""

import struct
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import fitparse
import pytest

from hersteld.parsers.workout import DeviceProfile, Pause
from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.fit.other_decoders import DECODERS, by_fitdecode, by_garmin, column

START = datetime(2026, 5, 1, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
RIDE = Recorded(
    heart_rate_bpm=[100 + second % 50 for second in range(600)],
    power_w=[None] * 300 + [250] * 300,
    speed_mps=[8.25] * 600,
    cadence_rpm=[90] * 600,
    temperature_c=[-3] * 600,
    altitude_m=[12.4] * 600,
)


@DECODERS
@pytest.mark.parametrize("big_endian", [False, True])
def test_both_decoders_read_every_sample_back(decode: Any, big_endian: bool) -> None:
    records = decode(encode_activity(START, "cycling", RIDE, big_endian=big_endian))["record"]
    assert column(records, "heart_rate") == RIDE.heart_rate_bpm
    assert column(records, "power") == RIDE.power_w
    assert column(records, "cadence") == RIDE.cadence_rpm
    assert column(records, "temperature") == RIDE.temperature_c
    assert column(records, "speed") == pytest.approx(RIDE.speed_mps)
    assert column(records, "altitude") == pytest.approx(RIDE.altitude_m)
    assert column(records, "distance") == pytest.approx([8.25 * second for second in range(1, 601)], abs=0.006)
    assert column(records, "timestamp") == [START.astimezone(UTC) + timedelta(seconds=s) for s in range(600)]


@DECODERS
def test_the_session_sums_up_the_sensors(decode: Any) -> None:
    raw = encode_activity(START, "cycling", RIDE, sub_sport="road", kcal=123, pauses=[Pause(100, 160)])
    (session,) = decode(raw)["session"]
    assert session["sport"] == "cycling"
    assert session["sub_sport"] == "road"
    assert session["start_time"] == START
    assert session["total_timer_time"] == 600
    assert session["total_elapsed_time"] == 660
    assert session["total_distance"] == pytest.approx(4950)
    assert session["total_calories"] == 123
    assert (session["avg_heart_rate"], session["max_heart_rate"]) == (124, 149)
    assert session["avg_power"] == 250


@DECODERS
def test_nothing_is_recorded_in_a_pause_and_the_timer_says_so(decode: Any) -> None:
    messages = decode(encode_activity(START, "cycling", RIDE, pauses=[Pause(100, 160)]))
    seconds = [(at - START).total_seconds() for at in column(messages["record"], "timestamp")]
    assert seconds == [*range(100), *range(160, 660)]
    events = [(e["event_type"], (e["timestamp"] - START).total_seconds()) for e in messages["event"]]
    assert events == [("start", 0), ("stop_all", 100), ("start", 160), ("stop_all", 660)]


@DECODERS
def test_the_wearer_and_the_device_are_told(decode: Any) -> None:
    wearer = DeviceProfile(resting_hr_bpm=48, max_hr_bpm=188, lthr_bpm=168, ftp_w=260, mass_kg=72.5, sex="female")
    messages = decode(encode_activity(START, "cycling", RIDE, profile=wearer, device="Desk One"))
    (user,), (zones,) = messages["user_profile"], messages["zones_target"]
    assert (user["gender"], user["weight"], user["resting_heart_rate"]) == ("female", 72.5, 48)
    assert zones["max_heart_rate"] == user["default_max_heart_rate"] == 188
    assert (zones["threshold_heart_rate"], zones["functional_threshold_power"]) == (168, 260)
    assert messages["file_id"][0]["product_name"] == "Desk One"
    assert messages["file_id"][0]["type"] == "activity"


@DECODERS
def test_local_time_is_the_wall_clock_at_the_end(decode: Any) -> None:
    (activity,) = decode(encode_activity(START, "cycling", RIDE))["activity"]
    local = activity["local_timestamp"]
    if isinstance(local, int):  # Garmin's decoder leaves local times as seconds
        local = datetime(1989, 12, 31) + timedelta(seconds=local)  # noqa: DTZ001 - a local time has no zone in FIT
    assert (local.hour, local.minute) == (9, 10)


def test_the_night_the_clock_goes_back_has_no_jump() -> None:
    night = datetime(2026, 10, 25, 2, 55, tzinfo=ZoneInfo("Europe/Amsterdam"))
    records = by_garmin(encode_activity(night, "running", RIDE))["record"]
    assert records[-1]["timestamp"] - records[0]["timestamp"] == timedelta(seconds=599)


def test_heart_rate_in_hr_messages_is_merged_by_garmins_decoder_to_the_same_beats() -> None:
    # Up and down by one beat a second: Garmin's decoder takes the mean of what it found in the second before.
    heart_rate = [100 + abs(second % 100 - 50) for second in range(600)]
    swim = Recorded(heart_rate_bpm=heart_rate, speed_mps=[1.0] * 600)
    raw = encode_activity(START, "swimming", swim, sub_sport="lap_swimming", hr_messages=True, pool_length_m=25)
    assert by_garmin(raw)["session"][0]["pool_length"] == 25
    # It also waits for a beat after the last record before it closes that second, and none comes.
    assert column(by_garmin(raw)["record"], "heart_rate")[:-1] == pytest.approx(heart_rate[:-1], abs=1)
    messages = by_fitdecode(raw)
    assert all("heart_rate" not in record for record in messages["record"])
    groups = [beats if isinstance(beats, tuple) else (beats,) for beats in column(messages["hr"], "filtered_bpm")]
    assert [beat for group in groups for beat in group] == heart_rate


def test_hr_messages_start_anew_after_a_pause() -> None:
    raw = encode_activity(START, "swimming", RIDE, hr_messages=True, pauses=[Pause(30, 90)])
    anchors = [m for m in by_fitdecode(raw)["hr"] if "timestamp" in m]
    assert [(m["timestamp"] - START).total_seconds() for m in anchors] == [0, 90]


def test_compressed_timestamps_give_the_same_times() -> None:
    # Garmin's decoder does not know them, so fitparse is the second witness.
    raw = encode_activity(START, "cycling", RIDE, compressed_timestamps=True, pauses=[Pause(100, 1000)])
    expected = [START.astimezone(UTC) + timedelta(seconds=s) for s in (*range(100), *range(1000, 1500))]
    assert column(by_fitdecode(raw)["record"], "timestamp") == expected
    witness = [m.get_value("timestamp") for m in fitparse.FitFile(BytesIO(raw)).get_messages("record")]
    assert witness == [at.replace(tzinfo=None) for at in expected]
    assert len(raw) < len(encode_activity(START, "cycling", RIDE, pauses=[Pause(100, 1000)]))


@DECODERS
def test_strength_names_its_exercises(decode: Any) -> None:
    raw = encode_activity(START, "training", timer_s=60, sub_sport="strength_training", exercises=["squat", "row"])
    categories = [c[0] if isinstance(c, (list, tuple)) else c for c in column(decode(raw)["set"], "category")]
    assert categories == ["squat", "row"]


def test_the_header_counts_the_bytes_between_itself_and_the_checksum() -> None:
    raw = encode_activity(START, "running", RIDE)
    assert struct.unpack_from("<BBHI4s", raw)[3:] == (len(raw) - 16, b".FIT")


def test_two_files_in_a_row_are_a_chained_file() -> None:
    raw = encode_activity(START, "running", RIDE) + encode_activity(START + timedelta(hours=1), "cycling", RIDE)
    assert column(by_fitdecode(raw)["session"], "sport") == ["running", "cycling"]


def test_a_number_too_large_for_its_field_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit uint8"):
        encode_activity(START, "running", Recorded(heart_rate_bpm=[300]))


def test_series_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\[2, 3\]"):
        encode_activity(START, "running", Recorded(heart_rate_bpm=[100] * 2, power_w=[200] * 3))


def test_a_pause_after_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="600 recorded seconds"):
        encode_activity(START, "cycling", RIDE, pauses=[Pause(700, 760)])
