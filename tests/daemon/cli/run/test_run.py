"""`hersteld run` needs no preparation, and what is not there yet is waited for."""

import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from hersteld.daemon.cli.exit_codes import EXIT_RUNNING
from tests.support.command_line import call, call_process, environment_in
from tests.support.machine.process import Program
from tests.support.pipeline import a_file
from tests.support.terminal import Terminal


def test_run_without_anything_makes_the_folder_and_stops_when_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hersteld", "run"]
    with Program(command, environment=environment_in(tmp_path), folder=tmp_path) as daemon:
        daemon.wait_for_line("ready; messages go to: log")
        assert (tmp_path / "Workouts").is_dir()
        daemon.stop_cleanly(signal.SIGINT)
        assert f"Made {tmp_path}/Workouts: put FIT files there." in daemon.stdout_lines
        assert "Traceback" not in daemon.stderr


def test_a_first_start_at_a_terminal_points_to_init_in_one_line(tmp_path: Path) -> None:
    line = "Nothing is configured yet: `"
    with Terminal("run", environment=environment_in(tmp_path), folder=tmp_path) as terminal:
        terminal.reads(line)
        terminal.reads("hersteld init` asks who you are, and who is to get the messages.\n")
        terminal.reads("ready")
    config = tmp_path / "own.toml"
    config.write_text("[athlete]\n")
    with Terminal("run", "--config", str(config), environment=environment_in(tmp_path), folder=tmp_path) as terminal:
        terminal.reads("ready")
        assert line not in terminal.screen


def test_run_watches_the_folder_it_is_given(tmp_path: Path) -> None:
    inbox = tmp_path / "elsewhere"
    inbox.mkdir()
    (inbox / "bad.fit").write_bytes(b"no FIT file, whatever its name")
    command = [sys.executable, "-m", "hersteld", "run", "elsewhere", "--verbose"]
    with Program(command, environment=environment_in(tmp_path), folder=tmp_path) as daemon:
        daemon.wait_for_line(f"{inbox}/bad.fit")
        assert not (tmp_path / "Workouts").exists()
        second = call_process("run", "elsewhere", home=tmp_path)
        assert second.returncode == EXIT_RUNNING
        assert "already works on" in second.stderr
        assert "not there" not in second.stderr
        wrong = call_process("run", "elsewere", home=tmp_path)
        assert wrong.returncode == EXIT_RUNNING
        assert "already works on" in wrong.stderr
        assert f"{tmp_path}/elsewere: this folder is not there" in wrong.stderr
        daemon.stop_cleanly()


def test_no_name_is_not_the_folder_one_happens_to_be_in(tmp_path: Path) -> None:
    refused = call("run", "", home=tmp_path)
    assert refused.exit_code == 2
    assert '"" is no folder; name one, or leave it out' in refused.output
    assert list(tmp_path.iterdir()) == []


def test_a_default_folder_that_cannot_be_made_is_waited_for(tmp_path: Path) -> None:
    # As under ProtectHome: the athlete, or their Syncthing, makes it later.
    disk = tmp_path / "disk"
    (tmp_path / "Workouts").symlink_to(disk / "Workouts")
    # A folder behind a link announces nothing, so that it is found by looking, which is seldom without this setting.
    command = [sys.executable, "-m", "hersteld", "run", "--set", "watch.poll_every_s=5"]
    with Program(command, environment=environment_in(tmp_path), folder=tmp_path) as daemon:
        daemon.wait_for_line("ready; messages go to: log")
        assert f"warning: {tmp_path}/Workouts: cannot be made (file exists)" in daemon.stderr
        assert f"{tmp_path}/Workouts: this folder is not there; waiting for it" in daemon.stderr
        (disk / "Workouts").mkdir(parents=True)
        # The file is whole: for the rest of a damaged one the service would wait half a minute.
        (disk / "Workouts" / "run.fit").write_bytes(a_file(datetime(2026, 5, 6, 12, 0, tzinfo=UTC)))
        daemon.wait_for_line("Workouts/run.fit: ")
        daemon.stop_cleanly()


def test_the_words_before_the_log_are_in_the_language_of_the_configuration(tmp_path: Path) -> None:
    environment = environment_in(tmp_path) | {"LC_ALL": "nl_NL.UTF-8"}
    command = [sys.executable, "-m", "hersteld", "run"]
    with Program(command, environment=environment, folder=tmp_path) as daemon:
        daemon.wait_for_line(": log")
        daemon.stop_cleanly(signal.SIGINT)
        assert f"{tmp_path}/Workouts is gemaakt: zet daar FIT-bestanden in." in daemon.stdout_lines
