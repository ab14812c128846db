"""The commands that click completes have the same options and arguments as those that are called."""

from collections.abc import Iterator

import click
import pytest

from hersteld.daemon.cli.completion.light_commands import light
from hersteld.daemon.cli.main import cli
from hersteld.daemon.cli.outline.commands import stored
from hersteld.daemon.cli.printing.spoken_click import SpokenContext


def every(command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all below it, each with its words."""
    yield context.command_path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from every(below, type(context)(below, context, name))


LIVE = dict(every(cli, SpokenContext(cli, None, "hersteld")))
LIGHT = light(stored()[0])
BY_WORDS = dict(every(LIGHT, click.Context(LIGHT, info_name="hersteld")))


def test_the_same_commands_in_the_same_order() -> None:
    assert list(BY_WORDS) == list(LIVE)


@pytest.mark.parametrize("words", LIVE)
def test_the_same_parameters(words: str) -> None:
    context = SpokenContext(LIVE[words], None, words)
    live = LIVE[words].get_params(context)
    options = {tuple(sorted(each.opts)): each for each in BY_WORDS[words].params if isinstance(each, click.Option)}
    for option in (each for each in live if isinstance(each, click.Option)):
        ours = options.pop(tuple(sorted(option.opts)))
        assert (ours.is_flag, ours.multiple) == (option.is_flag, option.multiple)
    assert options == {}
    takes = [each.nargs for each in live if isinstance(each, click.Argument)]
    assert [each.nargs for each in BY_WORDS[words].params if isinstance(each, click.Argument)] == takes


def test_they_cannot_do_anything() -> None:
    assert all(command.callback is None for command in BY_WORDS.values())
