"""`hersteld learned`: what was learned of me, and how is it dropped?"""

import os
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.learned import Forgetting
from hersteld.daemon.cli.options import (
    in_language,
    json_option,
    language_option,
    read_settings,
    refuse_rules,
    settings_options,
)
from hersteld.daemon.cli.printing.import_progress import showing_assessing
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.lessons import all_lessons
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.words.learned import lesson_json, lesson_said
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line


@click.command()
@click.option("--forget", "forgets", is_flag=True)
@click.option("--undo", is_flag=True)
@json_option
@language_option
@settings_options
def learned(
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    forgets: bool,
    undo: bool,
    as_json: bool,
) -> None:
    """Print what your answers have taught, or drop it."""
    if forgets + undo + as_json > 1:
        raise click.UsageError(speech.say("help.forget_or_json"))
    if forgets or undo:
        refuse_rules(assignments)
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    with Store(database_path(os.environ), create=False) as store:
        found = all_lessons(store, settings.rules)
        if as_json:
            print_json({"learned": [lesson_json(lesson) for lesson in found]})
            return
        if forgets or undo:
            forgetting = Forgetting(store, settings, clock)
            with showing_assessing(voice) as forgetting.follow_up.report:
                if undo:
                    forgetting.remember()
                else:
                    forgetting.forget_all()
            say(voice.line(Line("learned.counts_again" if undo else "learned.forgotten")))
            return
        for lesson in found:
            say(lesson_said(lesson, voice))
        if not found:
            say(voice.line(Line("learned.nothing")))
