"""Whatever the bytes, there is a workout or one of our errors: never anything else, never a wrong kind of number."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hersteld.parsers.columns import fitparse_decoder
from hersteld.parsers.errors import ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from tests.support.fit.archives import all_files
from tests.support.fit.build import (
    BYTE,
    ENUM,
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
    timer_event,
)
from tests.support.fit.build import START as FIT_START
from tests.support.fit.corpus import Row, corpus_bytes, expected_rows
from tests.support.fit.mutations import MUTATIONS
from tests.support.fit.promise import attempt, check

BODY = b"".join(
    (
        file_id(),
        timer_event(FIT_START, 0),
        records([120] * 70),
        message(
            fields.HR,
            (fields.TIMESTAMP, UINT32, FIT_START),
            (fields.HR_FILTERED_BPM, UINT8, 90),
            (fields.HR_EVENT_TIMESTAMP, UINT32, 1024),
        ),
        definition(3, fields.HR, ((fields.HR_FILTERED_BPM, 2, UINT8), (fields.HR_EVENT_TIMESTAMP_12, 3, BYTE)))
        + b"\x03ab"
        + b"xyz",
        definition(
            4,
            fields.RECORD,
            (
                (fields.TIMESTAMP, 4, UINT32),
                (fields.RECORD_COMPRESSED_SPEED_DISTANCE, 3, BYTE),
                (fields.RECORD_ENHANCED_SPEED, 4, 0x88),
                (fields.RECORD_ENHANCED_ALTITUDE, 8, 0x8F),
            ),
        )
        + b"\x04"
        + bytes(19),
        message(
            fields.FIELD_DESCRIPTION,
            (fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX, UINT8, 0),
            (fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER, UINT8, 9),
            (fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID, UINT8, UINT16),
            (fields.FIELD_DESCRIPTION_FIELD_NAME, 0x07, b"power\0"),
        ),
        definition(5, fields.RECORD, ((fields.RECORD_HEART_RATE, 1, UINT8),), developer=((9, 2, 0),))
        + b"\x05\x77\x10\x00"
        + b"\xe5abxyz",
        definition(
            6,
            fields.TIME_IN_ZONE,
            ((fields.TIME_IN_ZONE_REFERENCE_MESG, 2, UINT16), (fields.TIME_IN_ZONE_TIME_IN_HR_ZONE, 8, UINT32)),
        )
        + b"\x06\x12\x00"
        + bytes(8),
        message(fields.SET, (fields.SET_SET_TYPE, ENUM, 1), (fields.SET_CATEGORY, UINT16, 28)),
        session(),
    )
)
changes = st.lists(st.tuples(st.integers(0, len(BODY) - 1), st.integers(0, 255)), max_size=12)


def changed(body: bytes, where: list[tuple[int, int]]) -> bytes:
    raw = bytearray(body)
    for place, value in where:
        raw[place] = value
    return bytes(raw)


def test_the_unchanged_bytes_are_a_workout() -> None:
    workout = read_fit(fit(BODY))
    assert workout.records == 72
    assert not workout.salvaged
    check(workout)


@given(changes, st.booleans())
def test_changed_messages_in_a_sound_envelope(where: list[tuple[int, int]], salvage: bool) -> None:
    attempt(fit(changed(BODY, where)), salvage=salvage)


@given(changes)
def test_changed_bytes_with_a_checksum_that_no_longer_fits(where: list[tuple[int, int]]) -> None:
    attempt(changed(fit(BODY), where), salvage=False)


@given(st.binary(max_size=400), st.integers(0, 400))
def test_anything_behind_a_header(raw: bytes, size: int) -> None:
    attempt(fit(raw, data_size=size), salvage=True)
    attempt(fit(file_id() + raw), salvage=False)


@settings(max_examples=30)
@given(changes)
def test_the_second_opinion_keeps_the_same_promise(where: list[tuple[int, int]]) -> None:
    attempt(fit(changed(BODY, where)), salvage=True, decoder=fitparse_decoder.decode)


@given(
    st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"PK\x03\x04PK\x05\x06", b""]),
    st.binary(max_size=200),
)
def test_anything_that_starts_like_an_archive(start: bytes, raw: bytes) -> None:
    try:
        names = [name for name, _ in all_files(start + raw, "ride.zip")]
    except ParseError as error:
        names = [str(error.line.values.get("name", "ride.zip"))]
    assert all(name.startswith("ride.zip") for name in names)


def test_many_definitions_are_no_trap() -> None:
    """Thousands of definitions, each used once, cost what their bytes cost."""
    odd = b"".join(definition(0, fields.RECORD, ((number, 1, UINT8),)) + b"\x00\x01" for number in range(200)) * 20
    assert read_fit(activity([100] * 61, odd)).records == 61 + 4000


@pytest.mark.parametrize("seed", range(8))
def test_made_files_changed_in_every_way_of_the_long_search(seed: int) -> None:
    """A short `make fuzz`."""
    random = Random(seed)
    for way in sorted(set(MUTATIONS), key=lambda one: one.__name__):
        for base in (fit(BODY), activity(range(60, 200))):
            for _ in range(3):
                attempt(way(random, base), salvage=True)


SMALL = [row for row in expected_rows() if 0 < row["bytes"] <= 100_000]


@pytest.mark.parametrize("row", SMALL, ids=[row["path"] for row in SMALL])
def test_real_files_changed_in_every_way_of_the_long_search(row: Row) -> None:
    random, raw = Random(row["path"]), corpus_bytes(row["path"])
    for way in sorted(set(MUTATIONS), key=lambda one: one.__name__):
        attempt(way(random, raw), salvage=random.random() < 0.5)
