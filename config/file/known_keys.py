"""Which key is meant, in words that may be printed? One that nobody knows may be a token: it is told by its number."""

from collections.abc import Mapping
from typing import Any

from hersteld.config.file.schema import dotted_keys, keys_schema, node_at
from hersteld.config.rules import rule_table
from hersteld.config.showable import may_be_shown
from hersteld.config.texts.catalogue import text_ids

Place = tuple[int | str, ...]


def dotted(place: Place) -> str:
    """Return a place as the user would say it: "notify.targets#2.url"."""
    text = ""
    for part in place:
        text += f"#{part + 1}" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def known_in(table: Place) -> tuple[str, ...]:
    """Return the keys that there are in a table; none where it is no table."""
    if table[:1] == ("rules",):
        rules: Mapping[str, Any] = rule_table()
        for part in table[1:]:
            inner = rules.get(str(part))
            rules = inner if isinstance(inner, dict) and len(table) < 3 else {}
        return tuple(rules)
    if table == ("notify", "texts"):
        return tuple(text_ids())
    return tuple(node_at(keys_schema(), table).get("properties", {}))


def showable_part(place: Place) -> Place:
    """Return as much of a place as may be printed, from its begin."""
    for index, part in enumerate(place):
        if isinstance(part, int):
            continue
        if not may_be_shown(part, (*known_in(place[:index]), *_names())):
            return place[:index]
    return place


def number_in(document: Mapping[str, Any], place: Place) -> int:
    """Return as which entry of its table the last key of a place stands in a document, counted from 1."""
    table: Any = document
    for part in place[:-1]:
        table = table[part]
    return list(table).index(place[-1]) + 1


def _names() -> list[str]:
    """Return the last names of all keys, for one that stands in the wrong table."""
    return [key.rpartition(".")[2] for key in dotted_keys(keys_schema())]
