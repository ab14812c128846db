"""What does a decoder owe to the rest of the house?

A decoder turns bytes into columns: for every wanted message (those of activities stand in `profile.WANTED`), by global
message number, and every wanted field of it, by field number, the values of all its messages in file order, in the
SI-like units of the profile, NaN where there is none. Columns may be made when they are first asked for. It knows the
FIT format and nothing of training. There are two: `bulk.decode` (ours) and `fitparse_decoder.decode` (the second
opinion); both raise `NotFit` and `Incomplete` for bytes without a header and report every other trouble as a `Fault`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.format.base_types import NO_INTEGER, Integers
from hersteld.parsers.format.envelope import Fault
from hersteld.parsers.workout import Column

Table = NDArray[np.float64]
Texts = tuple[str | None, ...]
Item = TypeVar("Item", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Messages:
    """All messages of one global number, in file order.

    Attributes:
        count: How many there are, also when none of the wanted fields is in any of them.
        columns: By field number, shape (count,). Times are seconds since the FIT epoch.
        tables: By field number, the fields of `profile.TABLES`, shape (count, width), short rows filled with NaN.
        integers: By field number, the fields of `profile.OCTETS` and `profile.TWELVE_BITS`, shape (count, width), short
            rows filled with -1, which means nothing.
        texts: By field number, strings; None where empty.
        from_developer: Numbers of the columns that developer fields filled, no native field being there.
        begins: The rows at which the files of a chain begin.
    """

    count: int
    columns: Mapping[int, Column] = field(default_factory=dict)
    tables: Mapping[int, Table] = field(default_factory=dict)
    integers: Mapping[int, Integers] = field(default_factory=dict)
    texts: Mapping[int, Texts] = field(default_factory=dict)
    from_developer: frozenset[int] = frozenset()
    begins: tuple[int, ...] = (0,)

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


class DecodedFile:
    """One file of a chain, whose messages are read when they are first asked for."""

    def __init__(self, numbers: frozenset[int], read: Callable[[int], Messages]) -> None:
        """Take the global numbers of the messages there are, and what reads all of one number."""
        self.numbers = numbers
        self._read = read
        self._known: dict[int, Messages] = {}

    def of(self, number: int) -> Messages:
        """Return the messages of a global number, of which there may be none."""
        if number not in self.numbers:
            return NONE
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._read(number)
        return known


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Everything readable in the bytes, and the first thing wrong with them."""

    files: tuple[DecodedFile, ...]
    fault: Fault | None


Decoder = Callable[[bytes], Decoded]


def join(files: Iterable[DecodedFile]) -> DecodedFile:
    """Return the files of a chain as if they were one, their messages one behind the other."""
    chain = tuple(files)
    if len(chain) == 1:
        return chain[0]
    numbers = frozenset(number for one in chain for number in one.numbers)
    return DecodedFile(
        numbers, lambda number: _concatenated([one.of(number) for one in chain if number in one.numbers])
    )


def _concatenated(parts: list[Messages]) -> Messages:
    if len(parts) == 1:
        return parts[0]
    counts = [part.count for part in parts]
    return Messages(
        sum(counts),
        gathered([dict(part.columns) for part in parts], counts, np.nan),
        gathered([dict(part.tables) for part in parts], counts, np.nan),
        gathered([dict(part.integers) for part in parts], counts, NO_INTEGER),
        gathered_texts([part.texts for part in parts], counts),
        frozenset(number for part in parts for number in part.from_developer),
        tuple(accumulate(counts[:-1], initial=0)),
    )


def gathered(
    parts: Sequence[dict[int, NDArray[Item]]],
    counts: list[int],
    nothing: float,
    order: NDArray[np.int64] | None = None,
) -> dict[int, NDArray[Item]]:
    """Put columns or tables of several parts under one another, each table as wide as the widest of its parts.

    Args:
        parts: What each part has, by number. They are emptied on the way, so that little is in memory twice.
        counts: Rows of each part.
        nothing: What stands in the rows of a part that has no such number, and behind short rows.
        order: Which of the rows, counted through all parts, comes where; None for as they are.
    """
    whole: dict[int, NDArray[Item]] = {}
    for number in {number for part in parts for number in part}:
        rows = _one_below_the_other([part.pop(number, None) for part in parts], counts, nothing)
        whole[number] = rows if order is None else rows.take(order, axis=0)
    return whole


def _one_below_the_other(parts: list[NDArray[Item] | None], counts: list[int], nothing: float) -> NDArray[Item]:
    known = [values for values in parts if values is not None]
    shape = max(values.shape[1:] for values in known)
    if all(values is not None and values.shape[1:] == shape for values in parts):
        return np.concatenate(known)
    rows: NDArray[Item] = np.empty((sum(counts), *shape), known[0].dtype)
    rows.fill(nothing)
    begin = 0
    for values, count in zip(parts, counts, strict=True):
        if values is not None:
            rows[begin : begin + count, *map(slice, values.shape[1:])] = values
        begin += count
    return rows


def gathered_texts(parts: Sequence[Mapping[int, Texts]], counts: list[int]) -> dict[int, Texts]:
    """Do the same for strings; None stands where a part has none."""
    return {
        number: tuple(
            text for part, count in zip(parts, counts, strict=True) for text in part.get(number, (None,) * count)
        )
        for number in {number for part in parts for number in part}
    }
