"""Where our own reader failed at a file, it is told at which and why, once, also when fitparse could read it."""

import json
import logging
import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call_process
from tests.support.fit.failing_reader import failing_environment, failing_walk, odd_file
from tests.support.pipeline import NOON, Pipeline, a_file

SAID = "{}: our reader failed at it, so fitparse was asked; please report this (IndexError: list index out of range)"


@pytest.fixture
def failing(tmp_path: Path) -> dict[str, str]:
    return failing_environment(tmp_path / "patch")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file that our reader reads, and two that it fails at: one of use to fitparse, one to nobody."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "odd.fit").write_bytes(odd_file(NOON))
    (folder / "plain.fit").write_bytes(a_file(NOON - timedelta(days=1)))
    (folder / "short.fit").write_bytes(odd_file(NOON)[:250])
    os.utime(folder / "short.fit", (NOON.timestamp(), NOON.timestamp()))  # so that nobody waits for its rest
    return folder


def test_the_log_of_the_service_has_a_warning_with_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("hersteld.parsers.columns.bulk.walk", failing_walk)
    pipeline = Pipeline(tmp_path)
    path = pipeline.put("odd.fit", odd_file(NOON))
    pipeline.look()
    pipeline.pass_time(minutes=3, step=timedelta(seconds=3))
    said = [(record.levelname, record.getMessage()) for record in caplog.records if str(path) in record.getMessage()]
    assert said[0] == ("WARNING", SAID.format(path))
    assert [level for level, _ in said] == ["WARNING", "INFO"]
    assert said[1][1].startswith(f"{path}: workout, run of 10 min")


def test_import_counts_them_and_names_them_to_who_looks_for_a_fault(
    folder: Path, failing: dict[str, str], tmp_path: Path
) -> None:
    quiet = call_process("import", folder, home=tmp_path, extra=failing)
    said = quiet.stdout.splitlines()[0]
    assert said.startswith("2 workouts read, all of 2026; 1 could be read only by fitparse, 1 could not be read.")
    assert "fitparse" not in quiet.stderr
    (home := tmp_path / "home").mkdir()
    verbose = call_process("-v", "import", "--json", folder, home=home, extra=failing)
    found = json.loads(verbose.stdout)
    assert (found["workouts"], found["second_reader"], len(found["unread"])) == (2, 1, 1)
    lines = verbose.stderr.splitlines()
    for name in ("odd", "short"):
        assert SAID.format(folder / f"{name}.fit") in lines
    assert any("failing_walk" in line for line in lines), "where it failed"


def test_import_says_it_in_dutch(folder: Path, failing: dict[str, str], tmp_path: Path) -> None:
    said = call_process("import", "--language", "nl", folder, home=tmp_path, extra=failing).stdout.splitlines()[0]
    assert said.startswith("2 trainingen ingelezen, allemaal uit 2026; 1 alleen met fitparse te lezen, 1 onleesbaar.")


@pytest.mark.parametrize("command", ["plan", "explain"])
def test_a_command_warns_and_names_the_file(
    command: str, folder: Path, failing: dict[str, str], tmp_path: Path
) -> None:
    done = call_process(command, folder / "odd.fit", home=tmp_path, extra=failing)
    assert done.returncode == 0
    assert done.stderr == f"warning: {SAID.format(folder / 'odd.fit')}\n"
