"""What the writer writes, two decoders that know nothing of it read back: Garmin's own, and fitdecode."""

import math
import struct
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import fitdecode
import fitparse
import pytest
from garmin_fit_sdk import Decoder, Stream
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import DeviceProfile, Pause
from hersteld.parsers.writing.encode import Recorded, encode_activity
from hersteld.parsers.writing.fit_writer import FitWriter, RawField, by_profile

START = datetime(2026, 5, 1, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
RIDE = Recorded(
    heart_rate_bpm=[100 + second % 50 for second in range(600)],
    power_w=[None] * 300 + [250] * 300,
    speed_mps=[8.25] * 600,
    cadence_rpm=[90] * 600,
    temperature_c=[-3] * 600,
    altitude_m=[12.4] * 600,
)
Message = dict[str, Any]


def by_garmin(raw: bytes) -> dict[str, list[Message]]:
    """Every message by name, after Garmin's decoder checked the checksums."""
    assert Decoder(Stream.from_byte_array(bytearray(raw))).check_integrity()
    decoder: Any = Decoder(Stream.from_byte_array(bytearray(raw)))  # it says nothing of its types
    messages, errors = decoder.read()
    assert errors == []
    return {name.removesuffix("_mesgs"): found for name, found in messages.items()}


def by_fitdecode(raw: bytes) -> dict[str, list[Message]]:
    """Every message by name, with every fault an error."""
    strict: dict[str, Any] = {
        "check_crc": fitdecode.CrcCheck.RAISE,
        "error_handling": fitdecode.ErrorHandling.RAISE,
    }
    found: dict[str, list[Message]] = {}
    with fitdecode.FitReader(raw, **strict) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                found.setdefault(frame.name, []).append({f.name: f.value for f in frame.fields if f.value is not None})
    return found


def column(messages: list[Message], name: str) -> list[Any]:
    return [message.get(name) for message in messages]


DECODERS = pytest.mark.parametrize("decode", [by_garmin, by_fitdecode])


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


@DECODERS
def test_developer_fields_come_back_under_their_own_name(decode: Any) -> None:
    writer = FitWriter()
    writer.message("file_id", {"type": "activity", "manufacturer": "development", "time_created": START})
    writer.message("developer_data_id", {"application_id": bytes(range(16)), "developer_data_index": 0})
    described = {"developer_data_index": 0, "field_definition_number": 7, "fit_base_type_id": 0x84}
    writer.message("field_description", {**described, "field_name": "sweat", "units": "ml"})
    for sweat in (5, 300):
        writer.message("record", {"timestamp": START, "heart_rate": 99}, extra=[RawField(7, "uint16", sweat, 0)])
    records = decode(writer.finish())["record"]
    found = [r.get("sweat") or r["developer_fields"][0] for r in records]  # fitdecode by name, Garmin by field
    assert [value[0] if isinstance(value, list) else value for value in found] == [5, 300]


INTEGERS = {
    "uint8": (0, 254),
    "sint8": (-128, 126),
    "uint16": (0, 65534),
    "sint16": (-32768, 32766),
    "uint32": (0, 2**32 - 2),
    "sint32": (-(2**31), 2**31 - 2),
    "uint64": (0, 2**64 - 2),
    "sint64": (-(2**63), 2**63 - 2),
    "uint32z": (1, 2**32 - 1),
}


@given(st.data(), st.sampled_from(sorted(INTEGERS)), st.booleans())
def test_every_whole_number_a_base_type_can_hold_survives(draw: st.DataObject, base_type: str, big: bool) -> None:
    values = draw.draw(st.lists(st.integers(*INTEGERS[base_type]), min_size=1, max_size=9))
    writer = FitWriter(big_endian=big)
    for value in values:
        writer.write(0xFF00, [RawField(1, base_type, value)])
    with fitdecode.FitReader(writer.finish()) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert [frame.fields[0].value for frame in frames] == values


@pytest.mark.parametrize("base_type", [*INTEGERS, "enum", "uint8z", "uint16z", "float32", "float64"])
def test_none_is_read_as_no_value(base_type: str) -> None:
    writer = FitWriter()
    writer.write(0xFF00, [RawField(1, base_type, None)])
    with fitdecode.FitReader(writer.finish()) as reader:
        (value,) = [frame.fields[0].value for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert value is None or math.isnan(value)


def test_twenty_kinds_of_message_share_sixteen_local_types() -> None:
    writer = FitWriter()
    expected = [(round_, kind) for round_ in range(3) for kind in range(20)]
    for round_, kind in expected:
        writer.write(0xFF00 + kind, [RawField(kind, "uint8", round_)])
    with fitdecode.FitReader(writer.finish()) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert [(frame.fields[0].value, frame.global_mesg_num - 0xFF00) for frame in frames] == expected


def test_a_local_type_can_be_forced() -> None:
    writer = FitWriter()
    writer.write(0xFF00, [RawField(1, "uint8", 1)], local_type=9)
    assert writer.finish()[14] == 0x40 | 9


def test_the_header_counts_the_bytes_between_itself_and_the_checksum() -> None:
    raw = encode_activity(START, "running", RIDE)
    assert struct.unpack_from("<BBHI4s", raw)[3:] == (len(raw) - 16, b".FIT")


def test_two_files_in_a_row_are_a_chained_file() -> None:
    raw = encode_activity(START, "running", RIDE) + encode_activity(START + timedelta(hours=1), "cycling", RIDE)
    assert column(by_fitdecode(raw)["session"], "sport") == ["running", "cycling"]


@pytest.mark.parametrize(
    ("message", "values"),
    [("nonsense", {}), ("record", {"nonsense": 1}), ("session", {"sport": "nonsense"})],
)
def test_a_name_the_profile_does_not_know_is_refused(message: str, values: Message) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        by_profile(message, values)


def test_a_number_too_large_for_its_field_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit uint8"):
        encode_activity(START, "running", Recorded(heart_rate_bpm=[300]))


def test_series_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\[2, 3\]"):
        encode_activity(START, "running", Recorded(heart_rate_bpm=[100] * 2, power_w=[200] * 3))
