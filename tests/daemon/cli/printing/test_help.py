"""Help and errors of the command line are in the user's language, and every command and option has its text."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from hersteld.config.languages import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.cli.look import history, status
from hersteld.daemon.cli.main import cli
from hersteld.daemon.cli.printing.help import help_page, name_of
from hersteld.daemon.cli.printing.spoken_click import SpokenContext
from tests.support.command_line import call


def contexts(context: click.Context) -> Iterator[click.Context]:
    """Yield the context of a command and of every command below it."""
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            yield from contexts(SpokenContext(command, context, name))


EVERY = {context.command_path: context for context in contexts(SpokenContext(cli, None, "hersteld"))}


@pytest.mark.parametrize("name", EVERY)
def test_every_command_explains_itself_and_its_options(name: str) -> None:
    page = help_page(EVERY[name])
    assert page.startswith(f"Usage: {name} [OPTIONS]")
    for option in EVERY[name].command.get_params(EVERY[name]):
        if isinstance(option, click.Option):
            assert re.search(rf"{option.opts[-1]}\b.*  \w", page), option.opts
    assert "--help" in page


def test_the_page_of_the_program_lists_every_command_with_its_own_first_line() -> None:
    page = " ".join(help_page(EVERY["hersteld"]).split())
    below = [context for path, context in EVERY.items() if path.count(" ") == 1]
    assert len(below) >= 11
    for context in below:
        first = help_page(context).split("\n\n")[1]
        assert f"{context.info_name} {' '.join(first.split())}" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_help_is_left_over(language: Language) -> None:
    commands = {"_".join(path.replace("-", "_").split()[1:]) for path in EVERY}
    options = {
        (path, "help" if "--help" in option.opts else option.name)
        for path, context in EVERY.items()
        for option in context.command.get_params(context)
        if isinstance(option, click.Option)
    }
    names = {name for _path, name in options}
    owned = {"_".join([*path.replace("-", "_").split()[1:], str(name)]) for path, name in options}
    for text_id in load_texts(language).templates:
        kind, _, name = text_id.removeprefix("help.").partition("_")
        if text_id.startswith("help.") and kind in ("command", "about"):
            assert name in commands, text_id
        if text_id.startswith("help.") and kind == "option":
            assert name in names | owned, text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limits_in_the_texts_are_those_of_the_commands(language: Language) -> None:
    texts = load_texts(language).templates
    assert str(status._MOST_ROWS) in texts["help.option_status_with_all"]
    assert str(history._MOST) in texts["help.option_history_limit"]


def test_what_stands_for_a_word_is_in_the_users_language(tmp_path: Path) -> None:
    page = call("explain", "--language", "nl", "--help", home=tmp_path).stdout
    assert page.startswith("Gebruik: hersteld explain [OPTIES] [TRAINING|BESTAND]")
    assert "--set SLEUTEL=WAARDE" in page


def test_a_parameter_is_called_as_it_is_typed() -> None:
    parameters = {parameter.name: parameter for parameter in EVERY["hersteld plan"].command.params}
    assert name_of(parameters["files"]) == "'FILE...'"
    assert name_of(parameters["config_file"]) == "'--config'"
