"""A file at which our own reader fails is read by fitparse, in a process that cannot do any harm."""

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from hersteld.daemon import second_opinion
from hersteld.daemon.second_opinion import Limits, read_with_second_opinion
from hersteld.parsers.decoder import Decoded
from hersteld.parsers.errors import Incomplete, NotAnActivity, NotFit, ParseError
from hersteld.parsers.fit import read_fit
from tests.daemon.cli import environment_in
from tests.daemon.pipeline import a_file
from tests.parsers.build import activity, file_id, fit
from tests.support.process import PATIENCE_S, Program, wait_until

ASKING = """
import sys
from pathlib import Path
from hersteld.daemon import second_opinion
from hersteld.daemon.second_opinion import Limits, read_with_second_opinion

def failing(_data):
    raise IndexError

content = Path(sys.argv[1]).read_bytes()
read_with_second_opinion(content, salvage=False, decoder=failing, limits=Limits(seconds=600))
"""

LONG = a_file() * 500
"""Some five minutes of work for fitparse."""


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


@pytest.mark.parametrize("said", ["", "half of a pickle"])
def test_half_an_answer_is_no_answer(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "python"
    broken.write_text(f"#!/bin/sh\nprintf '{said}'\n")
    broken.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(ParseError, match="Neither our reader nor the second one"):
        read_with_second_opinion(activity(), salvage=False, decoder=failing)


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


def test_its_processor_time_is_limited_whether_or_not_anybody_looks_at_the_clock() -> None:
    command = [sys.executable, "-P", "-m", second_opinion.__name__, "1024", "0.5", "whole"]
    done = subprocess.run(command, input=LONG, capture_output=True, timeout=PATIENCE_S, check=False)
    assert -done.returncode in (signal.SIGKILL, signal.SIGXCPU), done.stderr


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
