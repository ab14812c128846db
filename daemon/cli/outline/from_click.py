"""What do the commands themselves say of their arguments, options and texts?"""

import click

from hersteld.config.texts.speech import text_exists
from hersteld.daemon.cli.outline.commands import OutlinedCommand, OutlinedOption, key_of


def outline_of(context: click.Context, *, with_below: bool = True) -> OutlinedCommand:
    """Return the outline of a command.

    Args:
        context: Of the command.
        with_below: Also look at the commands of a group, which imports them; without it only their names are known.
    """
    command, words = context.command, tuple(context.command_path.split())
    arguments = tuple(each.metavar or "" for each in command.params if isinstance(each, click.Argument))
    options = tuple(
        OutlinedOption(tuple(sorted(each.opts, key=len)), _taken(each), _text_id(each, words), each.multiple)
        for each in command.get_params(context)
        if isinstance(each, click.Option)
    )
    below: list[OutlinedCommand] = []
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name) if with_below else None
            if found is None:
                below.append(OutlinedCommand((*words, name), (), (), ()))
            else:
                below.append(outline_of(type(context)(found, context, name)))
    return OutlinedCommand(words, arguments, options, tuple(below))


def _taken(option: click.Option) -> str:
    """Return what follows an option: "FILE" or "[en|nl]"; "" for a flag."""
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return f"[{'|'.join(option.type.choices)}]"
    return option.metavar or ""


def _text_id(option: click.Option, words: tuple[str, ...]) -> str:
    """Return the id of what is said of an option: of this command alone where there is such a text, else of all.

    That of --help is one that click keeps to itself.
    """
    own = f"help.option{key_of(words)}_{option.name}"
    if text_exists(own):
        return own
    return f"help.option_{'help' if '--help' in option.opts else option.name}"
