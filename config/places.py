"""Which file is the configuration, and what do its paths mean?"""

from collections.abc import Mapping
from pathlib import Path

FILE_NAME = "hersteld.toml"


def candidates(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return where the configuration is looked for, best first: systemd's folder, then the user's own."""
    folders = [Path(folder) for folder in environ.get("CONFIGURATION_DIRECTORY", "").split(":") if folder]
    own = Path(environ.get("XDG_CONFIG_HOME", ""))
    folders.append((own if own.is_absolute() else home(environ) / ".config") / "hersteld")
    return tuple(folder / FILE_NAME for folder in folders)


def find_settings_file(environ: Mapping[str, str]) -> Path | None:
    """Return the first candidate that exists, or None: then everything has its default."""
    return next((path for path in candidates(environ) if path.exists()), None)


def home(environ: Mapping[str, str]) -> Path:
    """Return the user's home folder."""
    if environ.get("HOME"):
        return Path(environ["HOME"])
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")  # a user nobody has registered; systemd says the same of its dynamic users


def expand(text: str, environ: Mapping[str, str]) -> Path:
    """Return a path of the configuration with a leading ~ or $HOME (or ${HOME}) filled in."""
    for start in ("~", "$HOME", "${HOME}"):
        if text == start or text.startswith(f"{start}/"):
            return home(environ) / text.removeprefix(start).lstrip("/")
    return Path(text)
