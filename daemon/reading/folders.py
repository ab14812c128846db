"""Which files below a folder may be ours, by place, name and first bytes?"""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from hersteld.daemon.system.paths import shown

MAX_BYTES = 256 * 2**20
"""More than this is no recording of a workout, nor an export that could be unpacked in memory."""

MAX_MIB = MAX_BYTES // 2**20

_OURS_BY_NAME = (".fit", ".gz", ".zip")
_TEMPORARY_ENDS = (".part", ".tmp")


def above(folders: tuple[Path, ...]) -> set[tuple[int, int]]:
    """Return device and inode of every folder that the watched ones lie in.

    No link is to lead us there: with one to `/`, whoever shares the folder would have us walk the whole machine.
    """
    inside: set[tuple[int, int]] = set()
    outside: set[tuple[int, int]] = set()
    for folder in folders:
        with contextlib.suppress(OSError):
            real = os.path.realpath(folder)
            inside.add(_identity(real))
            outside |= {_identity(parent) for parent in Path(real).parents}
    return outside - inside


def _identity(path: Path | str) -> tuple[int, int]:
    status = os.stat(path)  # noqa: PTH116 - with Path.stat() a loop of links is a RuntimeError on Python 3.11
    return status.st_dev, status.st_ino


def files_below(
    folder: Path,
    walked: set[tuple[int, int]],
    say_unreadable: Callable[[str, OSError], None],
    enter: Callable[[Path], None] = lambda _: None,
) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the regular files below a folder, each folder once, however many links lead to it.

    Args:
        walked: Device and inode of the folders that are not to be walked any more; grows.
        say_unreadable: Told of a folder that is there but cannot be listed.
        enter: Told of each folder before it is listed.
    """
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            identity = _identity(here)
            if identity in walked:
                continue
            walked.add(identity)
            enter(here)
            with os.scandir(here) as entries:
                names = [entry.name for entry in entries]
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE):
                say_unreadable(shown(here), error)
            continue
        for name in names:
            if is_temporary(name):
                continue
            path = here / name
            try:
                status = os.stat(path)  # noqa: PTH116 - as above
            except OSError:
                continue  # gone already, or a link to nowhere or to itself
            if stat.S_ISDIR(status.st_mode):
                waiting.append(path)
            elif stat.S_ISREG(status.st_mode):
                yield path, status


def is_ours(name: str, head: bytes) -> bool:
    """Whether a file may hold FIT: its name says so, or its content does, whatever its name.

    Args:
        head: Its first 12 bytes, or more.
    """
    return name.lower().endswith(_OURS_BY_NAME) or head[8:12] == b".FIT"


def is_temporary(name: str) -> bool:
    """Whether a name is one that programs give to what is not there yet, or hide: `.syncthing.x`, `~x`, `x.part`."""
    return name.startswith((".", "~")) or name.lower().endswith(_TEMPORARY_ENDS)
