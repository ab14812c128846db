"""Which document is in a TOML text, or in one sentence, why none? Nothing of the text itself is in that sentence.

Python's own words repeat keys, which may be secret, and it has none for a text that is nested too deep.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hersteld.parsers.line import Line

_LARGEST_BYTES = 2**20
_DEEPEST = 16
"""Levels of tables and lists; the configuration has four."""
_WHOLE = range(-(2**63), 2**63)
"""The whole numbers that TOML has."""
_BOM = b"\xef\xbb\xbf"
_AT = re.compile(r"line (\d+), column (\d+)")
_FAULTS = {
    "Cannot declare": "twice",
    "Cannot overwrite": "twice",
    "Cannot redefine": "twice",
    "Cannot mutate": "twice",
    "Duplicate": "twice",
    "Invalid statement": "statement",
    "Expected newline": "end_of_line",
    "Expected '='": "equals",
    "Expected ']'": "table",
    "Expected ']]'": "tables",
    "Invalid initial character for a key": "key",
    "Invalid value": "value",
    "Invalid date": "date",
    "Unclosed array": "list",
    "Unclosed inline table": "braces",
    "Unterminated string": "quote",
    "Expected \"'": "quote",
    "Illegal character '\\n'": "quote",
    "Found invalid character '\\n'": "quote",
    "Illegal character": "control",
    "Found invalid character": "control",
    "Unescaped": "backslash",
    "Invalid hex": "backslash",
    "Escaped character": "backslash",
}
"""What each sentence of `tomllib` begins with, and which of ours says the same; where two fit, the first counts."""


class NotToml(Exception):  # noqa: N818 - says what is wrong, as in parsers.errors
    """A text is no TOML that hersteld can use.

    Attributes:
        line: Why; follows the name of a file or key.
    """

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self.line = line


class NotUsable(NotToml):
    """A text is TOML, but nested too deep, or with a number too large."""


def head_of(path: Path) -> bytes:
    """Return what a file begins with, at most one byte more than any configuration has.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return file.read(_LARGEST_BYTES + 1)


def read_text(path: Path) -> str:
    """Return a file as text.

    Raises:
        OSError: It cannot be read.
        NotToml: It is no UTF-8 text, or too large.
    """
    raw = head_of(path)
    if len(raw) > _LARGEST_BYTES:
        raise NotToml(Line("problems.too_large", {"most_mib": _LARGEST_BYTES // 2**20}))
    if raw.startswith(_BOM):
        raise NotToml(Line("problems.begins_with_bom"))
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = Line("problems.not_utf8", {"byte": error.start})
    else:
        if "\0" not in text:
            return text
        line = Line("problems.has_nul", {"byte": raw.index(0)})
    raise NotToml(line)


def parse(text: str) -> dict[str, Any]:
    """Return the document of a TOML text.

    Raises:
        NotToml: There is none.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        failure = NotToml(_fault(str(error)))
    except RecursionError:
        failure = NotUsable(Line("problems.too_deep"))
    except ValueError:  # more digits than Python turns into a number
        failure = NotUsable(Line("problems.number_too_large"))
    else:
        for level, value in _values(document):
            if level > _DEEPEST:
                raise NotUsable(Line("problems.too_deep"))
            if isinstance(value, int) and value not in _WHOLE:
                raise NotUsable(Line("problems.number_too_large"))
        return document
    raise failure


def _fault(said: str) -> Line:
    """Return where a text is no TOML, and why."""
    fault = next((ours for theirs, ours in _FAULTS.items() if said.startswith(theirs)), "other")
    if found := _AT.search(said):
        return Line("problems.not_toml", {"line": found[1], "column": found[2], "fault": fault})
    if fault == "twice":  # nothing is missing, but it is noticed at the last of them only
        return Line("problems.not_toml_twice")
    return Line("problems.not_toml_end", {"fault": fault})


def _values(document: dict[str, Any]) -> Iterator[tuple[int, object]]:
    """Yield every value of a document with its level; of what is nested too deep only the outermost."""
    waiting: list[tuple[int, object]] = [(0, document)]
    while waiting:
        level, value = waiting.pop()
        yield level, value
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(level + 1, one) for one in inner]
