"""The unit files: systemd takes them without a complaint, and the system unit leaves little open."""

import configparser
import os
import re
import subprocess
from pathlib import Path

import pytest

from hersteld.daemon.cli.exit_codes import STAY_DOWN
from tests.support.machine.components import require

UNITS = Path(__file__).parents[2] / "systemd"
USER_UNIT = UNITS / "hersteld.service"
SYSTEM_UNIT = UNITS / "hersteld@.service"
BOTH = pytest.mark.parametrize("unit", [USER_UNIT, SYSTEM_UNIT], ids=lambda unit: unit.name)


def analyze(*arguments: str | Path, home: Path) -> tuple[int, str]:
    """Run systemd-analyze as a user with this home and no other unit folders; return exit code and all output."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [require("systemd-analyze"), "--no-pager", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=180,
    )
    return done.returncode, done.stdout


def faults(*arguments: str | Path, home: Path) -> tuple[int, list[str]]:
    """Verify a unit; return the exit code and what is said of hersteld (other units of the machine are not ours)."""
    code, output = analyze("verify", "--man=no", "--recursive-errors=no", *arguments, home=home)
    return code, [line for line in output.splitlines() if "hersteld" in line]


def put_command(place: Path) -> None:
    """Leave an executable where an installation would leave the hersteld command."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to("/bin/true")


def settings(unit: Path, section: str = "Service") -> dict[str, str]:
    """A section of a unit, last value of each key."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit.read_text())
    return dict(parser[section])


def test_systemd_finds_no_fault_in_the_user_unit(tmp_path: Path) -> None:
    put_command(tmp_path / ".local/bin/hersteld")
    assert faults("--user", USER_UNIT, home=tmp_path) == (0, [])


def test_systemd_finds_no_fault_in_the_system_unit(tmp_path: Path) -> None:
    put_command(tmp_path / "opt/bin/hersteld")
    moved = SYSTEM_UNIT.read_text().replace("/opt/hersteld/", f"{tmp_path}/opt/")
    unit = tmp_path / "hersteld@anna.service"
    unit.write_text(moved)
    assert faults(unit, home=tmp_path) == (0, [])


def test_a_fault_in_a_unit_would_be_found(tmp_path: Path) -> None:
    unit = tmp_path / "hersteld@anna.service"
    unit.write_text(SYSTEM_UNIT.read_text().replace("ProtectHome=tmpfs", "ProtectHome=perhaps"))
    code, lines = faults(unit, home=tmp_path)
    assert code != 0
    assert any("perhaps" in line for line in lines)
    assert any("/opt/hersteld/bin/hersteld is not executable" in line for line in lines)


def test_the_system_unit_is_exposed_no_more_than_one_and_a_half_of_ten(tmp_path: Path) -> None:
    _, output = analyze("security", "--offline=true", SYSTEM_UNIT, home=tmp_path)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", output)
    assert found, output
    assert float(found[1]) <= 1.5


@BOTH
def test_a_bad_configuration_is_not_started_again_and_a_crash_is(unit: Path) -> None:
    service = settings(unit)
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == " ".join(map(str, STAY_DOWN))
    # Otherwise the limit of starts would never be reached, as they are so far apart.
    limits = settings(unit, "Unit")
    assert int(limits["StartLimitBurst"]) * int(service["RestartSec"]) < int(limits["StartLimitIntervalSec"])


@BOTH
def test_a_process_that_took_all_memory_does_not_take_the_service_with_it(unit: Path) -> None:
    assert settings(unit)["OOMPolicy"] == "continue"


@BOTH
def test_systemd_hears_from_the_service_itself_when_it_is_ready_and_alive(unit: Path) -> None:
    service = settings(unit)
    assert (service["Type"], service["NotifyAccess"]) == ("notify", "main")
    assert int(service["WatchdogSec"]) >= 60
    assert "AF_UNIX" in service["RestrictAddressFamilies"].split()


@BOTH
def test_the_command_stands_where_the_installation_in_the_comment_puts_it(unit: Path) -> None:
    command = settings(unit)["ExecStart"].split()[0]
    installs = {
        "%h/.local/bin/hersteld": "pipx install .",
        "/opt/hersteld/bin/hersteld": "/opt/hersteld/bin/pip install .",
    }
    assert installs[command] in unit.read_text()


def test_the_user_unit_keeps_its_history_where_a_run_by_hand_keeps_it() -> None:
    # Before systemd 254 a user unit's StateDirectory is in ~/.config, not in ~/.local/state.
    assert "StateDirectory" not in settings(USER_UNIT)


def test_each_athlete_has_an_account_a_state_and_a_secret_of_their_own() -> None:
    service = settings(SYSTEM_UNIT)
    own = ("User", "StateDirectory", "ConfigurationDirectory", "LoadCredential")
    assert all("%i" in service[key] for key in own)
    assert service["StateDirectoryMode"] == "0700"


def test_the_papers_ask_the_system_service_where_it_keeps_its_things() -> None:
    service, root = settings(SYSTEM_UNIT), UNITS.parent
    state, configuration = (service[key].replace("%i", "anna") for key in ("StateDirectory", "ConfigurationDirectory"))
    command = service["ExecStart"].split()[0]
    asked = f"STATE_DIRECTORY=/var/lib/{state} CONFIGURATION_DIRECTORY=/etc/{configuration} {command} status"
    for paper in (root / "README.md", root / "docs" / "commands.md", SYSTEM_UNIT):
        assert asked in " ".join(paper.read_text(encoding="utf-8").split()), paper.name
