"""How does click, which speaks English, speak the user's language?

Its help and its errors are made from what it knows (the command, its parameters, what kind of error it is), with texts
of `help.toml`; none of its own sentences is used. What it may yet think of in a later version is said as it is.
"""

from typing import IO, Any

import click

from hersteld.config.showable import without_secrets_in
from hersteld.config.texts.speech import say


class SpokenContext(click.Context):
    """The context of a command whose help and usage are in the user's language."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self.child: SpokenContext | None = None
        if isinstance(self.parent, SpokenContext):
            self.parent.child = self

    def get_help(self) -> str:
        """Return the help of the command."""
        from hersteld.daemon.cli.printing.help import help_page  # noqa: PLC0415 - few calls ask for help

        return help_page(self)

    def get_usage(self) -> str:
        """Return the line on how the command is used."""
        from hersteld.daemon.cli.printing.help import usage  # noqa: PLC0415 - as above

        return usage(self)

    def invoke(self, *words: Any, **named: Any) -> Any:
        """Run the command, unless there are more words than it takes."""
        if self.args and not isinstance(self.command, click.Group):
            line_id = "help.extra_one" if len(self.args) == 1 else "help.extra_many"
            raise Misuse(say(line_id, words=" ".join(self.args)), self)
        return super().invoke(*words, **named)


class SpokenGroup(click.Group):
    """A group of commands that speak the user's language."""

    context_class = SpokenContext

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, made to speak."""
        command = super().get_command(ctx, cmd_name)
        return None if command is None else made_to_speak(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise Misuse(_with_nearest(say("help.no_such_command", command=args[0]), args[0], self, ctx), ctx)
        return super().resolve_command(ctx, args)


def made_to_speak(command: click.Command) -> click.Command:
    """Return a command whose help and errors are in the user's language."""
    command.context_class = SpokenContext
    command.allow_extra_args = True  # `SpokenContext.invoke` refuses them
    return command


class Failure(click.ClickException):
    """A command cannot do what it was asked; the message is in the user's language."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message to stderr."""
        click.echo(say("help.error", message=self.format_message()), file=file, err=True)


class Misuse(click.UsageError):
    """A command was called in a way it does not know; the message is in the user's language."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how the command is used, and what is wrong, to stderr."""
        if self.ctx is not None:
            click.echo(self.ctx.get_usage(), file=file, err=True)
            click.echo(say("help.try", command=self.ctx.command_path) + "\n", file=file, err=True)
        # What was typed in the wrong place may be an address or a token.
        click.echo(say("help.error", message=without_secrets_in(self.message)), file=file, err=True)


def in_our_words(error: click.UsageError, context: click.Context) -> click.UsageError:
    """Return an error of the command line with a message in the user's language.

    Args:
        context: Of the program; click's parser does not tell of which command it found an option wrong.
    """
    if isinstance(error, Misuse) or type(error).__name__ == "NoArgsIsHelpError":  # the message of that is the help
        return error
    while isinstance(context, SpokenContext) and context.child is not None:
        context = context.child
    context = error.ctx or context
    return Misuse(_message(error, context), context)


def _message(error: click.UsageError, context: click.Context) -> str:
    from hersteld.daemon.cli.outline.words import in_words  # noqa: PLC0415 - few calls are wrong
    from hersteld.daemon.cli.printing.help import name_of  # noqa: PLC0415 - as above

    if isinstance(error, click.NoSuchOption):
        message = say("help.no_such_option", option=error.option_name)
        return _with_words(message, error.possibilities or ())
    if isinstance(error, click.BadOptionUsage):
        option = _option(error.option_name, context)
        line_id = "help.takes_no_value" if option is not None and option.is_flag else "help.needs_value"
        return say(line_id, option=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return say("help.missing_argument", parameter=name_of(error.param))
    if isinstance(error, click.BadParameter):
        if isinstance(error.param_hint, str):
            return say("help.invalid", parameter=in_words(error.param_hint), message=error.message)
        if error.param is not None:
            return say("help.invalid", parameter=name_of(error.param), message=error.message)
        return say("help.invalid_value", message=error.message)
    if isinstance(context.command, click.Group) and context.invoked_subcommand is None:
        return say("help.missing_command")
    return error.message


def _option(name: str, context: click.Context) -> click.Option | None:
    options = (each for each in context.command.get_params(context) if isinstance(each, click.Option))
    return next((option for option in options if name in option.opts), None)


def _with_nearest(message: str, name: str, group: click.Group, context: click.Context) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - few calls are wrong

    return _with_words(message, get_close_matches(name, group.list_commands(context)))


def _with_words(message: str, words: Any) -> str:
    """Return a message with the words that were probably meant."""
    if not words:
        return message
    return say("help.did_you_mean", message=message, words=", ".join(f"'{each}'" for each in sorted(words)))
