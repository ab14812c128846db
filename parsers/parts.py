"""How do the messages of several definitions become one sequence again?

A watch defines its records anew when a sensor joins. Each definition's messages are read by themselves; then each value
goes to the row its message has among all of that kind.
"""

from dataclasses import dataclass, field

import numpy as np

from hersteld.parsers.decoder import Table, stack
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
    messages = np.concatenate([part.messages for part in parts])
    order = messages.argsort(kind="stable")
    counts = [len(part.messages) for part in parts]
    return Part(
        messages[order],
        _columns([part.columns for part in parts], counts, order),
        _tables([part.tables for part in parts], counts, order),
        _texts([part.texts for part in parts], counts, order),
        _columns([part.developer for part in parts], counts, order),
    )


def _columns(parts: list[dict[int, Column]], counts: list[int], order: Indices) -> dict[int, Column]:
    nothing = np.full(max(counts), np.nan)
    whole: dict[int, Column] = {}
    for number in {number for part in parts for number in part}:
        columns = [part.get(number, nothing[:count]) for part, count in zip(parts, counts, strict=True)]
        whole[number] = np.concatenate(columns).take(order)
    return whole


def _tables(parts: list[dict[int, Table]], counts: list[int], order: Indices) -> dict[int, Table]:
    """Make each table as wide as the widest of its parts."""
    whole: dict[int, Table] = {}
    for number in {number for part in parts for number in part}:
        tables = [part.get(number) for part in parts]
        whole[number] = stack(list(zip(tables, counts, strict=True))).take(order, axis=0)
    return whole


def _texts(parts: list[dict[int, Texts]], counts: list[int], order: Indices) -> dict[int, Texts]:
    whole: dict[int, Texts] = {}
    for number in {number for part in parts for number in part}:
        texts = [part.get(number, (None,) * count) for part, count in zip(parts, counts, strict=True)]
        together = tuple(text for some in texts for text in some)
        whole[number] = tuple(together[row] for row in order.tolist())
    return whole
