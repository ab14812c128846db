"""What must a decoder return?

A decoder turns bytes into columns. For every wanted message (by global message number; for activities see
`profile.wanted`) and every wanted field of it (by field number) there is a column: the values of all its messages in
file order, in the units of the profile, NaN for none. Columns may be made when they are first used. A decoder knows the
FIT format and nothing about training.

There are two: `bulk.decode` (ours) and `fitparse_decoder.decode` (the second opinion). Both raise `NotFit` and
`Incomplete` for bytes without a header, and report everything else that is wrong as a `Fault`.
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
        count: Number of messages, also when none of them has any of the wanted fields.
        columns: By field number, shape (count,). Times are seconds since the FIT epoch.
        tables: By field number, the fields of `wanted.TABLES`, shape (count, width), short rows filled with NaN.
        integers: By field number, the fields of `wanted.OCTETS` and `wanted.TWELVE_BITS`, shape (count, width), short
            rows filled with -1, which means no value.
        texts: By field number, strings; None where empty.
        from_developer: Numbers of the columns that come from developer fields, because no message has a value in the
            native field.
        begins: The rows at which the files of a chain begin.
        dates_of_bytes: Numbers of the columns of dates that the file declares as arrays of four bytes. They are read in
            the byte order of their message, which may not be theirs.
    """

    count: int
    columns: Mapping[int, Column] = field(default_factory=dict)
    tables: Mapping[int, Table] = field(default_factory=dict)
    integers: Mapping[int, Integers] = field(default_factory=dict)
    texts: Mapping[int, Texts] = field(default_factory=dict)
    from_developer: frozenset[int] = frozenset()
    begins: tuple[int, ...] = (0,)
    dates_of_bytes: frozenset[int] = frozenset()

    def column(self, number: int) -> Column:
        """Return the values of a field, all NaN when no message has it."""
        column = self.columns.get(number)
        return column if column is not None else np.full(self.count, np.nan)

    def has(self, number: int) -> bool:
        """Return whether any message has a value in this field."""
        column = self.columns.get(number)
        return column is not None and not bool(np.isnan(column).all())

    def value(self, number: int, row: int) -> float | None:
        """Return the value of a field in one message, None when it has none."""
        column = self.columns.get(number)
        return None if column is None or np.isnan(column[row]) else float(column[row])

    def last(self, number: int) -> float | None:
        """Return the last valid value of a field, None when there is none."""
        column = self.columns.get(number)
        if column is None or np.isnan(column).all():
            return None
        return float(column[~np.isnan(column)][-1])

    def text(self, number: int) -> str | None:
        """Return the first string of a field, None when there is none."""
        return next((text for text in self.texts.get(number, ()) if text), None)


NO_MESSAGES = Messages(0)


class DecodedFile:
    """The messages of one file, or of a whole chain joined. They are read when they are first used."""

    def __init__(self, numbers: frozenset[int], read: Callable[[int], Messages]) -> None:
        """Take the global numbers of the messages in the file, and the function that reads all messages of a number."""
        self.numbers = numbers
        self._read = read
        self._known: dict[int, Messages] = {}

    def of(self, number: int) -> Messages:
        """Return the messages of a global number; there may be none."""
        if number not in self.numbers:
            return NO_MESSAGES
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._read(number)
        return known


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Everything readable in the bytes, and what is wrong with them; see `Fault`."""

    files: tuple[DecodedFile, ...]
    fault: Fault | None


Decoder = Callable[[bytes], Decoded]


def join(files: Iterable[DecodedFile]) -> DecodedFile:
    """Return the files of a chain as if they were one, their messages one behind the other."""
    chain = tuple(files)
    if len(chain) == 1:
        return chain[0]
    numbers = frozenset(number for file in chain for number in file.numbers)
    return DecodedFile(
        numbers, lambda number: _concatenated([file.of(number) for file in chain if number in file.numbers])
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
        frozenset(number for part in parts for number in part.dates_of_bytes),
    )


def gathered(
    parts: Sequence[dict[int, NDArray[Item]]],
    counts: list[int],
    nothing: float,
    order: NDArray[np.int64] | None = None,
) -> dict[int, NDArray[Item]]:
    """Return the columns or tables of several parts joined row by row, each table as wide as its widest part.

    Args:
        parts: The columns or tables of each part, by number. They are taken out of these dictionaries one number after
            the other, so that what nobody else holds is in memory twice only for one number at a time.
        counts: Number of rows of each part.
        nothing: The value in the rows of a part that lacks a number, and at the end of short rows.
        order: For each row of the result, its place among the rows of all parts; None to keep their order.
    """
    joint: dict[int, NDArray[Item]] = {}
    for number in {number for part in parts for number in part}:
        rows = _one_below_the_other([part.pop(number, None) for part in parts], counts, nothing)
        joint[number] = rows if order is None else rows.take(order, axis=0)
    return joint


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
    """Return the strings of several parts joined likewise, None in the rows of a part that lacks a number."""
    return {
        number: tuple(
            text for part, count in zip(parts, counts, strict=True) for text in part.get(number, (None,) * count)
        )
        for number in {number for part in parts for number in part}
    }
