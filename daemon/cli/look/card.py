"""`hersteld card`: the picture of a workout, and of when to train again."""

import os
from pathlib import Path
from typing import Literal

import click

from hersteld.config.texts import speech
from hersteld.daemon.cli.options import (
    PictureFile,
    in_language,
    json_option,
    language_option,
    read_settings,
    settings_options,
    workout_number,
)
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.picture.drawn import write, written
from hersteld.daemon.picture.facts import facts_of
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path, shown
from hersteld.daemon.views.explained import from_store
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.load.left_running import as_told


@click.command()
@click.argument("which", required=False, default="last", metavar="[WORKOUT]")
@click.option(
    "-o",
    "--output",
    "path",
    required=True,
    metavar="FILE",
    type=PictureFile(),
)
@json_option
@language_option
@settings_options
def card(
    which: str,
    path: Path,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Draw a workout and when to train again, as a picture."""
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    id_ = _id_of(which)
    with Store(database_path(os.environ), create=False) as store:
        explained = from_store(store, id_, settings, clock)
    workout = as_told(explained.workout, explained.recovery, settings.rules.load)
    facts = facts_of(workout, explained.recovery, settings, voice.texts, voice.zone)
    size = write(facts, path)
    if as_json:
        print_json({"path": shown(path), "bytes": size, "workout": explained.id, "text": facts.alternative})
    else:
        say(voice.line(written(path, size)))


def _id_of(which: str) -> int | Literal["last"]:
    """Return the id of a workout, or "last"."""
    if which == "last":
        return "last"
    number = workout_number(which, "WORKOUT")
    if number is None:
        raise click.BadParameter(speech.say("card.no_workout", what=which), param_hint="WORKOUT")
    return number
