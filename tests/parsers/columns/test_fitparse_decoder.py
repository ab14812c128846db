"""The second opinion reads what ours reads, and lets no exception of fitparse out."""

import numpy as np
import pytest

from hersteld.parsers.columns import bulk, fitparse_decoder
from hersteld.parsers.errors import Incomplete, NotFit
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import (
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
    values,
)


def described_power(rows: list[tuple[int, int]], *, with_native: bool = False) -> bytes:
    """Return records with a heart rate, a power by an app, and perhaps a native power."""
    app = message(207, (3, UINT8, 0))
    told = message(
        fields.FIELD_DESCRIPTION,
        (fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX, UINT8, 0),
        (fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER, UINT8, 9),
        (fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID, UINT8, UINT16),
        (fields.FIELD_DESCRIPTION_FIELD_NAME, STRING, b"Power\0"),
        (fields.FIELD_DESCRIPTION_UNITS, STRING, b"W\0"),
    )
    own = (*RECORD_FIELDS, (7, 2, UINT16)) if with_native else RECORD_FIELDS
    stored = b"".join(
        values(0, own, START + at, 100, *([native] if with_native else [])) + by_app.to_bytes(2, "little")
        for at, (native, by_app) in enumerate(rows)
    )
    return fit(
        file_id(), app, told, definition(0, fields.RECORD, own, developer=((9, 2, 0),)), stored, session(sport=2)
    )


@pytest.mark.parametrize("with_native", [True, False])
@pytest.mark.parametrize("rows", [[(300, 250), (301, 251)], [(300, 0), (301, 0)], [(0xFFFF, 250), (0xFFFF, 251)]])
def test_both_decoders_agree_on_the_fields_of_apps(rows: list[tuple[int, int]], with_native: bool) -> None:
    raw = described_power(rows, with_native=with_native)
    ours, theirs = read_fit(raw), read_fit(raw, decoder=fitparse_decoder.decode)
    if ours.samples.power_w is None:
        assert theirs.samples.power_w is None
    else:
        np.testing.assert_array_equal(ours.samples.power_w, theirs.samples.power_w)


def test_a_field_of_an_app_is_forgotten_before_the_next_file() -> None:
    """fitparse keeps the descriptions for the whole process."""
    read_fit(described_power([(0, 250)]), decoder=fitparse_decoder.decode)
    undescribed = (
        definition(0, fields.RECORD, RECORD_FIELDS, developer=((9, 2, 0),))
        + values(0, RECORD_FIELDS, START, 90)
        + b"xx"
    )
    decoded = fitparse_decoder.decode(fit(file_id(), undescribed))
    assert decoded.fault is None or decoded.fault.kind == "garbage"
    assert all(fields.RECORD_POWER not in file.of(fields.RECORD).columns for file in decoded.files)


def test_a_date_out_of_range_is_a_number_like_any_other() -> None:
    raw = fit(file_id(created=2**32 - 2), records([120], start=5))
    theirs, ours = fitparse_decoder.decode(raw).files[0], bulk.decode(raw).files[0]
    for message_number, field in ((fields.FILE_ID, fields.FILE_ID_TIME_CREATED), (fields.RECORD, fields.TIMESTAMP)):
        assert theirs.of(message_number).value(field, 0) == ours.of(message_number).value(field, 0)


def test_what_fitparse_fails_at_is_a_fault_of_the_file() -> None:
    odd = fit(
        file_id(), definition(0, fields.RECORD, ((fields.RECORD_POWER, 3, UINT16),)) + b"\0abc", records([120] * 9)
    )
    decoded = fitparse_decoder.decode(odd)
    assert decoded.fault is not None
    assert decoded.fault.kind == "garbage"
    assert decoded.files[0].of(fields.FILE_ID).count == 1


def test_what_has_no_header_is_refused_as_by_ours() -> None:
    for decode in (bulk.decode, fitparse_decoder.decode):
        with pytest.raises(NotFit):
            decode(b"no FIT file, but long enough")
        with pytest.raises(Incomplete):
            decode(activity()[:9])


def test_the_beats_of_a_strap_are_the_same() -> None:
    beats = message(
        fields.HR,
        (fields.TIMESTAMP, UINT32, START),
        (fields.HR_FILTERED_BPM, UINT8, bytes([90, 91])),
        (fields.HR_EVENT_TIMESTAMP_12, 0x0D, bytes(3)),
    )
    ours, theirs = bulk.decode(fit(beats)).files[0], fitparse_decoder.decode(fit(beats)).files[0]
    for field in (fields.HR_FILTERED_BPM, fields.HR_EVENT_TIMESTAMP_12):
        np.testing.assert_array_equal(ours.of(fields.HR).integers[field], theirs.of(fields.HR).integers[field])
