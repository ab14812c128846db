"""Dates that a file declares as bytes are read in the order that agrees with another date of the file."""

import struct

import pytest

from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import BYTE, START, UINT8, definition, file_id, fit, message, session, values

LAYOUT = ((fields.TIMESTAMP, 4, BYTE), (fields.RECORD_HEART_RATE, 1, UINT8))


def records_of_bytes(order: str, *, big: bool = False, start: int = START) -> bytes:
    return definition(0, fields.RECORD, LAYOUT, big=big) + b"".join(
        values(0, LAYOUT, struct.pack(f"{order}I", start + second), 140, big=big) for second in range(601)
    )


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
def test_either_order_is_found(order: str, big: bool) -> None:
    workout = read_fit(fit(file_id(), records_of_bytes(order, big=big)))
    assert workout.started_at == to_datetime(START)
    assert workout.elapsed_s == 600


def test_a_misread_date_never_overrules_a_right_one() -> None:
    elsewhere = START - 3 * 365 * 86400
    workout = read_fit(fit(file_id(), records_of_bytes("<", start=elsewhere), session(START, 600, 600)))
    assert workout.started_at == to_datetime(START)
    assert workout.elapsed_s == 600


def test_where_no_other_date_is_known_there_is_none() -> None:
    nameless = message(fields.FILE_ID, (fields.FILE_ID_TYPE, 0x00, 4))
    assert not read_fit(fit(nameless, records_of_bytes("<"))).has_clock


def test_dates_of_the_right_type_are_left_alone() -> None:
    from tests.support.fit.build import records

    old = START - 3 * 365 * 86400
    workout = read_fit(fit(file_id(created=START), records([140] * 601, old)))
    assert workout.started_at == to_datetime(old)
