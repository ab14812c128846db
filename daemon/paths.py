"""Where does the state live, and how is a path shown?"""

import os
from collections.abc import Mapping
from pathlib import Path

DATABASE_NAME = "hersteld.db"


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


def make_private(folder: Path) -> None:
    """Make the folder of the database, for its owner alone.

    A folder that stands already is left as it is: it may be one the user named and shares.

    Raises:
        OSError: It cannot be made.
    """
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def shown(path: Path | str) -> str:
    """Return a path as text that can be stored and logged, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
