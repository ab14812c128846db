"""How is it said in the user's language why a message was not delivered, or a file of no use?

What is stored and logged is English; `delivery_reasons.nl.toml` and `file_reasons.nl.toml` have each sentence in Dutch.
Some hold a number, a name or another sentence, in braces there. What nobody has translated is said as it is.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from hersteld.config.settings import Language


def reason_in(language: Language, reason: str) -> str:
    """Return a stored reason in a language."""
    if language == "en":
        return reason
    words = _words(language)
    if reason in words:
        return words[reason]
    for pattern, said in _patterns(language):
        if found := pattern.fullmatch(reason):
            return said.format(**{name: reason_in(language, part) for name, part in found.groupdict().items()})
    return reason


@cache
def _words(language: Language) -> dict[str, str]:
    words: dict[str, str] = {}
    for what in ("delivery", "file"):
        with Path(__file__).with_name(f"{what}_reasons.{language}.toml").open("rb") as file:
            words |= tomllib.load(file)
    return words


@cache
def _patterns(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the sentences with something in braces."""
    return tuple(
        (re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(sentence))), said)
        for sentence, said in _words(language).items()
        if "{" in sentence
    )
