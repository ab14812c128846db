"""`hersteld plan` takes a file that is cut off or damaged as it is, and says which it is, whichever reader reads it."""

import fcntl
import itertools
import os
import sys
import termios
import threading
from pathlib import Path
from typing import IO

import pytest

from tests.daemon.cli.look.test_plan import HARD_RIDE, planned
from tests.support.command_line import call
from tests.support.fit.failing_reader import failing_walk, odd_file
from tests.support.machine.process import wait_until
from tests.support.pipeline import NOON


def test_half_a_file_is_salvaged(tmp_path: Path) -> None:
    half = tmp_path / "half.fit"
    half.write_bytes(HARD_RIDE[: len(HARD_RIDE) // 2])
    (found,) = planned(half, home=tmp_path)
    assert found["workout"]["salvaged"] is True
    assert "salvaged" in found["assessment"]["warnings"]


def test_a_damaged_file_has_the_byte_at_which_reading_stopped(tmp_path: Path) -> None:
    half, torn, wrong = HARD_RIDE[: len(HARD_RIDE) // 2], bytearray(HARD_RIDE), HARD_RIDE[:-2] + b"\0\0"
    torn[len(half) :] = b"\xff" * (len(HARD_RIDE) - len(half))
    places = {}
    for name, content in (("whole", HARD_RIDE), ("half", half), ("torn", torn), ("wrong", wrong)):
        path = tmp_path / f"{name}.fit"
        path.write_bytes(content)
        (found,) = planned(path, home=tmp_path)
        places[name] = found["workout"]["fault_offset"]
    assert (places["whole"], places["wrong"]) == (None, None)  # of a wrong checksum nobody knows where
    for name in ("half", "torn"):
        assert abs(places[name] - len(half)) < 40, "where a record, which takes less, was broken off or overwritten"


@pytest.mark.parametrize(
    ("language", "cut_off", "damaged"),
    [
        ("en", "The end of the file is missing; this", "The file was damaged; this"),
        ("nl", "Het eind van het bestand ontbreekt; dit", "Het bestand was beschadigd; dit"),
    ],
)
def test_a_file_without_its_end_is_not_called_damaged(
    language: str, cut_off: str, damaged: str, tmp_path: Path
) -> None:
    half, broken = tmp_path / "half.fit", tmp_path / "broken.fit"
    half.write_bytes(HARD_RIDE[: len(HARD_RIDE) // 2])
    broken.write_bytes(HARD_RIDE[:-2] + b"\1\2")
    for path, said, other in ((half, cut_off, damaged), (broken, damaged, cut_off)):
        result = call("plan", "--language", language, path, home=tmp_path)
        assert result.exit_code == 0
        assert said in result.stdout
        assert other not in result.stdout


def test_fitparse_plans_a_file_without_its_end_where_our_reader_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hersteld.parsers.columns.bulk.walk", failing_walk)
    content, half = odd_file(NOON), tmp_path / "half.fit"
    half.write_bytes(content[: len(content) // 2])
    (found,) = planned(half, home=tmp_path)
    assert (found["status"], found["workout"]["salvaged"]) == ("workout", True)
    assert 250 < found["workout"]["records"] < 350
    assert "The end of the file is missing" in call("plan", "--language", "en", half, home=tmp_path).stdout


def test_what_is_still_being_written_is_incomplete_whoever_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(content: bytes) -> None:
        with pipe.open("wb", buffering=0) as end:
            end.write(content)
            wait_until(lambda: unread_in(end) == 0, "the file to be read")
            os.utime(pipe, (changed_s := next(moments), changed_s))

    def unread_in(end: IO[bytes]) -> int:
        return int.from_bytes(fcntl.ioctl(end, termios.FIONREAD, bytes(4)), sys.byteorder)

    monkeypatch.setattr("hersteld.parsers.columns.bulk.walk", failing_walk)
    pipe = tmp_path / "growing.fit"
    os.mkfifo(pipe)
    moments = itertools.count(1)  # never the one that it has already
    for whole in (HARD_RIDE, odd_file(NOON)):
        writer = threading.Thread(target=write, args=(whole[:250],))
        writer.start()
        (found,) = planned(pipe, home=tmp_path, exit_code=65)
        writer.join()
        assert (found["status"], found["workout"]) == ("incomplete", None)
        assert found["reason"] == f"The file is not complete yet: 250 of {len(whole)} bytes."
