"""What is cut off, reserved or damaged is told apart, and saved where it can be."""

import pytest

from hersteld.parsers.errors import Damaged, Incomplete
from hersteld.parsers.fit import read_fit
from tests.support.fit.build import (
    RECORD_FIELDS,
    START,
    activity,
    crc,
    file_id,
    fit,
    records,
    session,
    values,
)


def with_header_checksum(raw: bytes) -> bytes:
    """Return the file with a header of 14 that carries its own checksum, and a checksum of all that fits."""
    head = raw[:12] + crc(raw[:12]).to_bytes(2, "little")
    return head + raw[14:-2] + crc(head + raw[14:-2]).to_bytes(2, "little")


LIVE = with_header_checksum(fit(data_size=0))[:-2]
"""The header of a recording that goes on."""
RESERVED = with_header_checksum(activity())


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


def test_a_cut_off_file_is_salvaged_on_request_if_it_holds_a_minute() -> None:
    whole = fit(file_id(), records([120] * 200), session())
    workout = read_fit(whole[:-400], salvage=True)
    assert workout.salvaged
    assert workout.fault_offset is not None
    assert 60 <= workout.elapsed_s < 199
    with pytest.raises(Damaged, match=r"files\.damaged_but"):
        read_fit(whole[:300], salvage=True)
    with pytest.raises(Damaged, match=r"files\.broken_off_in_header"):
        read_fit(whole[:5], salvage=True)


def test_a_recording_that_was_never_closed_is_incomplete_and_can_be_salvaged() -> None:
    whole = fit(file_id(), records([120] * 200), data_size=0)
    with pytest.raises(Incomplete, match=r"files\.never_closed"):
        read_fit(whole[:-2])
    workout = read_fit(whole[:-2], salvage=True)
    assert workout.records == 200
    assert workout.is_cut_off


def test_space_reserved_but_not_yet_filled_is_incomplete() -> None:
    whole = activity()
    half = len(whole) // 2
    with pytest.raises(Incomplete, match=r"files\.only_zeros"):
        read_fit(whole[:half] + bytes(len(whole) - half))


def test_a_wrong_checksum_is_salvaged_at_once() -> None:
    workout = read_fit(fit(file_id(), records([120] * 101), session(), checksum=1))
    assert workout.salvaged
    assert not workout.is_cut_off
    assert workout.records == 101


@pytest.mark.parametrize("tail", [b"", bytes(1), bytes(512)])
def test_a_wrong_checksum_before_padding_is_no_recording_that_goes_on(tail: bytes) -> None:
    workout = read_fit(fit(file_id(), records([120] * 101), session(), checksum=1) + tail)
    assert (workout.records, workout.salvaged, workout.is_cut_off) == (101, True, False)


def test_a_size_that_was_not_brought_up_to_date_is_incomplete_and_can_be_salvaged() -> None:
    before, whole = file_id() + records([120] * 30), file_id() + records([120] * 200)
    grown = fit(whole, data_size=len(before))[:-2]
    with pytest.raises(Incomplete, match=r"files\.never_closed"):
        read_fit(grown)
    assert read_fit(grown, salvage=True).records == 200


def test_garbage_in_the_middle_keeps_what_came_before() -> None:
    before = file_id() + records([120] * 101)
    workout = read_fit(fit(before, b"\x0c\x0c\x0c", records([121] * 50, START + 101)))
    assert workout.salvaged
    assert workout.records == 101
    assert workout.fault_offset == 14 + len(before)


def test_records_after_the_last_session_of_a_damaged_file_are_a_session_of_their_own() -> None:
    told = records([120] * 101), session(), records([150] * 90, START + 101)
    assert [one.elapsed_s for one in read_fit(fit(file_id(), *told)).sessions] == [100]
    workout = read_fit(fit(file_id(), *told, checksum=1))
    assert [one.elapsed_s for one in workout.sessions] == [100, 90]
    assert workout.elapsed_s == 190


def test_zeros_behind_a_whole_file_do_no_harm() -> None:
    assert not read_fit(activity() + bytes(512)).salvaged


def test_a_wrong_date_in_a_damaged_file_does_not_stretch_the_workout() -> None:
    told = records([120] * 101) + values(0, RECORD_FIELDS, START + 40_000_000, 120)
    workout = read_fit(fit(file_id(), told, checksum=1))
    assert workout.elapsed_s == 100
    assert workout.records == 102
