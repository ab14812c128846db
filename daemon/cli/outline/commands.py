"""Which commands are there, with which arguments and options, and under which ids are their texts?

`from_click.py` takes this from the commands themselves, for `--help`. `make man` writes it into `commands.json` for
what must not wait for the commands and all that they import: completion, and the manual page while a wheel is built.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("commands.json")


@dataclass(frozen=True, slots=True)
class OutlinedOption:
    """An option of a command.

    Attributes:
        names: As they are typed, the shortest first: "-v", "--verbose".
        takes: What follows it, "FILE" or "[en|nl]"; "" for a flag.
        text_id: Of the text that says what it does.
        is_repeatable: It may be given more than once.
    """

    names: tuple[str, ...]
    takes: str
    text_id: str
    is_repeatable: bool


@dataclass(frozen=True, slots=True)
class OutlinedCommand:
    """A command, and those below it.

    Attributes:
        words: Those that call it, the program's name first: "hersteld", "config", "show".
        arguments: What is to be typed after it, "[WORKOUT|FILE]" or "FILE...".
        options: Its options, in the order of its help.
        commands: The commands of a group, in the order of its help; empty for any other.
    """

    words: tuple[str, ...]
    arguments: tuple[str, ...]
    options: tuple[OutlinedOption, ...]
    commands: tuple["OutlinedCommand", ...]

    @property
    def name(self) -> str:
        """Return its own word."""
        return self.words[-1]

    @property
    def text_id(self) -> str:
        """Return the id of the text that says in one line what it does."""
        return "help.command" + key_of(self.words)

    @property
    def more_id(self) -> str:
        """Return the id of the text with the rest of what is to be said; not every command has one."""
        return "help.about" + key_of(self.words)

    @property
    def usage(self) -> str:
        """Return what may follow its words: "[OPTIONS] FILE..."."""
        return " ".join(["[OPTIONS]", *self.arguments, *(["COMMAND [ARGS]..."] if self.commands else [])])

    def each(self) -> Iterator["OutlinedCommand"]:
        """Yield it and every command below it."""
        yield self
        for command in self.commands:
            yield from command.each()


def key_of(words: tuple[str, ...]) -> str:
    """Return what a command is called in the ids of its texts: "" for the program, "_config_show" below it."""
    return "".join(f"_{word.replace('-', '_')}" for word in words[1:])


@cache
def stored() -> tuple[OutlinedCommand, Mapping[str, tuple[str, ...]]]:
    """Return the program as `commands.json` has it, and the keys of the configuration with the words each may have.

    Keys of which any value may be typed have no words. What is not to be typed at all, an address or a table, is not
    among them.
    """
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return _command(found["program"]), {key: tuple(words) for key, words in found["keys"].items()}


def _command(found: Mapping[str, Any]) -> OutlinedCommand:
    options = tuple(OutlinedOption(**{**option, "names": tuple(option["names"])}) for option in found["options"])
    below = tuple(_command(command) for command in found["commands"])
    return OutlinedCommand(tuple(found["words"]), tuple(found["arguments"]), options, below)
