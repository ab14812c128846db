"""Which files does an import read, when it is given files and folders?"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from hersteld.daemon.reading.folders import files_below
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.parsers.line import Line

Unread = Callable[[str, Line], None]
"""Called with the path of a file that could not be read, and why."""


def files_in(paths: Iterable[Path], say_unread: Unread) -> tuple[Path, ...]:
    """Return the files given and those below the folders given, each once; those of a folder in order of their names.

    Below a folder the same files count as in a watched folder. A file that is given by itself is returned in any case,
    even if there is none.
    """
    files: dict[Path, None] = {}
    walked: set[tuple[int, int]] = set()
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - with Path.is_dir() a folder closed to us is an error
            files[path] = None
            continue
        below = files_below(
            path,
            walked,
            lambda name, error: say_unread(name, Line("files.folder_unreadable", {"why": (why_refused(error),)})),
        )
        files.update(dict.fromkeys(sorted(Path(file) for file, _ in below)))
    return tuple(files)


def is_below(folder: Path, parents: Iterable[Path]) -> bool:
    """Return whether any of these folders is the given folder or lies below it, also by another name of it (a link)."""
    real = Path(os.path.realpath(folder))
    return any(
        parent.is_relative_to(folder) or Path(os.path.realpath(parent)).is_relative_to(real) for parent in parents
    )
