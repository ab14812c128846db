"""`hersteld check`: is everything there that hersteld needs?"""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from hersteld.daemon.cli.exit_codes import EXIT_CONFIG
from hersteld.daemon.cli.options import BadConfig, json_option, read_settings, settings_options
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.views.check import Finding, check_machine, check_settings
from hersteld.daemon.views.json_values import json_value

_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}


@click.command()
@json_option
@settings_options
def check(config_file: Path | None, assignments: tuple[str, ...], *, as_json: bool) -> None:
    """Look at everything hersteld needs, and say what to do.

    Looks at the configuration, the watched folders, inotify, the targets (without sending), the state folder, the clock
    and the service. Exits with 1 when something is bad, with 78 when that is the configuration
    or an address in it.
    """
    exit_code = 0
    for finding in _findings(config_file, assignments):
        if finding.state == "bad":
            exit_code = EXIT_CONFIG if finding.what in ("configuration", "target") else exit_code or 1
        if as_json:
            print_json(json_value(finding))
        else:
            _print_finding(finding)
    if exit_code:
        raise click.exceptions.Exit(exit_code)


def _findings(config_file: Path | None, assignments: tuple[str, ...]) -> Iterator[Finding]:
    try:
        settings = read_settings(config_file, assignments)
    except BadConfig as error:
        for problem in error.message.splitlines():
            yield Finding("configuration", "bad", problem, "Correct it; `hersteld config schema` says what is allowed.")
    else:
        yield from check_settings(settings, os.environ)
    clock = SystemClock()
    yield from check_machine(os.environ, clock.now().astimezone(clock.zone()))


def _print_finding(finding: Finding) -> None:
    click.secho(f"{finding.state:<4}", fg=_COLOURS[finding.state], bold=finding.state != "ok", nl=False)
    say(f"  {finding.what}: {finding.said}")
    if finding.advice:
        say(f"      -> {finding.advice}")
