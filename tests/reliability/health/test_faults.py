"""A service that lives and cannot do its work says so within a minute: what is wrong, and when it is over.

Each fault is made to the real service from outside, and taken away again. `hersteld status` and the receiver of the
pings tell of both.
"""

import contextlib
import json
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.health.outside import Outside, from_outside
from tests.support.home import HERSTELD, Home
from tests.support.machine.components import missing, require
from tests.support.machine.process import Program
from tests.support.machine.storage import as_root, fill, small_disk
from tests.support.measured.figures import Measured
from tests.support.receivers import HttpReceiver, PingReceiver

WELL = "GET /s3cret"


class House:
    """A home whose service is watched from outside."""

    def __init__(self, folder: Path, phone: HttpReceiver, pings: PingReceiver) -> None:
        self.home = Home(folder / "home", phone.url)
        self.phone, self.pings = phone, pings
        self.home.configure(experience="trained")
        with self.home.config.open("a", encoding="utf-8") as config:
            config.write(f'[health]\nping_url = "http://127.0.0.1:{pings.port}/s3cret"\n')

    @contextmanager
    def running(self, *before: str) -> Iterator[Program]:
        words: list[str | Path] = [*before, HERSTELD, *self.home.words]
        with Program(words, environment=self.home.environment, folder=self.home.folder) as daemon:
            yield daemon

    def seen(self) -> Outside:
        """Return how the service looks from outside, as `status` shows it."""
        return from_outside(self.home.database, daemon_at(self.home.database), datetime.now(UTC))

    def status(self) -> dict[str, Any]:
        """Return what `status` prints."""
        found: dict[str, Any] = json.loads(self.home.call("status", "--json"))
        return found

    def put(self, name: str) -> None:
        (self.home.inbox / name).write_bytes(self.home.workout())


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with HttpReceiver() as phone, PingReceiver() as pings:
        yield House(tmp_path, phone, pings)


@contextmanager
def folder_gone(house: House, _daemon: Program) -> Iterator[None]:
    house.home.inbox.rename(house.home.folder / "elsewhere")
    yield
    (house.home.folder / "elsewhere").rename(house.home.inbox)


@contextmanager
def file_in_its_place(house: House, _daemon: Program) -> Iterator[None]:
    with folder_gone(house, _daemon):
        house.home.inbox.touch()
        yield
        house.home.inbox.unlink()


@contextmanager
def mount_stale(house: House, _daemon: Program) -> Iterator[None]:
    """Let the server of a mounted folder die: what is below it is not connected any more."""
    with mounted(house) as server:
        server.send_signal(signal.SIGKILL)
        yield


@contextmanager
def mount_silent(house: House, _daemon: Program) -> Iterator[None]:
    """Let the server of a mounted folder not answer: whoever looks into it waits."""
    with mounted(house) as server:
        server.send_signal(signal.SIGSTOP)
        yield
        server.send_signal(signal.SIGCONT)


@contextmanager
def mounted(house: House) -> Iterator[Program]:
    back = house.home.folder / "back"
    back.mkdir()
    words: list[str | Path] = [require("bindfs"), "-f", "-o", "nonempty", back, house.home.inbox]
    with Program(words, environment={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}) as server:
        server.wait_for(house.home.inbox.is_mount, "the mount")
        try:
            yield server
        finally:
            with contextlib.suppress(OSError):
                server.send_signal(signal.SIGCONT)
            subprocess.run([require("umount"), "--lazy", house.home.inbox], check=True)


@contextmanager
def database_locked(house: House, _daemon: Program) -> Iterator[None]:
    with closing(sqlite3.connect(house.home.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        house.put("during.fit")
        yield
        other.execute("ROLLBACK")


@contextmanager
def disk_full(house: House, _daemon: Program) -> Iterator[None]:
    filler = fill(house.home.database.parent)
    house.put("during.fit")
    yield
    filler.unlink()


@contextmanager
def no_memory(house: House, daemon: Program) -> Iterator[None]:
    """Let the service have no more memory than it has, and more files to look at than fit into that."""
    crowd = house.home.folder / "crowd"
    crowd.mkdir()
    for number in range(20_000):
        (crowd / f"{number}{'x' * 230}.fit").touch()
    held = Path(f"/proc/{daemon.pid}/status").read_text().partition("VmData:")[2].split()[0]
    before = resource.prlimit(daemon.pid, resource.RLIMIT_DATA)
    resource.prlimit(daemon.pid, resource.RLIMIT_DATA, (int(held) * 1024, before[1]))
    crowd.rename(house.home.inbox / "crowd")
    yield
    (house.home.inbox / "crowd").rename(crowd)
    resource.prlimit(daemon.pid, resource.RLIMIT_DATA, before)


@contextmanager
def stopped(_house: House, daemon: Program) -> Iterator[None]:
    """Let the service hang in all its threads."""
    daemon.send_signal(signal.SIGSTOP)
    yield
    daemon.send_signal(signal.SIGCONT)


Fault = Callable[[House, Program], AbstractContextManager[None]]
FAULTS: dict[Fault, set[str]] = {
    folder_gone: {"folder_missing"},
    file_in_its_place: {"folder_missing"},
    mount_stale: {"folder_missing"},
    mount_silent: {"no_sign_of_life"},
    database_locked: {"database_unusable"},
    disk_full: {"database_unusable", "delivery_stands"},
    no_memory: {"no_memory", "look_failed", "database_unusable", "delivery_stands"},
    stopped: {"no_sign_of_life"},
}
TOLD = FAULTS.keys() - {mount_silent, stopped, no_memory}
"""Those of which the receiver of pings hears; of a service that hangs, its silence tells."""


NEEDS_A_MOUNT = {mount_stale, mount_silent, disk_full}


@pytest.mark.figures("the watched folder is gone", "{faults} faults, each begun and ended: {unseen} unseen")
@pytest.mark.parametrize("with_mounts", [False, True], ids=["without mounts", "with mounts"])
def test_a_fault_shows_in_status_within_a_minute_and_so_does_its_end(
    with_mounts: bool, tmp_path: Path, measured: Measured
) -> None:
    """Each fault has a household of its own, and all of them are made at the same time, as most of this is waiting."""
    if with_mounts:
        as_root()
        require("bindfs")
        if not Path("/dev/fuse").exists():
            missing("this machine has no FUSE")
    faults = [fault for fault in FAULTS if (fault in NEEDS_A_MOUNT) is with_mounts]
    with ThreadPoolExecutor(len(faults)) as at_once:
        tried = {fault.__name__: at_once.submit(_shows_and_ends, fault, tmp_path / fault.__name__) for fault in faults}
    failed = {name: str(error) for name, one in tried.items() if (error := one.exception())}
    assert failed == {}
    measured(faults=len(tried), unseen=len(failed))


def _shows_and_ends(fault: Fault, folder: Path) -> None:
    folder.mkdir()
    with HttpReceiver() as phone, PingReceiver() as pings:
        _try(fault, House(folder, phone, pings))


def _try(fault: Fault, house: House) -> None:
    state = house.home.database.parent
    disk = small_disk(state, 16384) if fault is disk_full else contextlib.nullcontext()
    with disk, house.running() as daemon:
        daemon.wait_for(lambda: house.pings.heard, "the first ping")
        before = house.status()
        assert (before["running"], before["well"], before["trouble"]) == (True, True, None)
        with fault(house, daemon):
            found = before

            def shows() -> bool:
                nonlocal found
                found = house.status() if house.seen().trouble else found
                return found["trouble"] is not None

            daemon.wait_for(shows, "the trouble to show")
            assert (found["running"], found["well"]) == (True, False), found
            assert found["trouble"]["id"] in FAULTS[fault]
            assert found["trouble"]["since"] <= found["now"]
            assert found["looked_at"] <= found["now"]
            if fault in (database_locked, disk_full):
                assert found["oldest_waiting"]["path"] == str(house.home.inbox / "during.fit")
            if fault is not no_memory:  # which comes and goes
                text = house.home.call("status")
                assert "hersteld is running, but " in text
                assert "It last looked into all its folders with success" in text
            if fault in TOLD:
                daemon.wait_for(lambda: len(house.pings.heard) > 1, "the receiver to hear of it")
                method, path, word = house.pings.heard[1].split()
                assert (method, path) == ("POST", "/s3cret/fail")
                assert word in FAULTS[fault]
            heard = len(house.pings.heard)
        daemon.wait_for(lambda: house.seen().trouble is None, "the end of the trouble to show")
        began = datetime.fromisoformat(before["looked_at"])
        daemon.wait_for(lambda: (house.seen().looked_at or began) > began, "the next look that succeeds")
        after = house.status()
        assert (after["running"], after["well"], after["trouble"]) == (True, True, None)
        if fault in TOLD:
            daemon.wait_for(lambda: WELL in house.pings.heard[heard:], "the receiver to hear that it is over")
        assert all("fit" not in one and str(house.home.folder) not in one for one in house.pings.heard)
        daemon.stop_cleanly()
    assert "s3cret" not in daemon.stderr


@pytest.mark.figures("a folder can be found and not be listed", "{tried} errors: nothing forgotten")
def test_a_folder_that_can_be_found_and_not_be_listed_is_no_empty_folder(house: House) -> None:
    """As on a disk that dies, or a server that has lost the folder: the first look cannot succeed."""
    house.put("run.fit")
    eio = ("-P", str(house.home.inbox), "-e", "trace=getdents64", "-e", "inject=getdents64:error=EIO")
    with house.running(str(require("strace")), "-D", "-f", "-qq", "-o", "/dev/null", *eio) as daemon:
        daemon.wait_for(lambda: house.pings.heard, "the receiver to hear of it")
        found = house.status()
        assert (found["well"], found["looked_at"], found["trouble"]["id"]) == (False, None, "folder_missing")
        assert str(house.home.inbox) in found["trouble"]["reason"]
        assert "input/output error" in found["trouble"]["reason"]
        assert house.pings.heard[0] == "POST /s3cret/fail folder_missing"
        daemon.stop_cleanly()


def test_a_machine_that_gives_no_process_to_read_in_is_told_and_files_are_read_all_the_same(house: House) -> None:
    refused = ("-e", "trace=vfork,fork,clone", "-e", "inject=vfork,fork,clone:error=EAGAIN")
    with house.running(str(require("strace")), "-D", "-f", "-qq", "-o", "/dev/null", *refused) as daemon:
        daemon.wait_for(lambda: house.seen().looked_at, "the first look")
        house.put("run.fit")
        daemon.wait_for(lambda: house.seen().reads_alone, "it to be told")
        daemon.wait_for(lambda: house.status()["last_workout"], "the file to be read")
        found = house.status()
        assert found["well"], "it does all of its work"
        assert "without limits on time and memory" in house.home.call("status")
        # No process for a ping either: that disturbs nothing, and is told.
        daemon.wait_for(lambda: house.status()["ping"]["ok"] is False, "the ping to have failed")
        assert house.status()["ping"]["reason_id"] == "delivery.call_broke_off"
        assert house.pings.heard == []
        daemon.stop_cleanly()
