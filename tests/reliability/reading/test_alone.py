"""Where no process can be had that reads, the service reads by itself, says so once, and tries again later."""

from pathlib import Path
from typing import NoReturn

import pytest

from hersteld.daemon.reading import reader as reader_module
from hersteld.parsers.workout import Workout
from tests.support.faults.reading import FILE, process, readings

REFUSED_LIMITS = """
import resource

def refuse(*given):
    raise ValueError("not allowed to raise maximum limit")

resource.setrlimit = refuse
"""
"""Makes a Python that starts with it a machine that allows no limit."""
LACKS_A_MODULE = """
import os
import sys

counter = os.path.join(os.path.dirname(__file__), "failures")
left = len(open(counter).read())
if left and "reader_program" in " ".join(sys.orig_argv):
    open(counter, "w").write("x" * (left - 1))
    os._exit(1)
"""
"""Makes a hersteld whose files are being replaced: the process that reads cannot begin some times."""


@pytest.mark.parametrize(("failures", "is_alone"), [(1, False), (2, False), (3, True)])
def test_a_process_that_cannot_begin_is_started_again_before_the_service_reads_by_itself(
    failures: int, is_alone: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "sitecustomize.py").write_text(LACKS_A_MODULE)
    (tmp_path / "failures").write_text("x" * failures)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(reader_module, "_PAUSES_S", (0.0, 0.0, 0.0))
    with process() as reader:
        for _ in range(2):
            (reading,) = readings(reader, tmp_path / "a.fit", FILE)
            assert isinstance(reading.result, Workout)
        assert (reader.pid is None) == is_alone == (reader.alone is not None)
        assert len(caplog.records) == is_alone
        reader._alone_until_s = 0.0
        readings(reader, tmp_path / "a.fit", FILE)
        assert reader.pid is not None
        assert reader.alone is None


def test_where_no_process_can_be_started_the_service_reads_by_itself_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with process() as reader:
        for _ in range(2):
            (reading,) = readings(reader, tmp_path / "a.fit", FILE)
            assert isinstance(reading.result, Workout)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "it reads them by itself" in caplog.text


def test_where_memory_is_too_short_to_start_a_process_no_file_is_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_given: object, **_more: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(reader_module, "ChildProcess", refuse)
    with process() as reader:
        reader.start()
        for _ in range(2):
            (reading,) = readings(reader, tmp_path / "a.fit", FILE)
            assert isinstance(reading.result, Workout)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "there is not enough memory" in caplog.text


def test_where_the_machine_refuses_the_limits_the_service_reads_by_itself_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "sitecustomize.py").write_text(REFUSED_LIMITS)
    monkeypatch.setattr(reader_module, "_PAUSES_S", (0.0,))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with process() as reader:
        for _ in range(2):
            (reading,) = readings(reader, tmp_path / "a.fit", FILE)
            assert isinstance(reading.result, Workout)
        assert reader.pid is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "it reads them by itself" in caplog.text
