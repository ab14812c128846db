"""`hersteld init` offers a service of the user, and says what is in the way of it. systemd itself is never called."""

import io
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from hersteld.daemon.cli.setup.first_run.unit import set_up_service
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.system.paths import database_path
from tests.support.command_line import call, environment_in
from tests.support.terminal import CTRL_C, CTRL_D, Terminal

GIVEN = (
    *("--language", "en", "--folder", ".", "--experience", "trained", "--birth-year", "1986", "--mass-kg", "72"),
    *("--max-hr", "188", "--resting-hr", "48", "--ftp-w", "241", "--condition", "heart", "--quiet-hours", ""),
    "--desktop",
)
OFFER = "Let hersteld run as a service of yours, now and from each login on?"


def fake(home: Path, *, systemctl: str = "exit 0", loginctl: str = "echo no") -> Mapping[str, str]:
    """Return a PATH on which nothing is found but these two programs, which note how they were called."""
    for name, script in (("systemctl", systemctl), ("loginctl", loginctl)):
        program = home / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> "{home}/called"\n{script}\n')
        program.chmod(0o755)
    return {"PATH": str(home / "bin")}


def called(home: Path) -> list[str]:
    return (home / "called").read_text().splitlines() if (home / "called").exists() else []


def unit(home: Path) -> Path:
    return home / ".config" / "systemd" / "user" / "hersteld.service"


def init(home: Path, path: Mapping[str, str]) -> Terminal:
    return Terminal("init", *GIVEN, environment={**environment_in(home), **path}, folder=home)


def test_a_yes_installs_the_unit_starts_it_and_names_what_ends_it(tmp_path: Path) -> None:
    with init(tmp_path, fake(tmp_path)) as terminal:
        terminal.answers("Write it?")
        terminal.answers(OFFER, "yes")
        terminal.reads("hersteld runs now, and from each login on. Its log: journalctl --user -u hersteld.service")
        terminal.reads("It ends when you log out. To let it go on: loginctl enable-linger")
        assert terminal.ends() == 0
    assert "ExecStart=" in unit(tmp_path).read_text()
    assert called(tmp_path)[1:4] == [
        "systemctl --user daemon-reload",
        "systemctl --user enable hersteld.service",
        "systemctl --user restart hersteld.service",
    ]


@pytest.mark.parametrize("keys", ["no", "<", CTRL_D])
def test_without_a_yes_nothing_is_installed(keys: str, tmp_path: Path) -> None:
    with init(tmp_path, fake(tmp_path)) as terminal:
        terminal.answers("Write it?")
        terminal.answers(OFFER, keys)
        terminal.reads("Start it with: ")
        assert terminal.ends() == 0
    assert called(tmp_path) == []
    assert not unit(tmp_path).exists()


def test_ctrl_c_at_the_offer_leaves_the_configuration_and_no_unit(tmp_path: Path) -> None:
    with init(tmp_path, fake(tmp_path)) as terminal:
        terminal.answers("Write it?")
        terminal.answers(OFFER, CTRL_C)
        terminal.reads("No service was set up; what is written stays.")
        assert terminal.ends() == 130
    assert (tmp_path / ".config" / "hersteld" / "hersteld.toml").exists()
    assert not unit(tmp_path).exists()


def test_without_a_bus_it_is_said_where_there_is_one(tmp_path: Path) -> None:
    refuse = 'echo "Failed to connect to bus: No medium found" >&2; exit 1'
    result = call("init", "--yes", "--unit", home=tmp_path, extra=fake(tmp_path, systemctl=refuse))
    assert result.exit_code == 0, result.output
    assert "The service manager of your user does not answer, so no service was set up." in result.output
    assert "loginctl enable-linger" in result.output
    assert "Start it with: " in result.output
    assert not unit(tmp_path).exists()


def test_beside_one_that_was_started_by_hand_no_service_is_set_up(tmp_path: Path) -> None:
    path = fake(tmp_path, systemctl='case "$*" in *is-active*) exit 3;; esac')
    with DatabaseLock(database_path(environment_in(tmp_path))):
        result = call("init", "--yes", "--unit", home=tmp_path, extra=path)
        assert result.exit_code == 0, result.output
        assert "hersteld runs already, started by hand, and only one can run: end it with Ctrl-C" in result.output
        assert not unit(tmp_path).exists()
        by_systemd = call("init", "--yes", "--unit", home=tmp_path, extra=fake(tmp_path))
        assert "hersteld runs now" in by_systemd.output
    assert called(tmp_path)[-2] == "systemctl --user restart hersteld.service"


def test_without_systemd_it_is_said_only_to_whoever_asked_for_it(tmp_path: Path) -> None:
    nothing = {"PATH": str(tmp_path / "none")}
    assert "There is no systemd here" in call("init", "--yes", "--unit", home=tmp_path, extra=nothing).output
    assert (
        "no systemd here"
        not in call("init", "--yes", "--config", tmp_path / "b.toml", home=tmp_path, extra=nothing).output
    )


def test_what_systemd_says_of_its_failure_is_told(tmp_path: Path) -> None:
    masked = 'case "$*" in *enable*) echo "Unit hersteld.service is masked." >&2; exit 1;; esac'
    result = call("init", "--yes", "--unit", home=tmp_path, extra=fake(tmp_path, systemctl=masked))
    assert "systemd did not start it: Unit hersteld.service is masked." in result.output
    assert "`journalctl --user -u hersteld.service` says more." in result.output


def test_without_a_terminal_a_service_is_set_up_only_on_demand(tmp_path: Path) -> None:
    path = fake(tmp_path, loginctl="echo yes")
    call("init", "--yes", home=tmp_path, extra=path)
    assert called(tmp_path) == []
    result = call("init", "--yes", "--unit", home=tmp_path, extra=path)
    assert "Nothing was changed." in result.output
    assert "hersteld runs now" in result.output
    assert "enable-linger" not in result.output
    assert unit(tmp_path).exists()


def test_a_unit_that_is_there_stays_unless_it_is_asked_for(tmp_path: Path) -> None:
    unit(tmp_path).parent.mkdir(parents=True)
    unit(tmp_path).write_text("# mine\n[Service]\n")
    with init(tmp_path, fake(tmp_path)) as terminal:
        terminal.answers("Write it?")
        terminal.reads("hersteld.service is there already. systemctl --user restart hersteld.service starts hersteld")
        terminal.reads("It is not the unit that hersteld would write now: `")
        terminal.reads("init --unit` shows the difference, and asks.")
        assert terminal.ends() == 0
    assert unit(tmp_path).read_text() == "# mine\n[Service]\n"
    result = call("init", "--yes", "--unit", home=tmp_path, extra=fake(tmp_path))
    assert "hersteld.service will change like this:" in result.output
    assert "  -# mine\n" in result.output
    assert "ExecStart=" in unit(tmp_path).read_text()


def test_a_changed_unit_is_written_at_a_terminal_only_after_a_yes(tmp_path: Path) -> None:
    unit(tmp_path).parent.mkdir(parents=True)
    unit(tmp_path).write_text("# mine\n")
    environment = {**environment_in(tmp_path), **fake(tmp_path)}
    with Terminal("init", *GIVEN, "--unit", environment=environment, folder=tmp_path) as terminal:
        terminal.answers("Write it?")
        terminal.answers("Write this unit?", "no")
        assert terminal.ends() == 0
    assert unit(tmp_path).read_text() == "# mine\n"


@pytest.mark.parametrize(("keys", "is_there"), [("yes\n", True), ("no\n", False), ("<\n", False), ("", False)])
def test_the_offer_is_asked_for_in_this_process(
    keys: str, is_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**environment_in(tmp_path), **fake(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
    configuration = tmp_path / ".config" / "hersteld" / "hersteld.toml"
    assert set_up_service(configuration, "ask", asks=True) is is_there
    assert unit(tmp_path).exists() is is_there
    assert not set_up_service(configuration, "no", asks=False)
