"""Does the machine keep us from reading what is in the folders?

A file that is gone, cut off, damaged or closed to us is that file's own matter. A folder that cannot be listed, a disk
or a server that does not answer, and a process that ends whenever it reads are no file's fault.
"""

import errno
import os
import stat
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from hersteld.daemon.system.paths import shown

OF_THE_FILE = frozenset(
    {
        *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG),
        *(errno.EACCES, errno.EPERM, errno.ESTALE, errno.ENXIO, errno.ETXTBSY),
    }
)
"""Errors that say something of a file or a link, and nothing of the disk or the server it is on."""
OVER_AND_OVER = 3
"""Once or twice may be one bad file, which is set aside then."""


class Failing:
    """What could not be seen at the last look, and how often reading failed since a file was read.

    Args:
        folders: The watched folders.
    """

    def __init__(self, folders: Collection[Path]) -> None:
        self._folders = {shown(folder): folder for folder in folders}
        self._unseen: dict[str, OSError] = {}
        self._failed: Counter[str] = Counter()

    def begin(self) -> bool:
        """Note that a look begins; return whether all watched folders are there."""
        self._unseen.clear()
        for name, folder in self._folders.items():
            try:
                if not stat.S_ISDIR(os.stat(folder).st_mode):  # noqa: PTH116 - with Path.stat() a loop of links is a RuntimeError on Python 3.11
                    self.unlisted(name, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)))
            except OSError as error:
                self.unlisted(name, error)
        return not self._unseen

    def unlisted(self, path: str, error: OSError) -> None:
        """Note that a folder, or a file in it, cannot be looked at."""
        if path in self._folders or error.errno not in OF_THE_FILE:
            self._unseen.setdefault(path, error)

    def failed(self, path: str, error: OSError | None = None) -> None:
        """Note that reading a file failed: with an error of the machine, or as the process that read it ended."""
        if error is None or error.errno not in OF_THE_FILE:
            self._failed[path] += 1

    def read(self) -> None:
        """Note that a file was read."""
        self._failed.clear()

    def keep_only(self, paths: Collection[str]) -> None:
        """Forget what failed at files that are gone."""
        for path in self._failed.keys() - set(paths):
            del self._failed[path]

    def is_watched(self, path: str) -> bool:
        """Return whether a path is that of a watched folder itself."""
        return path in self._folders

    @property
    def unseen(self) -> tuple[str, OSError] | None:
        """The first watched folder, or file, that could not be looked at, and why; None when all could."""
        return next(iter(self._unseen.items()), None)

    @property
    def fails_over_and_over(self) -> int:
        """How often reading failed since a file was read; 0 while that may be chance."""
        times = self._failed.total()
        return times if times >= OVER_AND_OVER else 0
