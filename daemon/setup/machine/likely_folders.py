"""In which folders of this machine do the files of a watch probably arrive?

Looked at are the folders that people use for it, those of Syncthing, and mounted watches. No file is opened but the
configuration of Syncthing, and nothing is written. Where a disk or server does not answer, its folder is not found.
"""

import html
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hersteld.config.places import expand, home
from hersteld.daemon.reading.folders import files_below

USUAL = "~/Workouts"
"""The folder that hersteld watches where nothing is configured."""

_OWN = ("Workouts", "Gadgetbridge", "Garmin", "Fit", "FIT", "fit", "Activities", "Training", "Trainingen", "Sport")
_SHARED = ("Sync", "Syncthing", "Nextcloud", "ownCloud", "Dropbox")
"""Folders in which one sub-folder of many may be that of the watch."""
_SYNCTHING = ("~/.local/state/syncthing/config.xml", "~/.config/syncthing/config.xml")
_SYNCTHING_FOLDER = re.compile(r"<folder\b[^>]*?\bpath=\"([^\"]*)\"")
_SYNCTHING_BYTES = 2**20
_MEDIA = (Path("/media"), Path("/run/media"))
_ENDS = (".fit", ".fit.gz")
_MOST_FILES = 20_000
_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class LikelyFolder:
    """A folder with FIT files in it or below it.

    Attributes:
        files: How many, at least 1; not all of them where there are very many.
        newest_s: When the newest of them was changed, in seconds since 1970.
    """

    path: Path
    files: int
    newest_s: float


def likely_folders(
    environ: Mapping[str, str], *, media: tuple[Path, ...] = _MEDIA, patience_s: float = _PATIENCE_S
) -> tuple[LikelyFolder, ...]:
    """Return the folders in which FIT files lie, the one with the newest file first.

    Args:
        environ: HOME, XDG_RUNTIME_DIR and XDG_STATE_HOME are looked at.
        media: Where the system mounts what is plugged in.
        patience_s: After so many seconds what was found until then is all.
    """
    found: list[LikelyFolder] = []
    until_s = time.monotonic() + patience_s

    def look() -> None:
        for root in _roots(environ, media):
            found.extend(_found_in(root, lambda: time.monotonic() < until_s))

    # By a thread that is left alone when a dead server holds it up.
    looker = threading.Thread(target=look, name="likely-folders", daemon=True)
    looker.start()
    looker.join(patience_s)
    return tuple(_apart(sorted(found, key=lambda folder: folder.newest_s, reverse=True)))


def can_be_written(folder: Path) -> bool:
    """Return whether the name of a folder is text, so that it can stand in a configuration."""
    try:
        str(folder).encode()
    except UnicodeEncodeError:
        return False
    return True


def is_there(path: Path) -> bool:
    """Return whether a folder or file is there, as far as we may know: in a folder that is closed to us it is not."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists() raises PermissionError for one in a closed folder


def short(folder: Path, environ: Mapping[str, str]) -> str:
    """Return a folder as it is written in the configuration: from ~/ where it lies in the home."""
    own = home(environ)
    return f"~/{folder.relative_to(own)}" if folder.is_relative_to(own) and folder != own else str(folder)


def _roots(environ: Mapping[str, str], media: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the folders that are looked into, there or not."""
    own = home(environ)
    yield from (own / name for name in (*_OWN, *_SHARED))
    yield from _of_syncthing(environ)
    yield from _watches(environ, media)


def _of_syncthing(environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield the folders that Syncthing keeps in step, by its configuration."""
    places = [expand(place, environ) for place in _SYNCTHING]
    if environ.get("XDG_STATE_HOME", "").startswith("/"):
        places.append(Path(environ["XDG_STATE_HOME"]) / "syncthing" / "config.xml")
    for place in places:
        try:
            with place.open("rb") as file:
                text = file.read(_SYNCTHING_BYTES).decode(errors="replace")
        except OSError:
            continue
        for found in _SYNCTHING_FOLDER.finditer(text):
            folder = expand(html.unescape(found[1]), environ)
            if folder.is_absolute():
                yield folder


def _watches(environ: Mapping[str, str], media: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the folders of activities on mounted watches: as a disk, or by MTP under gvfs."""
    mounts = [mount for place in media for mount in (*_folders_in(place), *_folders_two_below(place))]
    if environ.get("XDG_RUNTIME_DIR", "").startswith("/"):
        mounts += _folders_two_below(Path(environ["XDG_RUNTIME_DIR"]) / "gvfs")
    for mount in mounts:
        for maker in _folders_in(mount):
            if maker.name.lower() == "garmin":
                yield from (each for each in _folders_in(maker) if each.name.lower() in ("activity", "activities"))


def _folders_two_below(folder: Path) -> list[Path]:
    return [inner for outer in _folders_in(folder) for inner in _folders_in(outer)]


def _folders_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir())
    except OSError:
        return []


def _found_in(root: Path, go_on: Callable[[], bool]) -> Iterator[LikelyFolder]:
    """Yield a folder, or those of its sub-folders in question, where FIT files lie in it."""
    newest: dict[Path, list[float]] = {}
    files = files_below(root, set(), lambda _path, _error: None, go_on=go_on)
    for number, (name, status) in enumerate(files):
        if number >= _MOST_FILES:
            break
        if name.lower().endswith(_ENDS):
            newest.setdefault(_kept(root, Path(name)), []).append(status.st_mtime)
    for folder, times_s in newest.items():
        yield LikelyFolder(folder, len(times_s), max(times_s))


def _kept(root: Path, file: Path) -> Path:
    """Return the folder that is to be watched for a file: the next year's sub-folder belongs to it as well."""
    within = file.relative_to(root).parts
    return root / within[0] if root.name in _SHARED and len(within) > 1 else root


def _apart(folders: list[LikelyFolder]) -> Iterator[LikelyFolder]:
    """Yield each folder once, and none that lies within another."""
    real = {folder.path: os.path.realpath(folder.path) for folder in folders}
    told: set[str] = set()
    for folder in folders:
        here = Path(real[folder.path])
        is_within = any(here != Path(other) and here.is_relative_to(other) for other in real.values())
        if not is_within and str(here) not in told and can_be_written(folder.path):
            told.add(str(here))
            yield folder
