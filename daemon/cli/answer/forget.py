"""`hersteld forget`: how does a workout that was none leave my history?"""

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.cli.options import in_language, language_option, read_settings, refuse_rules, settings_options
from hersteld.daemon.cli.printing.import_progress import showing_assessing
from hersteld.daemon.cli.printing.spoken_click import Failure
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.changes import forgotten_ids, forgotten_times
from hersteld.daemon.store.summaries import Summaries
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.workout_title import named
from hersteld.daemon.words.voice import Voice


@click.command()
@click.argument("which", required=False, metavar="[WORKOUT]")
@click.option("--undo", is_flag=True)
@click.option("--list", "lists", is_flag=True)
@click.option("--yes", is_flag=True)
@language_option
@settings_options
def forget(
    which: str | None,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    undo: bool,
    lists: bool,
    yes: bool,
) -> None:
    """Take a workout out of your history, or put it back."""
    if lists and (which is not None or undo or yes):
        raise click.UsageError(speech.say("help.list_alone"))
    if undo and yes:
        raise click.UsageError(speech.say("help.undo_asks_nothing"))
    refuse_rules(assignments)
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    if which is None and not lists:
        where = "help.name_a_forgotten" if undo else "help.name_a_workout"
        raise click.BadParameter(speech.say(where), param_hint="WORKOUT")
    with Store(database_path(os.environ), create=False) as store:
        if lists:
            _print_forgotten(store, voice)
            return
        changes = Changes(store, settings, clock)
        if undo:
            workout = changes.find(_last_forgotten(store) if which == "last" else which or "", forgotten=True)
            with showing_assessing(voice) as changes.follow_up.report:
                changes.bring_back(workout)
            say(voice.say("forget_undone", what=named(Summaries(store).summary(workout.id), voice)))
            return
        workout = changes.find(which or "")
        follows = changes.consequences(workout)
        say(voice.say("forget_what", what=named(workout, voice)))
        say(voice.say("forget_follows", later=follows.later, messages=follows.messages))
        if not (yes or _is_agreed(voice)):
            say(voice.say("forget_left"))
            return
        with showing_assessing(voice) as changes.follow_up.report:
            changes.forget(workout)
        say(voice.say("forget_done", id=str(workout.id)))


def _last_forgotten(store: Store) -> str:
    ids = forgotten_ids(store)
    if not ids:
        raise Failure(speech.say("views.nothing_forgotten"))
    return str(ids[0])


def _is_agreed(voice: Voice) -> bool:
    """Ask, and return whether the answer is yes.

    Raises:
        Failure: There is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise Failure(speech.say("help.cannot_ask"))
    try:
        answer = input(voice.say("forget_ask") + " ")
    except EOFError:  # Ctrl-D: no answer is no yes
        say()
        return False
    return answer.strip().lower() in ("y", "yes", "j", "ja")


def _print_forgotten(store: Store, voice: Voice) -> None:
    summaries = Summaries(store)
    ids = forgotten_ids(store)
    dated = {workout_id for workout_id, _, _ in forgotten_times(store)}
    for workout_id in ids:  # a forgotten one counts as one whose date is not known
        say(named(replace(summaries.summary(workout_id), has_clock=workout_id in dated), voice))
    if not ids:
        say(voice.say("forget_none"))
