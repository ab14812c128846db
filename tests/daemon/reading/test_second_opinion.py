"""A file at which our own reader fails is read by fitparse, in a process that cannot do any harm."""

import os
import signal
import sys
from pathlib import Path

import numpy as np
import pytest

from hersteld.daemon.reading.second_opinion import Opinion, SecondReaderLimits, read_with_second_opinion
from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import Decoded, Decoder
from hersteld.parsers.errors import Incomplete, NotAnActivity, NotFit, ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from tests.support.command_line import environment_in
from tests.support.fit.build import START, activity, file_id, fit, records
from tests.support.machine.process import Program, wait_until
from tests.support.sentences import sentence

ASKING = """
import sys
from pathlib import Path
from hersteld.daemon.reading import second_opinion
from hersteld.daemon.reading.second_opinion import SecondReaderLimits, read_with_second_opinion

def failing(_data):
    raise IndexError

content = Path(sys.argv[1]).read_bytes()
read_with_second_opinion(content, salvage=False, decoder=failing, limits=SecondReaderLimits(seconds=600))
"""

HOUR = records([120] * 3600)
LONG = b"".join(fit(file_id(created=START + number), HOUR, checksum=0) for number in range(500))
"""Some five minutes of work for fitparse: a chain of files that are all different."""


def failing(_data: bytes) -> Decoded:
    raise IndexError("list index out of range")


def failed(opinion: Opinion) -> str:
    """Return the reason why there is no workout."""
    assert isinstance(opinion.found, ParseError)
    return sentence(opinion.found.line)


def test_fitparse_reads_what_ours_cannot() -> None:
    raw = activity([120, 121, 122])
    opinion = read_with_second_opinion(raw, salvage=False, decoder=failing)
    workout, expected = opinion.found, read_fit(raw)
    assert isinstance(workout, Workout)
    assert workout.sessions == expected.sessions
    assert workout.samples.heart_rate_bpm is not None
    np.testing.assert_array_equal(workout.samples.heart_rate_bpm, [120, 121, 122])
    assert opinion.asked is not None
    assert opinion.asked.why == "IndexError: list index out of range"
    assert "in failing" in opinion.asked.trace


def test_the_second_opinion_has_the_same_words_for_what_is_no_workout() -> None:
    raw = activity()
    short = read_with_second_opinion(raw[:-9], salvage=False, decoder=failing)
    assert f"{len(raw) - 9} of {len(raw)} bytes" in failed(short)
    assert isinstance(short.found, Incomplete)
    assert (short.found.got_bytes, short.found.expected_bytes) == (len(raw) - 9, len(raw))
    other = read_with_second_opinion(fit(file_id(kind=6)), salvage=False, decoder=failing).found
    assert isinstance(other, NotAnActivity)
    assert other.file_type == "course"
    assert other.created_at is not None


@pytest.mark.parametrize("decoder", [bulk.decode, failing], ids=["ours", "fitparse"])
def test_what_is_salvaged_only_when_asked_says_what_it_lacks(decoder: Decoder) -> None:
    opinion = read_with_second_opinion(activity()[:-9], salvage=True, decoder=decoder)
    assert isinstance(opinion.found, Workout)
    assert opinion.found.salvaged
    assert opinion.found.records == 101
    assert opinion.lacks is not None
    assert opinion.lacks.got_bytes == len(activity()) - 9
    assert read_with_second_opinion(activity(), salvage=True, decoder=decoder).lacks is None


def test_a_file_is_decoded_once_whatever_is_asked() -> None:
    decoded = []

    def counting(data: bytes) -> Decoded:
        decoded.append(len(data))
        return bulk.decode(data)

    read_with_second_opinion(activity()[:-9], salvage=True, decoder=counting)
    assert decoded == [len(activity()) - 9]


def test_nobody_is_asked_when_our_reader_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    known = read_with_second_opinion(activity(), salvage=False)
    other = read_with_second_opinion(b"no FIT file, but long enough", salvage=False)
    assert isinstance(known.found, Workout)
    assert isinstance(other.found, NotFit)
    assert (known.asked, other.asked) == (None, None)


def test_a_second_reader_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "cannot be started" in failed(read_with_second_opinion(activity(), salvage=False, decoder=failing))


def test_its_time_is_limited() -> None:
    limits = SecondReaderLimits(seconds=0.01)
    late = read_with_second_opinion(activity(), salvage=False, decoder=failing, limits=limits)
    assert failed(late).endswith("found nothing within 0.01 s.")


def test_a_lack_of_memory_is_not_taken_for_the_fault_of_the_file() -> None:
    def lacking(_data: bytes) -> Decoded:
        raise MemoryError

    with pytest.raises(MemoryError):
        read_with_second_opinion(activity([120, 121, 122]), salvage=False, decoder=lacking)


def test_its_memory_is_limited() -> None:
    large = activity() + bytes(200 * 2**20)
    opinion = read_with_second_opinion(large, salvage=False, decoder=failing, limits=SecondReaderLimits(memory_mb=350))
    assert failed(opinion).startswith("Neither our reader nor the second one")
    assert opinion.asked is not None
    assert opinion.asked.why == "IndexError: list index out of range"
    assert opinion.asked.fitparse == (Line("reasons.system", {"words": "MemoryError"}),)


def test_no_answer_is_told_with_the_end_of_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(broken))
    opinion = read_with_second_opinion(activity(), salvage=False, decoder=failing)
    assert failed(opinion).startswith("Neither our reader nor the second one")
    assert opinion.asked is not None
    assert opinion.asked.fitparse == (Line("reasons.exit_code", {"number": 3}),)


def test_it_ends_with_who_asked(tmp_path: Path) -> None:
    long = tmp_path / "long.fit"
    long.write_bytes(LONG)
    with Program([sys.executable, "-c", ASKING, long], environment=environment_in(tmp_path)) as asking:
        children = Path(f"/proc/{asking.pid}/task/{asking.pid}/children")
        asking.wait_for(children.read_text, "the second reader")
        second = int(children.read_text())
        asking.wait_for(lambda: is_at_work(second), "the second reader to be at work")
        asking.send_signal(signal.SIGKILL)
        wait_until(lambda: is_gone(second), "the second reader to end")


def is_at_work(pid: int) -> bool:
    """Whether a process has used more processor time than it takes to start."""
    return float(stat_of(pid)[11]) / os.sysconf("SC_CLK_TCK") > 1.5


def is_gone(pid: int) -> bool:
    """Whether a process has ended, waited for by its parent or not."""
    try:
        return stat_of(pid)[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def stat_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
