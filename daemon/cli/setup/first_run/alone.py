"""What does `hersteld init --yes` write, which asks nobody?"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from hersteld.config.places import expand
from hersteld.config.problems import system_reason
from hersteld.config.texts import speech
from hersteld.daemon.cli.printing.terminal import tell
from hersteld.daemon.cli.setup.first_run.said import tell_folders, tell_missing, tell_taken, tell_wearers
from hersteld.daemon.setup.chosen import OF_QUANTITY, QUIET_HOURS, Chosen, by_itself, in_order
from hersteld.daemon.setup.machine.likely_folders import USUAL, likely_folders, short
from hersteld.daemon.setup.newest_files import newest_workouts
from hersteld.daemon.setup.proposals import Proposals, propose
from hersteld.daemon.setup.standing import Standing
from hersteld.daemon.setup.typed import Value
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import shown


class Alone(NamedTuple):
    """What was decided without a question.

    Attributes:
        chosen: What is to be written.
        to_make: The folders that are to be made once that is written.
    """

    chosen: dict[str, Chosen]
    to_make: tuple[Path, ...]


def without_asking(there: Standing, given: Mapping[str, Value]) -> Alone:
    """Return what is to be written, and tell where it comes from.

    Args:
        given: What the command line says.
    """
    taken: dict[str, Value] = {}
    to_make: tuple[Path, ...] = ()
    if "watch.folders" in there.missing and "watch.folders" not in given:
        found = _found_folder()
        to_make = () if found else paths_of([USUAL])
        taken["watch.folders"] = [found or USUAL]
    if "notify.language" in there.missing:
        taken["notify.language"] = speech.spoken_language()
    if "notify.quiet_hours" in there.missing:
        taken["notify.quiet_hours"] = QUIET_HOURS
    taken |= given
    folders = paths_of(taken.get("watch.folders", there.values.get("watch.folders")))
    tell_missing(folder for folder in folders if folder not in to_make)
    year = SystemClock().now().year
    proposals: Proposals | None = None
    if any(key in there.missing and key not in given for key in OF_QUANTITY):
        proposals = propose(newest_workouts(folders), year)
    chosen = in_order(there, by_itself(there, taken, proposals), year)
    if proposals is not None and proposals.wearers:
        tell_wearers(proposals.wearers)
    elif proposals is not None:
        tell_taken(chosen, proposals)
    return Alone(chosen, to_make)


def paths_of(folders: Value | None) -> tuple[Path, ...]:
    """Return the folders of the configuration as they are on this machine."""
    return tuple(expand(folder, os.environ) for folder in folders) if isinstance(folders, list) else ()


def _found_folder() -> str | None:
    """Return the folder with the newest FIT file; None where there is none, so that the usual one is taken."""
    found = likely_folders(os.environ)
    if found:
        tell(speech.say("setup.found"))
        tell_folders(found, os.environ)
        return short(found[0].path, os.environ)
    tell(speech.say("setup.no_folder", folder=USUAL), fg="yellow")
    return None


def make_folder(folder: Path) -> None:
    """Make a folder to watch, and tell of it; where that is not allowed, it is waited for."""
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            tell(speech.say("run.folder_made", folder=shown(folder)))
    except OSError as error:
        tell(speech.say("run.folder_not_made", folder=shown(folder), reason=system_reason(error)), fg="yellow")
