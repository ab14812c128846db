"""Which words does a message have? One file per language, and the user's own templates in place of ours."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hersteld.config.problems import ConfigError, Problem, nearest
from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.forms import Placeholder, Voice, Words, parts_of, shape_of, word_of
from hersteld.recovery.advice import Line

_FOLDER = Path(__file__).parent
_NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Texts:
    """The templates and word lists of one language.

    Attributes:
        templates: Sentence with `{name:form}` placeholders, by text id.
        words: Word lists by name, "muscle", "sport", ...
    """

    language: Language
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
    return read_texts(_FOLDER / f"{language}.toml", language, overrides)


def read_texts(path: Path, language: Language, overrides: Mapping[str, str] = _NO_OVERRIDES) -> Texts:
    """Return the texts of a file; see `load_texts`."""
    tables = _tables(path)
    templates = tables["text"]
    words = {name: table for name, table in tables.items() if name != "text"}
    problems = [Problem(path.name, key, None, said) for key, said in _faults(templates, words)]
    problems += _own_faults(overrides, templates, words)
    if problems:
        raise ConfigError(problems)
    return Texts(language, MappingProxyType({**templates, **overrides}), MappingProxyType(words))


@cache
def text_ids() -> frozenset[str]:
    """Return the id of every text; they are the same in every language."""
    return frozenset(_tables(_FOLDER / f"{LANGUAGES[0]}.toml")["text"])


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
