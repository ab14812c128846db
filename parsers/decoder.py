"""What does a decoder owe to the rest of the house?

A decoder turns bytes into columns: for every message of `profile.WANTED`, by global message number, and every
wanted field of it, by field number, the values of all its messages in file order, in SI-like units of the profile,
NaN where there is none. It knows the FIT format and nothing of training. There are two: `bulk.decode` (ours) and
`fitparse_decoder.decode` (the second opinion); both raise `NotFit` and `Incomplete` for bytes without a header and
report every other trouble as a `Fault`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.envelope import Fault
from hersteld.parsers.workout import Column

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Messages:
    """All messages of one global number, in file order.

    Attributes:
        count: How many there are, also when none of the wanted fields is in any of them.
        columns: By field number, shape (count,). Times are seconds since the FIT epoch.
        tables: By field number, the fields of `profile.TABLES`, shape (count, width), short rows filled with NaN.
        texts: By field number, strings; None where empty.
        from_developer: Numbers of the columns that developer fields filled, no native field being there.
    """

    count: int
    columns: Mapping[int, Column] = field(default_factory=dict)
    tables: Mapping[int, Table] = field(default_factory=dict)
    texts: Mapping[int, tuple[str | None, ...]] = field(default_factory=dict)
    from_developer: frozenset[int] = frozenset()

    def column(self, number: int) -> Column:
        """Return a field's values, all NaN when no message has it."""
        found = self.columns.get(number)
        return found if found is not None else np.full(self.count, np.nan)

    def has(self, number: int) -> bool:
        """Whether any message has a value in this field."""
        found = self.columns.get(number)
        return found is not None and not bool(np.isnan(found).all())

    def value(self, number: int, row: int) -> float | None:
        """Return one message's value, None when it has none."""
        found = self.columns.get(number)
        return None if found is None or np.isnan(found[row]) else float(found[row])

    def last(self, number: int) -> float | None:
        """Return the last valid value of a field, None when there is none."""
        found = self.columns.get(number)
        if found is None or np.isnan(found).all():
            return None
        return float(found[~np.isnan(found)][-1])

    def text(self, number: int) -> str | None:
        """Return the first string of a field, None when there is none."""
        return next((text for text in self.texts.get(number, ()) if text), None)


NONE = Messages(0)


@dataclass(frozen=True, slots=True, eq=False)
class DecodedFile:
    """One file of a chain."""

    messages: Mapping[int, Messages]

    def of(self, number: int) -> Messages:
        """Return the messages of a global number, of which there may be none."""
        return self.messages.get(number, NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Everything readable in the bytes, and the first thing wrong with them."""

    files: tuple[DecodedFile, ...]
    fault: Fault | None


Decoder = Callable[[bytes], Decoded]


def join(files: Iterable[DecodedFile]) -> DecodedFile:
    """Return the files of a chain as if they were one, their messages one behind the other."""
    chain = tuple(files)
    numbers = {number for one in chain for number in one.messages}
    return DecodedFile({number: _concatenate([one.of(number) for one in chain]) for number in numbers})


def _concatenate(parts: list[Messages]) -> Messages:
    parts = [part for part in parts if part.count]
    if len(parts) == 1:
        return parts[0]
    columns = {number for part in parts for number in part.columns}
    tables = {number for part in parts for number in part.tables}
    texts = {number for part in parts for number in part.texts}
    return Messages(
        sum(part.count for part in parts),
        {number: np.concatenate([part.column(number) for part in parts]) for number in columns},
        {number: stack([(part.tables.get(number), part.count) for part in parts]) for number in tables},
        {number: tuple(text for part in parts for text in _texts(part, number)) for number in texts},
        frozenset(number for part in parts for number in part.from_developer),
    )


def _texts(part: Messages, number: int) -> tuple[str | None, ...]:
    return part.texts.get(number, (None,) * part.count)


def stack(parts: list[tuple[Table | None, int]]) -> Table:
    """Put tables of different width under one another; None stands for as many empty rows as its number says."""
    width = max((table.shape[1] for table, _ in parts if table is not None), default=0)
    whole = np.full((sum(count for _, count in parts), width), np.nan)
    row = 0
    for table, count in parts:
        if table is not None:
            whole[row : row + count, : table.shape[1]] = table
        row += count
    return whole
