"""Every text that the code names stands in every language, with exactly the values that the code gives."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hersteld.config.settings import LANGUAGES
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.forms import placeholders

PROJECT = Path(__file__).parents[2]
SUBJECTS = {path.stem for path in PROJECT.glob("config/texts/en/*.toml")} - {"messages"}
REASONS = ("files.", "delivery.", "reasons.")
"""How the ids begin of which the code names every one as a whole."""
ID = re.compile(rf"({'|'.join(sorted(SUBJECTS))})\.[a-z0-9_]+")
MAKERS = ("Line", "say")
OLD_SENTENCES = PROJECT / "daemon" / "database" / "old_reasons.py"
"""Names the texts as they were when it was written, and is tested by itself."""


@dataclass(frozen=True)
class Use:
    """One place in the code that makes a line.

    Attributes:
        names: Of the values that it gives.
        is_open: Whether it may give others too, as `**values` does.
    """

    place: str
    id: str
    names: frozenset[str]
    is_open: bool


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for room in ("parsers", "recovery", "config", "daemon"):
        for path in sorted((PROJECT / room).rglob("*.py")):
            if path != OLD_SENTENCES:
                yield path.relative_to(PROJECT), ast.parse(path.read_text(encoding="utf-8"))


def uses() -> list[Use]:
    found = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS):
                continue
            first, *others = node.args or [ast.Constant(None)]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and ID.fullmatch(first.value):
                names: set[object] = {keyword.arg for keyword in node.keywords}
                for values in others:
                    keys = values.keys if isinstance(values, ast.Dict) else [None]
                    names |= {key.value if isinstance(key, ast.Constant) else None for key in keys}
                given = frozenset(name for name in names if isinstance(name, str))
                found.append(Use(f"{path}:{node.lineno}", first.value, given, None in names))
    return found


def ids_named() -> set[str]:
    """Return every id that stands anywhere in the code, also in a table."""
    return {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ID.fullmatch(node.value)
    }


USES = uses()
IN_TABLES = sorted(id_ for id_ in ids_named() - {use.id for use in USES} if id_.startswith(REASONS))


def test_there_are_lines_to_look_at() -> None:
    assert len(USES) > 60
    assert len(IN_TABLES) > 20


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.place} {use.id}")
def test_a_line_has_a_text_in_every_language_with_exactly_its_values(use: Use) -> None:
    for language in LANGUAGES:
        template = load_texts(language).templates.get(use.id)
        assert template is not None, f"{use.place}: {language} has no text {use.id}"
        named = {placeholder.name for placeholder in placeholders(template)}
        assert named == use.names or (use.is_open and named > use.names), f"{use.place}: {language}"


@pytest.mark.parametrize("id_", IN_TABLES)
def test_a_text_that_a_table_names_needs_no_values(id_: str) -> None:
    for language in LANGUAGES:
        assert not placeholders(load_texts(language).templates[id_]), language


def test_every_text_of_a_reason_is_named_by_the_code() -> None:
    texts = {id_ for id_ in load_texts("en").templates if id_.startswith(REASONS)}
    assert texts == {id_ for id_ in ids_named() if id_.startswith(REASONS)}
