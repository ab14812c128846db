"""The messages of several definitions come back in file order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.definition_parts import Part, joined
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import STRING, UINT8, UINT16, fit, message


def test_a_value_goes_to_the_row_of_its_message() -> None:
    first = Part(np.array([0, 3]), {3: np.array([100.0, 103.0])}, texts={8: ("a", "d")})
    second = Part(np.array([1, 2]), {7: np.array([201.0, 202.0])})
    joint = joined([first, second])
    assert joint.messages.tolist() == [0, 1, 2, 3]
    np.testing.assert_array_equal(joint.columns[3], [100, np.nan, np.nan, 103])
    np.testing.assert_array_equal(joint.columns[7], [np.nan, 201, 202, np.nan])
    assert joint.texts == {8: ("a", None, None, "d")}
    assert joined([first]) is first


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 200)), min_size=1, max_size=20))
def test_records_defined_in_two_ways_by_turns_keep_their_order(rows: list[tuple[bool, int]]) -> None:
    stored = b"".join(
        message(fields.RECORD, (fields.RECORD_HEART_RATE, UINT8, rate))
        if is_plain
        else message(fields.RECORD, (fields.RECORD_POWER, UINT16, 9), (fields.RECORD_HEART_RATE, UINT8, rate))
        for is_plain, rate in rows
    )
    (file,) = bulk.decode(fit(stored)).files
    records = file.of(fields.RECORD)
    assert records.column(fields.RECORD_HEART_RATE).tolist() == [rate for _, rate in rows]
    assert np.isnan(records.column(fields.RECORD_POWER)).tolist() == [is_plain for is_plain, _ in rows]


@pytest.mark.parametrize(
    "other",
    [
        message(fields.FILE_ID, (fields.FILE_ID_TYPE, UINT8, 4)),
        message(fields.FILE_ID, (fields.FILE_ID_PRODUCT, UINT16, 7)),
    ],
)
def test_a_text_that_one_definition_lacks_is_none(other: bytes) -> None:
    (file,) = bulk.decode(fit(message(fields.FILE_ID, (fields.FILE_ID_PRODUCT_NAME, STRING, b"fenix\0")), other)).files
    assert file.of(fields.FILE_ID).texts[fields.FILE_ID_PRODUCT_NAME] == ("fenix", None)
