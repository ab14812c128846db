"""Is the system unit ready when it says so, and only then?"""

import time
from pathlib import Path

from .tools.athletes import ANNA, BERT, DORA
from .tools.looking import RECEIVERS, call, holds, is_watched, journal_of, owner_and_mode, pid_of, shown, wait_until


def a_unit_enabled_before_the_boot_runs_without_anybody_logging_in() -> str:
    wait_until(lambda: shown(BERT.unit, "ActiveState") == "active", "the unit to be active")
    return shown(BERT.unit, "StatusText")


def enabling_starts_it_and_it_is_active_only_once_the_folder_is_watched() -> str:
    ANNA.install()
    ANNA.make_folder()
    call("systemctl", "daemon-reload")
    call("systemctl", "enable", "--now", "--no-block", ANNA.unit)
    seen = []
    deadline_s = time.monotonic() + 90
    while "active" not in seen and time.monotonic() < deadline_s:
        seen.append(shown(ANNA.unit, "ActiveState"))
    # Looked at after systemd was asked: a service that was ready too early is caught here.
    holds(is_watched(pid_of(ANNA), ANNA.folder), f"active, but the folder is not watched (seen: {seen})")
    holds("activating" in seen, f"it was never seen starting: {seen}")
    holds(call("systemctl", "is-enabled", ANNA.unit).strip() == "enabled", "it is not enabled")
    journal = journal_of(ANNA)
    holds(journal.index("Workouts: watching") < journal.index("Started hersteld@anna"), journal)
    return f"activating {seen.count('activating')} times, then active"


def a_file_that_comes_then_is_told_by_the_address_in_the_credential_store() -> str:
    ANNA.drop("a.fit")
    taken_s = wait_until(lambda: RECEIVERS["anna"].accepted, "the message")
    path, title = RECEIVERS["anna"].accepted[0]
    holds(path == f"/{ANNA.secrets[1]}/" or path == f"/{ANNA.secrets[1]}", "the path is not that of the address")
    return f"after {taken_s:.1f} s: {title}"


def a_folder_that_is_missing_at_the_start_is_waited_for_and_then_watched() -> str:
    DORA.install()
    call("systemctl", "daemon-reload")
    call("systemctl", "start", DORA.unit)
    holds(shown(DORA.unit, "ActiveState") == "active", "it does not run")
    holds("this folder is not there; waiting for it" in journal_of(DORA), journal_of(DORA))
    DORA.make_folder()
    pid = pid_of(DORA)
    seen_s = wait_until(lambda: is_watched(pid, DORA.folder), "the new folder to be watched")
    return f"watched after {seen_s:.0f} s"


def a_credential_named_by_its_path_reaches_the_service() -> str:
    DORA.drop("a.fit", minutes_ago=60)
    wait_until(lambda: RECEIVERS["dora"].accepted, "the message")
    holds(DORA.secrets[1] in RECEIVERS["dora"].accepted[0][0], "the path is not that of the address")
    return ""


def state_and_database_are_for_the_athlete_alone() -> str:
    uid = ANNA.home.stat().st_uid
    holds(owner_and_mode(ANNA.state) == (uid, "0o700"), f"state: {owner_and_mode(ANNA.state)}")
    files = {file.name: owner_and_mode(file) for file in ANNA.state.iterdir()}
    holds(files and all(found == (uid, "0o600") for found in files.values()), str(files))
    return ", ".join(files)


def what_is_mounted_into_the_home_later_is_seen() -> str:
    place = Path(ANNA.folder, "usb")
    place.mkdir()
    call("mount", "-t", "tmpfs", "tmpfs", place)
    (place / "there").touch()
    inside = Path(f"/proc/{pid_of(ANNA)}/root", *place.parts[1:], "there")
    seen = inside.exists()
    call("umount", place)
    holds(seen, "the service still sees the empty folder below")
    return ""
