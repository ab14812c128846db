"""What does `hersteld completion SHELL` print? The script that the shell reads, and how to install it."""

from collections.abc import Iterator

import click

from hersteld.config.texts.speech import say
from hersteld.daemon.cli.completion.shells import PROGRAM, completer

_FILES = {
    "bash": ("~/.local/share/bash-completion/completions", "hersteld"),
    "zsh": ("~/.zfunc", "_hersteld"),
    "fish": ("~/.config/fish/completions", "hersteld.fish"),
}
"""Where each shell looks for the script of a command: folder and name."""


def script(shell: str) -> str:
    """Return the script of a shell, with a comment on how to install it.

    Args:
        shell: "bash", "zsh" or "fish".
    """
    comment = "\n".join(f"# {line}".rstrip() for line in _comment(shell))
    source = completer(shell, click.Command(PROGRAM)).source().rstrip()
    # By its first line zsh knows what a file in its folders is for.
    first, newline, rest = source.partition("\n")
    if first.startswith("#compdef"):
        return f"{first}{newline}{comment}\n\n{rest.lstrip()}"
    return f"{comment}\n\n{source}"


def _comment(shell: str) -> Iterator[str]:
    """Yield the lines of the comment; commands and what is written into a file are indented."""
    folder, name = _FILES[shell]
    yield say("completion.install", shell=shell)
    yield ""
    yield f"  mkdir -p {folder}"
    yield f"  hersteld completion {shell} > {folder}/{name}"
    yield ""
    if shell == "bash":
        yield say("completion.bash_needs")
        yield ""
        yield '  eval "$(hersteld completion bash)"'
        yield ""
    if shell == "zsh":
        yield say("completion.zsh_needs")
        yield ""
        yield f"  fpath+={folder}"
        yield "  autoload -Uz compinit && compinit"
        yield ""
    yield say("completion.again")
