"""`hersteld rpe`: how do I say how hard a workout was?"""

import os
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.answers import HIGHEST_RPE, LOWEST_RPE, Answers, Outcome
from hersteld.daemon.answers.meant import find_answered
from hersteld.daemon.cli.answer.rest_now import RestPrinter
from hersteld.daemon.cli.options import (
    DecimalNumber,
    in_language,
    language_option,
    read_settings,
    refuse_rules,
    settings_options,
)
from hersteld.daemon.cli.printing.import_progress import showing_assessing
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, Source
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.workout_title import named
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line


@click.command()
@click.argument("rating", required=False, metavar="[RATING]", type=DecimalNumber(LOWEST_RPE, HIGHEST_RPE))
@click.option("--workout", "which", metavar="WORKOUT")
@click.option("--undo", is_flag=True)
@language_option
@settings_options
def rpe(
    rating: float | None,
    which: str | None,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    undo: bool,
) -> None:
    """Say how hard a workout was, from 1 to 10."""
    if undo and rating is not None:
        raise click.UsageError(speech.say("help.answer_or_undo"))
    if rating is None and not undo:
        raise click.BadParameter(speech.say("help.name_a_rating"), param_hint="RATING")
    refuse_rules(assignments)
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    with Store(database_path(os.environ), create=False) as store:
        answers = Answers(store, settings, clock)
        workout = find_answered(store, Kind.RPE, which) if rating is None else answers.find(which or "last")
        with showing_assessing(voice) as answers.follow_up.report:
            outcome = answers.unrate(workout) if rating is None else answers.rate(workout, rating, Source.COMMAND)
        answers.follow_up.has_settled()  # a workout is called by what holds of it
        _print_rated(answers, outcome, rating, voice)
        rest = RestPrinter(store, settings, voice, answers.follow_up, clock.now())
        rest.print_after(outcome.workout, outcome.after)


def _print_rated(answers: Answers, outcome: Outcome, rating: float | None, voice: Voice) -> None:
    """Print which rating holds of which workout, and what that changes of its load."""
    what, holds = named(answers.find(str(outcome.workout.id)), voice), answers.rating(outcome.workout)
    if rating is not None:
        say(voice.line(Line("answers.rated", {"what": what, "rpe": rating})))
    elif holds is None:
        say(voice.line(Line("answers.unrated", {"what": what})))
    else:
        say(voice.line(Line("answers.unrated_before", {"what": what, "rpe": holds.values["rpe"]})))
    before, after, rung = round(outcome.before.load.value), round(outcome.after.load.value), outcome.after.load.rung
    if before != after:
        say("  " + voice.line(Line("answers.load_becomes", {"before": before, "after": after})))
    elif rating is not None and rung != "rpe":
        say("  " + voice.line(Line("answers.load_stays_despite", {"load": after, "rung": rung})))
    else:
        say("  " + voice.line(Line("answers.load_stays", {"load": after, "rung": rung})))
