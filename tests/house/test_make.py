"""What `make` does for someone who has only Python, git and make."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.machine.components import require

ROOT = Path(__file__).parents[2]


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make on copies of Makefile and pyproject.toml in a folder without .venv."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return subprocess.run(
        [require("make"), *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": "/home/anna", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


@pytest.mark.parametrize(
    "target",
    [
        *("init", "run", "test", "test-lowest", "test-systemd"),
        *("lint", "demo", "man", "font", "bench", "fuzz", "soak", "lock", "clean"),
    ],
)
def test_help_names_each_target(tmp_path: Path, target: str) -> None:
    assert f"make {target}\t" in make(tmp_path).stdout


def test_an_old_python_is_refused_in_one_clear_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = make(tmp_path, "run", f"PYTHON={old}")
    assert done.returncode != 0
    assert f"hersteld needs Python 3.11 or later, and {old} is older or not there" in done.stderr
    assert "make PYTHON=python3.12 run" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path) -> None:
    bare = tmp_path / "python3"
    bare.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\n')
    bare.chmod(0o755)
    done = make(tmp_path, "test", f"PYTHON={bare}")
    assert done.returncode != 0
    assert "sudo apt install python3-venv" in done.stderr


def test_run_passes_the_folder_and_the_arguments_on(tmp_path: Path) -> None:
    planned = make(tmp_path, "-n", "run", "FOLDER=~/My Workouts", "ARGS=--config my.toml").stdout
    assert '/hersteld run --config my.toml "$HOME/My Workouts"' in planned


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        (["LANGUAGE=nl"], {}, "nl"),
        ([], {"LANGUAGE": "nl"}, "nl"),
        ([], {"LANGUAGE": "en_GB:en"}, "en"),  # gettext's variable of the same name
        (["LANGUAGE=de"], {}, "de"),  # the command refuses it with its own sentence
    ],
)
def test_demo_speaks_the_language_asked_for(
    tmp_path: Path,
    arguments: list[str],
    environment: dict[str, str],
    language: str,
) -> None:
    planned = make(tmp_path, "-n", "demo", *arguments, **environment).stdout.splitlines()[-1].split()
    assert planned[-2:] == ["--language", language]
