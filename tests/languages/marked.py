"""A made-up language: English in which every word that is ours is between marks.

What a command prints in it shows at a glance what does not come from the catalogue: whatever stands outside the marks
and is no value. The language takes the place of English, in a folder of its own that the catalogue is pointed at.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from hersteld.config.texts import catalogue, speech
from hersteld.config.texts.forms import Placeholder, parts_of

OPEN, CLOSE = "⟦", "⟧"
_LETTER = re.compile(r"[^\W\d_]")


def marked(literal: str) -> str:
    """Return a literal text between marks, with the space around it left outside; what has no letter is no word."""
    words = literal.strip()
    if not _LETTER.search(words):
        return literal
    before, _, after = literal.partition(words)
    return f"{before}{OPEN}{words}{CLOSE}{after}"


def marked_template(template: str) -> str:
    """Return a template with each of its literal parts between marks."""
    text = ""
    for part in parts_of(template):
        if isinstance(part, Placeholder):
            text += f"{{{part.name}:{part.form}}}" if part.form else f"{{{part.name}}}"
        else:
            text += marked(part).replace("{", "{{").replace("}", "}}")
    return text


def write_marked_language(folder: Path) -> None:
    """Write the made-up language as a folder of texts, from the English one.

    English has no `sources.toml`, as a source is its own key; those keys are taken from the language that has one.
    """
    folder.mkdir(parents=True)
    for path in sorted((catalogue.FOLDER / "en").glob("*.toml")):
        _write(folder / path.name, dict(_tables(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)))
    sources = tomllib.loads((catalogue.FOLDER / "nl" / "sources.toml").read_text(encoding="utf-8"))["source"]
    _write(folder / "sources.toml", {"source": {english: marked_template(english) for english in sources}})


def _tables(tables: Mapping[str, Any], subject: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name, table in tables.items():
        if (subject, name) == ("forms", "locale"):  # the name of a locale is no word
            yield name, table
        elif name == "text":
            yield name, {key: marked_template(text) for key, text in table.items()}
        else:
            yield name, {key: marked(word) for key, word in table.items()}


def _write(path: Path, tables: Mapping[str, Mapping[str, str]]) -> None:
    lines: list[str] = []
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{json.dumps(k)} = {json.dumps(v, ensure_ascii=False)}" for k, v in table.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def speak_marked_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the catalogue of this process have the made-up language in place of English."""
    monkeypatch.setattr(catalogue, "FOLDER", folder)
    speech.forget_texts()


def outside(text: str) -> str:
    """Return what stands outside the marks; a text that was cut within its marks ends there."""
    depth, rest = 0, ""
    for letter in text:
        if letter == OPEN:
            depth += 1
        elif letter == CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0:
            rest += letter
    return rest


# What is a value, wherever it stands.
_VALUES = re.compile(
    r"""
      (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?\b   # the locale writes these
    | \d*\ ?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b
    | \d{4}-\d\d-\d\dT[\d:.]+Z?
    | --?[a-z][\w-]*                                                      # options
    | \b[\w-]+://\S*                                                      # addresses
    | (?:[~$]\w*|\.{1,2})?(?:/[^\s:,;'"()]+)+                             # paths
    | [\w*-]+(?:\.[\w*#-]+)+                                              # files, keys of hersteld.toml
    | \[+[\w.]+\]+                                                        # tables of hersteld.toml
    | \w*_\w*                                                             # keys
    | \{[\w:.]*\}                                                         # placeholders
    """,
    re.VERBOSE,
)


def literals(text: str, values: set[str]) -> set[str]:
    """Return the words outside the marks that are no value.

    Args:
        values: Names and words of the user's own that may stand anywhere.
    """
    rest = _VALUES.sub(" ", outside(text))
    return {word for word in re.findall(r"[^\W\d_][\w'-]*", rest) if word not in values}
