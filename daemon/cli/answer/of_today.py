"""How does a command take an answer about today, or take the last one back?"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.cli.options import in_language, read_settings, refuse_rules
from hersteld.daemon.cli.printing.import_progress import showing_assessing
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.of_day import of_same_day
from hersteld.daemon.store.answers.rows import Answer, Kind
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked on the command line, but for the answer itself.

    Attributes:
        undo: Whether the last answer is to be taken back.
    """

    language: str | None
    config_file: Path | None
    assignments: tuple[str, ...]
    undo: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """The ids of the texts of one kind of answer.

    Attributes:
        missing, hint: What is said where the answer is missing, and what the help calls it.
        said, undone: What is printed once it is taken, and taken back.
        again: What is printed where an earlier answer of the same day holds again.
        value: The name of the value in all of them.
    """

    missing: str
    hint: str
    said: str
    undone: str
    again: str
    value: str


def answer_today(
    asked: Asked, kind: Kind, value: float | None, wording: Wording, give: Callable[[Answers, float], None]
) -> None:
    """Take an answer about today, or take back the last one of its kind, and print which.

    Args:
        value: The answer; None where none stands on the command line.
        give: Takes it.
    """
    if asked.undo and value is not None:
        raise click.UsageError(speech.say("help.answer_or_undo"))
    if value is None and not asked.undo:
        raise click.BadParameter(speech.say(wording.missing), param_hint=wording.hint)
    refuse_rules(asked.assignments)
    settings = in_language(read_settings(asked.config_file, asked.assignments), asked.language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    with Store(database_path(os.environ), create=False) as store:
        answers = Answers(store, settings, clock)
        with showing_assessing(voice) as answers.follow_up.report:
            if value is None:
                last = answers.take_back_last(kind)
                line = _undone(last, of_same_day(store, last), wording)
            else:
                give(answers, value)
                line = Line(wording.said, {wording.value: value})
        say(voice.line(line))


def _undone(last: Answer, holds: Answer | None, wording: Wording) -> Line:
    """Return what was taken back, and what holds of that day without it.

    Args:
        holds: The answer of the same day that was given before; None where there is none.
    """
    undone = Line(wording.undone, {wording.value: last.values[wording.value], "at": last.given_at})
    if holds is None:
        return Line("answers.day_left_open", {"undone": (undone,)})
    return Line(wording.again, {"undone": (undone,), wording.value: holds.values[wording.value]})
