"""A file at which our own reader fails is read by fitparse, in a process that cannot do any harm."""

import logging
import sys

import numpy as np
import pytest

from hersteld.daemon.second_opinion import Limits, read_with_second_opinion
from hersteld.parsers.decoder import Decoded
from hersteld.parsers.errors import Incomplete, NotAnActivity, NotFit, ParseError
from hersteld.parsers.fit import read_fit
from tests.parsers.build import activity, file_id, fit


def failing(_data: bytes) -> Decoded:
    raise IndexError("list index out of range")


def test_fitparse_reads_what_ours_cannot(caplog: pytest.LogCaptureFixture) -> None:
    raw = activity([120, 121, 122])
    workout = read_with_second_opinion(raw, salvage=False, decoder=failing)
    expected = read_fit(raw)
    assert workout.sessions == expected.sessions
    assert workout.samples.heart_rate_bpm is not None
    np.testing.assert_array_equal(workout.samples.heart_rate_bpm, [120, 121, 122])
    (line,) = (record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING)
    assert "IndexError: list index out of range" in line
    assert "asking fitparse" in line


def test_the_second_opinion_has_the_same_words_for_what_is_no_workout() -> None:
    raw = activity()
    with pytest.raises(Incomplete, match=f"{len(raw) - 9} of {len(raw)} bytes") as short:
        read_with_second_opinion(raw[:-9], salvage=False, decoder=failing)
    assert (short.value.got_bytes, short.value.expected_bytes) == (len(raw) - 9, len(raw))
    with pytest.raises(NotAnActivity) as other:
        read_with_second_opinion(fit(file_id(kind=6)), salvage=False, decoder=failing)
    assert other.value.file_type == "course"
    assert other.value.created_at is not None


def test_it_salvages_only_when_asked() -> None:
    workout = read_with_second_opinion(activity()[:-9], salvage=True, decoder=failing)
    assert workout.salvaged
    assert workout.records == 101


def test_nobody_is_asked_when_our_reader_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert read_with_second_opinion(activity(), salvage=False).records == 101
    with pytest.raises(NotFit):
        read_with_second_opinion(b"no FIT file, but long enough", salvage=False)


def test_a_second_reader_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ParseError, match="cannot be started"):
        read_with_second_opinion(activity(), salvage=False, decoder=failing)


def test_its_time_is_limited() -> None:
    with pytest.raises(ParseError, match=r"found nothing within 0\.001 s\.$"):
        read_with_second_opinion(activity(), salvage=False, decoder=failing, limits=Limits(seconds=0.001))


def test_its_memory_is_limited(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ParseError, match="Neither our reader nor the second one"):
        read_with_second_opinion(
            activity() + bytes(100 * 2**20), salvage=False, decoder=failing, limits=Limits(memory_mb=80)
        )
    assert "MemoryError" in caplog.text
