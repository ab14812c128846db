"""The program is named as its user can call it."""

import sys
from pathlib import Path

import pytest

from hersteld.daemon.setup.machine.own_program import own_command, own_program


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "my venv" / "bin" / "hersteld"
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(path), "init"])
    return path


def test_the_program_is_the_one_that_was_called(program: Path) -> None:
    assert own_program() == program


def test_as_a_module_it_is_the_one_beside_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/hersteld/__main__.py", "init"])
    assert own_program() == Path(sys.executable).with_name("hersteld")


def test_where_the_shell_finds_it_its_name_is_enough(program: Path, tmp_path: Path) -> None:
    link = tmp_path / "bin" / "hersteld"
    link.parent.mkdir()
    link.symlink_to(program)
    assert own_command({"PATH": str(link.parent)}) == "hersteld"
    link.unlink()
    link.write_text("#!/bin/sh\n")
    link.chmod(0o755)  # another hersteld
    assert own_command({"PATH": str(link.parent)}) == f"'{program}'"


def test_below_the_folder_one_is_in_it_is_named_from_there(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert own_command({"PATH": ""}) == "'my venv/bin/hersteld'"
    monkeypatch.chdir("/")
    assert own_command({}) == f"'{str(program).removeprefix('/')}'"
