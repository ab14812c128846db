"""What does the hardening of the system unit really keep from it?"""

import json
import re
from pathlib import Path

from .tools.athletes import ANNA, EVA
from .tools.looking import call, holds, shown

MOST_EXPOSED = 1.5
_found: dict[str, str] = {}


def a_probe_runs_in_the_place_of_the_service() -> str:
    for home in ("/home/open", "/root/letters"):
        Path(home).mkdir(mode=0o755)
        Path(home).chmod(0o755)
        Path(home, "letter").write_text("x")
    Path("/home/open/letter").chmod(0o644)
    Path("/tmp/of-another").write_text("x")
    Path("/run/user/other").mkdir(mode=0o755)
    EVA.install()
    EVA.make_folder()
    EVA.drop("a.fit")
    call("chown", "-R", "eva:", EVA.folder)
    call("systemctl", "daemon-reload")
    call("systemctl", "start", EVA.unit)
    holds(shown(EVA.unit, "Result") == "success", shown(EVA.unit, "Result"))
    _found.update(json.loads((EVA.state / "probe.json").read_text()))
    return f"{len(_found)} attempts: {_found}"


def it_can_read_the_watched_folder_its_credential_and_write_its_state() -> None:
    _all_done("read the watched folder", "read the own credential", "write in the own state")


def it_cannot_write_change_rename_or_delete_in_the_watched_folder() -> str:
    return _none_done("make a file in", "change a file in", "rename a file in", "delete a file in", "change the mode")


def it_cannot_write_in_the_home_nor_the_system() -> str:
    return _none_done("write in the own home", "write in /etc", "write in the installation")


def it_cannot_read_other_homes_even_those_open_to_all() -> str:
    return _none_done("list another home", "read a file of all", "list the home of root", "list the runtime folders")


def it_cannot_read_state_credentials_processes_or_temporary_files_of_others() -> str:
    return _none_done("list the state of", "read the credential", "see the temp", "see the processes")


def it_cannot_reach_devices_or_raw_sockets() -> str:
    return _none_done("open a raw socket", "make a device", "read the disk below")


def the_running_unit_is_exposed_no_more_than_one_and_a_half_of_ten() -> str:
    output = call("systemd-analyze", "--no-pager", "security", ANNA.unit, check=False)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", output)
    holds(found and float(found[1]) <= MOST_EXPOSED, found[0] if found else output)
    return found[1] if found else ""


def _none_done(*beginnings: str) -> str:
    chosen = {name: came for name, came in _found.items() if name.startswith(beginnings)}
    holds(len(chosen) >= len(beginnings), f"not tried: {beginnings}")
    holds("done" not in chosen.values(), f"{chosen}")
    return ", ".join(f"{name}: {came}" for name, came in chosen.items())


def _all_done(*names: str) -> None:
    holds(all(_found.get(name) == "done" for name in names), f"{_found}")
