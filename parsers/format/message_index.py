"""Which of the messages that the walk found are of which kind?

A local number means something else after each definition for it. Until the next one its messages are all of one kind,
so whole stretches of them are told apart at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.format.layout import Layout
from hersteld.parsers.format.rolling_counter import lengths

Offsets = NDArray[np.int64]
Indices = NDArray[np.int64]
"""Which messages: their places in `Walked.offsets`."""

COMPRESSED = 0x80
"""From this header byte on, a data message has a time in its header."""
LOCALS = np.array([header >> 5 & 3 if header >= COMPRESSED else header & 15 for header in range(256)], dtype=np.uint8)
"""The local number in each header byte of data."""


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Everything the walk found in one file.

    Attributes:
        offsets: Where each data message's first field lies, in file order, shape (messages,).
        headers: The header byte of each, shape (messages,).
        layouts: What is defined, each different definition once.
        defined: Which of the layouts each definition of the file repeats, in file order, shape (definitions,).
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
        """Return which messages have a compressed time."""
        return self.headers >= COMPRESSED

    def by_layout(self, wanted: Callable[[Layout], bool]) -> list[tuple[Layout, Indices]]:
        """Return the messages of each wanted layout that has any, in file order."""
        chosen = {place for place, layout in enumerate(self.layouts) if wanted(layout)}
        locals_ = LOCALS[self.headers]
        local_of = np.array([layout.local for layout in self.layouts])
        defined_for = local_of[self.defined]
        found: list[tuple[Layout, Indices]] = []
        for local in {self.layouts[place].local for place in chosen}:
            definitions = (defined_for == local).nonzero()[0]
            messages = (locals_ == local).nonzero()[0]
            for place, own in self._told_apart(messages, definitions):
                if place in chosen and len(own):
                    found.append((self.layouts[place], own))
        return found

    def _told_apart(self, messages: Indices, definitions: Indices) -> Iterator[tuple[int, Indices]]:
        """Yield the place of each layout that one local number is defined as, with its messages.

        Each definition holds until the next of the same local number. So what belongs to it is a stretch of that
        number's messages; the stretches of each layout are put one behind the other.
        """
        layouts = self.defined[definitions]
        if len(layouts) == 1:
            yield int(layouts[0]), messages
            return
        # Offsets are behind the header byte: that of a message without fields is where the next definition begins.
        begins = messages.searchsorted(self.offsets.searchsorted(self.defined_at[definitions], side="right"))
        counts = lengths(begins, len(messages))
        order = layouts.argsort(kind="stable")
        layouts, begins, counts = layouts[order], begins[order], counts[order]
        ends = counts.cumsum()
        # The places of all stretches, counted up within each from where it begins.
        places = (begins - ends + counts).repeat(counts)
        places += np.arange(len(places))
        sorted_messages = messages[places]
        begin = 0
        # Of each layout the last stretch, and the last of all.
        for last in [*(layouts[1:] != layouts[:-1]).nonzero()[0].tolist(), -1]:
            yield int(layouts[last]), sorted_messages[begin : ends[last]]
            begin = ends[last]
