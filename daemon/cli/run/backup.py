"""`hersteld backup`: how is what hersteld knows put in safety?"""

import os
from pathlib import Path

import click

from hersteld.daemon.cli.options import (
    PathType,
    in_language,
    json_option,
    language_option,
    read_settings,
    settings_options,
)
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.database.backup import back_up
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path, reply_key_file, shown
from hersteld.daemon.words.voice import Voice


@click.command()
@click.argument("file", metavar="FILE", type=PathType())
@click.option("--replace", is_flag=True)
@json_option
@language_option
@settings_options
def backup(
    file: Path,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    replace: bool,
    as_json: bool,
) -> None:
    """Copy the database, also while the service runs."""
    settings = in_language(read_settings(config_file, assignments), language)
    database = database_path(os.environ)
    made = back_up(database, file, replace=replace)
    if as_json:
        key = None if made.reply_key is None else shown(made.reply_key)
        print_json({"path": shown(made.path), "bytes": made.size, "workouts": made.workouts, "reply_key": key})
        return
    voice = Voice(settings.notify, SystemClock().zone())
    id_ = "backup_made_one" if made.workouts == 1 else "backup_made"
    say(voice.say(id_, path=shown(made.path), size_mib=made.size / 2**20, count=made.workouts))
    say(voice.say("backup_restore", path=shown(made.path), database=shown(database)))
    if made.reply_key is not None:
        say(voice.say("backup_key", path=shown(made.reply_key), key=shown(reply_key_file(database))))
