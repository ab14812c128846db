"""Disks that are full or read-only: what a test needs to take room and rights from a database."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.machine.components import missing, require

NOBODY = 65534


def as_root() -> None:
    """Skip the test where we are not root, or fail it in CI."""
    if os.geteuid() != 0:
        missing("needs root, to mount a small disk or to be another user")


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[Path]:
    """Mount a disk of so many KiB at this folder until the block ends."""
    as_root()
    folder.mkdir()
    mount, umount = str(require("mount")), str(require("umount"))
    subprocess.run([mount, "-t", "tmpfs", "-o", f"size={kib}k,mode=0700", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run([umount, "--lazy", folder], check=True)


def remount(folder: Path, *options: str) -> None:
    """Change what a mounted disk allows, such as "ro"."""
    subprocess.run([str(require("mount")), "-o", ",".join(("remount", *options)), folder], check=True)


def fill(folder: Path, *, leave_kib: int = 0) -> Path:
    """Write a file until the disk is full, but for so much; return it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            file.truncate(max(0, file.tell() // 4096 * 4096 - leave_kib * 1024))
    return filler
