"""`hersteld retry`: how is a file read again that has been set aside?"""

import os
from collections.abc import Collection
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.cli.options import (
    PathType,
    in_language,
    json_option,
    language_option,
    read_settings,
    settings_options,
)
from hersteld.daemon.cli.printing.spoken_click import Failure
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.inbox.set_aside import SetAside, read_set_aside, try_again
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path, path_shown, shown
from hersteld.daemon.views.status import set_aside_json
from hersteld.daemon.words.voice import Voice


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=PathType())
@json_option
@language_option
@settings_options
def retry(
    files: tuple[Path, ...],
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Read files again that have been set aside; without FILE, print which these are."""
    settings = in_language(read_settings(config_file, assignments), language)
    voice = Voice(settings.notify, SystemClock().zone())
    database = database_path(os.environ)
    with Store(database, create=False) as store:
        known = read_set_aside(store)
        names = [_name_of(file, known) for file in files]
        for name in names:
            if name not in known:
                raise Failure(speech.say("inbox.not_set_aside", path=name))
        tried_again = try_again(store, names) if names else ()
    service = daemon_at(database)
    if service is not None and tried_again:
        service.wake()
    if as_json:
        left = [file for path, file in known.items() if file.is_given_up and path not in tried_again]
        print_json({"set_aside": set_aside_json(left), "tried_again": tried_again, "running": service is not None})
    elif files:
        one, more = ("retry_now_one", "retry_now") if service else ("retry_at_next_start_one", "retry_at_next_start")
        say(voice.say(one if len(tried_again) == 1 else more))
    else:
        _print(voice, [file for file in known.values() if file.is_given_up])


def _print(voice: Voice, set_aside: Collection[SetAside]) -> None:
    for file in set_aside:
        say(f"{file.path}: {voice.line(file.reason)}")
    if not set_aside:
        say(voice.say("retry_none"))


def _name_of(file: Path, known: Collection[str]) -> str:
    """Return the name under which a file is known, or else its own whole path.

    Known is its whole path, or what was copied from our output. There may be other ways to it, through links: these
    lead to the same file, before ".." is taken for the folder above, which it is not where a link was followed. That is
    left for a file that is gone.
    """
    absolute = file.absolute()
    for name in (shown(absolute), str(file), *(one for one in known if _is_same(absolute, path_shown(one)))):
        if name in known:
            return name
    return shown(absolute if os.path.lexists(absolute) else os.path.normpath(absolute))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)  # noqa: PTH121 - with Path.samefile() a loop of links is a RuntimeError on Python 3.11
    except (OSError, ValueError):
        return False
