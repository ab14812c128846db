"""How is one value stored?

The low five bits of a definition's base type number say which of these it is. Every type has one value that means
"nothing": all bits set for unsigned numbers, the largest for signed ones, zero for the types whose name ends in z,
not-a-number for floats.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

LARGEST = 2.0**32
"""No field we read is defined wider than 32 bits; a larger number is a fault, and no date could hold it."""
STRING = 7
BYTE = 13


@dataclass(frozen=True, slots=True)
class BaseType:
    """A type of the FIT format: numpy's code for it, without byte order, and the stored value that means nothing."""

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
    6: BaseType("u4", 4, 0xFFFFFFFF),
    STRING: BaseType("u1", 1, None),
    8: BaseType("f4", 4, None),
    9: BaseType("f8", 8, None),
    10: BaseType("u1", 1, 0),
    11: BaseType("u2", 2, 0),
    12: BaseType("u4", 4, 0),
    BYTE: BaseType("u1", 1, None),
    14: BaseType("i8", 8, 0x7FFFFFFFFFFFFFFF),
    15: BaseType("u8", 8, 0xFFFFFFFFFFFFFFFF),
    16: BaseType("u8", 8, 0),
}

_LITTLE = {number: np.dtype("<" + kind.code) for number, kind in BASE_TYPES.items()}
_BIG = {number: np.dtype(">" + kind.code) for number, kind in BASE_TYPES.items()}


def stored_values(rows: NDArray[np.void], at: int, width: int, base_type: int, *, big_endian: bool) -> Values | None:
    """Return the numbers stored in a field, NaN for nothing; shape (messages, values per message).

    None when the size is no multiple of the type's, as some Coros watches write it, or the type is unknown: there is no
    telling what was meant, and the rest of the message is sound.

    Args:
        rows: The bytes of every message, one item each, shape (messages,).
        at: Where in the message the field begins.
        width: Bytes of the field.
        base_type: The definition's base type number.
    """
    kind = BASE_TYPES.get(base_type & 0x1F)
    if kind is None or not width or width % kind.size:
        return None
    dtype = (_BIG if big_endian else _LITTLE)[base_type & 0x1F]
    shape = (len(rows), width // kind.size)
    raw: NDArray[Any] = np.ndarray(shape, dtype, rows, at, (rows.itemsize, kind.size)) if len(rows) else np.empty(shape)
    values = _as_float64(raw) if kind.code[0] == "f" else raw.astype(np.float64)
    if base_type & 0x1F == BYTE:
        nothing = np.broadcast_to((raw == 0xFF).all(axis=1)[:, np.newaxis], shape)
    elif kind.nothing is not None:
        nothing = raw == kind.nothing
    else:
        nothing = ~np.isfinite(values)
    if kind.size == 8 or kind.code[0] == "f":
        nothing = nothing | (np.abs(values) > LARGEST)
    np.putmask(values, nothing, np.nan)
    return values


def _as_float64(raw: NDArray[Any]) -> Values:
    with np.errstate(invalid="ignore"):  # a float may hold what only a processor has a use for
        return raw.astype(np.float64)


def stored_texts(rows: NDArray[np.void], at: int, width: int) -> tuple[str | None, ...]:
    """Return the strings stored in a field, up to their first zero byte; None for an empty one; see `stored_values`."""
    texts = (row[at : at + width].split(b"\0", 1)[0] for row in (one.tobytes() for one in rows))
    return tuple(text.decode("utf-8", "replace").strip() or None for text in texts)
