"""`hersteld import`: how does what I trained before I had hersteld become its history?"""

import logging
import os
import sys
from pathlib import Path

import click

from hersteld.config.texts import speech
from hersteld.daemon.cli.exit_codes import EXIT_BAD_FILE, EXIT_INTERRUPTED
from hersteld.daemon.cli.options import in_language, json_option, language_option, read_settings, settings_options
from hersteld.daemon.cli.printing.import_progress import showing_progress
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.importing.importer import Import
from hersteld.daemon.importing.summary import Summary
from hersteld.daemon.store.left_out import count_kinds, left_out_line
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.reason_json import reason_json
from hersteld.daemon.words.voice import Voice

_MOST_REASONS = 20


def _paths(_context: click.Context, _parameter: click.Parameter, names: tuple[str, ...]) -> tuple[Path, ...]:
    """Return absolute paths; one that is missing is told of in its turn, and keeps none of the others out."""
    if "" in names:  # of a variable that is not set; a path made of it would be the folder one happens to be in
        raise click.BadParameter(speech.say("help.empty_path"))
    if any("://" in name for name in names):
        raise click.BadParameter(speech.say("help.address_for_path"))
    return tuple(Path(name).absolute() for name in names)


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", callback=_paths)
@json_option
@language_option
@settings_options
def import_(
    paths: tuple[Path, ...],
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Take old files into your history, without a message."""
    settings = read_settings(config_file, assignments)
    clock = SystemClock()
    # Messages that wait are put right in the configuration's language, whatever language is printed here.
    voice = Voice(in_language(settings, language).notify, clock.zone())
    with Store(database_path(os.environ)) as store, showing_progress(voice) as report:
        store.look_through()
        task = Import(store, settings, clock, report=report)
        try:
            task.run(paths)
            interrupted = False
        except KeyboardInterrupt:
            interrupted = True
    for path, asked in task.summary.asked:
        asked.log(path, logging.INFO)
    if as_json:
        print_json(_summary_json(task.summary))
    else:
        _print_summary(task.summary, voice)
    if interrupted:
        raise click.exceptions.Exit(EXIT_INTERRUPTED)
    if not task.summary.of_use:
        raise click.exceptions.Exit(EXIT_BAD_FILE)


def _summary_json(summary: Summary) -> object:
    first_year, last_year = summary.years or (None, None)
    return {
        "whole": summary.is_whole,
        "files": summary.files,
        "workouts": summary.workouts,
        "first_year": first_year,
        "last_year": last_year,
        "duplicates": summary.duplicates,
        "known": summary.known,
        "days": summary.days,
        "scales": summary.scales,
        "ignored": summary.ignored,
        "second_reader": summary.second_reader,
        "left_out": {kind: summary.left_out[kind] for kind in ("gpx", "tcx", "other")},
        "empty": summary.empty,
        "unread": [{"path": path, **reason_json(reason)} for path, reason in summary.unread],
    }


def _print_summary(summary: Summary, voice: Voice) -> None:
    counted = (
        (summary.duplicates, "import_duplicates", "import_duplicates_one"),
        (summary.known, "import_known", "import_known_one"),
        (summary.days, "import_days", "import_days_one"),
        (summary.scales, "import_scales", "import_scales_one"),
        (summary.ignored, "import_ignored", "import_ignored_one"),
        (summary.second_reader, "import_second", "import_second"),
        (summary.unreadable, "import_unread", "import_unread"),
        (summary.left_out["other"], "import_other", "import_other_one"),
    )
    asides = [voice.say(one if count == 1 else many, count=count) for count, many, one in counted if count]
    said = f"{_workouts(summary, voice)}{'; ' if asides else ''}{', '.join(asides)}."
    left_out = count_kinds(summary.left_out.elements())
    if left_out.activities:
        said = f"{said[:-1]}; {voice.line(left_out_line(left_out))}."
    if summary.workouts and summary.has_baseline:
        said += f" {voice.say('import_ready')}"
    say(said, bold=sys.stdout.isatty())
    if not summary.is_whole:
        say(voice.say("import_stopped" if summary.is_read else "import_stopped_reading"))
    for path in summary.empty:
        say(f"{path}: {voice.say('import_empty')}")
    for path, reason in summary.unread[:_MOST_REASONS]:
        say(f"{path}: {voice.line(reason)}")
    if (more := len(summary.unread) - _MOST_REASONS) > 0:
        say(voice.say("import_more", count=more))


def _workouts(summary: Summary, voice: Voice) -> str:
    if not summary.workouts:
        return voice.say("import_none")
    if summary.years is None:
        return voice.say("import_undated", count=summary.workouts)
    first, last = summary.years
    if summary.workouts == 1:
        return voice.say("import_one", first_year=first)
    if first == last:
        return voice.say("import_one_year", count=summary.workouts, first_year=first)
    return voice.say("import_many", count=summary.workouts, first_year=first, last_year=last)
