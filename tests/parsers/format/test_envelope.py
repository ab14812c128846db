"""Where each file of a chain begins and ends, and whether its end is there."""

import pytest

from hersteld.parsers.errors import Incomplete
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import (
    ENUM,
    START,
    UINT32,
    activity,
    crc,
    file_id,
    fit,
    message,
    records,
    session,
)


def with_header_checksum(raw: bytes) -> bytes:
    """Return the file with a header of 14 that carries its own checksum, and a checksum of all that fits."""
    head = raw[:12] + crc(raw[:12]).to_bytes(2, "little")
    return head + raw[14:-2] + crc(head + raw[14:-2]).to_bytes(2, "little")


LIVE = with_header_checksum(fit(data_size=0))[:-2]
"""The header of a recording that goes on."""
RESERVED = with_header_checksum(activity())


def test_what_is_chained_twice_counts_once() -> None:
    told = activity(
        [120] * 101, message(fields.EVENT, (fields.TIMESTAMP, UINT32, START), (fields.EVENT_EVENT, ENUM, 36))
    )
    once, twice = read_fit(told), read_fit(told + activity([120] * 99) + told)
    assert (once.records, twice.records) == (101, 200)
    assert read_fit(told * 3).samples.time_s.tolist() == once.samples.time_s.tolist()


@pytest.mark.parametrize("room", [0, 1, 2, 63, 64, 4096])
def test_a_recording_that_goes_on_is_incomplete_whatever_room_is_reserved_for_it(room: int) -> None:
    """A header behind which its own checksum stands has the checksum 0 of so many zeros."""
    with pytest.raises(Incomplete, match=r"files\.never_closed") as raised:
        read_fit(LIVE + bytes(room))
    assert raised.value.expected_bytes is None


def test_room_reserved_behind_a_header_is_incomplete() -> None:
    with pytest.raises(Incomplete, match=r"files\.only_zeros offset=14") as raised:
        read_fit(RESERVED[:14] + bytes(len(RESERVED) - 14))
    assert raised.value.expected_bytes == len(RESERVED)
    with pytest.raises(Incomplete, match=r"files\.only_zeros offset=0"):
        read_fit(bytes(4096))


@pytest.mark.parametrize("behind", [LIVE, LIVE + bytes(4096), RESERVED[:14] + bytes(len(RESERVED) - 14)])
def test_a_chain_whose_next_file_is_not_there_yet_is_incomplete(behind: bytes) -> None:
    with pytest.raises(Incomplete):
        read_fit(activity() + behind)
    assert read_fit(activity() + behind, salvage=True).records == 101


@pytest.mark.parametrize("room", [0, 600])
@pytest.mark.parametrize("length", range(1, 12))
def test_a_chain_with_a_part_of_the_next_header_is_incomplete(length: int, room: int) -> None:
    with pytest.raises(Incomplete) as raised:
        read_fit(activity() + RESERVED[:length] + bytes(room))
    assert raised.value.got_bytes == len(activity()) + length + room


@pytest.mark.parametrize("size", [12, 14])
def test_a_part_of_either_header_is_incomplete(size: int) -> None:
    for length in range(1, 12):
        with pytest.raises(Incomplete):
            read_fit(fit(header=size)[:length])


def test_every_beginning_of_a_file_is_incomplete_until_it_is_whole() -> None:
    whole = activity()
    for length in range(len(whole)):
        with pytest.raises(Incomplete) as raised:
            read_fit(whole[:length])
        assert raised.value.got_bytes == length
        assert raised.value.expected_bytes in {None, len(whole)}
    assert read_fit(whole).records == 101


def test_space_reserved_but_not_yet_filled_is_incomplete() -> None:
    whole = activity()
    half = len(whole) // 2
    with pytest.raises(Incomplete, match=r"files\.only_zeros"):
        read_fit(whole[:half] + bytes(len(whole) - half))


@pytest.mark.parametrize("tail", [b"", bytes(1), bytes(512)])
def test_a_wrong_checksum_before_padding_is_no_recording_that_goes_on(tail: bytes) -> None:
    workout = read_fit(fit(file_id(), records([120] * 101), session(), checksum=1) + tail)
    assert (workout.records, workout.salvaged, workout.is_cut_off) == (101, True, False)


def test_zeros_behind_a_whole_file_do_no_harm() -> None:
    assert not read_fit(activity() + bytes(512)).salvaged
