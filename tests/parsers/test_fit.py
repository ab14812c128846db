"""What comes out of a FIT file, trap by trap, on bytes made for it."""

import pytest

from hersteld.parsers.errors import NotAnActivity, NotFit
from hersteld.parsers.fit import read_fit
from tests.support.fit.build import (
    BYTE,
    RECORD_FIELDS,
    START,
    UINT8,
    UINT16,
    UINT32,
    activity,
    definition,
    file_id,
    fit,
    listed,
    message,
    records,
    session,
    values,
)

FLOAT64 = 0x89


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


def test_a_field_of_an_impossible_size_costs_that_field_only() -> None:
    fields = ((253, 4, UINT32), (7, 3, UINT16), (3, 1, UINT8))
    told = definition(0, 20, fields) + values(0, fields, START, b"\1\2\3", 99)
    workout = read_fit(fit(file_id(), told, session()))
    assert workout.samples.power_w is None
    assert listed(workout.samples.heart_rate_bpm) == [99]


def test_an_array_of_bytes_is_nothing_only_where_all_of_them_are() -> None:
    fields = ((253, 4, UINT32), (3, 2, BYTE))
    told = (values(0, fields, START + at, pair) for at, pair in enumerate((b"\xff\x05", b"\xff\xff", b"\x50\xff")))
    workout = read_fit(fit(file_id(), definition(0, 20, fields), *told, session()))
    assert listed(workout.samples.heart_rate_bpm) == [255, None, 80]


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


def test_a_compressed_time_before_any_whole_one_is_no_time() -> None:
    """What it counts on from is not known."""
    rates = definition(1, 20, ((3, 1, UINT8),))
    told = (bytes([0x80 | 1 << 5 | at, 90 + at]) for at in (5, 6))
    later = message(999, (253, UINT32, START)), bytes([0x80 | 1 << 5 | (START + 3) & 0x1F, 100])
    workout = read_fit(fit(file_id(), rates, *told, *later, session()))
    assert listed(workout.samples.heart_rate_bpm) == [95, 96, 100]
    assert workout.samples.time_s.tolist() == [3, 3, 3]


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


def test_records_without_a_time_take_that_of_the_one_before() -> None:
    told = definition(0, 20, RECORD_FIELDS)
    for at in (0xFFFFFFFF, START + 5, 0xFFFFFFFF, START + 7):
        told += values(0, RECORD_FIELDS, at, 100)
    workout = read_fit(fit(file_id(), told, session()))
    assert workout.samples.time_s.tolist() == [5, 5, 5, 7]


@pytest.mark.parametrize(
    ("kind", "name"), [(32, "monitoring_b"), (5, "workout"), (6, "course"), (2, "settings"), (8, "8")]
)
def test_other_kinds_of_file_are_named(kind: int, name: str) -> None:
    with pytest.raises(NotAnActivity, match=r"files\.not_an_activity") as raised:
        read_fit(fit(file_id(kind), records([100] * 100)))
    assert raised.value.file_type == name
    assert raised.value.created_at is not None


def test_an_activity_chained_behind_settings_is_found() -> None:
    assert read_fit(fit(file_id(2)) + activity()).records == 101


@pytest.mark.parametrize("raw", [b"hello, world and more", b"PK\x03\x04" + bytes(30), b"no"])
def test_what_is_no_fit_file_is_refused(raw: bytes) -> None:
    with pytest.raises(NotFit, match=r"files\.(foreign|not_fit)"):
        read_fit(raw)
