"""Which definition does each message that the walk found belong to?

A definition of a local number holds until the next definition of that number. All messages of the number in between
belong to it, so they are assigned to it together.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.format.layout import Layout
from hersteld.parsers.format.rolling_counter import lengths

Offsets = NDArray[np.int64]
Indices = NDArray[np.int64]
"""Places of messages in `Walked.offsets`."""

COMPRESSED = 0x80
"""A header byte of this value or above belongs to a data message with a compressed time."""
LOCALS = np.array([header >> 5 & 3 if header >= COMPRESSED else header & 15 for header in range(256)], dtype=np.uint8)
"""The local number by the header byte of a data message."""


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Everything that the walk found in one file.

    Attributes:
        offsets: Where each data message's first field lies, in file order, shape (messages,).
        headers: The header byte of each, shape (messages,).
        layouts: The different definitions of the file, each once.
        defined: For each definition in file order, its place in `layouts`, shape (definitions,).
        defined_at: Offset of each definition, shape (definitions,).
        stopped_at: Offset of the first byte that made no sense, or None.
    """

    offsets: Offsets
    headers: NDArray[np.uint8]
    layouts: tuple[Layout, ...]
    defined: Indices
    defined_at: Offsets
    stopped_at: int | None

    def short_times(self) -> NDArray[np.bool_]:
        """Return which messages have a compressed time, shape (messages,)."""
        return self.headers >= COMPRESSED

    def by_layout(self, wanted: Callable[[Layout], bool]) -> list[tuple[Layout, Indices]]:
        """Return the messages of each wanted layout that has any, in file order."""
        chosen = {place for place, layout in enumerate(self.layouts) if wanted(layout)}
        locals_ = LOCALS[self.headers]
        local_of = np.array([layout.local for layout in self.layouts])
        defined_for = local_of[self.defined]
        messages_of: list[tuple[Layout, Indices]] = []
        for local in {self.layouts[place].local for place in chosen}:
            definitions = (defined_for == local).nonzero()[0]
            messages = (locals_ == local).nonzero()[0]
            for place, own in self._assigned(messages, definitions):
                if place in chosen and len(own):
                    messages_of.append((self.layouts[place], own))
        return messages_of

    def _assigned(self, messages: Indices, definitions: Indices) -> Iterator[tuple[int, Indices]]:
        """Yield the place of each layout that a local number is defined as, with the messages of that layout.

        Each definition holds until the next one of the same local number, so a stretch of that number's messages
        belongs to it. The stretches of each layout are joined.
        """
        layouts = self.defined[definitions]
        if len(layouts) == 1:
            yield int(layouts[0]), messages
            return
        # Offsets are behind the header byte. That of a message without fields is where the next definition begins.
        begins = messages.searchsorted(self.offsets.searchsorted(self.defined_at[definitions], side="right"))
        counts = lengths(begins, len(messages))
        order = layouts.argsort(kind="stable")
        layouts, begins, counts = layouts[order], begins[order], counts[order]
        ends = counts.cumsum()
        # The places in all stretches: within each they count up from its begin.
        places = (begins - ends + counts).repeat(counts)
        places += np.arange(len(places))
        sorted_messages = messages[places]
        begin = 0
        # The last stretch of each layout, and the last of all.
        for last in [*(layouts[1:] != layouts[:-1]).nonzero()[0].tolist(), -1]:
            yield int(layouts[last]), sorted_messages[begin : ends[last]]
            begin = ends[last]
