"""`hersteld sport`: how do I say that my watch took a workout for another sport?"""

import difflib
import os
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.cli.options import in_language, language_option, read_settings, refuse_rules, settings_options
from hersteld.daemon.cli.printing.import_progress import showing_assessing
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.workout_title import named
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
    if undo and name is not None:
        raise click.UsageError(speech.say("help.sport_or_undo"))
    if name is None and not undo:
        raise click.BadParameter(speech.say("help.name_a_sport"), param_hint="SPORT")
    refuse_rules(assignments)
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    told = None if undo else _sport(name or "")
    with Store(database_path(os.environ), create=False) as store:
        changes = Changes(store, settings, clock)
        workout = changes.find(which)
        with showing_assessing(voice) as changes.follow_up.report:
            if told is None:
                changes.untell_sport(workout)
            else:
                changes.tell_sport(workout, *told)
        say(voice.say("sport_done", what=named(changes.find(str(workout.id)), voice)))


def _sport(name: str) -> tuple[str, str | None]:
    """Return sport and sub-sport of a name, also of one like "Indoor cycling".

    Raises:
        click.BadParameter: The rules know no such sport.
    """
    sports = known_sports()
    plain = "_".join(name.lower().replace("-", " ").replace("_", " ").split())
    if plain in sports:
        return sports[plain]
    message = speech.say("help.no_choice", value=name, choices=", ".join(sorted(sports)))
    close = [plain] if plain in EVERYDAY else difflib.get_close_matches(plain, {**sports, **EVERYDAY})
    if close:
        words = ", ".join(f"'{each}'" for each in dict.fromkeys(EVERYDAY.get(name, name) for name in close))
        message = speech.say("help.did_you_mean", message=speech.say("help.no_sport", name=name), words=words)
    raise click.BadParameter(message, param_hint="SPORT")
