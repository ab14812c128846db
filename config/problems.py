"""What is wrong with the configuration, said so that it can be mended at once?"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one place. It never carries a secret: whoever makes it leaves such a value out.

    Attributes:
        file: File as the user knows it, or "--set".
        key: Dotted key, "athlete.mass_kg"; "" when the whole file is meant.
        value: What stands there, as text; None when it may not or need not be shown.
        sentence: What is wrong or what is allowed, and what to do; no full stop.
        nearest: The known key or value that was probably meant, or None.
    """

    file: str
    key: str
    value: str | None
    sentence: str
    nearest: str | None = None

    def __str__(self) -> str:
        where = self.file
        if self.key:
            where = f"{where}: {self.key}" if where else self.key
        if self.value is not None:
            where = f"{where} = {self.value}"
        question = f"; did you mean {self.nearest}?" if self.nearest else ""
        return f"{where}: {self.sentence}{question}"


class ConfigError(Exception):
    """The configuration cannot be used; `str(error)` is one line per problem.

    Attributes:
        problems: All of them, at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like this one, or None when none is much like it."""
    close = get_close_matches(word, tuple(known), n=1, cutoff=0.6)
    return close[0] if close else None


def shown(value: object) -> str | None:
    """Return a value as it may be printed, or None for what is long, nested, or might hold an address with a token."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, str) and "://" not in value and len(value) <= 60:
        return '"' + value.replace("\n", "\\n") + '"'
    return None
