"""What does `hersteld completion SHELL` print? The script that the shell reads, and how to install it."""

import textwrap

import click

from hersteld.config.texts.speech import say
from hersteld.daemon.cli.completion.shells import PROGRAM, completer

_HOW = {"bash": "completion.bash", "zsh": "completion.zsh", "fish": "completion.fish"}


def script(shell: str) -> str:
    """Return the script of a shell, with a comment on how to install it.

    Args:
        shell: "bash", "zsh" or "fish".
    """
    comment = textwrap.indent(say(_HOW[shell]).strip(), "# ", lambda _line: True)
    source = completer(shell, click.Command(PROGRAM)).source().rstrip()
    # By its first line zsh knows what a file in its folders is for.
    first, newline, rest = source.partition("\n")
    if first.startswith("#compdef"):
        return f"{first}{newline}{comment}\n\n{rest.lstrip()}"
    return f"{comment}\n\n{source}"
