"""Our decoder reads what is sound of any message."""

import struct

import numpy as np
import pytest

from hersteld.parsers.columns import bulk
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import (
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
    session,
    values,
)


def beats(*rows: tuple[int, ...]) -> list[bytes]:
    """Return `hrv` messages of five intervals each in ms, and the definition before them."""
    stored = [struct.pack("<5H", *row, *[0xFFFF] * (5 - len(row))) for row in rows]
    return [
        definition(3, fields.HRV, ((fields.HRV_TIME, 10, UINT16),)),
        *(values(3, ((0, 10, UINT16),), row) for row in stored),
    ]


def test_a_field_of_an_impossible_size_costs_that_field_only() -> None:
    layout = ((fields.TIMESTAMP, 4, UINT32), (fields.RECORD_POWER, 3, UINT16), (fields.RECORD_HEART_RATE, 1, UINT8))
    told = definition(0, fields.RECORD, layout) + values(0, layout, START, b"\1\2\3", 99)
    workout = read_fit(fit(file_id(), told, session()))
    assert workout.samples.power_w is None
    assert listed(workout.samples.heart_rate_bpm) == [99]


def test_the_columns_of_a_wide_message_cost_the_others_little() -> None:
    """A field of 127 values, made wide on purpose, is kept to the width of the table."""
    wide = ((fields.HRV_TIME, 254, UINT16),)
    told = definition(3, fields.HRV, wide) + values(3, wide, struct.pack("<127H", *range(1000, 1127)))
    found = bulk.decode(activity([120] * 101, told, *beats((900,)))).files[0].of(fields.HRV).tables[0]
    assert found.shape == (2, 8)
    assert np.nansum(found[1]) == 0.9


@pytest.mark.parametrize(("number", "size"), [(8, 2), (9, 3)], ids=["not described", "an odd size"])
def test_a_developer_field_that_cannot_be_read_costs_that_field_only(number: int, size: int) -> None:
    told = message(
        fields.FIELD_DESCRIPTION,
        (fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX, UINT8, 0),
        (fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER, UINT8, number),
        (fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID, UINT8, UINT16),
        (fields.FIELD_DESCRIPTION_NATIVE_FIELD_NUM, UINT8, 7),
        (fields.FIELD_DESCRIPTION_NATIVE_MESG_NUM, UINT16, 20),
    )
    rows = definition(0, fields.RECORD, RECORD_FIELDS, developer=((9, size, 0),))
    rows += values(0, RECORD_FIELDS, START, 99) + b"x" * size
    workout = read_fit(fit(file_id(), told, rows, session(sport=2)))
    assert workout.samples.power_w is None
    assert listed(workout.samples.heart_rate_bpm) == [99]
