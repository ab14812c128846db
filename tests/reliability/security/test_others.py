"""Other users of the machine read nothing: no file of the state, no process, no image of the memory."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from tests.support.command_line import PATIENCE_S, call, call_process, environment_in
from tests.support.machine.components import missing
from tests.support.machine.process import Program
from tests.support.pipeline import a_file
from tests.support.receivers import SECRETS, HttpReceiver

NOBODY = 65534
CONFIG = (
    '[notify]\nquiet_hours = ""\n[[notify.targets]]\nname = "phone"\nurl = "{url}"\n[watch]\nfolders = ["{inbox}"]\n'
)


@contextmanager
def serving(home: Path) -> Iterator[Program]:
    """Run the service, under the laxest umask there is, until it has told a phone of a workout."""
    inbox = home / "Workouts"
    inbox.mkdir(exist_ok=True)
    (inbox / "run.fit").write_bytes(a_file(datetime.now(UTC) - timedelta(minutes=1)))
    with HttpReceiver() as phone:
        config = home / "hersteld.toml"
        config.touch(mode=0o600)
        config.write_text(CONFIG.format(url=phone.url, inbox=inbox), encoding="utf-8")
        before = os.umask(0)
        try:
            words = [sys.executable, "-m", "hersteld", "run", "--config", str(config)]
            daemon = Program(words, environment=environment_in(home), folder=home)
        finally:
            os.umask(before)
        with daemon:
            daemon.wait_for(lambda: phone.received, "the phone to be told")
            yield daemon


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.lstat().st_mode) for path in (folder, *folder.iterdir())}


def test_all_of_the_state_is_the_owners_alone_under_the_laxest_umask(tmp_path: Path) -> None:
    with serving(tmp_path):
        found = modes(tmp_path / "state")
    names = {"hersteld.db", "hersteld.db-wal", "hersteld.db-shm", "hersteld.db.lock", "hersteld.db.health"}
    assert found == {"state": 0o700} | dict.fromkeys(names, 0o600)


def test_files_that_others_could_read_are_made_the_owners_alone(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with Store(state / "hersteld.db"):
        for name in ("hersteld.db", "hersteld.db-wal", "hersteld.db-shm"):
            (state / name).chmod(0o666)
        (state / "hersteld.db.lock").touch(mode=0o666)
        with serving(tmp_path):
            found = modes(state)
    assert {mode for name, mode in found.items() if name != "state"} == {0o600}


@pytest.mark.parametrize(("mode", "may"), [(0o755, "read"), (0o750, "read"), (0o777, "write"), (0o770, "write")])
def test_a_folder_that_is_open_to_others_is_told(mode: int, may: str, tmp_path: Path) -> None:
    state = tmp_path / "state"
    Store(state / "hersteld.db").close()
    state.chmod(mode)
    findings = [json.loads(line) for line in call("check", "--json", home=tmp_path).stdout.splitlines()]
    (found,) = [one for one in findings if f"others can {may} in it" in one["said"]]
    assert (found["state"], found["advice"]) == ("warn", f"Keep it to yourself: chmod 700 {state}")
    with serving(tmp_path) as daemon:
        warned = f"warning: {state}: others can write in it" in daemon.stderr
    assert warned == (may == "write")


@pytest.mark.parametrize("command", [["run"], ["check"], ["notify-test"], ["config", "show"]])
def test_an_address_that_others_could_read_or_change_is_refused(command: list[str], tmp_path: Path) -> None:
    """In every command that reads it; what tests/config/file/test_targets.py proves of the reading."""
    config = tmp_path / ".config" / "hersteld" / "hersteld.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'[[notify.targets]]\nname = "phone"\nurl = "json://anna:{SECRETS[0]}@127.0.0.1:9/"\n')
    for mode in (0o640, 0o604, 0o620, 0o602):
        config.chmod(mode)
        done = call_process(*command, home=tmp_path)
        assert done.returncode == 78
        said = done.stdout + done.stderr
        assert f"chmod 600 {config}" in said
        assert SECRETS[0] not in said


def test_a_lock_that_leads_to_another_file_is_not_followed(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    letter = tmp_path / "letter"
    letter.write_text("dear aunt")
    (state / "hersteld.db.lock").symlink_to(letter)
    done = call_process("run", home=tmp_path)
    assert done.returncode == 1
    assert f"{state}/hersteld.db" in done.stderr
    assert "Traceback" not in done.stderr
    assert letter.read_text() == "dear aunt"


def test_the_kernel_writes_no_image_of_the_memory(tmp_path: Path) -> None:
    with serving(tmp_path) as daemon:
        limits = Path(f"/proc/{daemon.pid}/limits").read_text()
    (line,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert line.split()[-3:-1] == ["0", "0"]


@pytest.fixture
def open_home() -> Iterator[Path]:
    """A home that another user can look into, unlike those that pytest makes."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)
    yield home
    shutil.rmtree(home)


def family_of(pid: int) -> set[int]:
    """Return the ids of a process and of those it started."""
    found = {pid}
    # A child's number is often, not always, the larger one: until nothing is added.
    while True:
        parents = {int(one.name): _parent_of(one) for one in Path("/proc").iterdir() if one.name.isdigit()}
        children = {child for child, parent in parents.items() if parent in found}
        if children <= found:
            return found
        found |= children


def _parent_of(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it ended
        return 0


def test_another_user_reads_nothing_of_the_state_and_nothing_secret_of_the_process(open_home: Path) -> None:
    if os.geteuid() != 0:
        missing("only root can become another user")

    def as_nobody(*words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            words, user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, timeout=PATIENCE_S, check=False
        )

    with serving(open_home) as daemon:
        assert as_nobody("ls", str(open_home)).returncode == 0
        for path in (open_home / "state", open_home / "state" / "hersteld.db", open_home / "hersteld.toml"):
            assert b"Permission denied" in as_nobody("head", "-c1", str(path)).stderr
        for name in ("environ", "mem", "maps", "fd"):
            assert as_nobody("head", "-c1", f"/proc/{daemon.pid}/{name}").returncode != 0
        files = [f"/proc/{pid}/{name}" for pid in family_of(daemon.pid) for name in ("cmdline", "environ", "status")]
        assert len(files) >= 6, "the call to the phone is a process of its own"
        seen = as_nobody("cat", *files).stdout
        assert b"hersteld\x00run" in seen
        assert [secret for secret in SECRETS if secret.encode() in seen] == []
