"""Which columns the records make, whatever fields a device fills."""

from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import (
    BYTE,
    RECORD_FIELDS,
    START,
    UINT16,
    UINT32,
    definition,
    file_id,
    fit,
    listed,
    records,
    session,
    values,
)


def test_enhanced_and_plain_fields_complete_one_another() -> None:
    layout = (
        (fields.TIMESTAMP, 4, UINT32),
        (fields.RECORD_SPEED, 2, UINT16),
        (fields.RECORD_ENHANCED_SPEED, 4, UINT32),
    )
    rows = [(2000, 0xFFFFFFFF), (0xFFFF, 3000), (9999, 4000), (0xFFFF, 0xFFFFFFFF)]
    told = b"".join(values(0, layout, START + at, *row) for at, row in enumerate(rows))
    workout = read_fit(fit(file_id(), definition(0, fields.RECORD, layout), told, session()))
    assert listed(workout.samples.speed_mps) == [2, 3, 4, None]


def test_compressed_distance_rolls_over() -> None:
    layout = ((fields.TIMESTAMP, 4, UINT32), (fields.RECORD_COMPRESSED_SPEED_DISTANCE, 3, BYTE))
    told = definition(0, fields.RECORD, layout)
    for at, metres in enumerate((100, 250, 300, 520)):
        ticks = metres * 16 & 0xFFF
        packed = 250 | ticks << 12
        told += values(0, layout, START + at, packed.to_bytes(3, "little"))
    workout = read_fit(fit(file_id(), told, session()))
    assert listed(workout.samples.distance_m) == [100, 250, 300, 520]
    assert listed(workout.samples.speed_mps) == [2.5] * 4


def test_compressed_distance_counts_anew_in_each_file_of_a_chain() -> None:
    layout = ((fields.TIMESTAMP, 4, UINT32), (fields.RECORD_COMPRESSED_SPEED_DISTANCE, 3, BYTE))

    def ridden(begin: int, *metres: int) -> bytes:
        told = ((250 | (one * 16 & 0xFFF) << 12).to_bytes(3, "little") for one in metres)
        return definition(0, fields.RECORD, layout) + b"".join(
            values(0, layout, begin + 10 * at, one) for at, one in enumerate(told)
        )

    first = fit(file_id(), ridden(START, 100, 250, 400), session(elapsed_s=20, timer_s=20))
    second = fit(ridden(START + 100, 50, 200, 350), session(START + 100, elapsed_s=20, timer_s=20))
    workout = read_fit(first + second)
    assert listed(workout.samples.distance_m) == [100, 250, 400, 50, 200, 350]
    assert [one.distance_m for one in workout.sessions] == [300, 300]


def test_records_without_a_time_take_that_of_the_one_before() -> None:
    told = definition(0, fields.RECORD, RECORD_FIELDS)
    for at in (0xFFFFFFFF, START + 5, 0xFFFFFFFF, START + 7):
        told += values(0, RECORD_FIELDS, at, 100)
    workout = read_fit(fit(file_id(), told, session()))
    assert workout.samples.time_s.tolist() == [5, 5, 5, 7]


def test_a_clock_that_was_set_after_the_first_records_does_not_stretch_the_workout() -> None:
    told = definition(0, fields.RECORD, RECORD_FIELDS) + b"".join(values(0, RECORD_FIELDS, at, 90) for at in (7, 8))
    workout = read_fit(fit(file_id(), told, records([120] * 101)))
    assert (workout.records, workout.elapsed_s) == (103, 100)
    assert workout.samples.time_s[:3].tolist() == [0, 0, 0]
