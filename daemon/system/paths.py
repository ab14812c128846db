"""Where does the state live, and how is a path shown?"""

import contextlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

DATABASE_NAME = "hersteld.db"
RECOVERY_NAME = "recovery.ics"
_REPLY_KEY = ".reply-key"
_PICTURES = ".pictures"

_ESCAPE = re.compile(rb"\\x(5c|[89a-f][0-9a-f])")
"""A byte as `shown` spells it: one that is no part of a text, or a backslash that begins what looks like that."""


def state_dir(environment: Mapping[str, str]) -> Path:
    """Return the folder of the database: what systemd gave us, else the user's state folder.

    Args:
        environment: STATE_DIRECTORY (the first, if several), XDG_STATE_HOME (ignored when relative, as its standard
            says) and HOME are looked at.
    """
    given = environment.get("STATE_DIRECTORY", "").split(":")[0]
    if given:
        return Path(given)
    xdg = environment.get("XDG_STATE_HOME", "")
    home = environment.get("HOME", "")
    base = Path(xdg) if xdg.startswith("/") else (Path(home) if home else Path.home()) / ".local" / "state"
    return base / "hersteld"


def database_path(environment: Mapping[str, str]) -> Path:
    """Return where the database is, or will be."""
    return state_dir(environment) / DATABASE_NAME


def files_of(database: Path) -> tuple[Path, ...]:
    """Return the database and what SQLite, the locks and the service keep beside it, there or not."""
    endings = ("", "-wal", "-shm", "-journal", ".lock", ".importing", ".health", _PICTURES, _REPLY_KEY)
    return tuple(database.with_name(database.name + ending) for ending in endings)


def reply_key_file(database: Path) -> Path:
    """Return where the key is that signs the buttons of messages, or would be: beside the database, or a copy of it."""
    return database.with_name(database.name + _REPLY_KEY)


def pictures_file(database: Path) -> Path:
    """Return where it stands which targets refused a picture, or would."""
    return database.with_name(database.name + _PICTURES)


def recovery_file(database: Path) -> Path:
    """Return where the calendar of the athlete's recovery is, or would be: where the service may always write."""
    return database.with_name(RECOVERY_NAME)


def make_private(folder: Path) -> None:
    """Make the folder of the database, for its owner alone.

    A folder that stands already is left as it is: it may be one the user named and shares.

    Raises:
        OSError: It cannot be made.
    """
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def tighten(database: Path) -> None:
    """Let only the owner read and write the files of the database, whatever an umask, a copy or a restore allowed.

    By name, never by descriptor: to close one of the database is to drop the locks that this process has on it.
    """
    for file in files_of(database):
        with contextlib.suppress(OSError):  # it is not there, or not ours: `hersteld check` tells that
            mode = file.lstat().st_mode
            if stat.S_ISREG(mode) and mode & 0o077:
                file.chmod(0o600)


def open_to_others(path: Path) -> str | None:
    """Return what users other than the owner may do with a folder or file: "write", "read", or None for nothing."""
    with contextlib.suppress(OSError):
        mode = path.stat().st_mode
        if mode & 0o022:
            return "write"
        if mode & 0o055:
            return "read"
    return None


def shown(path: Path | str) -> str:
    """Return a path as text that can be stored and logged, whatever bytes its name is made of.

    No two paths are shown alike, as what is known of a file is stored under this. A path that is shown already must not
    be given again.
    """
    text = os.fspath(path)
    if text.isascii() and "\\" not in text:  # as nearly all are, and this is asked of every file at every look
        return text
    return _ESCAPE.sub(rb"\\x5cx\1", os.fsencode(path)).decode("utf-8", "backslashreplace")


def path_shown(text: str) -> Path:
    """Return the path that `shown` shows like this."""
    return Path(os.fsdecode(_ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), os.fsencode(text))))
