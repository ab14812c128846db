"""Each message belongs to the definition that holds where it stands."""

import numpy as np

from hersteld.parsers.columns import bulk
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import UINT8, definition, file_id, fit
from tests.support.fit.promise import attempt


def test_a_message_of_no_bytes_belongs_to_the_definition_before_it() -> None:
    raw = (
        definition(0, fields.RECORD, ())
        + b"\x00"
        + definition(0, fields.RECORD, ((fields.RECORD_HEART_RATE, 1, UINT8),))
        + b"\x00\x50"
    )
    (file,) = bulk.decode(fit(raw)).files
    np.testing.assert_array_equal(file.of(fields.RECORD).column(fields.RECORD_HEART_RATE), [np.nan, 80])
    attempt(
        fit(
            file_id(),
            definition(0, fields.RECORD, ()) + b"\x00",
            definition(0, fields.RECORD, ((fields.RECORD_HEART_RATE, 200, UINT8),)),
        ),
        salvage=True,
    )
