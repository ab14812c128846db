"""What does `--help` print? The texts are those of `help.toml`, in the language of this process."""

import re
from collections.abc import Iterator

import click

from hersteld.config.texts.speech import say, text_exists, word

_METAVAR = re.compile(r"[A-Z]+")


def help_page(context: click.Context) -> str:
    """Return the help of a command: how it is used, what it does, its options, and its commands if it is a group."""
    formatter = context.make_formatter()
    _write_usage(context, formatter)
    key = _key_of(context)
    for text_id in (f"help.command{key}", f"help.about{key}"):
        if text_exists(text_id):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(say(text_id))
    with formatter.section(say("help.options")):
        formatter.write_dl(list(_options(context)))
    if isinstance(context.command, click.Group):
        names = context.command.list_commands(context)
        with formatter.section(say("help.commands")):
            formatter.write_dl([(name, say(f"help.command{key}_{_as_key(name)}")) for name in names])
    return formatter.getvalue().rstrip("\n")


def usage(context: click.Context) -> str:
    """Return the line on how a command is used."""
    formatter = context.make_formatter()
    _write_usage(context, formatter)
    return formatter.getvalue().rstrip("\n")


def name_of(parameter: click.Parameter) -> str:
    """Return what an error calls a parameter: "'--config'" or "'FILE...'"."""
    if isinstance(parameter, click.Option):
        return " / ".join(f"'{name}'" for name in parameter.opts)
    return f"'{in_words(parameter.metavar or '')}'"


def in_words(metavar: str) -> str:
    """Return what stands for a word of the user's own, "[WORKOUT|FILE]", in the language of this process."""
    return _METAVAR.sub(lambda found: word("help.metavar", found[0]), metavar)


def _write_usage(context: click.Context, formatter: click.HelpFormatter) -> None:
    arguments = [each.metavar or "" for each in context.command.params if isinstance(each, click.Argument)]
    commands = ["COMMAND [ARGS]..."] if isinstance(context.command, click.Group) else []
    pieces = " ".join(["[OPTIONS]", *arguments, *commands])
    formatter.write_usage(context.command_path, in_words(pieces), prefix=say("help.usage") + " ")


def _options(context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield each option as it is typed, and what it does."""
    key = _key_of(context)
    for option in context.command.get_params(context):
        if isinstance(option, click.Option):
            own = f"help.option{key}_{option.name}"
            yield _typed(option), say(own if text_exists(own) else f"help.option_{_plain_name(option)}")


def _plain_name(option: click.Option) -> str:
    """Return the name of an option; that of --help is one that click keeps to itself."""
    return "help" if "--help" in option.opts else str(option.name)


def _typed(option: click.Option) -> str:
    """Return "-v, --verbose" or "--config FILE"."""
    names = ", ".join(sorted(option.opts, key=len))
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice):
        return f"{names} [{'|'.join(option.type.choices)}]"
    return f"{names} {in_words(option.metavar or '')}"


def _key_of(context: click.Context) -> str:
    """Return what a command is called in the ids of its texts: "" for the program, "_config_show" below it."""
    _program, *names = context.command_path.split()
    return "".join(f"_{_as_key(name)}" for name in names)


def _as_key(name: str) -> str:
    return name.replace("-", "_")
