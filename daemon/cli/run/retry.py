"""`hersteld retry`: how is a file read again that has been set aside?"""

import os
from collections.abc import Collection
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.cli.options import PathType, in_language, language_option, read_settings, settings_options
from hersteld.daemon.cli.printing.spoken_click import Failure
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.inbox.set_aside import read_set_aside, try_again
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path, shown
from hersteld.daemon.words.voice import Voice


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=PathType())
@language_option
@settings_options
def retry(
    files: tuple[Path, ...], language: str | None, config_file: Path | None, assignments: tuple[str, ...]
) -> None:
    """Read files again that have been set aside; without FILE, print which these are."""
    settings = in_language(read_settings(config_file, assignments), language)
    voice = Voice(settings.notify, SystemClock().zone())
    database = database_path(os.environ)
    with Store(database, create=False) as store:
        known = {path: file for path, file in read_set_aside(store).items() if file.is_given_up}
        if not files:
            for path, file in known.items():
                say(f"{path}: {voice.line(file.reason)}")
            if not known:
                say(voice.say("retry_none"))
            return
        names = [_name_of(file, known) for file in files]
        for name in names:
            if name not in known:
                raise Failure(speech.say("inbox.not_set_aside", path=name))
        try_again(store, names)
    service = daemon_at(database)
    if service is None:
        say(voice.say("retry_at_next_start"))
    else:
        service.wake()
        say(voice.say("retry_now"))


def _name_of(file: Path, known: Collection[str]) -> str:
    """Return the name under which a file is known: its own, or the given one where that was copied from our output."""
    name = shown(file.absolute())
    return str(file) if name not in known and str(file) in known else name
