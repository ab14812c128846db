"""The unit of the user names this machine's own program, and systemd takes it without a complaint."""

import os
import subprocess
from pathlib import Path

import pytest

from hersteld.daemon.setup.machine.user_unit import (
    UNIT,
    enable,
    has_systemd,
    has_user_bus,
    is_active,
    lingers,
    user_unit,
)
from tests.support.machine.components import require

SHIPPED = (Path(__file__).parents[4] / "systemd" / UNIT).read_text(encoding="utf-8")


def configuration(home: Path) -> Path:
    return home / ".config" / "hersteld" / "hersteld.toml"


def executable(path: Path, script: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def faked(home: Path, **scripts: str) -> dict[str, str]:
    """Return an environment in which nothing but these programs is found; each notes how it was called."""
    for name, script in scripts.items():
        executable(home / "bin" / name, f'echo "{name} $*" >> "{home}/called"\n{script}')
    return {"HOME": str(home), "PATH": str(home / "bin")}


def test_a_program_installed_by_pipx_is_named_as_in_the_shipped_unit(tmp_path: Path) -> None:
    program = executable(tmp_path / "venvs" / "hersteld" / "bin" / "hersteld")
    (tmp_path / ".local" / "bin").mkdir(parents=True)
    (tmp_path / ".local" / "bin" / "hersteld").symlink_to(program)
    unit = user_unit(program, configuration(tmp_path), {"HOME": str(tmp_path)})
    assert unit.text == SHIPPED
    assert unit.path == tmp_path / ".config" / "systemd" / "user" / UNIT
    assert unit.before is None
    assert not unit.is_there


def test_another_program_and_another_configuration_are_named(tmp_path: Path) -> None:
    program = executable(tmp_path / "venv" / "bin" / "hersteld")
    unit = user_unit(program, tmp_path / "own.toml", {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "x")})
    assert f"ExecStart={program} run --config {tmp_path}/own.toml\n" in unit.text
    assert unit.path == tmp_path / "x" / "systemd" / "user" / UNIT


def test_the_service_keeps_its_history_where_the_shell_looks_for_it(tmp_path: Path) -> None:
    # A unit of a user does not inherit what a shell has set.
    program = executable(tmp_path / "bin" / "hersteld")
    environ = {"HOME": str(tmp_path), "XDG_STATE_HOME": f"{tmp_path}/100% mine"}
    line = f'Environment="XDG_STATE_HOME={tmp_path}/100%% mine"\n'
    assert line in user_unit(program, configuration(tmp_path), environ).text
    for usual in (f"{tmp_path}/.local/state", "relative", ""):
        text = user_unit(program, configuration(tmp_path), {"HOME": str(tmp_path), "XDG_STATE_HOME": usual}).text
        assert "Environment=" not in text


@pytest.mark.parametrize("name", ["plain", "with space", "100%h", "Größe", "semi;colon", "$HOME"])
def test_systemd_finds_the_program_and_the_configuration_whatever_they_are_called(name: str, tmp_path: Path) -> None:
    program = executable(tmp_path / name / "bin" / "hersteld")
    unit = user_unit(
        program, tmp_path / name / "own.toml", {"HOME": str(tmp_path), "XDG_STATE_HOME": f"{tmp_path}/{name}"}
    )
    unit.write()
    analyze = require("systemd-analyze")
    done = subprocess.run(
        [analyze, "--no-pager", "verify", "--user", "--man=no", "--recursive-errors=no", str(unit.path)],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    faults = [line for line in (done.stdout + done.stderr).splitlines() if "hersteld" in line]
    assert (done.returncode, faults) == (0, [])


def test_it_is_written_for_all_to_read_and_known_again(tmp_path: Path) -> None:
    program = executable(tmp_path / "bin" / "hersteld")
    environ = {"HOME": str(tmp_path)}
    user_unit(program, configuration(tmp_path), environ).write()
    again = user_unit(program, configuration(tmp_path), environ)
    assert again.is_there
    assert again.path.stat().st_mode & 0o777 == 0o644


def test_systemd_is_told_to_start_it_now_and_with_each_login(tmp_path: Path) -> None:
    environ = faked(tmp_path, systemctl="exit 0")
    assert has_systemd(environ)
    assert has_user_bus(environ)
    assert enable(environ) is None
    assert (tmp_path / "called").read_text().splitlines() == [
        "systemctl --user show-environment",
        "systemctl --user daemon-reload",
        f"systemctl --user enable {UNIT}",
        f"systemctl --user restart {UNIT}",  # also where it runs already, with what was written before
    ]


@pytest.mark.parametrize(("script", "does"), [("exit 0", True), ("echo inactive; exit 3", False)])
def test_whether_systemd_runs_it_is_asked(script: str, does: bool, tmp_path: Path) -> None:
    assert is_active(faked(tmp_path, systemctl=script)) is does
    assert (tmp_path / "called").read_text() == f"systemctl --user is-active {UNIT}\n"


def test_why_systemd_does_not_start_it_is_known(tmp_path: Path) -> None:
    environ = faked(tmp_path, systemctl='test "$2" = daemon-reload && exit 0; echo "Unit is masked." >&2; exit 1')
    reason = enable(environ)
    assert reason is not None
    assert reason.values == {"words": "Unit is masked."}


def test_without_systemd_or_a_bus_nothing_is_started(tmp_path: Path) -> None:
    assert not has_systemd({"PATH": str(tmp_path)})
    assert enable({"PATH": str(tmp_path)}) is not None
    environ = faked(tmp_path, systemctl='echo "Failed to connect to bus: No medium found" >&2; exit 1')
    assert has_systemd(environ)
    assert not has_user_bus(environ)


@pytest.mark.parametrize(
    ("script", "does"), [("echo yes", True), ("echo no", False), ("echo yes; exit 1", False), ("exit 0", False)]
)
def test_whether_services_go_on_without_a_login_is_asked(script: str, does: bool, tmp_path: Path) -> None:
    assert lingers(faked(tmp_path, loginctl=script)) is does
    assert not lingers({"PATH": str(tmp_path / "none")})
