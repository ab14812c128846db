"""What is asked of columns, and how the files of a chain become one."""

import numpy as np
import pytest

from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import NO_MESSAGES, Messages, join
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import STRING, UINT8, UINT16, activity, file_id, fit, message, records

MESSAGES = Messages(3, {1: np.array([5.0, np.nan, 7.0]), 2: np.full(3, np.nan)}, texts={8: (None, "", "fenix")})


def test_a_field_is_asked_for_its_values() -> None:
    assert MESSAGES.column(1).tolist()[::2] == [5, 7]
    assert (MESSAGES.value(1, 0), MESSAGES.value(1, 1), MESSAGES.value(9, 0)) == (5, None, None)
    assert (MESSAGES.last(1), MESSAGES.last(2), MESSAGES.last(9)) == (7, None, None)
    assert (MESSAGES.has(1), MESSAGES.has(2), MESSAGES.has(9)) == (True, False, False)
    assert (MESSAGES.text(8), MESSAGES.text(9)) == ("fenix", None)


def test_a_field_that_no_message_has_is_a_column_without_values() -> None:
    column = MESSAGES.column(9)
    assert column.shape == (3,)
    assert np.isnan(column).all()


def test_a_file_without_a_message_has_none_of_them() -> None:
    (file,) = bulk.decode(activity()).files
    assert file.of(fields.HRV) is NO_MESSAGES
    assert file.of(fields.RECORD) is file.of(fields.RECORD)


def test_the_messages_of_a_chain_follow_one_another() -> None:
    named = message(
        fields.FILE_ID,
        (fields.FILE_ID_TYPE, UINT8, 4),
        (fields.FILE_ID_PRODUCT, UINT16, 7),
        (fields.FILE_ID_PRODUCT_NAME, STRING, b"fenix\0"),
    )
    decoded = bulk.decode(fit(named, records([100, 101])) + fit(file_id(), records([102])) + fit(records([103, 104])))
    chain = join(decoded.files)
    rates = chain.of(fields.RECORD)
    assert rates.column(fields.RECORD_HEART_RATE).tolist() == [100, 101, 102, 103, 104]
    assert rates.begins == (0, 2, 3)
    assert chain.of(fields.FILE_ID).texts[fields.FILE_ID_PRODUCT_NAME] == ("fenix", None)
    assert join(decoded.files[:1]) is decoded.files[0]


def test_a_chain_of_no_files_has_no_messages() -> None:
    assert join([]).of(fields.RECORD).count == 0


@pytest.mark.parametrize("widths", [(1, 3), (3, 1)])
def test_tables_of_different_width_are_filled_with_nan(widths: tuple[int, int]) -> None:
    chain = join(
        bulk.decode(
            b"".join(
                fit(message(fields.SET, (fields.SET_CATEGORY, UINT16, bytes([28, 0] * width)))) for width in widths
            )
        ).files
    )
    table = chain.of(fields.SET).tables[fields.SET_CATEGORY]
    assert table.shape == (2, 3)
    assert np.isfinite(table).sum(axis=1).tolist() == list(widths)
