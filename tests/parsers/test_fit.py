"""What comes out of a FIT file, trap by trap, on bytes made for it."""

import struct
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.errors import NotAnActivity, NotFit
from hersteld.parsers.fit import read_fit
from hersteld.parsers.pauses import Pauses
from hersteld.parsers.workout import Pause, Workout
from tests.parsers.build import (
    BYTE,
    ENUM,
    RECORD_FIELDS,
    START,
    STRING,
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
    timer_event,
    values,
)

FLOAT64 = 0x89


def listed(column: np.ndarray | None) -> list[float | None]:
    assert column is not None
    return [None if np.isnan(value) else value for value in column.tolist()]


def test_a_plain_activity_is_read() -> None:
    workout = read_fit(activity([120, 255, 122] + [130] * 98))
    assert (workout.sport, workout.records, workout.timer_s, workout.elapsed_s) == ("running", 101, 100, 100)
    assert workout.started_at.isoformat() == "2026-04-24T21:20:00+00:00"
    assert (workout.ended_at - workout.started_at).total_seconds() == 100
    assert listed(workout.samples.heart_rate_bpm)[:3] == [120, None, 122]
    assert workout.samples.time_s[:3].tolist() == [0, 1, 2]
    assert workout.samples.power_w is None
    assert workout.device == "garmin fr945"
    assert workout.has_clock
    assert not workout.salvaged


@pytest.mark.parametrize("header", [12, 14])
@pytest.mark.parametrize("big", [False, True])
def test_both_headers_and_both_byte_orders_are_fit(header: int, big: bool) -> None:
    workout = read_fit(fit(file_id(), records([120, 121], big=big), session(), header=header))
    assert listed(workout.samples.heart_rate_bpm) == [120, 121]
    assert workout.samples.time_s.tolist() == [0, 1]


def test_enhanced_and_plain_fields_complete_one_another() -> None:
    fields = ((253, 4, UINT32), (6, 2, UINT16), (73, 4, UINT32))
    rows = [(2000, 0xFFFFFFFF), (0xFFFF, 3000), (9999, 4000), (0xFFFF, 0xFFFFFFFF)]
    told = b"".join(values(0, fields, START + at, *row) for at, row in enumerate(rows))
    workout = read_fit(fit(file_id(), definition(0, 20, fields), told, session()))
    assert listed(workout.samples.speed_mps) == [2, 3, 4, None]


def test_a_native_field_wins_over_a_developer_field_of_its_name() -> None:
    described = message(206, (0, UINT8, 0), (1, UINT8, 9), (2, UINT8, UINT8), (3, STRING, b"heart_rate\0"))
    told = definition(0, 20, RECORD_FIELDS, developer=((9, 1, 0),))
    told += b"".join(values(0, RECORD_FIELDS, START + at, 100 + at) + b"\x05" for at in range(3))
    workout = read_fit(fit(file_id(), described, told, session()))
    assert listed(workout.samples.heart_rate_bpm) == [100, 101, 102]


def with_an_apps_power(sport: int, scale: float = 1) -> Workout:
    described = message(
        206, (0, UINT8, 0), (1, UINT8, 9), (2, UINT8, UINT16), (3, STRING, b"Power\0"), (8, STRING, b"Watts\0"),
        (6, FLOAT64, struct.pack("<d", scale)),
    )  # fmt: skip
    told = definition(0, 20, RECORD_FIELDS, developer=((9, 2, 0),))
    told += b"".join(values(0, RECORD_FIELDS, START + at, 100) + (250 + at).to_bytes(2, "little") for at in range(2))
    return read_fit(fit(file_id(), described, told, session(sport=sport)))


def test_a_developer_field_stands_in_where_no_native_one_is() -> None:
    assert listed(with_an_apps_power(sport=2).samples.power_w) == [250, 251]
    assert listed(with_an_apps_power(sport=2, scale=10).samples.power_w) == [25, 25.1]


@pytest.mark.parametrize("scale", [1e-310, 1e-300, 0.5, 256, -1])
def test_a_developer_field_of_an_impossible_scale_stands_in_for_nothing(scale: float) -> None:
    assert with_an_apps_power(sport=2, scale=scale).samples.power_w is None


def test_an_apps_own_estimate_of_running_power_is_no_power() -> None:
    assert with_an_apps_power(sport=1).samples.power_w is None


def test_a_field_of_an_impossible_size_costs_that_field_only() -> None:
    fields = ((253, 4, UINT32), (7, 3, UINT16), (3, 1, UINT8))
    told = definition(0, 20, fields) + values(0, fields, START, b"\1\2\3", 99)
    workout = read_fit(fit(file_id(), told, session()))
    assert workout.samples.power_w is None
    assert listed(workout.samples.heart_rate_bpm) == [99]


def test_compressed_times_continue_the_clock_of_any_message() -> None:
    rates = ((3, 1, UINT8),)
    first = START // 32 * 32 + 30
    clock = message(999, (253, UINT32, first))
    told = definition(1, 20, rates)
    for second, rate in ((1, 100), (3, 101), (40, 102), (41, 103)):
        if second == 40:
            told += message(998, (253, UINT32, first + 35))
        told += bytes([0x80 | 1 << 5 | (first + second) & 0x1F, rate])
    workout = read_fit(fit(file_id(), clock, told, session(first)))
    assert workout.samples.time_s.tolist() == [1, 3, 40, 41]
    assert listed(workout.samples.heart_rate_bpm) == [100, 101, 102, 103]


def test_compressed_distance_rolls_over() -> None:
    fields = ((253, 4, UINT32), (8, 3, BYTE))
    told = definition(0, 20, fields)
    for at, metres in enumerate((100, 250, 300, 520)):
        ticks = metres * 16 & 0xFFF
        packed = 250 | ticks << 12
        told += values(0, fields, START + at, packed.to_bytes(3, "little"))
    workout = read_fit(fit(file_id(), told, session()))
    assert listed(workout.samples.distance_m) == [100, 250, 300, 520]
    assert listed(workout.samples.speed_mps) == [2.5] * 4


def test_compressed_distance_counts_anew_in_each_file_of_a_chain() -> None:
    fields = ((253, 4, UINT32), (8, 3, BYTE))

    def ridden(begin: int, *metres: int) -> bytes:
        told = ((250 | (one * 16 & 0xFFF) << 12).to_bytes(3, "little") for one in metres)
        return definition(0, 20, fields) + b"".join(
            values(0, fields, begin + 10 * at, one) for at, one in enumerate(told)
        )

    first = fit(file_id(), ridden(START, 100, 250, 400), session(elapsed_s=20))
    second = fit(ridden(START + 100, 50, 200, 350), session(START + 100, elapsed_s=20))
    workout = read_fit(first + second)
    assert listed(workout.samples.distance_m) == [100, 250, 400, 50, 200, 350]
    assert [one.distance_m for one in workout.sessions] == [300, 300]


@pytest.mark.parametrize("beats", range(2, 17))
def test_beats_of_any_number_to_a_message_join_the_records(beats: int) -> None:
    """Five beats take seven and a half bytes; the messages of one file need not all be as wide."""
    rates = [100 + 3 * at for at in range(beats + 3)]

    def told(count: int, first: int) -> bytes:
        ticks = [(first + at) * 1024 & 0xFFF for at in range(count)] + [0] * (count % 2)
        packed = sum(one << 12 * place for place, one in enumerate(ticks)).to_bytes((count * 12 + 7) // 8 + 1, "little")
        own = ((6, count, UINT8), (10, (count * 12 + 7) // 8, BYTE))
        return definition(3, 132, own) + values(3, own, bytes(rates[first : first + count]), packed[: own[1][1]])

    anchor = message(132, (253, UINT32, START), (6, UINT8, rates[0]), (9, UINT32, 0))
    watch = fit(file_id(), records([255] * len(rates)), session())
    merged = listed(read_fit(watch + fit(anchor, told(2, 1), told(beats, 3))).samples.heart_rate_bpm)
    assert merged[1:] == pytest.approx([(before + rate) / 2 for before, rate in pairwise(rates)], abs=2)


def test_heart_rate_remembered_by_the_strap_joins_the_records() -> None:
    anchor = message(132, (253, UINT32, START), (6, UINT8, 90), (9, UINT32, 50 * 1024))
    ticks = [(50 * 1024 + round(second * 1024)) & 0xFFF for second in (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)]
    packed = b"".join(
        (low | high << 12).to_bytes(3, "little") for low, high in zip(ticks[::2], ticks[1::2], strict=True)
    )
    beats = definition(3, 132, ((6, 8, UINT8), (10, 12, BYTE)))
    beats += bytes([3]) + bytes([100, 100, 110, 110, 120, 120, 130, 130]) + packed
    watch = fit(file_id(), records([255] * 5), session())
    strap = fit(anchor, beats)
    workout = read_fit(watch + strap)
    assert listed(workout.samples.heart_rate_bpm)[1:4] == [98, 108, 118]


def test_records_without_a_time_take_that_of_the_one_before() -> None:
    told = definition(0, 20, RECORD_FIELDS)
    for at in (0xFFFFFFFF, START + 5, 0xFFFFFFFF, START + 7):
        told += values(0, RECORD_FIELDS, at, 100)
    workout = read_fit(fit(file_id(), told, session()))
    assert workout.samples.time_s.tolist() == [5, 5, 5, 7]


def test_pauses_are_what_lies_between_a_stop_and_a_later_start() -> None:
    events = [(0, 0), (10, 4), (12, 1), (30, 0), (60, 4), (61, 0), (100, 4)]
    told = b"".join(timer_event(START + at, kind) for at, kind in events)
    workout = read_fit(activity([120] * 101, told))
    assert workout.pauses == (Pause(10, 30), Pause(60, 61))


def test_sessions_of_several_sports_make_a_multisport_workout() -> None:
    told = (session(START, 600, 590, 5), session(START + 600, 60, 60, 3), session(START + 660, 1200, 1200, 2))
    workout = read_fit(fit(file_id(), records([120] * 30), *told))
    assert workout.sport == "multisport"
    assert [one.sport for one in workout.sessions] == ["swimming", "transition", "cycling"]
    assert (workout.timer_s, workout.elapsed_s) == (1850, 1860)


def test_a_way_to_the_water_does_not_make_a_swim_multisport() -> None:
    workout = read_fit(fit(file_id(), session(START, 600, 600, 5), session(START + 600, 60, 60, 3)))
    assert workout.sport == "swimming"


def test_without_a_session_the_records_tell() -> None:
    sport = message(12, (0, ENUM, 2))
    stop = timer_event(START + 20, 4) + timer_event(START + 50, 0)
    workout = read_fit(fit(file_id(), sport, records([100] * 101), stop))
    assert (workout.sport, workout.elapsed_s, workout.timer_s) == ("cycling", 100, 70)
    assert workout.avg_hr_bpm == 100


def test_an_impossible_timer_time_is_derived() -> None:
    workout = read_fit(fit(file_id(), records([100] * 101), session(START, 100, 4_000_000)))
    assert workout.timer_s == 100


@pytest.mark.parametrize("checksum", [None, 1])
@pytest.mark.parametrize("timer_s", [100, 2_000_000])
def test_a_session_lasts_no_longer_than_its_end_and_its_records(timer_s: int, checksum: int | None) -> None:
    """One bit turned over made weeks of an hour, and a load of thousands."""
    told = message(
        18,
        *((2, UINT32, START), (7, UINT32, 2_000_000_000), (8, UINT32, timer_s * 1000), (253, UINT32, START + 100)),
    )
    workout = read_fit(fit(file_id(), records([140] * 101), told, checksum=checksum))
    assert (workout.elapsed_s, workout.timer_s) == (100, 100)


@pytest.mark.parametrize(("elapsed_s", "believed_s"), [(4_000_000, 1800), (3600, 3600)])
@pytest.mark.parametrize("end", [(), ((253, UINT32, START),)], ids=["no end", "its start for an end"])
def test_a_session_that_knows_no_end_lasts_no_month(elapsed_s: int, believed_s: int, end: tuple[Any, ...]) -> None:
    told = message(18, (2, UINT32, START), (7, UINT32, elapsed_s * 1000), (8, UINT32, 1_800_000), *end)
    assert read_fit(fit(file_id(), told)).elapsed_s == believed_s


def test_no_more_sessions_are_read_than_anybody_has() -> None:
    """Each may cover all records, so that thousands would cost their square."""
    told = b"".join(session(START + second, 5000, 5000) for second in range(1200))
    assert len(read_fit(fit(file_id(), records([100] * 61), told)).sessions) == 1000


stretches = st.lists(st.integers(1, 9), min_size=2, max_size=20).map(
    lambda steps: list(pairwise(accumulate(steps)))[::2]
)


@given(stretches, st.integers(0, 60), st.integers(0, 60))
def test_pauses_between_any_two_times_are_added_up(pauses: list[tuple[int, int]], begin: int, end: int) -> None:
    parts = [(max(begin, start), min(stop, end)) for start, stop in pauses]
    parts = [(start, stop) for start, stop in parts if start < stop]
    told = Pauses(pauses)
    assert told.between(begin, end) == tuple(parts)
    assert told.seconds(begin, end) == sum(stop - start for start, stop in parts)


def test_a_session_of_no_length_is_derived_from_its_records() -> None:
    workout = read_fit(fit(file_id(), records([100] * 101), session(START, 0, 0)))
    assert (workout.elapsed_s, workout.timer_s) == (100, 100)


def test_an_activity_without_records_is_still_a_workout() -> None:
    workout = read_fit(fit(file_id()))
    assert (workout.records, workout.timer_s, workout.elapsed_s) == (0, 0, 0)
    assert workout.started_at.year == 2026


@pytest.mark.parametrize(("metres", "told"), [(952_300, None), (42_195, 42_195.0)])
def test_a_distance_that_nobody_covers_in_the_time_is_not_believed(metres: int, told: float | None) -> None:
    ridden = message(
        18,
        *((2, UINT32, START), (7, UINT32, 1_400_000), (8, UINT32, 1_400_000), (9, UINT32, metres * 100)),
        (253, UINT32, START + 1400),
    )
    assert read_fit(fit(file_id(), records([140] * 1401), ridden)).distance_m == told


def test_a_device_without_a_date_keeps_its_workout_but_has_no_clock() -> None:
    workout = read_fit(fit(file_id(created=5), records([100] * 11, start=10), session(10, 10, 10)))
    assert not workout.has_clock
    assert (workout.records, workout.elapsed_s) == (11, 10)


@pytest.mark.parametrize(
    ("kind", "name"), [(32, "monitoring_b"), (5, "workout"), (6, "course"), (2, "settings"), (8, "8")]
)
def test_other_kinds_of_file_are_named(kind: int, name: str) -> None:
    with pytest.raises(NotAnActivity, match="not an activity") as raised:
        read_fit(fit(file_id(kind), records([100] * 100)))
    assert raised.value.file_type == name
    assert raised.value.created_at is not None


def test_an_activity_chained_behind_settings_is_found() -> None:
    assert read_fit(fit(file_id(2)) + activity()).records == 101


@pytest.mark.parametrize("raw", [b"hello, world and more", b"PK\x03\x04" + bytes(30), b"no"])
def test_what_is_no_fit_file_is_refused(raw: bytes) -> None:
    with pytest.raises(NotFit, match="not a FIT file"):
        read_fit(raw)
