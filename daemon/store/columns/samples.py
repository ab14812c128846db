"""How do the samples of a workout fit in the database, small, and come out again bit for bit?

Devices write integers with a scale (0.01 m, 0.2 m - 500 m), so nearly every column is whole numbers in disguise. Such a
column is stored as differences of those integers, byte planes apart, and deflated; a column that is not exactly that is
stored as the doubles themselves, likewise in planes. A missing value (NaN) costs one bit.

Layout: b"HS1", length of the header (4 bytes, little endian), header (JSON: one entry per column), deflated columns.
"""

import json
import struct
import zlib
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hersteld.daemon.system.errors import DaemonError, reason_of
from hersteld.parsers.workout import Column, Samples

_MAGIC = b"HS1"
_GRIDS = ((1, 0), (2, 0), (5, 0), (5, 500), (10, 0), (100, 0), (128, 0), (256, 0), (1000, 0), (100_000, 0))
"""(scale, offset) of the FIT profile's fields: value = integer / scale - offset."""
_LARGEST = 2.0**52  # beyond it doubles skip integers
_NAMES = tuple(field.name for field in fields(Samples))


class BadBlob(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """These bytes are not what `pack` wrote."""


@dataclass(frozen=True, slots=True, eq=False)
class PackedSamples(Samples):
    """Samples that know their blob, so that it is made once; they travel between processes as this blob."""

    blob: bytes = b""

    def __reduce__(self) -> tuple[Any, ...]:
        return with_blob, (self.blob,)


def packed(samples: Samples) -> PackedSamples:
    """Return the same samples with their blob."""
    return PackedSamples(**{name: getattr(samples, name) for name in _NAMES}, blob=pack(samples))


def with_blob(blob: bytes) -> PackedSamples:
    """Return the samples that a blob was made of, with the blob.

    Raises:
        BadBlob: It was not made by `pack`.
    """
    samples = unpack(blob)
    return PackedSamples(**{name: getattr(samples, name) for name in _NAMES}, blob=blob)


def pack(samples: Samples) -> bytes:
    """Return the samples as one blob."""
    if isinstance(samples, PackedSamples):
        return samples.blob
    header: list[dict[str, Any]] = []
    body: list[bytes] = []
    for name in _NAMES:
        column: Column | None = getattr(samples, name)
        if column is None:
            continue
        entry, payload = _pack_column(column)
        header.append({"name": name, "rows": len(column), "bytes": len(payload), **entry})
        body.append(payload)
    head = json.dumps(header, separators=(",", ":")).encode()
    return _MAGIC + struct.pack("<I", len(head)) + head + zlib.compress(b"".join(body), 6)


def unpack(blob: bytes) -> Samples:
    """Return the samples that a blob was made of.

    Raises:
        BadBlob: It was not made by `pack`.
    """
    try:
        if blob[:3] != _MAGIC:
            raise BadBlob("store.samples_missing")
        (length,) = struct.unpack_from("<I", blob, 3)
        header = json.loads(blob[7 : 7 + length])
        body = zlib.decompress(blob[7 + length :])
        columns: dict[str, Column] = {}
        position = 0
        for entry in header:
            columns[entry["name"]] = _unpack_column(entry, body[position : position + entry["bytes"]])
            position += entry["bytes"]
        return Samples(**columns)
    except (struct.error, zlib.error, ValueError, KeyError, TypeError, IndexError) as error:
        raise BadBlob("store.samples_unreadable", reason=(reason_of(error),)) from error


def _pack_column(column: Column) -> tuple[dict[str, Any], bytes]:
    missing = np.isnan(column)
    mask = np.packbits(missing).tobytes() if missing.any() else b""
    values = np.ascontiguousarray(column[~missing])
    for scale, offset in _GRIDS:
        with np.errstate(over="ignore", invalid="ignore"):
            integers = np.rint((values + offset) * scale)
        if not np.all(np.abs(integers) < _LARGEST):  # also false for an infinity
            continue
        # The sign of a negative zero would be lost; then the doubles are kept.
        if np.array_equal(_bits(integers / scale - offset), _bits(values)):
            steps: NDArray[np.int64] = np.diff(integers, prepend=0.0).astype(np.int64)
            narrow = steps.astype(_narrowest(steps))
            entry = {"scale": scale, "offset": offset, "kind": narrow.dtype.str, "missing": len(mask)}
            return entry, mask + _planes(narrow)
    return {"kind": "<f8", "missing": len(mask)}, mask + _planes(values.astype("<f8"))


def _unpack_column(entry: dict[str, Any], payload: bytes) -> Column:
    rows, mask = int(entry["rows"]), payload[: entry["missing"]]
    missing = np.unpackbits(np.frombuffer(mask, np.uint8), count=rows).astype(bool) if mask else np.zeros(rows, bool)
    kind = np.dtype(entry["kind"])
    planes = np.frombuffer(payload[entry["missing"] :], np.uint8)
    numbers = np.frombuffer(planes.reshape(kind.itemsize, -1).T.tobytes(), kind)
    column: Column = np.full(rows, np.nan)
    if "scale" in entry:
        column[~missing] = np.cumsum(numbers, dtype=np.int64) / entry["scale"] - entry["offset"]
    else:
        column[~missing] = numbers
    return column


def _bits(values: NDArray[Any]) -> NDArray[np.int64]:
    return np.ascontiguousarray(values, np.float64).view(np.int64)


def _narrowest(steps: NDArray[np.int64]) -> str:
    low, high = (int(steps.min()), int(steps.max())) if len(steps) else (0, 0)
    for kind in ("<i1", "<i2", "<i4"):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return kind
    return "<i8"


def _planes(values: NDArray[Any]) -> bytes:
    """Return the first bytes of all values, then the second ones, and so on: what repeats then deflates better."""
    return np.frombuffer(values.tobytes(), np.uint8).reshape(-1, values.dtype.itemsize).T.tobytes()
