"""On a network or FUSE file system changes are not reported, so its folders are polled."""

from pathlib import Path

import pytest

from hersteld.daemon.inbox.mounts import mounts_now, must_be_polled

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
nas:/export /mnt/nas nfs4 rw 0 0
/dev/sdb1 /mnt/nas/local\040disk ext4 rw 0 0
rclone:drive /mnt/drive fuse.rclone rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "polled"),
    [
        ("/home/anna/Workouts", False),
        ("/mnt/nas", True),
        ("/mnt/nas/fit", True),
        ("/mnt/nas/local disk/fit", False),
        ("/mnt/drive/a", True),
        ("/mnt/drives", False),
    ],
)
def test_network_and_fuse_file_systems_are_polled(tmp_path: Path, folder: str, polled: bool) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert must_be_polled(Path(folder), tmp_path / "mounts") is polled


def test_of_two_mounts_on_one_place_the_later_is_on_top(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /mnt ext4 rw 0 0\nnas:/export /mnt nfs rw 0 0\nbroken\n")
    assert must_be_polled(Path("/mnt/fit"), mounts)


def test_without_a_list_of_mounts_a_folder_is_watched(tmp_path: Path) -> None:
    assert not must_be_polled(tmp_path, tmp_path / "no list")


def test_without_a_change_the_mounts_are_the_same_twice() -> None:
    assert mounts_now() == mounts_now() != b""
