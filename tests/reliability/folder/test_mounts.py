"""What is mounted on the watched folder, or below it: seen as often as the configuration says."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.faults.folder_house import OFTEN_S, House, call, require_right
from tests.support.machine.components import missing, require
from tests.support.machine.process import Program

OWN_MOUNTS = ("unshare", "--mount", "--propagation", "private")


@pytest.fixture(autouse=True)
def _may_mount() -> None:
    require("nsenter")
    require_right(*OWN_MOUNTS, "true")


@pytest.mark.figures("mounted over", "{workouts} workouts: lost 0, repeated {repeated}")
def test_mounted_over_and_unmounted(house: House) -> None:
    """As a watch on a cable: a folder that is empty, then full, then empty again."""
    house.inbox.mkdir()
    house.poll_s = OFTEN_S
    beside = house.outside / "on the disk.fit"
    with house.running(*OWN_MOUNTS) as daemon:
        inside = ("nsenter", "--mount", f"--target={daemon.pid}")
        house.put("below.fit")
        house.wait_until_told(daemon)
        for _ in range(2):
            call(*inside, "mount", "-t", "tmpfs", "none", house.inbox)
            beside.write_bytes(house.workout())
            call(*inside, "cp", beside, house.inbox)
            house.wait_until_told(daemon)
            call(*inside, "umount", house.inbox)
        # Also below the folder, where only the walk can see it.
        deeper = house.inbox / "deeper"
        deeper.mkdir()
        call(*inside, "mount", "-t", "tmpfs", "none", deeper)
        beside.write_bytes(house.workout())
        call(*inside, "cp", beside, deeper)
        house.wait_until_told(daemon)
        call(*inside, "umount", deeper)
        house.put("below too.fit")
        house.assert_each_came_once(daemon)


@contextmanager
def _bindfs(back: Path, front: Path, *before: str) -> Iterator[Program]:
    """Show one folder in the place of another by FUSE, in mounts of its own."""
    words: list[str | Path] = [*before, require("bindfs"), "-f", "-o", "nonempty", back, front]
    with Program(words, environment={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}) as mounting:
        yield mounting


@pytest.mark.figures("a FUSE mount", "{workouts} workouts: lost 0, repeated {repeated}")
def test_fuse_whose_back_side_changes(house: House) -> None:
    if not Path("/dev/fuse").exists():
        missing("this machine has no FUSE")
    house.inbox.mkdir()
    house.poll_s = OFTEN_S
    back = house.home / "other machine"
    back.mkdir()
    (back / "shown").touch()
    with _bindfs(back, house.inbox, *OWN_MOUNTS) as fuse:
        inside = ("nsenter", "--mount", f"--target={fuse.pid}")
        fuse.wait_for(lambda: Path(f"/proc/{fuse.pid}/root/{house.inbox}/shown").exists(), "the mount")
        with house.running(*inside) as daemon:
            assert f"on a network or FUSE file system, so it is looked at every {OFTEN_S} s" in daemon.stderr
            (back / "behind.fit").write_bytes(house.workout())
            house.wait_until_told(daemon)
            (back / "2026").mkdir()
            half = house.workout()
            with (back / "2026" / "slow.fit").open("wb", buffering=0) as file:
                file.write(half[: len(half) // 2])
                daemon.wait_for_line("slow.fit: only a part of it is here")
                file.write(half[len(half) // 2 :])
            house.wait_until_told(daemon)

            # The program behind the mount dies, as sshfs does, and is started again.
            fuse.stop(signal.SIGKILL)
            daemon.wait_for_line(f"{house.inbox}: this folder is not there; waiting for it")
            again = ("nsenter", "--mount", f"--target={daemon.pid}")
            call(*again, "umount", "-l", house.inbox)
            with _bindfs(back, house.inbox, *again):
                (back / "after.fit").write_bytes(house.workout())
                house.wait_until_told(daemon)
                house.assert_each_came_once(daemon)
