"""Which commands does click complete? Such that know what may be typed, and cannot do anything.

The commands themselves import what they work with, numpy among it, and who presses Tab would wait for that.
"""

import re

import click

from hersteld.config.texts.speech import say
from hersteld.daemon.cli.completion.values import Item, values_of
from hersteld.daemon.cli.outline.commands import OutlinedCommand, OutlinedOption

_NAMES = re.compile(r"\w+")


def light(command: OutlinedCommand) -> click.Command:
    """Return a command, and those below it, for completion alone."""
    parameters: list[click.Parameter] = [_option(option) for option in command.options]
    parameters += [_argument(each, number) for number, each in enumerate(command.arguments)]
    if not command.commands:
        return click.Command(command.name, params=parameters, add_help_option=False, short_help=say(command.text_id))
    below = {each.name: light(each) for each in command.commands}
    return _InOrder(command.name, below, params=parameters, add_help_option=False, short_help=say(command.text_id))


class _InOrder(click.Group):
    """A group that lists its commands as its help does."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return list(self.commands)


def _option(option: OutlinedOption) -> click.Option:
    return click.Option(
        list(option.names),
        is_flag=not option.takes,
        multiple=option.is_repeatable,
        help=say(option.text_id),
        shell_complete=lambda context, _option, begun: values_of(option.takes, context, begun),
    )


def _argument(takes: str, number: int) -> click.Argument:
    """Return the argument at a place, called as in the help: "[TARGET]..." is `target`."""

    def complete(context: click.Context, _argument: click.Parameter, begun: str) -> list[Item]:
        return values_of(takes, context, begun)

    name = "_or_".join(_NAMES.findall(takes.lower())) or f"argument_{number}"
    return click.Argument([name], nargs=-1 if takes.endswith("...") else 1, required=False, shell_complete=complete)
