"""`hersteld check`: is everything there that hersteld needs?"""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from hersteld.config.problems import ConfigError
from hersteld.config.texts import speech
from hersteld.daemon.cli.exit_codes import EXIT_CONFIG
from hersteld.daemon.cli.options import (
    BadConfig,
    in_language,
    json_option,
    language_option,
    read_settings,
    settings_options,
)
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.cli.setup.check_calendar import check_calendar
from hersteld.daemon.cli.setup.check_pictures import check_pictures
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.check import Finding, check_machine, check_settings, mistakes
from hersteld.daemon.views.check_ages import check_ages
from hersteld.daemon.views.check_watched import check_watched

_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}


@click.command()
@json_option
@language_option
@settings_options
def check(language: str | None, config_file: Path | None, assignments: tuple[str, ...], *, as_json: bool) -> None:
    """Look at everything hersteld needs, and say what to do."""
    exit_code = 0
    for finding in _findings(language, config_file, assignments):
        if finding.state == "bad":
            exit_code = EXIT_CONFIG if finding.what in ("configuration", "target") else exit_code or 1
        if as_json:
            print_json(_finding_json(finding))
        else:
            _print_finding(finding)
    if exit_code:
        raise click.exceptions.Exit(exit_code)


def _findings(language: str | None, config_file: Path | None, assignments: tuple[str, ...]) -> Iterator[Finding]:
    clock = SystemClock()
    try:
        settings = in_language(read_settings(config_file, assignments), language)
    except BadConfig as error:
        yield from mistakes(ConfigError(error.problems))
    else:
        yield from check_settings(settings, os.environ)
        yield from check_calendar(settings)
        if any(target.reply is not None for target in settings.notify.targets):
            from hersteld.daemon.replies.check_replies import check_replies  # noqa: PLC0415 - not for everybody

            yield from check_replies(settings, database_path(os.environ), clock.zone())
        yield from check_pictures(settings, database_path(os.environ), os.environ, clock.now())
        yield from check_ages(settings, database_path(os.environ))
        yield from check_watched(settings, database_path(os.environ))
        from hersteld.daemon.home_assistant.check import check_home_assistant  # noqa: PLC0415 - only this needs it

        yield from check_home_assistant(settings.home_assistant, database_path(os.environ), clock.now())
    yield from check_machine(os.environ, clock.now().astimezone(clock.zone()))


def _finding_json(finding: Finding) -> dict[str, str | None]:
    return {
        "what": finding.what,
        "state": finding.state,
        "said": speech.said(finding.line),
        "advice": speech.said(finding.advice) if finding.advice else None,
        "id": finding.line.id,
        "advice_id": finding.advice.id if finding.advice else None,
    }


def _print_finding(finding: Finding) -> None:
    width = max(len(speech.word("check.state", state)) for state in _COLOURS)
    state = speech.word("check.state", finding.state)
    click.secho(f"{state:<{width}}", fg=_COLOURS[finding.state], bold=finding.state != "ok", nl=False)
    say("  " + speech.say("check.finding", what=finding.what, text=speech.said(finding.line)))
    if finding.advice:
        say(f"      -> {speech.said(finding.advice)}")
