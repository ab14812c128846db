"""Which words does a sentence have? One folder per language, one file per subject; the user's own in place of ours.

What messages say is in `messages.toml`, and only that can be replaced by the user. Every other text stands in the file
of its subject, and is named with it: "files.not_fit" is the text `not_fit` of `files.toml`. Word lists are named
likewise. A subject is read when one of its texts is first asked for, so that a command does not wait for texts that it
never says.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from hersteld.config.problems import ConfigError, Problem, nearest
from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.forms import Placeholder, Voice, Words, parts_of, shape_of, word_of
from hersteld.parsers.line import Line

_FOLDER = Path(__file__).parent
_MESSAGES = "messages.toml"
_NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})


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

    def sentence(self, line: Line, zone: tzinfo) -> str:
        """Return what a line says.

        Args:
            zone: Where the reader is; times are said in it.

        Raises:
            ConfigError: There is no such text, or it names a value that the line does not have.
        """
        try:
            return Voice(self.language, self.templates, self.words, zone).say(line)
        except ValueError as error:
            problem = Problem(f"{self.language}.toml", f"text.{line.id}", None, str(error))
            raise ConfigError([problem]) from error

    def word(self, table: str, key: str) -> str:
        """Return the word of a list for a key; a key that nobody has translated reads as itself."""
        return word_of(self.words, table, key)


def load_texts(language: Language, overrides: Mapping[str, str] = _NO_OVERRIDES) -> Texts:
    """Return the texts of a language.

    Args:
        overrides: The user's own templates by text id; "" leaves the sentence out.

    Raises:
        ConfigError: A text id is unknown, or a template has a placeholder or form that its sentence does not know.
    """
    return read_texts(_FOLDER / language / _MESSAGES, language, overrides)


def read_texts(path: Path, language: Language, overrides: Mapping[str, str] = _NO_OVERRIDES) -> Texts:
    """Return the texts of a language from the file of its messages and those beside it; see `load_texts`."""
    tables = _tables(path)
    messages = tables["text"]
    words = _BySubject(path.parent, {name: table for name, table in tables.items() if name != "text"}, _words_of)
    problems = [Problem(path.name, key, None, said) for key, said in _faults(messages, words)]
    problems += _own_faults(overrides, messages, words)
    if problems:
        raise ConfigError(problems)
    own = MappingProxyType({**messages, **overrides})
    return Texts(language, own, _BySubject(path.parent, own, _templates_of), words)


@cache
def text_ids() -> frozenset[str]:
    """Return the id of every text that a message may say; they are the same in every language."""
    return frozenset(_tables(_FOLDER / LANGUAGES[0] / _MESSAGES)["text"])


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
    return _tables(path)["text"]


def _words_of(path: Path) -> Mapping[str, Mapping[str, str]]:
    return {name: table for name, table in _tables(path).items() if name != "text"}


def placeholders(template: str) -> frozenset[Placeholder]:
    """Return the placeholders of a template.

    Raises:
        ValueError: The template is malformed.
    """
    return frozenset(part for part in parts_of(template) if isinstance(part, Placeholder))


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


def _faults(templates: Mapping[str, str], words: Words) -> Iterator[tuple[str, str]]:
    """Yield the key of each template that cannot be said, and why."""
    for text_id, template in templates.items():
        try:
            found = placeholders(template)
        except ValueError as error:
            yield f"text.{text_id}", str(error)
            continue
        for placeholder in found:
            if shape_of(placeholder.form, words) is None:
                yield f"text.{text_id}", f'there is no form "{placeholder.form}"'


def _own_faults(own: Mapping[str, str], templates: Mapping[str, str], words: Words) -> Iterator[Problem]:
    """Yield everything that is wrong with the user's own templates."""
    for text_id, template in own.items():
        key = f"notify.texts.{text_id}"
        if text_id not in templates:
            yield Problem("", key, None, "there is no such text", nearest(text_id, templates))
            continue
        try:
            found = placeholders(template)
        except ValueError as error:
            yield Problem("", key, None, f"is no template: {error}")
            continue
        known = placeholders(templates[text_id])
        for placeholder in sorted(found, key=lambda one: (one.name, one.form)):
            if problem := _misfit(key, placeholder, known, words):
                yield problem


def _misfit(key: str, placeholder: Placeholder, known: frozenset[Placeholder], words: Words) -> Problem | None:
    """Return the problem of a placeholder that our own template could not have."""
    names = sorted({one.name for one in known})
    if placeholder.name not in names:
        may = "may use " + ", ".join(f"{{{name}}}" for name in names) if names else "has no placeholders"
        return Problem("", key, None, f"{{{placeholder.name}}} is not known here; this text {may}")
    shapes = {shape_of(one.form, words) for one in known if one.name == placeholder.name}
    if "moment" in shapes:
        shapes.add("day")
    if shapes & {"number", "word"}:
        shapes.add("plain")
    if shape_of(placeholder.form, words) in shapes:
        return None
    ours = ", ".join(sorted(f"{{{one.name}:{one.form}}}" for one in known if one.name == placeholder.name))
    return Problem("", key, None, f"{{{placeholder.name}:{placeholder.form}}} does not suit this value; ours is {ours}")
