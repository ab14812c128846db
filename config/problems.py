"""What is wrong with the configuration, told so that it can be mended at once?"""

import errno
from collections.abc import Iterable
from dataclasses import dataclass

from hersteld.config.showable import is_number
from hersteld.parsers.line import Line


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one place. It never carries a secret: whoever makes it leaves such a value out.

    `str(problem)` tells it in the language of this process.

    Attributes:
        file: File as the user knows it, or "--set".
        key: Dotted key, "athlete.mass_kg"; "" when the whole file is meant.
        value: What stands there, as text; None when it may not or need not be shown.
        line: What is wrong or what is allowed, and what to do; no full stop.
        nearest: The known key or value that was probably meant, or None.
        command: What to run to mend it; None where the configuration itself is to be corrected.
    """

    file: str
    key: str
    value: str | None
    line: Line
    nearest: str | Line | None = None
    command: str | None = None

    def __str__(self) -> str:
        from hersteld.config.texts.speech import say  # noqa: PLC0415 - not every command says a problem

        if self.command is None:
            return self.without_command()
        return say("problems.run", problem=self.without_command(), command=self.command)

    def without_command(self) -> str:
        """Return the problem without what to run, for whoever says that elsewhere."""
        from hersteld.config.texts.speech import said, say  # noqa: PLC0415 - as above

        where = self.file
        if self.key:
            where = f"{where}: {self.key}" if where else self.key
        if self.value is not None:
            where = f"{where} = {self.value}"
        sentence = said(self.line)
        if self.nearest:
            word = said(self.nearest) if isinstance(self.nearest, Line) else self.nearest
            sentence = say("problems.did_you_mean", problem=sentence, word=word)
        return f"{where}: {sentence}" if where else sentence


class ConfigError(Exception):
    """The configuration cannot be used; `str(error)` is one line per problem, in the language of this process.

    Attributes:
        problems: All of them, at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def unquoted(value: object) -> Line | None:
    """Return what was probably meant where a short number stands in quotes; None for any other value."""
    if not isinstance(value, str) or not is_number(value):
        return None
    return Line("problems.without_quotes", {"value": value.strip()})


def unreadable(error: OSError) -> Line:
    """Return the line of a file that the system does not let us read, with the system's reason."""
    return Line("problems.unreadable", {"reason": system_reason(error)})


def system_reason(error: OSError) -> str:
    """Return the key of the word list `problems.system` for an error of the operating system."""
    name = errno.errorcode.get(error.errno or 0, "")
    return "EACCES" if name == "EPERM" else name or "unknown"
