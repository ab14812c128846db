"""Which record gets which heart rate, when the strap tells it afterwards."""

from itertools import pairwise

import pytest

from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import (
    BYTE,
    START,
    UINT8,
    UINT32,
    definition,
    file_id,
    fit,
    listed,
    message,
    records,
    session,
    values,
)


def _anchor(at: int, rate: int, *, ticks: int | None = None) -> bytes:
    """Return a beat that ties the strap's clock to the watch's."""
    told = 1024 * at if ticks is None else ticks
    return message(
        fields.HR,
        (fields.TIMESTAMP, UINT32, START + at),
        (fields.HR_FILTERED_BPM, UINT8, rate),
        (fields.HR_EVENT_TIMESTAMP, UINT32, told),
    )


@pytest.mark.parametrize("beats", range(2, 17))
def test_beats_of_any_number_to_a_message_join_the_records(beats: int) -> None:
    """Five beats take seven and a half bytes; the messages of one file need not all be as wide."""
    rates = [100 + 3 * at for at in range(beats + 3)]

    def told(count: int, first: int) -> bytes:
        ticks = [(first + at) * 1024 & 0xFFF for at in range(count)] + [0] * (count % 2)
        packed = sum(one << 12 * place for place, one in enumerate(ticks)).to_bytes((count * 12 + 7) // 8 + 1, "little")
        own = ((fields.HR_FILTERED_BPM, count, UINT8), (fields.HR_EVENT_TIMESTAMP_12, (count * 12 + 7) // 8, BYTE))
        return definition(3, fields.HR, own) + values(3, own, bytes(rates[first : first + count]), packed[: own[1][1]])

    anchor = message(
        fields.HR,
        (fields.TIMESTAMP, UINT32, START),
        (fields.HR_FILTERED_BPM, UINT8, rates[0]),
        (fields.HR_EVENT_TIMESTAMP, UINT32, 0),
    )
    watch = fit(file_id(), records([255] * len(rates)), session())
    merged = listed(read_fit(watch + fit(anchor, told(2, 1), told(beats, 3))).samples.heart_rate_bpm)
    assert merged[1:] == pytest.approx([(before + rate) / 2 for before, rate in pairwise(rates)], abs=2)


def test_heart_rate_remembered_by_the_strap_joins_the_records() -> None:
    anchor = message(
        fields.HR,
        (fields.TIMESTAMP, UINT32, START),
        (fields.HR_FILTERED_BPM, UINT8, 90),
        (fields.HR_EVENT_TIMESTAMP, UINT32, 50 * 1024),
    )
    ticks = [(50 * 1024 + round(second * 1024)) & 0xFFF for second in (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)]
    packed = b"".join(
        (low | high << 12).to_bytes(3, "little") for low, high in zip(ticks[::2], ticks[1::2], strict=True)
    )
    beats = definition(3, fields.HR, ((fields.HR_FILTERED_BPM, 8, UINT8), (fields.HR_EVENT_TIMESTAMP_12, 12, BYTE)))
    beats += bytes([3]) + bytes([100, 100, 110, 110, 120, 120, 130, 130]) + packed
    watch = fit(file_id(), records([255] * 5), session())
    strap = fit(anchor, beats)
    workout = read_fit(watch + strap)
    assert listed(workout.samples.heart_rate_bpm)[1:4] == [98, 108, 118]


def test_beats_that_come_in_any_order_join_the_records_of_their_time() -> None:
    workout = read_fit(fit(file_id(), records([255] * 13), _anchor(9, 140), _anchor(2, 100), session()))
    assert listed(workout.samples.heart_rate_bpm) == [None] * 2 + [100] * 6 + [None] + [140] + [None] * 3


def test_a_device_that_counts_from_0_has_no_heart_rate_before_the_first_beat() -> None:
    beat = message(
        fields.HR,
        (fields.TIMESTAMP, UINT32, 3),
        (fields.HR_FILTERED_BPM, UINT8, 90),
        (fields.HR_EVENT_TIMESTAMP, UINT32, 0),
    )
    workout = read_fit(fit(file_id(created=0), records([255] * 6, start=0), beat, session(0)))
    assert listed(workout.samples.heart_rate_bpm) == [None, None, None, 90, None, None]


def test_the_clock_of_the_strap_may_roll_over() -> None:
    """It counts 1/1024 s in 32 bits, which takes 48 days."""
    later = message(fields.HR, (fields.HR_FILTERED_BPM, UINT8, 140), (fields.HR_EVENT_TIMESTAMP, UINT32, 3 * 1024))
    told = _anchor(0, 100, ticks=2**32 - 1024), later
    workout = read_fit(fit(file_id(), records([255] * 7), *told, session()))
    assert listed(workout.samples.heart_rate_bpm) == [100, 100, 100, 100, 110, None, None]


def test_beats_without_an_anchor_leave_the_records_as_they_are() -> None:
    beats = message(
        fields.HR, (fields.HR_FILTERED_BPM, UINT8, bytes([90, 91])), (fields.HR_EVENT_TIMESTAMP_12, BYTE, bytes(3))
    )
    workout = read_fit(fit(file_id(), records([120, 121, 122]), beats, session()))
    assert listed(workout.samples.heart_rate_bpm) == [120, 121, 122]


def test_of_two_beats_at_the_same_moment_both_count() -> None:
    watch = fit(file_id(), records([255] * 3), session())
    told = fit(file_id(), _anchor(1, 100), _anchor(1, 140, ticks=1024), _anchor(2, 90))
    assert listed(read_fit(watch + told).samples.heart_rate_bpm)[1] == 120
