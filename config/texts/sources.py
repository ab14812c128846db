"""In which words is it said where a number comes from?

The English stands beside each number in `rules.toml`, or in `recovery` where a number is computed on the way, and is
stored with a workout. So it is the key by which the other languages hold it, in their `sources.toml`.
"""

import re
from collections.abc import Mapping
from datetime import UTC
from functools import cache
from types import MappingProxyType

from hersteld.config.texts.catalogue import Texts
from hersteld.parsers.line import Line

_TABLE = "sources.source"
_NONE: Mapping[str, str] = MappingProxyType({})


def source_in(texts: Texts, english: str) -> str:
    """Return the source of a number in the language of the texts; what nobody has translated stays English."""
    known = texts.words.get(_TABLE, _NONE)
    if english in known:
        return known[english]
    for sentence in known:
        if "{" in sentence and (found := _pattern(sentence).fullmatch(english)):
            values = {name: _said(name, value, texts) for name, value in found.groupdict().items()}
            return known[sentence].format(**values)
    return english


def _said(name: str, value: str, texts: Texts) -> str:
    """Return a value of a source in the language of the texts: a number with its decimals, or the word of a rung."""
    if name == "rung":
        return texts.word("rung", value)
    try:
        return texts.sentence(Line("commands.explain_number", {"number": float(value)}), UTC)
    except ValueError:  # no number
        return value


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what matches a source with values in braces."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(sentence)))
