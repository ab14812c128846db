"""The fast checksum, against those that know no shortcut."""

from fitparse.records import Crc
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.format.crc import crc16
from tests.support.fit.build import crc


def test_the_checksum_has_the_known_check_value() -> None:
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=300))
def test_the_fast_checksum_equals_the_slow_ones(raw: bytes) -> None:
    assert crc16(raw) == crc(raw) == Crc.calculate(raw)
