"""Which words does a sentence have? One folder per language, one file per subject; the user's own in place of ours.

What messages say is in `messages.toml`, and only that can be replaced by the user. Every other text stands in the file
of its subject, and is named with it: "files.not_fit" is the text `not_fit` of `files.toml`. Word lists are named
likewise. A subject is read when one of its texts is first asked for, so that a command does not wait for texts that it
never says.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from hersteld.config.languages import LANGUAGES, Language
from hersteld.config.texts.forms import Wording, Words, word_of
from hersteld.parsers.line import Line

FOLDER = Path(__file__).parent
"""Where the languages are, a folder each."""

_MESSAGES = "messages.toml"
_NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})


class TextError(Exception):
    """A sentence cannot be said: its text is missing, or does not suit its values. No user can cause that."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The templates and word lists of one language.

    Attributes:
        messages: Sentence of a message with `{name:form}` placeholders, by text id.
        templates: Those, and those of all other subjects.
        words: Word lists by name, "muscle", "sport", ...
    """

    language: Language
    messages: Mapping[str, str]
    templates: Mapping[str, str]
    words: Words

    def sentence(self, line: Line, zone: tzinfo, *, read_at: datetime | None = None) -> str:
        """Return what a line says.

        Args:
            zone: Where the reader is; times are said in it.
            read_at: When it is read, aware: times of that day need no weekday. None where nobody knows.

        Raises:
            TextError: There is no such text, or it names a value that the line does not have.
        """
        try:
            return Wording(self.templates, self.words, zone, read_at).say(line)
        except ValueError as error:
            raise TextError(f"{self.language}: {line.id}: {error}") from error

    def word(self, table: str, key: str) -> str:
        """Return the word of a list for a key; a key that nobody has translated reads as itself."""
        return word_of(self.words, table, key)


def load_texts(language: Language, overrides: Mapping[str, str] = _NO_OVERRIDES) -> Texts:
    """Return the texts of a language.

    Args:
        overrides: The user's own templates by text id, as `config.file.own_texts` found them to be usable; "" leaves
            the sentence out.
    """
    return read_texts(FOLDER / language / _MESSAGES, language, overrides)


def read_texts(path: Path, language: Language, overrides: Mapping[str, str] = _NO_OVERRIDES) -> Texts:
    """Return the texts of a language from the file of its messages and those beside it; see `load_texts`."""
    tables = _tables(path)
    words = _BySubject(path.parent, {name: table for name, table in tables.items() if name != "text"}, _words_of)
    messages = MappingProxyType({**tables["text"], **overrides})
    return Texts(language, messages, _BySubject(path.parent, messages, _templates_of), words)


def text_ids() -> frozenset[str]:
    """Return the id of every text that a message may say; they are the same in every language."""
    return frozenset(_tables(FOLDER / LANGUAGES[0] / _MESSAGES)["text"])


T = TypeVar("T")


class _BySubject(Mapping[str, T]):
    """What all files of a language hold, those of the messages by its name alone; the others are read when needed.

    Args:
        folder: Of the language.
        messages: What the file of the messages holds.
        held: Returns what the file of a subject holds.
    """

    def __init__(self, folder: Path, messages: Mapping[str, T], held: Callable[[Path], Mapping[str, T]]) -> None:
        self._folder = folder
        self._messages = messages
        self._held = held

    def __getitem__(self, key: str) -> T:
        subject, dot, name = key.partition(".")
        if not dot or key in self._messages:
            return self._messages[key]
        try:
            return self._held(self._folder / f"{subject}.toml")[name]
        except FileNotFoundError:
            raise KeyError(key) from None

    def __iter__(self) -> Iterator[str]:
        yield from self._messages
        for path in sorted(self._folder.glob("*.toml")):
            if path.name != _MESSAGES:
                yield from (f"{path.stem}.{name}" for name in self._held(path))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _templates_of(path: Path) -> Mapping[str, str]:
    return _tables(path).get("text", {})


def _words_of(path: Path) -> Mapping[str, Mapping[str, str]]:
    return {name: table for name, table in _tables(path).items() if name != "text"}


@cache
def _tables(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the tables of a text file; a table within a table is called "outer.inner"."""
    with path.open("rb") as file:
        return dict(_flat(tomllib.load(file), ""))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, inner in table.items():
        if isinstance(inner, dict):
            yield prefix + name, {key: value for key, value in inner.items() if isinstance(value, str)}
            yield from _flat(inner, f"{prefix}{name}.")
