"""`hersteld plan`: what to do after the workouts in these files, when and why?"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

import click

from hersteld.config.texts.speech import say
from hersteld.daemon.cli.exit_codes import EXIT_BAD_FILE
from hersteld.daemon.cli.options import (
    BadFile,
    PathType,
    PictureFile,
    in_language,
    json_option,
    language_option,
    read_settings,
    settings_options,
)
from hersteld.daemon.cli.printing.plan_print import Printing
from hersteld.daemon.cli.printing.terminal import say as echo
from hersteld.daemon.picture.drawn import write, written
from hersteld.daemon.picture.facts import facts_of
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.views.plan_file import fit_files
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.load.left_running import as_told

_ALONE = 100
"""So many FIT files are planned before other processes help. To start a process takes as long as to plan 60 files, so
that on two cores it pays where there are 140 or more."""
_YEARS = range(1990, 2100)


def _moment(ctx: click.Context, param: click.Parameter, text: str | None) -> datetime | None:
    """Return the moment of an option, like 2026-05-01T10:00:00Z, in aware UTC."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(say("plan.moment_malformed", text=repr(text)), ctx, param) from None
    if moment.tzinfo is None:
        raise click.BadParameter(say("plan.moment_without_offset", text=repr(text)), ctx, param)
    if moment.year not in _YEARS:
        first, last = str(_YEARS[0]), str(_YEARS[-1])
        sentence = say("plan.moment_of_another_time", text=repr(text), first=first, last=last)
        raise click.BadParameter(sentence, ctx, param)
    return moment.astimezone(UTC)


def _files(ctx: click.Context, param: click.Parameter, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Refuse folders if nothing else is given. Beside files, as a shell gives them for *, folders are passed over."""
    if all(map(os.path.isdir, paths)):
        raise click.BadParameter(say("plan.only_folders", path=str(paths[0])), ctx, param)
    return paths


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PathType(), callback=_files)
@json_option
@click.option("--samples", is_flag=True)
@click.option(
    "--now",
    metavar="MOMENT",
    callback=_moment,
)
@click.option("--card", metavar="FILE", type=PictureFile())
@language_option
@settings_options
def plan(
    files: tuple[Path, ...],
    now: datetime | None,
    card: Path | None,
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    as_json: bool,
    samples: bool,
) -> None:
    """Read files and print what to do, when and why.

    FILE is a FIT file, as it is, as .fit.gz or in a .zip. Nothing is stored, nothing is sent, and earlier workouts are
    not looked at. What is readable of a damaged file, or of one without its end, is planned, and says so. Of a file
    of nights or of a scale what was measured is printed. Folders, and workouts that ended after the moment of --now,
    are passed over. Exits with 65 when there was too little to plan, or no FIT file.
    """
    if samples and not as_json:
        raise click.UsageError(say("plan.samples_need_json"))
    settings = in_language(read_settings(config_file, assignments), language)
    printing = Printing(settings, now, as_json=as_json, samples=samples)
    all_read = True
    statuses = _statuses(files, printing) if card is None else [_with_picture(files, printing, card)]
    for status in statuses:
        all_read = all_read and status in ("workout", "night", "scale", "ignored")
    if not all_read:
        raise click.exceptions.Exit(EXIT_BAD_FILE)


def _with_picture(files: tuple[Path, ...], printing: Printing, card: Path) -> str:
    """Print the plan of the only FIT file, draw it, and return what became of the file."""
    fits = list(islice(chain.from_iterable(map(fit_files, files)), 2))
    if len(fits) != 1:
        raise click.BadParameter(say("card.several"), param_hint="--card")
    planned = printing.print_plan(fits[0])
    if planned.asked is not None:
        planned.asked.log(planned.path)
    settings, voice = printing.settings, Voice(printing.settings.notify, SystemClock().zone())
    if planned.workout is None or planned.recovery is None:
        reason = () if planned.reason is None else (planned.reason,)
        raise BadFile(say("card.nothing", path=planned.path, reason=reason))
    workout = as_told(planned.workout, planned.recovery, settings.rules.load)
    facts = facts_of(workout, planned.recovery, settings, voice.texts, voice.zone, read_at=printing.now)
    size = write(facts, card)
    if not printing.as_json:
        echo(voice.line(written(card, size)))
    return planned.status


def _statuses(files: tuple[Path, ...], printing: Printing) -> Iterator[str]:
    """Print the plan of each FIT file and yield what became of it."""
    fits = chain.from_iterable(map(fit_files, files))
    # Only this process knows the colours and the width of a terminal, and there a person reads along anyway.
    alone = fits if sys.stdout.isatty() else islice(fits, _ALONE)
    for fit in alone:
        planned = printing.print_plan(fit)
        if planned.asked is not None:
            planned.asked.log(planned.path)
        yield planned.status
    if (left := next(fits, None)) is not None:
        from hersteld.daemon.cli.look.plan_many import print_many  # noqa: PLC0415 - few have many files

        yield from print_many(chain([left], fits), printing)
