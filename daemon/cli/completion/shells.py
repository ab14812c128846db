"""How do the three shells ask what may be typed, and how are they told? As click does it, but for what it gets wrong.

Of `--language=en` bash makes three words and the other two shells one. A key of the configuration is not at its end
when it is completed, so no space may follow its "=" or ".". zsh and fish take `--config=` for a part of a file's name.
And fish leaves out what follows a comma, and sorts by the alphabet what has an order of its own.
"""

from collections.abc import Iterable, MutableMapping
from functools import reduce
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

PROGRAM = "hersteld"
VARIABLE = "_HERSTELD_COMPLETE"
"""Where the shell says what it wants: "bash_complete", or "bash_source" for the script."""

_ZSH_FILES = ("            _path_files -/\n", "            _path_files -f\n")
_AFTER_OPTION = "            compset -P '--*='\n"
_ZSH_PLAIN = "        compadd -U -V unsorted -a completions\n"
_ZSH_OPEN = """\
        local -a unfinished
        unfinished=(${(M)completions:#*[=.]})
        completions=(${completions:#*[=.]})
        (( $#unfinished )) && compadd -U -V unsorted -S '' -a unfinished
        (( $#completions )) && compadd -U -V unsorted -a completions
"""
_FISH_NAMES = ("__fish_complete_path $metadata[2]", "__fish_complete_directories $metadata[2]")
_FISH_AFTER_OPTION = " (string replace --regex -- '^--[^=]*=' '' $metadata[2] | string collect --allow-empty)"
_FISH_WITH_OPTION = " | string replace --regex -- '^' (string match --regex -- '^--[^=]*=' $metadata[2]; or echo '')"
_BASH_OPEN = """
%(complete_func)s_unfinished() {
    %(complete_func)s "$@"
    if [[ ${COMPREPLY[0]-} == *[=.] ]]; then
        compopt -o nospace
    fi
}

complete -o nosort -F %(complete_func)s_unfinished %(prog_name)s
"""


class _WholeWords(ShellComplete):
    """What zsh and fish need: a value that stands in one word with its option comes with the option."""

    def get_completions(self, args: list[str], incomplete: str) -> "list[CompletionItem[str]]":
        """Return what may stand in place of an incomplete word."""
        option, equals, value = incomplete.partition("=")
        if not (equals and option.startswith("--")):
            return super().get_completions(args, incomplete)
        items = super().get_completions([*args, option], value)
        return [CompletionItem(f"{option}={item.value}", item.type, item.help) for item in items]


class Bash(_WholeWords, BashComplete):
    """Completion in bash."""

    _before = ""
    """What stands before the word that bash replaces, in what is one word to us."""

    def source(self) -> str:
        """Return the script; click would look for another bash here, and complain in English."""
        return (BashComplete.source_template + _BASH_OPEN) % self.source_vars()

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the whole words before the one at the cursor, and that one as far as it is typed."""
        args, incomplete = super().get_completion_args()
        *words, last = joined([*args, incomplete])
        self._before = last.removesuffix("" if incomplete == "=" else incomplete)
        return words, last

    def format_completion(self, item: "CompletionItem[Any]") -> str:
        """Return an item as the script reads it, without what bash has as words of its own."""
        return f"{item.type},{str(item.value).removeprefix(self._before)}"


class Zsh(_WholeWords, ZshComplete):
    """Completion in zsh."""

    source_template = reduce(
        lambda script, line: script.replace(line, _AFTER_OPTION + line),
        _ZSH_FILES,
        ZshComplete.source_template.replace(_ZSH_PLAIN, _ZSH_OPEN),
    )


class Fish(_WholeWords, FishComplete):
    """Completion in fish."""

    source_template = reduce(
        lambda script, line: script.replace(line, line.split()[0] + _FISH_AFTER_OPTION + _FISH_WITH_OPTION),
        _FISH_NAMES,
        FishComplete.source_template.replace('(string split ","', '(string split --max 1 ","').replace(
            "complete --no-files", "complete --keep-order --no-files"
        ),
    )


OF_SHELL: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}


def completer(shell: str, command: click.Command) -> ShellComplete:
    """Return what speaks with a shell.

    Args:
        command: What is completed.

    Raises:
        KeyError: There is no such shell.
    """
    nothing_more: MutableMapping[str, Any] = {}
    return OF_SHELL[shell](command, nothing_more, PROGRAM, VARIABLE)


def joined(words: Iterable[str]) -> list[str]:
    """Return words in which those around a lone "=", as bash divides them, are one again: the last may be empty."""
    whole: list[str] = []
    for word in words:
        if whole and (word == "=" or (whole[-1].endswith("=") and word)):
            whole[-1] += word
        else:
            whole.append(word)
    return whole
