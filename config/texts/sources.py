"""In which words is it said where a number comes from?

The English stands beside each number in `rules.toml`, or in `recovery` where a number is computed on the way, and is
stored with a workout. So it is the key by which the other languages hold it, in their `sources.toml`.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from hersteld.config.texts.catalogue import Texts

_TABLE = "sources.source"
_NONE: Mapping[str, str] = MappingProxyType({})


def source_in(texts: Texts, english: str) -> str:
    """Return the source of a number in the language of the texts; what nobody has translated stays English."""
    known = texts.words.get(_TABLE, _NONE)
    if english in known:
        return known[english]
    for sentence in known:
        if "{" in sentence and (found := _pattern(sentence).fullmatch(english)):
            values = found.groupdict()
            if "rung" in values:  # the one value that is a word
                values["rung"] = texts.word("rung", values["rung"])
            return known[sentence].format(**values)
    return english


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what matches a source with values in braces."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(sentence)))
