"""`hersteld weigh`: how do I say what the scales say?"""

import os
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.answers.weighing import MASSES, Intended, Name, Weighed, Weighing
from hersteld.daemon.cli.answer.rest_now import RestPrinter
from hersteld.daemon.cli.answer.weights.quantities_asked import NotMeant, WithUnits, agree, mass_kg, volume_ml
from hersteld.daemon.cli.answer.weights.weighed_print import print_changes, print_kept, print_taken
from hersteld.daemon.cli.options import in_language, language_option, read_settings, refuse_rules, settings_options
from hersteld.daemon.cli.printing.answered_print import print_loss, said_lines
from hersteld.daemon.cli.printing.import_progress import showing_assessing
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Source
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.workout_title import named
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line
from hersteld.recovery.answers.said import Said
from hersteld.recovery.answers.weights import Side


@click.command(cls=WithUnits)
@click.argument("mass", required=False, metavar="[MASS]")
@click.option("--before", metavar="MASS")
@click.option("--after", metavar="MASS")
@click.option("--drunk", metavar="VOLUME")
@click.option("--workout", "which", metavar="WORKOUT")
@click.option("--yes", is_flag=True)
@click.option("--undo", is_flag=True)
@language_option
@settings_options
def weigh(
    mass: str | None,
    before: str | None,
    after: str | None,
    drunk: str | None,
    which: str | None,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    yes: bool,
    undo: bool,
) -> None:
    """Say what the scales say, before a workout or after it."""
    masses = {"mass_kg": mass, "before_kg": before, "after_kg": after}
    if undo and (drunk is not None or yes or any(masses.values())):
        raise click.UsageError(speech.say("help.weight_or_undo"))
    if mass is not None and (before is not None or after is not None):
        raise click.UsageError(speech.say("help.mass_or_sides"))
    if not undo and not any(text is not None for text in masses.values()):
        raise click.BadParameter(speech.say("help.name_a_mass"), param_hint="MASS")
    refuse_rules(assignments)
    settings = in_language(read_settings(config_file, assignments), language)
    clock = SystemClock()
    voice = Voice(settings.notify, clock.zone())
    with Store(database_path(os.environ), create=False) as store:
        weighing = Weighing(store, settings, clock)
        rest = RestPrinter(store, settings, voice, weighing.follow_up, clock.now())
        if undo:
            undo_last(weighing, MASSES, which, rest)
            return
        known_kg = weighing.known_mass_kg()
        hints = {"mass_kg": "MASS", "before_kg": "--before", "after_kg": "--after"}
        try:
            values: dict[Name, float] = {
                name: mass_kg(text, known_kg, voice, hints[name], is_believed=yes)
                for name in ("mass_kg", "before_kg", "after_kg")
                if (text := masses[name]) is not None
            }
            if drunk is not None:
                values["drunk_ml"] = volume_ml(drunk, voice, "--drunk", is_believed=yes)
            take(weighing, weighing.intend(values, which), rest, is_believed=yes)
        except NotMeant:
            say(voice.line(Line("weighing.left")))


def take(weighing: Weighing, intended: Intended, rest: RestPrinter, *, is_believed: bool) -> None:
    """Take what was said, and print what it changes; what is hard to believe is asked first.

    Raises:
        NotMeant: The athlete was asked, and said no.
        Failure: There is nobody to ask.
    """
    voice = rest.voice
    if intended.doubts and not is_believed:
        agree(doubt_lines(intended), voice)
    with showing_assessing(voice) as weighing.follow_up.report:
        weighed = weighing.take(intended, Source.COMMAND, is_believed=True)
    if weighed.workout is None:
        print_kept(said_lines(weighed.said, weighed.values.get("mass_kg")), voice, rest.now)
        return
    print_taken(weighed.workout, weighed.said, voice)
    print_loss(weighed.said, voice)
    if weighed.before is not None and weighed.after is not None:
        print_changes(weighed.before, weighed.after, voice)
        rest.print_after(weighed.workout, weighed.after)
    if weighed.side is not None:
        configured_kg = rest.settings.athlete.mass_kg
        say("  " + voice.line(_taken_as(weighed.side, weighed.values["mass_kg"], weighed.said, configured_kg)))


def _taken_as(side: Side, mass_kg: float, said: Said, configured_kg: float | None) -> Line:
    """Return what a mass counts as: the one before or after a workout, or as neither where that was told.

    Args:
        configured_kg: The body mass that the configuration names, which no weighing moves; None where it names none.
    """
    counted_kg = said.before_kg if side == "before" else said.after_kg
    if counted_kg is not None and round(counted_kg, 2) != round(mass_kg, 2):
        told = "weighing.told_before" if side == "before" else "weighing.told_after"
        kg, told_kg = round(mass_kg, 2), round(counted_kg, 2)
        counts = Line("weighing.counts_as_mass", {"kg": kg})
        if configured_kg is not None:
            counts = Line("weighing.mass_configured", {"configured_kg": configured_kg})
        return Line(told, {"kg": kg, "told_kg": told_kg, "mass": (counts,)})
    return Line("weighing.as_before" if side == "before" else "weighing.as_after", {"kg": round(mass_kg, 2)})


def undo_last(weighing: Weighing, names: frozenset[Name], which: str | None, rest: RestPrinter) -> None:
    """Take back what was said last, and print what that changes."""
    voice = rest.voice
    with showing_assessing(voice) as weighing.follow_up.report:
        weighed = weighing.take_back(names, which)
    parts = _taken_back(weighed)
    if weighed.workout is None:
        say(voice.line(Line("weighing.undone_nowhere", {"parts": parts})))
        return
    say(voice.line(Line("weighing.undone", {"what": named(weighed.workout, voice), "parts": parts})))
    if still := said_lines(weighed.said):
        say("  " + voice.line(Line("weighing.still", {"parts": still})))
    if weighed.before is not None and weighed.after is not None:
        print_changes(weighed.before, weighed.after, voice)
        rest.print_after(weighed.workout, weighed.after)


def doubt_lines(intended: Intended) -> tuple[Line, ...]:
    """Return what is hard to believe of what was said, each with another reading of it."""
    said, workout, lines = intended.said, intended.workout, []
    masses = {"before_kg": round(said.before_kg or 0, 2), "after_kg": round(said.after_kg or 0, 2)}
    drunk_ml = said.drunk_ml or 0.0
    if "lost_much" in intended.doubts:
        lines.append(Line("weighing.lost_much", {**masses}))
    if "gained" in intended.doubts:
        lines.append(Line("weighing.gained", {**masses, "drunk_ml": drunk_ml}))
    if "drunk_much" in intended.doubts and workout is not None:
        seconds = (workout.ended_at - workout.started_at).total_seconds()
        values = {"drunk_ml": drunk_ml, "seconds": seconds, "tenth_ml": drunk_ml / 10}
        lines.append(Line("weighing.drunk_much", values))
    return tuple(lines)


def _taken_back(weighed: Weighed) -> tuple[Line, ...]:
    values, measured_kg = weighed.values, weighed.values.get("mass_kg")
    said = Said(None, values.get("before_kg"), values.get("after_kg"), values.get("drunk_ml"))
    if measured_kg is not None and weighed.side == "before":
        return said_lines(Said(None, measured_kg, None, said.drunk_ml))
    if measured_kg is not None and weighed.side == "after":
        return said_lines(Said(None, None, measured_kg, said.drunk_ml))
    return said_lines(said, measured_kg)
