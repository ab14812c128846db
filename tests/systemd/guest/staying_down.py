"""What does systemd start again, and how often?"""

import shutil
import subprocess

from .tools.athletes import CONFIGURATION, GERDA, HUGO
from .tools.looking import call, holds, journal_of, shown, wait_until

_CONFIG = f"/etc/hersteld/{GERDA.name}/hersteld.toml"
_LONGEST_S = 300.0


def a_service_that_ends_at_once_is_started_again_and_again() -> None:
    """From here to its end nobody may tell systemd to reload, which then counts from the beginning."""
    HUGO.install()
    call("systemctl", "daemon-reload")
    call("systemctl", "start", "--no-block", HUGO.unit)
    wait_until(lambda: int(shown(HUGO.unit, "NRestarts")) > 0, "a new start")


def a_wrong_configuration_is_not_started_again() -> str:
    GERDA.install()
    GERDA.make_folder()
    call("systemctl", "daemon-reload")
    _write("[watch\n")
    return _stays_down("78")


def a_damaged_database_is_not_started_again() -> str:
    _write(CONFIGURATION)
    database = GERDA.state / "hersteld.db"
    database.write_bytes(b"no database " * 1000)
    shutil.chown(database, GERDA.name, GERDA.name)
    said = _stays_down("74")
    database.unlink()
    return said


def a_second_instance_is_not_started_again() -> str:
    places = (f"STATE_DIRECTORY={GERDA.state}", f"CONFIGURATION_DIRECTORY=/etc/hersteld/{GERDA.name}")
    by_hand = ("runuser", "-u", GERDA.name, "--", "env", *places, "/opt/hersteld/bin/hersteld", "run")
    with subprocess.Popen(by_hand, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as first:
        assert first.stderr is not None
        try:
            for line in first.stderr:
                if line.startswith("ready"):
                    break
            return _stays_down("69")
        finally:
            call("pkill", "--uid", GERDA.name, "hersteld")


def a_service_that_ends_at_once_stays_down_in_the_end() -> str:
    said = "Start request repeated too quickly"
    waited_s = wait_until(lambda: said in journal_of(HUGO), "the limit of starts", _LONGEST_S)
    wait_until(lambda: shown(HUGO.unit, "ActiveState") == "failed", "the end")
    burst, restarts = int(shown(HUGO.unit, "StartLimitBurst")), int(shown(HUGO.unit, "NRestarts"))
    holds(burst - 1 <= restarts <= burst, f"{restarts} new starts")
    return f"after {burst} starts; waited for {waited_s:.0f} s"


def _write(text: str) -> None:
    with open(_CONFIG, "w", encoding="utf-8") as file:  # noqa: PTH123 - its mode and owner stay
        file.write(text)


def _stays_down(code: str) -> str:
    call("systemctl", "reset-failed", GERDA.unit, check=False)
    call("systemctl", "start", GERDA.unit, check=False)
    found = {key: shown(GERDA.unit, key) for key in ("ExecMainStatus", "ActiveState", "SubState", "NRestarts")}
    wanted = {"ExecMainStatus": code, "ActiveState": "failed", "SubState": "failed", "NRestarts": "0"}
    holds(found == wanted, f"{found}: {journal_of(GERDA)[-500:]}")
    return f"exit code {code}"
