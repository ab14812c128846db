"""`hersteld drank`: how do I say how much I drank during a workout?"""

import os
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.weighing import Name, Weighing
from hersteld.daemon.cli.answer.rest_now import RestPrinter
from hersteld.daemon.cli.answer.weights.quantities_asked import NotMeant, WithUnits, volume_ml
from hersteld.daemon.cli.answer.weights.weigh import take, undo_last
from hersteld.daemon.cli.options import in_language, language_option, read_settings, refuse_rules, settings_options
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line


@click.command(cls=WithUnits)
@click.argument("volume", required=False, metavar="[VOLUME]")
@click.option("--workout", "which", metavar="WORKOUT")
@click.option("--yes", is_flag=True)
@click.option("--undo", is_flag=True)
@language_option
@settings_options
def drank(
    volume: str | None,
    which: str | None,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    yes: bool,
    undo: bool,
) -> None:
    """Say how much you drank during a workout."""
    if undo and (volume is not None or yes):
        raise click.UsageError(speech.say("help.volume_or_undo"))
    if volume is None and not undo:
        raise click.BadParameter(speech.say("help.name_a_volume"), param_hint="VOLUME")
    refuse_rules(assignments)
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    with Store(database_path(os.environ), create=False) as store:
        weighing = Weighing(store, settings, clock)
        rest = RestPrinter(store, settings, voice, weighing.follow_up, clock.now())
        if undo:
            undo_last(weighing, frozenset({"drunk_ml"}), which, rest)
            return
        try:
            values: dict[Name, float] = {"drunk_ml": volume_ml(volume or "", voice, "VOLUME", is_believed=yes)}
            take(weighing, weighing.intend(values, which), rest, is_believed=yes)
        except NotMeant:
            say(voice.line(Line("weighing.left")))
