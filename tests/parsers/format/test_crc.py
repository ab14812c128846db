"""The fast checksum, against those that know no shortcut."""

import pytest
from fitparse.records import Crc
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.format.crc import PERIOD_BYTES, crc16
from tests.support.fit.build import crc


def test_the_checksum_has_the_known_check_value() -> None:
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=300))
def test_the_fast_checksum_equals_the_slow_ones(raw: bytes) -> None:
    assert crc16(raw) == crc(raw) == Crc.calculate(raw)


@pytest.mark.parametrize("length", [PERIOD_BYTES - 1, PERIOD_BYTES, PERIOD_BYTES + 1, 2 * PERIOD_BYTES, 70_000])
def test_a_message_longer_than_the_period_has_the_same_checksum(length: int) -> None:
    raw = bytes(place * 7 + place // 251 & 0xFF for place in range(length))
    assert crc16(raw) == crc16(memoryview(raw)) == crc(raw)
