"""The five bits of a time in a header continue the last full time."""

from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import (
    START,
    UINT8,
    UINT32,
    definition,
    file_id,
    fit,
    listed,
    message,
    session,
)


def test_compressed_times_continue_the_clock_of_any_message() -> None:
    rates = ((fields.RECORD_HEART_RATE, 1, UINT8),)
    first = START // 32 * 32 + 30
    clock = message(999, (253, UINT32, first))
    told = definition(1, fields.RECORD, rates)
    for second, rate in ((1, 100), (3, 101), (40, 102), (41, 103)):
        if second == 40:
            told += message(998, (253, UINT32, first + 35))
        told += bytes([0x80 | 1 << 5 | (first + second) & 0x1F, rate])
    workout = read_fit(fit(file_id(), clock, told, session(first)))
    assert workout.samples.time_s.tolist() == [1, 3, 40, 41]
    assert listed(workout.samples.heart_rate_bpm) == [100, 101, 102, 103]


def test_a_compressed_time_before_any_whole_one_is_no_time() -> None:
    """What it counts on from is not known."""
    rates = definition(1, fields.RECORD, ((fields.RECORD_HEART_RATE, 1, UINT8),))
    told = (bytes([0x80 | 1 << 5 | at, 90 + at]) for at in (5, 6))
    later = message(999, (253, UINT32, START)), bytes([0x80 | 1 << 5 | (START + 3) & 0x1F, 100])
    workout = read_fit(fit(file_id(), rates, *told, *later, session()))
    assert listed(workout.samples.heart_rate_bpm) == [95, 96, 100]
    assert workout.samples.time_s.tolist() == [3, 3, 3]


def test_a_time_of_an_unknown_type_sets_no_clock() -> None:
    rates = definition(1, fields.RECORD, ((fields.RECORD_HEART_RATE, 1, UINT8),))
    odd = message(999, (253, 0x1F, START.to_bytes(4, "little")))
    sound = message(998, (253, UINT32, START))
    told = bytes([0x80 | 1 << 5 | (START + 4) & 0x1F, 100])
    workout = read_fit(fit(file_id(), sound, odd, rates, told, session()))
    assert workout.samples.time_s.tolist() == [4]
