"""What does `--help` print? The texts are those of `help.toml`, in the language of this process."""

import click

from hersteld.config.texts.speech import say, text_exists
from hersteld.daemon.cli.outline.commands import OutlinedCommand
from hersteld.daemon.cli.outline.from_click import outline_of
from hersteld.daemon.cli.outline.words import in_words, typed


def help_page(context: click.Context) -> str:
    """Return the help of a command: how it is used, what it does, its options, and its commands if it is a group."""
    formatter = context.make_formatter()
    command = outline_of(context, with_below=False)
    _write_usage(command, formatter)
    for text_id in (command.text_id, command.more_id):
        if text_exists(text_id):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(say(text_id))
    with formatter.section(say("help.options")):
        formatter.write_dl([(typed(option), say(option.text_id)) for option in command.options])
    if command.commands:
        with formatter.section(say("help.commands")):
            formatter.write_dl([(below.name, say(below.text_id)) for below in command.commands])
    return formatter.getvalue().rstrip("\n")


def usage(context: click.Context) -> str:
    """Return the line on how a command is used."""
    formatter = context.make_formatter()
    _write_usage(outline_of(context, with_below=False), formatter)
    return formatter.getvalue().rstrip("\n")


def name_of(parameter: click.Parameter) -> str:
    """Return what an error calls a parameter: "'--config'" or "'FILE...'"."""
    if isinstance(parameter, click.Option):
        return " / ".join(f"'{name}'" for name in parameter.opts)
    return f"'{in_words(parameter.metavar or '')}'"


def _write_usage(command: OutlinedCommand, formatter: click.HelpFormatter) -> None:
    formatter.write_usage(" ".join(command.words), in_words(command.usage), prefix=say("help.usage") + " ")
