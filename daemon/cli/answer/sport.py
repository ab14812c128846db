"""`hersteld sport`: how do I say that my watch took a workout for another sport?"""

import difflib
import os
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.cli.answer.forget import named
from hersteld.daemon.cli.options import in_language, language_option, read_settings, settings_options
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.words.everyday_sports import EVERYDAY
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.athlete.sport_families import known_sports


@click.command()
@click.argument("which", metavar="WORKOUT")
@click.argument("name", required=False, metavar="[SPORT]")
@click.option("--undo", is_flag=True)
@language_option
@settings_options
def sport(
    which: str,
    name: str | None,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    undo: bool,
) -> None:
    """Say which sport a workout was."""
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    told = None if undo else _sport(name or "")
    with Store(database_path(os.environ), create=False) as store:
        changes = Changes(store, settings, clock)
        workout = changes.find(which)
        if told is None:
            changes.untell_sport(workout)
        else:
            changes.tell_sport(workout, *told)
        say(voice.say("sport_done", what=named(changes.find(str(workout.id)), voice)))


def _sport(name: str) -> tuple[str, str | None]:
    """Return sport and sub-sport of a name.

    Raises:
        click.BadParameter: The rules know no such sport.
    """
    sports = known_sports()
    if name in sports:
        return sports[name]
    message = speech.say("help.no_choice", value=name, choices=", ".join(sorted(sports)))
    asked = name.lower().replace(" ", "_")
    near = [EVERYDAY[asked]] if asked in EVERYDAY else difflib.get_close_matches(asked, sports)
    if near:
        words = ", ".join(f"'{each}'" for each in near)
        message = speech.say("help.did_you_mean", message=speech.say("help.no_sport", name=name), words=words)
    raise click.BadParameter(message, param_hint="SPORT")
