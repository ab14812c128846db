"""`hersteld completion`: how does my shell complete what I type?"""

from typing import Any

import click

from hersteld.config.texts.speech import say
from hersteld.daemon.cli.completion.script import script
from hersteld.daemon.cli.completion.values import SHELLS


class ShellType(click.ParamType):  # type: ignore[type-arg]  # click 8.1 takes none
    """A shell in which hersteld can be completed."""

    name = "shell"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the shell, or refuse the word."""
        if value not in SHELLS:
            choices = ", ".join(f"'{shell}'" for shell in SHELLS)
            self.fail(say("help.no_choice", value=str(value), choices=choices), param, ctx)
        return str(value)


@click.command()
@click.argument("shell", type=ShellType(), metavar="SHELL")
def completion(shell: str) -> None:
    """Print the script that completes hersteld in a shell."""
    click.echo(script(shell))
