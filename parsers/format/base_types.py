"""How is one value stored?

The low five bits of the base type number in a definition say which type it is. Every type has one value that means
"no value": all bits set for unsigned numbers, the largest number for signed ones, zero for the types whose name ends
in z, not-a-number for floats. An array of bytes has no value only when all its bytes have all bits set, and a string
when it is empty.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Integers = NDArray[np.int16]
"""Small whole numbers, `NO_INTEGER` for no value."""

LARGEST = 2.0**32
"""No field that is read is wider than 32 bits in the profile. A larger number is a fault, and too large for a date."""
NO_INTEGER = -1
UINT32 = 6
STRING = 7
BYTE = 13


@dataclass(frozen=True, slots=True)
class BaseType:
    """A type of the FIT format: numpy's code for it, without byte order, and the stored value that means "no value"."""

    code: str
    size: int
    nothing: int | None


BASE_TYPES: dict[int, BaseType] = {
    0: BaseType("u1", 1, 0xFF),  # enum
    1: BaseType("i1", 1, 0x7F),
    2: BaseType("u1", 1, 0xFF),
    3: BaseType("i2", 2, 0x7FFF),
    4: BaseType("u2", 2, 0xFFFF),
    5: BaseType("i4", 4, 0x7FFFFFFF),
    UINT32: BaseType("u4", 4, 0xFFFFFFFF),
    STRING: BaseType("u1", 1, None),
    8: BaseType("f4", 4, None),
    9: BaseType("f8", 8, None),
    10: BaseType("u1", 1, 0),
    11: BaseType("u2", 2, 0),
    12: BaseType("u4", 4, 0),
    BYTE: BaseType("u1", 1, 0xFF),
    14: BaseType("i8", 8, 0x7FFFFFFFFFFFFFFF),
    15: BaseType("u8", 8, 0xFFFFFFFFFFFFFFFF),
    16: BaseType("u8", 8, 0),
}

_STRUCT_CODES = dict(zip(("u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"), "BbHhIiQqfd", strict=True))
_LITTLE = {number: np.dtype("<" + kind.code) for number, kind in BASE_TYPES.items()}
_BIG = {number: np.dtype(">" + kind.code) for number, kind in BASE_TYPES.items()}


class Numbers(NamedTuple):
    """Where in a message the numbers of a field are, and how they are stored.

    Attributes:
        offset: Byte of the message at which the field begins.
        per_message: How many numbers each message holds.
        dtype: Type and byte order of each.
        nothing: The stored value that means "no value"; None for floats.
        together: Whether there is no value only when all numbers of a message are `nothing`.
    """

    offset: int
    per_message: int
    dtype: np.dtype[Any]
    nothing: int | None
    together: bool

    @property
    def struct_code(self) -> str:
        """The name of the type in `struct`."""
        return _STRUCT_CODES[self.dtype.str[1:]]

    @property
    def is_octets(self) -> bool:
        """Whether the numbers are single bytes, with all bits set for no value."""
        return self.dtype.itemsize == 1 and self.nothing == 0xFF

    @property
    def may_exceed(self) -> bool:
        """Whether the type has room for larger numbers than any field holds."""
        return self.nothing is None or self.dtype.itemsize == 8

    def view(self, rows: NDArray[np.void]) -> NDArray[Any]:
        """Return the numbers as they are stored; see `read`."""
        shape = (len(rows), self.per_message)
        return np.ndarray(shape, self.dtype, rows, self.offset, (rows.itemsize, self.dtype.itemsize))

    def octets(self, rows: NDArray[np.void]) -> Integers:
        """Return the numbers of single bytes, -1 for no value; see `read`."""
        values = self.view(rows).astype(np.int16)
        np.putmask(values, values == self.nothing, NO_INTEGER)
        return values

    def twelve_bits(self, rows: NDArray[np.void]) -> Integers:
        """Return the numbers of 12 bits that are packed into the bytes, -1 for no value; see `read`."""
        return twelve_bits(self.view(rows))

    def read(self, rows: NDArray[np.void]) -> Values:
        """Return the numbers, NaN for no value, shape (messages, numbers per message).

        Args:
            rows: The bytes of every message, one item per message, shape (messages,).
        """
        raw = self.view(rows)
        if self.nothing is None:
            with np.errstate(invalid="ignore"):  # a signalling not-a-number would warn
                values = raw.astype(np.float64)
        else:
            values = raw.astype(np.float64)
        if self.together and self.per_message > 1:
            empty = (values[:, 0] == self.nothing).nonzero()[0]  # no other row can be
            values[empty[(values[empty] == self.nothing).all(axis=1)]] = np.nan
        elif self.nothing is not None:
            np.putmask(values, values == self.nothing, np.nan)
        if self.may_exceed:
            np.putmask(values, ~(np.abs(values) <= LARGEST), np.nan)  # infinite or too large
        return values


def numbers(offset: int, width: int, base_type: int, *, big_endian: bool) -> Numbers | None:
    """Return how the numbers of a field are stored.

    Return None when the type is unknown or the size of the field is no multiple of the type's size, as some Coros
    watches write it. Such a field cannot be read, and the rest of the message is sound.

    Args:
        offset: Where in the message the field begins.
        width: Bytes of the field.
        base_type: The definition's base type number.
    """
    code = base_type & 0x1F
    kind = BASE_TYPES.get(code)
    if kind is None or not width or width % kind.size:
        return None
    # Bytes of a string are never "no value", so the value that means it is one that no byte has.
    nothing = -1 if code == STRING else kind.nothing
    return Numbers(offset, width // kind.size, (_BIG if big_endian else _LITTLE)[code], nothing, code == BYTE)


def twelve_bits(packed: NDArray[np.uint8]) -> Integers:
    """Return the numbers of 12 bits that are packed into bytes, two of them into three, lowest bits first.

    Two numbers that are packed together have no value when all bits of both are set. One alone may be 4095.

    Args:
        packed: Shape (messages, bytes).

    Returns:
        Shape (messages, bytes x 2 // 3).
    """
    messages, width = packed.shape
    if width % 3:
        filled = np.full((messages, width + 3 - width % 3), 0xFF, dtype=np.uint8)
        filled[:, :width] = packed
        packed = filled
    # Two numbers per row, because numpy is slow with many short rows.
    first, second, third = packed.reshape(-1, 3).T.astype(np.int16)
    pairs = np.empty((len(first), 2), dtype=np.int16)
    pairs[:, 0] = first | (second & 0x0F) << 8
    pairs[:, 1] = second >> 4 | third << 4
    pairs[((pairs[:, 0] & pairs[:, 1]) == 0xFFF).nonzero()[0]] = NO_INTEGER
    return pairs.reshape(messages, packed.shape[1] // 3 * 2)[:, : width * 2 // 3]


def stored_texts(rows: NDArray[np.void], at: int, width: int) -> tuple[str | None, ...]:
    """Return the strings in a field of every message, up to their first zero byte, None for an empty one."""
    texts = (row.tobytes()[at : at + width].split(b"\0", 1)[0] for row in rows)
    return tuple(text.decode("utf-8", "replace").strip() or None for text in texts)
