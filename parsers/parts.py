"""How do the messages of several definitions become one sequence again?

A watch defines its records anew when a sensor joins. Each definition's messages are read by themselves; then each value
goes to the row its message has among all of that kind.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.decoder import Table
from hersteld.parsers.walk import Indices
from hersteld.parsers.workout import Column

Texts = tuple[str | None, ...]


@dataclass(slots=True)
class Part:
    """What was read of some messages of one kind, in file order; by field number, as in `Messages`.

    Attributes:
        developer: Columns of developer fields, by number of the native field each stands in for.
    """

    messages: Indices
    columns: dict[int, Column] = field(default_factory=dict)
    tables: dict[int, Table] = field(default_factory=dict)
    texts: dict[int, Texts] = field(default_factory=dict)
    developer: dict[int, Column] = field(default_factory=dict)


def joined(parts: list[Part]) -> Part:
    """Return all messages as one part: NaN or None in those whose definition lacks a field."""
    if len(parts) == 1:
        return parts[0]
    among = np.zeros(max(int(part.messages[-1]) for part in parts) + 1, dtype=np.bool_)
    for part in parts:
        among[part.messages] = True
    messages, row = among.nonzero()[0], among.cumsum() - 1
    rows = [row[part.messages] for part in parts]
    return Part(
        messages,
        _columns(len(messages), rows, [part.columns for part in parts]),
        _tables(len(messages), rows, [part.tables for part in parts]),
        _texts(len(messages), rows, [part.texts for part in parts]),
        _columns(len(messages), rows, [part.developer for part in parts]),
    )


def _columns(count: int, rows: list[Indices], parts: list[dict[int, Column]]) -> dict[int, Column]:
    whole: dict[int, Column] = {}
    for own, part in zip(rows, parts, strict=True):
        for number, column in part.items():
            if number not in whole:
                whole[number] = np.full(count, np.nan)
            whole[number][own] = column
    return whole


def _tables(count: int, rows: list[Indices], parts: list[dict[int, Table]]) -> dict[int, Table]:
    """Make each table as wide as the widest of its parts."""
    widths: dict[int, int] = defaultdict(int)
    for part in parts:
        for number, table in part.items():
            widths[number] = max(widths[number], table.shape[1])
    whole = {number: np.full((count, width), np.nan) for number, width in widths.items()}
    for own, part in zip(rows, parts, strict=True):
        for number, table in part.items():
            whole[number][own, : table.shape[1]] = table
    return whole


def _texts(count: int, rows: list[Indices], parts: list[dict[int, Texts]]) -> dict[int, Texts]:
    whole: dict[int, NDArray[np.object_]] = {}
    for own, part in zip(rows, parts, strict=True):
        for number, texts in part.items():
            if number not in whole:
                whole[number] = np.full(count, None, dtype=object)
            whole[number][own] = texts
    return {number: tuple(texts) for number, texts in whole.items()}
