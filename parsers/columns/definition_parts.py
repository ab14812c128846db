"""How do the messages of several definitions become one sequence again?

A watch defines its records anew when a sensor joins. The messages of each definition are read separately; then every
value is moved to the row of its message among all messages of that number.
"""

from dataclasses import dataclass, field

import numpy as np

from hersteld.parsers.columns.decoder import Table, Texts, gathered, gathered_texts
from hersteld.parsers.format.base_types import NO_INTEGER, Integers
from hersteld.parsers.format.message_index import Indices
from hersteld.parsers.workout import Column


@dataclass(slots=True)
class Part:
    """The messages of one definition, in file order, with their values by field number as in `Messages`.

    Attributes:
        developer: Columns of developer fields, by number of the native field each stands in for.
        dates_of_bytes: As in `Messages`.
    """

    messages: Indices
    columns: dict[int, Column] = field(default_factory=dict)
    tables: dict[int, Table] = field(default_factory=dict)
    integers: dict[int, Integers] = field(default_factory=dict)
    texts: dict[int, Texts] = field(default_factory=dict)
    developer: dict[int, Column] = field(default_factory=dict)
    dates_of_bytes: frozenset[int] = frozenset()


def joined(parts: list[Part]) -> Part:
    """Return all messages as one part in file order, with NaN or None in messages whose definition lacks a field."""
    if len(parts) == 1:
        return parts[0]
    messages = np.concatenate([part.messages for part in parts])
    order = messages.argsort(kind="stable")
    counts = [len(part.messages) for part in parts]
    return Part(
        messages[order],
        gathered([part.columns for part in parts], counts, np.nan, order),
        gathered([part.tables for part in parts], counts, np.nan, order),
        gathered([part.integers for part in parts], counts, NO_INTEGER, order),
        _in_order(gathered_texts([part.texts for part in parts], counts), order),
        gathered([part.developer for part in parts], counts, np.nan, order),
        frozenset[int]().union(*(part.dates_of_bytes for part in parts)),
    )


def _in_order(unordered: dict[int, Texts], order: Indices) -> dict[int, Texts]:
    return {number: tuple(texts[row] for row in order.tolist()) for number, texts in unordered.items()}
