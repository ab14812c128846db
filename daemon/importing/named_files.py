"""Which files does an import look at, when files and folders are named to it?"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from hersteld.daemon.reading.folders import files_below
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.parsers.line import Line

Unread = Callable[[str, Line], None]
"""Called with the path of a file that could not be read, and why."""


def files_in(paths: Iterable[Path], say_unread: Unread) -> tuple[Path, ...]:
    """Return the files that were named, and those in the folders that were, each once and in order of their names.

    What counts as a file of ours in a folder is what the inbox would take; a file that was named is taken as it is,
    there or not.
    """
    found: dict[Path, None] = {}
    walked: set[tuple[int, int]] = set()
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - with Path.is_dir() a folder closed to us is an error
            found[path] = None
            continue
        below = files_below(
            path,
            walked,
            lambda name, error: say_unread(name, Line("files.folder_unreadable", {"why": (why_refused(error),)})),
        )
        found.update(dict.fromkeys(sorted(file for file, _ in below)))
    return tuple(found)


def is_below(folder: Path, parents: Iterable[Path]) -> bool:
    """Whether one of these folders is a folder or in it, under whatever name it was walked."""
    real = Path(os.path.realpath(folder))
    return any(
        parent.is_relative_to(folder) or Path(os.path.realpath(parent)).is_relative_to(real) for parent in parents
    )
