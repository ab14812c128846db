"""Which of the fields that apps define are taken, and for what."""

import struct

import pytest

from hersteld.parsers.columns import bulk, fitparse_decoder
from hersteld.parsers.columns.decoder import Decoder
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from hersteld.parsers.workout import Workout
from tests.support.fit.build import (
    RECORD_FIELDS,
    START,
    STRING,
    UINT8,
    UINT16,
    definition,
    file_id,
    fit,
    listed,
    message,
    session,
    values,
)

FLOAT64 = 0x89


def test_a_native_field_wins_over_a_developer_field_of_its_name() -> None:
    described = message(
        fields.FIELD_DESCRIPTION,
        (fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX, UINT8, 0),
        (fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER, UINT8, 9),
        (fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID, UINT8, UINT8),
        (fields.FIELD_DESCRIPTION_FIELD_NAME, STRING, b"heart_rate\0"),
    )
    told = definition(0, fields.RECORD, RECORD_FIELDS, developer=((9, 1, 0),))
    told += b"".join(values(0, RECORD_FIELDS, START + at, 100 + at) + b"\x05" for at in range(3))
    workout = read_fit(fit(file_id(), described, told, session()))
    assert listed(workout.samples.heart_rate_bpm) == [100, 101, 102]


def with_an_apps_power(sport: int, scale: float = 1) -> Workout:
    described = message(
        fields.FIELD_DESCRIPTION,
        (fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX, UINT8, 0),
        (fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER, UINT8, 9),
        (fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID, UINT8, UINT16),
        (fields.FIELD_DESCRIPTION_FIELD_NAME, STRING, b"Power\0"),
        (fields.FIELD_DESCRIPTION_UNITS, STRING, b"Watts\0"),
        (fields.FIELD_DESCRIPTION_SCALE, FLOAT64, struct.pack("<d", scale)),
    )
    told = definition(0, fields.RECORD, RECORD_FIELDS, developer=((9, 2, 0),))
    told += b"".join(values(0, RECORD_FIELDS, START + at, 100) + (250 + at).to_bytes(2, "little") for at in range(2))
    return read_fit(fit(file_id(), described, told, session(sport=sport)))


def test_a_developer_field_stands_in_where_no_native_one_is() -> None:
    assert listed(with_an_apps_power(sport=2).samples.power_w) == [250, 251]
    assert listed(with_an_apps_power(sport=2, scale=10).samples.power_w) == [25, 25.1]


@pytest.mark.parametrize("scale", [1e-310, 1e-300, 0.5, 256, -1])
def test_a_developer_field_of_an_impossible_scale_stands_in_for_nothing(scale: float) -> None:
    assert with_an_apps_power(sport=2, scale=scale).samples.power_w is None


def test_an_apps_own_estimate_of_running_power_is_no_power() -> None:
    assert with_an_apps_power(sport=1).samples.power_w is None


APP = message(207, (3, UINT8, 0))


def described(number: int, name: str, units: str, base_type: int = UINT16) -> bytes:
    """Return the description of a field of two bytes by the first app."""
    told = (
        (fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX, UINT8, 0),
        (fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER, UINT8, number),
        (fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID, UINT8, base_type),
    )
    return message(
        fields.FIELD_DESCRIPTION,
        *told,
        (fields.FIELD_DESCRIPTION_FIELD_NAME, STRING, name.encode() + b"\0"),
        (fields.FIELD_DESCRIPTION_UNITS, STRING, units.encode() + b"\0"),
    )


def records_of(*rows: tuple[int, ...], begin: int = START) -> bytes:
    """Return records that each hold, behind a heart rate, the fields 0, 1, ... of the first app."""
    apps = [(number, 2, 0) for number in range(len(rows[0]))]
    return definition(0, fields.RECORD, RECORD_FIELDS, developer=apps) + b"".join(
        values(0, RECORD_FIELDS, begin + at, 100) + struct.pack(f"<{len(row)}H", *row) for at, row in enumerate(rows)
    )


DECODERS = pytest.mark.parametrize("decoder", [bulk.decode, fitparse_decoder.decode], ids=["ours", "fitparse"])
NOTHING = 0xFFFF


@DECODERS
def test_where_one_app_has_no_value_another_may(decoder: Decoder) -> None:
    """The one that has lost its sensor writes zeros, or nothing."""
    apps = described(0, "Power", "W"), described(1, "Power", "watts"), described(2, "Power", "W")
    rows = (NOTHING, 250, 7), (0, 251, 7), (0, NOTHING, 252), (240, 0, 7), (0, 0, 0), (0, NOTHING, NOTHING)
    told = records_of(*rows, (NOTHING, NOTHING, NOTHING))
    workout = read_fit(fit(file_id(), APP, *apps, told, session(sport=2)), decoder=decoder)
    assert listed(workout.samples.power_w) == [250, 251, 252, 240, 0, 0, None]


@DECODERS
def test_a_developer_field_of_letters_is_no_number(decoder: Decoder) -> None:
    told = records_of((0x3532,), (0x3633,))  # "25", "36"
    workout = read_fit(fit(file_id(), APP, described(0, "Power", "W", STRING), told, session(sport=2)), decoder=decoder)
    assert workout.samples.power_w is None


@pytest.mark.parametrize("other", [("mood", "", UINT16), ("Power", "W", UINT8)], ids=["mood", "a byte"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_developer_field_described_in_two_ways_is_not_taken(other: tuple[str, str, int], is_first: bool) -> None:
    """It means now the one, now the other."""
    pair = described(0, "Power", "W"), described(0, *other)
    first, second = pair if is_first else pair[::-1]
    told = first, records_of((250,), (251,)), second, records_of((7,), (8,), begin=START + 2)
    assert read_fit(fit(file_id(), *told, session(sport=2))).samples.power_w is None


def test_a_developer_field_described_twice_in_the_same_way_is_taken() -> None:
    once = described(0, "Power", "W")
    told = once, records_of((250,), (251,)), once, records_of((252,), begin=START + 2)
    assert listed(read_fit(fit(file_id(), *told, session(sport=2))).samples.power_w) == [250, 251, 252]
