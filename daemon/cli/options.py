"""What do commands have in common? The options that choose the settings, and the exit code when those are bad."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from hersteld.config.languages import LANGUAGES, as_language
from hersteld.config.problems import ConfigError, Problem
from hersteld.config.settings import Settings, Target
from hersteld.config.texts.speech import say, speak
from hersteld.daemon.cli.exit_codes import EXIT_BAD_FILE, EXIT_CONFIG
from hersteld.daemon.cli.outline.words import OF_ALL_HISTORY
from hersteld.daemon.cli.printing.spoken_click import Failure
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.logs import keep_secret, secrets_of
from hersteld.daemon.system.paths import shown

_DECIMAL = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_Command = TypeVar("_Command", bound=Callable[..., object])
_MOST_DIGITS = 18  # more than that SQLite cannot hold


class BadFile(Failure):
    """A file is not what the command needs."""

    exit_code = EXIT_BAD_FILE


class BadConfig(click.ClickException):
    """The configuration cannot be used; prints every problem on a line of its own."""

    exit_code = EXIT_CONFIG

    def __init__(self, error: ConfigError) -> None:
        super().__init__(str(error))
        self.problems = error.problems

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the problems to stderr."""
        click.echo(self.message, file=file, err=True)
        line_id = "problems.count_one" if len(self.problems) == 1 else "problems.count_many"
        click.echo(say(line_id, count=len(self.problems)), file=file, err=True)


class LanguageType(click.ParamType):  # type: ignore[type-arg]  # click 8.1 takes none
    """A language that hersteld speaks."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the language, or refuse the word."""
        if as_language(value) is None:
            choices = ", ".join(f"'{language}'" for language in LANGUAGES)
            self.fail(say("help.no_choice", value=str(value), choices=choices), param, ctx)
        return str(value)


class WholeNumber(click.ParamType):  # type: ignore[type-arg]  # click 8.1 takes none
    """A whole number within a range.

    Args:
        low, high: The least and the most that is allowed.
    """

    name = "whole number"

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or refuse the word."""
        try:
            number = int(value)
        except ValueError:
            self.fail(say("help.no_number", value=str(value)), param, ctx)
        if not self.low <= number <= self.high:
            values = {"value": str(value), "low": str(self.low), "high": str(self.high)}
            self.fail(say("help.out_of_range", **values), param, ctx)
        return number


class DecimalNumber(click.ParamType):  # type: ignore[type-arg]  # click 8.1 takes none
    """A number within a range, with a point or a comma before its decimals.

    Args:
        low, high: The least and the most that is allowed.
    """

    name = "number"

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number, or refuse the word."""
        if not _DECIMAL.fullmatch(str(value)):
            self.fail(say("help.no_decimal", value=str(value)), param, ctx)
        number = float(str(value).replace(",", "."))
        if not self.low <= number <= self.high:
            values = {"value": str(value), "low": str(self.low), "high": str(self.high)}
            self.fail(say("help.out_of_range", **values), param, ctx)
        return number


class PathType(click.ParamType):  # type: ignore[type-arg]  # click 8.1 takes none
    """A path that need not be there.

    Args:
        refused: What must not be there: "folder", "file", or "" for nothing.
    """

    name = "path"

    def __init__(self, refused: str = "") -> None:
        self.refused = refused

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path, or refuse it."""
        if not str(value) and self.refused == "file":
            # It comes of a variable that is not set; a path made of it would be the folder one happens to be in.
            self.fail(say("help.empty_folder"), param, ctx)
        if "://" in str(value):
            self.fail(say("help.address_for_path"), param, ctx)
        path = Path(value)
        if str(value).startswith("~") and not os.path.lexists(path):
            self.fail(say("help.tilde", path=shown(path)), param, ctx)
        if self.refused == "folder" and os.path.isdir(path):  # noqa: PTH112 - with Path.is_dir() a folder closed to us is an error
            self.fail(say("help.file_is_folder", path=shown(path)), param, ctx)
        if self.refused == "file" and os.path.isfile(path):  # noqa: PTH113 - as above
            self.fail(say("help.folder_is_file", path=shown(path)), param, ctx)
        return path


class PictureFile(PathType):
    """A file for a picture, whose name says which kind it is to be."""

    def __init__(self) -> None:
        super().__init__(refused="folder")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path, or refuse it."""
        path = super().convert(value, param, ctx)
        if path.suffix.lower() not in (".png", ".svg"):
            self.fail(say("card.suffix", path=shown(path)), param, ctx)
        return path


def workout_number(text: str, param_hint: str) -> int | None:
    """Return the id of a workout that was typed; None where it is something else, the name of a file say.

    Raises:
        click.BadParameter: It is longer than any id.
    """
    if not text.isdecimal():
        return None
    if len(text) > _MOST_DIGITS:
        raise click.BadParameter(say("help.id_too_long"), param_hint=param_hint)
    return int(text)


def settings_options(command: _Command) -> _Command:
    """Give a command the options --config and --set, as `config_file` and `assignments` for `read_settings`."""
    command = click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE")(command)
    return click.option("--config", "config_file", type=PathType(refused="folder"), metavar="FILE")(command)


def read_settings(config_file: Path | None, assignments: tuple[str, ...] = ()) -> Settings:
    """Return the settings that the options and the environment choose, and speak their language from here on.

    Raises:
        BadConfig: There are problems with them.
        click.UsageError: An assignment is none.
    """
    from hersteld.config.file.load import SettingsError, load_settings  # noqa: PLC0415 - pydantic is slow, and `--help` needs none

    overrides: dict[str, str] = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals or not key.strip():
            raise click.BadParameter(say("help.no_assignment"), param_hint="--set")  # it may be a secret: not repeated
        overrides[key.strip()] = value.strip()
    try:
        settings = load_settings(config_file, overrides=overrides, environ=os.environ)
    except SettingsError as error:
        raise BadConfig(ConfigError((*error.problems, *_address_problems(error.targets)))) from error
    except ConfigError as error:
        raise BadConfig(error) from error
    speak(settings.notify.language, SystemClock().zone())
    if settings.notify.targets or settings.health.ping_url or settings.home_assistant.broker:
        keep_secret(secrets_in(settings))
    return settings


def _address_problems(targets: tuple[Target, ...]) -> tuple[Problem, ...]:
    """Return what is wrong with addresses, for a configuration that has other mistakes already."""
    if not targets:
        return ()
    from hersteld.daemon.delivery.notifiers import address_problems  # noqa: PLC0415 - Apprise is slow

    return address_problems(targets)


def refuse_rules(assignments: tuple[str, ...]) -> None:
    """Refuse settings on which every readiness rests, for a command that assesses stored workouts anew.

    Raises:
        click.BadParameter: One of the assignments is such a setting.
    """
    for assignment in assignments:
        key = assignment.partition("=")[0].strip()
        if key.partition(".")[0] in OF_ALL_HISTORY:
            from hersteld.config.file.known_keys import dotted, showable_part  # noqa: PLC0415 - as above

            named = dotted(showable_part(tuple(key.split("."))))
            raise click.BadParameter(say("help.of_all_history", key=named), param_hint="--set")


def secrets_in(settings: Settings) -> frozenset[str]:
    """Return what of the addresses may not be seen."""
    home = settings.home_assistant
    everyday = [*(shown(folder) for folder in settings.watch.folders), home.node_id, home.discovery_prefix]
    addresses = [secret for target in settings.notify.targets for secret in target.secrets]
    if settings.health.ping_url:
        addresses.append(settings.health.ping_url)
    if home.broker:
        addresses.append(home.broker)
    urls = [address.get_secret_value() for address in addresses]
    return frozenset(part for url in urls for part in secrets_of(url, everyday))


def language_option(command: _Command) -> _Command:
    """Give a command the option --language, as `language`."""
    return click.option("--language", type=LanguageType(), metavar=f"[{'|'.join(LANGUAGES)}]")(command)


def json_option(command: _Command) -> _Command:
    """Give a command the option --json, as `as_json`."""
    return click.option("--json", "as_json", is_flag=True)(command)


def in_language(settings: Settings, language: str | None) -> Settings:
    """Return the settings with the language of --language, and speak that from here on."""
    chosen = as_language(language)
    if chosen is None:
        return settings
    speak(chosen, SystemClock().zone())
    return replace(settings, notify=replace(settings.notify, language=chosen))
