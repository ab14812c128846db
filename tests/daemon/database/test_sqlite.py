"""sqlite_utils comes without numpy, and numpy stays there for whoever needs it."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call_process, take_in
from tests.support.pipeline import NOON, a_file


def test_status_of_a_database_with_workouts_never_imports_numpy(tmp_path: Path) -> None:
    """A third of the time that the command takes would go there."""
    take_in(tmp_path, [("run.fit", a_file())], now=NOON + timedelta(minutes=5))
    done = call_process("status", home=tmp_path, extra={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.returncode == 0, done.stderr
    packages = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "sqlite_utils" in packages
    assert "numpy" not in packages


@pytest.mark.parametrize("first", ["numpy", "hersteld.daemon.database.sqlite"])
def test_numpy_works_whether_it_is_imported_before_or_after(first: str) -> None:
    program = f"import {first}, hersteld.daemon.database.sqlite, numpy; print(numpy.arange(3).sum())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "3\n"
