"""Does the user's own unit run without a login, and reach the desktop?"""

import json
import time
from pathlib import Path

from .tools.athletes import CARLA, CONFIGURATION
from .tools.looking import as_user, call, holds, is_watched, wait_until

_UNIT = CARLA.home / ".config/systemd/user/hersteld.service"
_BUBBLES = CARLA.home / "bubbles"


def a_user_enables_the_user_unit_and_it_is_active_only_once_the_folder_is_watched() -> str:
    call("loginctl", "enable-linger", "carla")
    wait_until(lambda: _ask("is-system-running", check=False).strip() in ("running", "degraded"), "carla's systemd")
    as_user("carla", "install", "-D", "-m", "644", "/checks/hersteld.service", _UNIT)
    config = CARLA.home / ".config/hersteld"
    as_user("carla", "mkdir", "-p", config)
    (config / "hersteld.toml").write_text(CONFIGURATION)
    CARLA.make_folder()
    python = CARLA.home / ".local/pipx/venvs/hersteld/bin/python"
    as_user("carla", "systemd-run", "--user", python, "-B", "/checks/guest/tools/bubbles.py", _BUBBLES)
    _ask("daemon-reload")
    _ask("enable", "--now", "hersteld")
    holds(_ask("is-active", "hersteld").strip() == "active", "it is not active")
    pid = int(_ask("show", "--value", "--property=MainPID", "hersteld"))
    holds(is_watched(pid, CARLA.folder), "active, but the folder is not watched")
    holds(Path(f"/proc/{pid}").stat().st_uid == CARLA.home.stat().st_uid, "it is not carla's process")
    return _ask("is-enabled", "hersteld").strip()


def a_file_becomes_a_bubble_on_the_session_bus() -> str:
    wait_until(_BUBBLES.exists, "the notification service")
    CARLA.drop("a.fit")
    wait_until(_BUBBLES.read_text, "a bubble")
    bubble = json.loads(_BUBBLES.read_text().splitlines()[0])
    holds(bubble["app"] == "hersteld", str(bubble))
    holds(bubble["title"], str(bubble))
    return str(bubble["title"])


def the_history_of_the_user_unit_is_where_a_run_by_hand_keeps_it() -> None:
    holds((CARLA.home / ".local/state/hersteld/hersteld.db").exists(), "it is not there")
    answer = as_user("carla", CARLA.home / ".local/bin/hersteld", "status", "--json")
    holds("running" in answer, answer)


def the_user_unit_stops_in_less_than_five_seconds() -> str:
    begun_s = time.monotonic()
    _ask("stop", "hersteld")
    taken_s = time.monotonic() - begun_s
    holds(_ask("show", "--value", "--property=Result", "hersteld").strip() == "success", "it was killed")
    holds(taken_s < 5, f"it took {taken_s:.1f} s")
    return f"{taken_s:.1f} s"


def _ask(*words: str, check: bool = True) -> str:
    return as_user("carla", "systemctl", "--user", *words, check=check)
