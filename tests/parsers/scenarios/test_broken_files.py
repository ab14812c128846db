"""What is cut off, reserved or damaged is told apart, and saved where it can be."""

import pytest

from hersteld.parsers.errors import Damaged, Incomplete
from hersteld.parsers.fit import read_fit
from tests.support.fit.build import (
    RECORD_FIELDS,
    START,
    file_id,
    fit,
    records,
    session,
    values,
)


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


def test_a_wrong_checksum_is_salvaged_at_once() -> None:
    workout = read_fit(fit(file_id(), records([120] * 101), session(), checksum=1))
    assert workout.salvaged
    assert not workout.is_cut_off
    assert workout.records == 101


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
    assert [one.elapsed_s for one in read_fit(fit(file_id(), *told)).sessions] == [190], "not damaged: all is one"
    workout = read_fit(fit(file_id(), *told, checksum=1))
    assert [one.elapsed_s for one in workout.sessions] == [100, 90]
    assert workout.elapsed_s == 190


def test_a_wrong_date_in_a_damaged_file_does_not_stretch_the_workout() -> None:
    told = records([120] * 101) + values(0, RECORD_FIELDS, START + 40_000_000, 120)
    workout = read_fit(fit(file_id(), told, checksum=1))
    assert workout.elapsed_s == 100
    assert workout.records == 102
