"""What do commands have in common? The options that choose the settings, and the exit code when those are bad."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from hersteld.config.problems import ConfigError
from hersteld.config.settings import LANGUAGES, Language, Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.cli.exit_codes import EXIT_BAD_FILE, EXIT_CONFIG
from hersteld.daemon.system.logs import keep_secret, secrets_of
from hersteld.daemon.system.paths import shown

_Command = TypeVar("_Command", bound=Callable[..., object])


class BadFile(click.ClickException):
    """A file is not what the command needs."""

    exit_code = EXIT_BAD_FILE


class BadConfig(click.ClickException):
    """The configuration cannot be used; says every problem on a line of its own."""

    exit_code = EXIT_CONFIG

    def __init__(self, error: ConfigError) -> None:
        super().__init__(str(error))
        self.count = len(error.problems)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the problems to stderr."""
        click.echo(self.message, file=file, err=True)
        line_id = "problems.count_one" if self.count == 1 else "problems.count_many"
        click.echo(say(line_id, count=self.count), file=file, err=True)


def settings_options(command: _Command) -> _Command:
    """Give a command the options --config and --set, as `config_file` and `assignments` for `read_settings`."""
    command = click.option(
        "--set",
        "assignments",
        multiple=True,
        metavar="KEY=VALUE",
        help="Set one key for this run, like athlete.mass_kg=72; may be repeated.",
    )(command)
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Read this hersteld.toml and no other.",
    )(command)


def read_settings(config_file: Path | None, assignments: tuple[str, ...] = ()) -> Settings:
    """Return the settings that the options and the environment choose.

    Raises:
        BadConfig: There are problems with them.
        click.UsageError: An assignment is none.
    """
    from hersteld.config.file.load import load_settings  # noqa: PLC0415 - pydantic is slow, and `--help` needs none

    overrides: dict[str, str] = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals or not key.strip():
            said = "an address" if "://" in assignment else repr(assignment)
            raise click.BadParameter(f"{said} must be KEY=VALUE", param_hint="--set")
        overrides[key.strip()] = value.strip()
    try:
        settings = load_settings(config_file, overrides=overrides, environ=os.environ)
    except ConfigError as error:
        raise BadConfig(error) from error
    if settings.notify.targets:
        keep_secret(secrets_in(settings))
    return settings


def secrets_in(settings: Settings) -> frozenset[str]:
    """Return what of the addresses may not be seen."""
    everyday = [shown(folder) for folder in settings.watch.folders]
    urls = [target.url.get_secret_value() for target in settings.notify.targets]
    return frozenset(part for url in urls for part in secrets_of(url, everyday))


def language_option(command: _Command) -> _Command:
    """Give a command the option --language, as `language`."""
    return click.option(
        "--language", type=click.Choice(LANGUAGES), help="Language of what is printed; else that of the configuration."
    )(command)


def json_option(command: _Command) -> _Command:
    """Give a command the option --json, as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")(command)


def in_language(settings: Settings, language: str | None) -> Settings:
    """Return the settings with the language of --language."""
    if language is None:
        return settings
    chosen: Language = "nl" if language == "nl" else "en"
    return replace(settings, notify=replace(settings.notify, language=chosen))
