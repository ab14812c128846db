"""`hersteld done`: how do I say that I have followed an advice, so that nothing reminds me of it?"""

import os
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.answers.meant import find_answered
from hersteld.daemon.cli.answer.choices import AnswerType
from hersteld.daemon.cli.options import in_language, language_option, read_settings, refuse_rules, settings_options
from hersteld.daemon.cli.printing.import_progress import showing_assessing
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.dones import is_done
from hersteld.daemon.store.answers.rows import Kind, Source
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.workout_title import named
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line, Value


@click.command()
@click.argument("what", required=False, metavar="[ADVICE]", type=AnswerType("answers.what_to"))
@click.option("--workout", "which", metavar="WORKOUT")
@click.option("--undo", is_flag=True)
@language_option
@settings_options
def done(
    what: str | None,
    which: str | None,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    undo: bool,
) -> None:
    """Say that you have followed an advice."""
    if undo and what is not None:
        raise click.UsageError(speech.say("help.answer_or_undo"))
    if what is None and not undo:
        raise click.BadParameter(speech.say("help.name_an_advice"), param_hint="ADVICE")
    refuse_rules(assignments)
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    with Store(database_path(os.environ), create=False) as store:
        answers = Answers(store, settings, clock)
        workout = find_answered(store, Kind.DONE, which) if what is None else answers.find(which or "last")
        with showing_assessing(voice) as answers.follow_up.report:
            if what is None:
                last = answers.undo_done(workout)
                values: dict[str, Value] = {"what": last.values["advice"], "of": named(workout, voice)}
                still = is_done(store, workout.id, str(last.values["advice"]))
                line = Line("answers.done_undone_still" if still else "answers.done_undone", values)
            else:
                answers.done(workout, what, Source.COMMAND)
                line = Line("answers.done_said", {"what": what, "of": named(workout, voice)})
        say(voice.line(line))
