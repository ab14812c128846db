"""Whoever reads the output may stop when there is enough of it, and may have no room for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.daemon.cli.look.test_plan import HARD_RIDE
from tests.support.command_line import PATIENCE_S, environment_in

COMMANDS = (["--help"], ["demo", "--help"], ["explain", "ride.fit"], ["plan", "ride.fit"], ["config", "schema"])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_output_that_nobody_reads_any_more_is_no_failure(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "ride.fit").write_bytes(HARD_RIDE)
    command = [sys.executable, "-u", "-m", "hersteld", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment_in(tmp_path), cwd=tmp_path) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE_S) == 0


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_output_that_finds_no_room_is_said_so(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "ride.fit").write_bytes(HARD_RIDE)
    command = [sys.executable, "-m", "hersteld", *words]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment_in(tmp_path),
            cwd=tmp_path,
            timeout=PATIENCE_S,
            text=True,
            check=False,
        )
    said = "Error: No space left on device: make room there, or send what is printed elsewhere.\n"
    assert (done.returncode, done.stderr) == (1, said)
