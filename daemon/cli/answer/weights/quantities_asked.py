"""Which mass or volume does the athlete mean, and where that is not sure, who is asked?

At a terminal the athlete is asked; where there is none, the error names each reading, so that nothing is guessed.
"""

import sys
from typing import Any

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.quantities import HIGHEST_KG, LOWEST_KG, MOST_ML, Meaning, Reading, is_number, is_unit
from hersteld.daemon.answers.quantities import mass as meant_mass
from hersteld.daemon.answers.quantities import volume as meant_volume
from hersteld.daemon.cli.printing.spoken_click import Failure
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line, Value

YES = ("y", "yes", "j", "ja")


class NotMeant(Exception):  # noqa: N818 - no error: the athlete was asked, and said no
    """The athlete was asked, and meant none of it."""


class WithUnits(click.Command):
    """A command whose numbers may have a unit behind a space: `72.4 kg`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> Any:
        """Join each number with the unit that follows it."""
        joined: list[str] = []
        for word in args:
            if joined and is_unit(word) and is_number(joined[-1].rpartition("=")[2]):
                joined[-1] = f"{joined[-1]} {word}"
            else:
                joined.append(word)
        return super().parse_args(ctx, joined)


def mass_kg(text: str, known_kg: float | None, voice: Voice, hint: str, *, is_believed: bool) -> float:
    """Return the body mass that a text means, in kg; asks where that is not sure.

    Args:
        known_kg: The body mass as it was before; None where nobody knows.
        hint: What the text was given as, for errors.
        is_believed: Whether the athlete said beforehand that it is right.

    Raises:
        click.BadParameter: It is no mass, or none that anybody has.
        Failure: It is not sure, and there is nobody to ask.
        NotMeant: The athlete was asked, and said no.
    """
    meaning = meant_mass(text, known_kg)
    if meaning is None:
        raise click.BadParameter(speech.say("weighing.no_mass", value=text), param_hint=hint)
    if not meaning.readings:
        message = speech.say("weighing.mass_range", value=text, low=LOWEST_KG, high=HIGHEST_KG)
        raise click.BadParameter(message, param_hint=hint)
    reading = _sure(text, meaning, voice, known_kg, is_believed=is_believed)
    if meaning.is_sure and not meaning.has_unit and reading.unit == "lb":  # nobody was asked, and it may surprise
        say(voice.line(Line("weighing.read_as_lb", {"value": text, "reading": (_line(reading),)})))
    return reading.amount


def volume_ml(text: str, voice: Voice, hint: str, *, is_believed: bool) -> float:
    """Return the volume that a text means, in ml; asks where that is not sure. See `mass_kg`."""
    meaning = meant_volume(text)
    if meaning is None:
        raise click.BadParameter(speech.say("weighing.no_volume", value=text), param_hint=hint)
    if not meaning.readings:
        raise click.BadParameter(speech.say("weighing.volume_range", value=text, high=MOST_ML), param_hint=hint)
    return _sure(text, meaning, voice, None, is_believed=is_believed).amount


def agree(doubts: tuple[Line, ...], voice: Voice) -> None:
    """Tell what is hard to believe, and return only where the athlete says that it is right.

    Raises:
        Failure: There is nobody to ask.
        NotMeant: It is not right.
    """
    if not sys.stdin.isatty():
        raise Failure(speech.say("weighing.add_yes", doubt=doubts[:1]))
    for doubt in doubts:
        say(voice.line(doubt))
    if _ask(voice.line(Line("weighing.ask_sure"))) not in YES:
        raise NotMeant


def _sure(text: str, meaning: Meaning, voice: Voice, known_kg: float | None, *, is_believed: bool) -> Reading:
    first, *others = meaning.readings
    if meaning.is_sure or (is_believed and (meaning.has_unit or not others)):
        return first
    if not sys.stdin.isatty():
        raise Failure(_doubt(text, meaning, known_kg))
    if not others:
        if _ask(voice.line(Line("weighing.ask_is_it", {"value": text, "first": (_line(first),)}))) not in YES:
            raise NotMeant
        return first
    second = others[0]
    question = Line("weighing.ask_which", {"value": text, "first": (_line(first),), "second": (_line(second),)})
    answer = _ask(voice.line(question))
    if answer not in ("1", "2"):
        raise NotMeant
    return first if answer == "1" else second


def _doubt(text: str, meaning: Meaning, known_kg: float | None) -> str:
    first, *others = meaning.readings
    values: dict[str, Value] = {"value": text, "first": (_line(first),)}
    if known_kg is not None:
        values["known_kg"] = known_kg
    if others:
        values["second"] = (_line(others[0]),)
        if not meaning.has_unit:
            return speech.say("weighing.which", **values)
        return speech.say("weighing.rather_volume" if known_kg is None else "weighing.rather_mass", **values)
    return speech.say("weighing.is_it_odd" if known_kg is None else "weighing.is_it", **values)


def _line(reading: Reading) -> Line:
    ids = {
        "kg": "weighing.kg",
        "lb": "weighing.lb",
        "l": "weighing.l",
        "dl": "weighing.dl",
        "cl": "weighing.cl",
        "ml": "weighing.ml",
    }
    values: dict[str, Value] = {"number": reading.number}
    if reading.unit == "lb":
        values["kg"] = round(reading.amount, 1)
    return Line(ids[reading.unit], values)


def _ask(question: str) -> str:
    """Ask, and return the answer; "" where the athlete wants to give none."""
    try:
        return input(question + " ").strip().lower()
    except EOFError:  # Ctrl-D
        say()
        return ""
