"""Which files below a folder may hold FIT, by their place, name and first bytes?"""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from hersteld.daemon.reading.failing import OF_THE_FILE
from hersteld.daemon.system.paths import shown

MAX_BYTES = 256 * 2**20
"""Largest file that is read: a larger one is no recording, and an export of that size cannot be unpacked in memory."""

MAX_MIB = MAX_BYTES // 2**20

_OURS_BY_NAME = (".fit", ".gz", ".zip")
_TEMPORARY_ENDS = (".part", ".tmp")


def above(folders: tuple[Path, ...]) -> set[tuple[int, int]]:
    """Return device and inode of every folder that the watched folders lie in.

    No link may lead to these: with a link to `/`, whoever shares the folder would have hersteld walk the whole machine.
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
    enter: Callable[[str], None] = lambda _: None,
    go_on: Callable[[], bool] = lambda: True,
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the paths of the regular files below a folder, each folder once, however many links lead to it.

    As text, since to make an object of each path would take as long as all else, and few of the files are new.

    Args:
        walked: Device and inode of the folders that are not to be walked; each folder that is walked is added.
        say_unreadable: Called with each folder that is there but cannot be listed, and with each file whose disk or
            server does not answer.
        enter: Called with each folder before it is listed.
        go_on: Asked before each folder, and for each name in it, whatever it is of; answers whether to go on.
    """
    waiting = [os.fspath(folder)]
    while waiting and go_on():
        here = waiting.pop()
        try:
            identity = _identity(here)
            if identity in walked:
                continue
            walked.add(identity)
            enter(here)
            with os.scandir(here) as entries:
                names = [entry.name for entry in entries if go_on()]
        except OSError as error:
            is_stale = here == os.fspath(folder) and error.errno == errno.ESTALE
            if is_stale or error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE):
                say_unreadable(shown(here), error)
            continue
        for name in names:
            if not go_on():
                return
            if is_temporary(name):
                continue
            path = name if here == "." else os.path.join(here, name)  # noqa: PTH118 - see above
            try:
                status = os.stat(path)  # noqa: PTH116 - as above
            except OSError as error:
                if error.errno not in OF_THE_FILE:
                    say_unreadable(shown(path), error)
                continue  # or it is gone already, or a link to nowhere or to itself
            if stat.S_ISDIR(status.st_mode):
                waiting.append(path)
            elif stat.S_ISREG(status.st_mode):
                yield path, status


def is_ours(name: str, head: bytes) -> bool:
    """Return whether a file may hold FIT, by its name or by its content.

    Args:
        head: Its first 12 bytes, or more.
    """
    return name.lower().endswith(_OURS_BY_NAME) or head[8:12] == b".FIT"


def is_temporary(name: str) -> bool:
    """Return whether a name is that of a hidden file or of one still being written: `.syncthing.x`, `~x`, `x.part`."""
    return name.startswith((".", "~")) or name.lower().endswith(_TEMPORARY_ENDS)
