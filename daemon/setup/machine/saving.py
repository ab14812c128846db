"""How does a configuration get to its place, whole, for its owner alone, and only as it was shown?"""

import contextlib
import difflib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from hersteld.config.showable import without_secrets_in
from hersteld.daemon.system.errors import DaemonError, reason_of
from hersteld.daemon.system.paths import make_private, shown
from hersteld.parsers.line import Line


class NotSaved(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """Nothing was written; what stood there is as it was."""


def difference(before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff, without headings, with three stars for what looks like a secret.

    Of a new file all its lines, without marks.
    """
    if not before:
        yield from map(without_secrets_in, after.splitlines())
        return
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=2, lineterm="")
    for number, line in enumerate(lines):
        if number >= 2:
            yield line[0] + without_secrets_in(line[1:])


def save(path: Path, before: str | None, after: str, *, mode: int = 0o600) -> None:
    """Write a file in one step.

    A link to it stays a link, as whoever keeps configurations elsewhere wants it.

    Args:
        before: What it held when it was shown; None where it was not there.
        mode: Who may read and write it; by default its owner alone.

    Raises:
        NotSaved: It could not be written, or is not as it was.
    """
    place = Path(os.path.realpath(path))
    try:
        make_private(place.parent)
        if _held(place) != before:
            raise NotSaved("setup.changed_meanwhile", file=shown(path))
        _replace(place, after.encode(), mode)
    except OSError as error:
        raise NotSaved("setup.not_saved", file=shown(path), reason=(reason_of(error),)) from error


def refuse_unwritable(path: Path) -> None:
    """See that a file could be written, before anybody is asked what is to stand in it; nothing is written.

    Raises:
        NotSaved: It could not: its folder, or the nearest one that there is, is not ours to write in, or is no folder.
    """
    folder = Path(os.path.realpath(path)).parent
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    is_folder = os.path.isdir(folder)  # noqa: PTH112 - with Path.is_dir() one in a folder closed to us is an error
    if not is_folder or not os.access(folder, os.W_OK | os.X_OK):
        reason = Line("system.os_error", {"reason": "EACCES" if is_folder else "ENOTDIR"})
        raise NotSaved("setup.not_saved", file=shown(path), reason=(reason,))


def _held(place: Path) -> str | None:
    try:
        return place.read_bytes().decode()
    except FileNotFoundError:
        return None


def _replace(place: Path, content: bytes, mode: int) -> None:
    growing = place.with_name(f".{place.name[:100]}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
            if place.exists() and os.geteuid() == 0:  # it stays readable to whose it is
                status = place.stat()
                os.fchown(file.fileno(), status.st_uid, status.st_gid)
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        growing.rename(place)
        _flush_folder(place.parent)
    except BaseException:
        growing.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not every file system can
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
