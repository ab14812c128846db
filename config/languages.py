"""Which languages does hersteld speak, and which of them does an environment or a command line ask for?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

from hersteld.config.places import find_settings_file

Language = Literal["en", "nl"]

LANGUAGES: tuple[Language, ...] = get_args(Language)

_LANGUAGE_KEY = re.compile(r"""^[ \t]*(?:notify\.)?language\s*=\s*["'](\w+)["']""", re.MULTILINE)


def language_of(environ: Mapping[str, str]) -> Language:
    """Return the language that the locale of an environment asks for: Dutch for nl*, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            asked = environ[name].lower()
            return next((language for language in LANGUAGES if asked.startswith(language)), LANGUAGES[0])
    return LANGUAGES[0]


def as_language(word: object) -> Language | None:
    """Return the language that a word names, or None when hersteld does not speak it."""
    return next((language for language in LANGUAGES if language == word), None)


def language_before_settings(words: Sequence[str], environ: Mapping[str, str]) -> Language:
    """Return the language of a command line whose configuration nobody has checked yet.

    It is that of --language, else that of --set, else that of the configuration file if it can be read, mistakes or
    not, else that of the environment. Nothing is an error here.

    Args:
        words: The command line without the name of the program.
        environ: The environment, for the locale and the place of the configuration.
    """
    for word in _values_of("--language", words):
        if language := as_language(word):
            return language
    for assignment in _values_of("--set", words):
        key, _, value = assignment.partition("=")
        if key.strip() == "notify.language" and (language := as_language(value.strip().strip("\"'"))):
            return language
    named = next(_values_of("--config", words), None)
    source = Path(named) if named else find_settings_file(environ)
    return (_language_in(source) if source else None) or language_of(environ)


def _values_of(option: str, words: Sequence[str]) -> Iterator[str]:
    """Yield what is given for an option, as two words or as one with an equals sign."""
    for number, word in enumerate(words):
        if word == "--":
            return
        if word == option:
            yield from words[number + 1 : number + 2]
        elif word.startswith(f"{option}="):
            yield word.partition("=")[2]


def _language_in(source: Path) -> Language | None:
    """Return the language of a configuration file, or None when it has none or cannot be read."""
    from hersteld.config.toml_text import NotToml, head_of, parse  # noqa: PLC0415 - `--version` needs none

    try:
        text = head_of(source).decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    try:
        notify = parse(text).get("notify")
    except NotToml:
        found = _LANGUAGE_KEY.search(text)
        return as_language(found[1]) if found else None
    return as_language(notify.get("language")) if isinstance(notify, dict) else None
