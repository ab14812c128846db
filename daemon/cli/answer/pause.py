"""`hersteld pause`: how do I say that I am ill, injured or away?"""

import os
from datetime import date, tzinfo
from pathlib import Path
from typing import Any

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.cli.answer.choices import AnswerType
from hersteld.daemon.cli.options import in_language, language_option, read_settings, refuse_rules, settings_options
from hersteld.daemon.cli.printing.import_progress import showing_assessing
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.pauses import Pause
from hersteld.daemon.store.answers.rows import Kind, Source
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line


class Day(click.ParamType):  # type: ignore[type-arg]  # click 8.1 takes none
    """A date, like 2026-12-03."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or refuse the word."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(speech.say("help.no_day", value=str(value)), param, ctx)


@click.command()
@click.argument("why", required=False, metavar="[WHY]", type=AnswerType("answers.why"))
@click.option("--until", type=Day(), metavar="DAY")
@click.option("--end", "ends", is_flag=True)
@click.option("--undo", is_flag=True)
@language_option
@settings_options
def pause(
    why: str | None,
    until: date | None,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    ends: bool,
    undo: bool,
) -> None:
    """Say that you do not train for now."""
    if (why is not None) + ends + undo > 1 or (until is not None and why is None):
        raise click.UsageError(speech.say("help.pause_one"))
    if why is None and not ends and not undo:
        raise click.BadParameter(speech.say("help.name_a_pause"), param_hint="WHY")
    refuse_rules(assignments)
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    with Store(database_path(os.environ), create=False) as store:
        answers = Answers(store, settings, clock)
        with showing_assessing(voice) as answers.follow_up.report:
            if undo:
                answers.take_back_last(Kind.PAUSE)
                line = _undone(answers.current_pause(), voice.zone)
            elif ends or why is None:
                line = _over(answers.end_pause(Source.COMMAND))
            else:
                line = _begun(answers.pause(why, until, Source.COMMAND), voice.zone)
        say(voice.line(line))


def _begun(pause: Pause, zone: tzinfo) -> Line:
    if pause.until is None:
        return Line("answers.pause_open", {"why": pause.why})
    return Line("answers.pause_until", {"why": pause.why, "day": pause.last_day(zone)})


def _over(pause: Pause) -> Line:
    """Return that a pause is over; only after an illness does training begin gently."""
    return Line("answers.pause_over_ill" if pause.why == "ill" else "answers.pause_over", {"why": pause.why})


def _undone(holds: Pause | None, zone: tzinfo) -> Line:
    """Return what an answer that was taken back leaves: no pause, that before it, or the one that it had ended."""
    if holds is None:
        return Line("answers.pause_undone")
    return Line("answers.pause_undone_holds", {"pause": (holds.line(zone),)})
