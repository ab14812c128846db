"""How do values become the bytes of a FIT file?

`FitWriter` collects messages and returns the file with header and checksums. Messages are given either raw, as numbers
and base types, so that fields of no profile can be written too, or by the names of the FIT profile.

Source: FIT Protocol, D00001275 (Garmin); names, numbers, scales and offsets from `fitparse.profile`.
"""

import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from fitparse.profile import MESSAGE_TYPES
from fitparse.records import BASE_TYPES

from hersteld.parsers.format.crc import crc16
from hersteld.parsers.format.fit_time import FIT_EPOCH
from hersteld.parsers.format.profile.fields import TIMESTAMP

Scalar = int | float | str | None
Value = Scalar | bytes | datetime | Sequence[Scalar]

# The types are Any because fitparse sets the attributes of its classes from __slots__, which no type checker sees.
_BASES_BY_NUMBER: dict[int, Any] = BASE_TYPES
_MESSAGES_BY_NUMBER: dict[int, Any] = MESSAGE_TYPES
_BASE_TYPES: dict[str, Any] = {base.name: base for base in _BASES_BY_NUMBER.values()}
_MESSAGES: dict[str, Any] = {message.name: message for message in _MESSAGES_BY_NUMBER.values()}
_FIELDS: dict[str, dict[str, Any]] = {
    name: {field.name: field for field in message.fields.values()} for name, message in _MESSAGES.items()
}
_PROTOCOL_VERSION = 0x20  # 2.0, the first with developer fields
_PROFILE_VERSION = 2008
_COMPRESSIBLE_LOCAL_TYPES = 4  # a compressed header has two bits for the local type
_LOCAL_TYPES = 16


class RawField(NamedTuple):
    """One field as it stands in the file, without scale and offset.

    Attributes:
        number: Field number, 0..254; of a developer field: its number in the field description.
        base_type: "uint8", "sint16", "string", "byte", ... as the FIT protocol calls it.
        value: None writes the type's invalid value; a sequence writes an array, except that "byte" and
            "string" take bytes or a text.
        developer: Developer data index, or None for a native field.
    """

    number: int
    base_type: str
    value: Scalar | bytes | Sequence[Scalar]
    developer: int | None = None


def fit_seconds(instant: datetime) -> int:
    """Return an aware instant as whole seconds since the FIT epoch."""
    return (instant - FIT_EPOCH) // timedelta(seconds=1)


@cache
def invalid(base_type: str) -> bytes | int | float:
    """Return what stands for "no value": all bits set, the highest signed number, or 0 for the types ending in z."""
    if base_type in {"string", "byte"}:
        return b"\x00" if base_type == "string" else b"\xff"
    if base_type.startswith("float"):
        return math.nan
    if base_type.endswith("z"):
        return 0
    bits = 8 * struct.calcsize(_BASE_TYPES[base_type].fmt)
    return int(2 ** (bits - 1) - 1 if base_type.startswith("sint") else 2**bits - 1)


def pack(field: RawField, *, big_endian: bool = False) -> bytes:
    """Return the bytes of one field's value.

    Raises:
        ValueError: The base type has no such name, or the value does not fit it.
    """
    if field.base_type not in _BASE_TYPES:
        raise ValueError(f"{field.base_type!r} is no FIT base type; there are: {', '.join(_BASE_TYPES)}.")
    none = invalid(field.base_type)
    if isinstance(none, bytes):
        if field.value is None:
            return none
        if isinstance(field.value, bytes):
            return field.value
        return str(field.value).encode() + b"\x00"
    values = field.value if isinstance(field.value, (list, tuple)) else (field.value,)
    code = _BASE_TYPES[field.base_type].fmt
    try:
        packed = struct.pack(
            f"{'>' if big_endian else '<'}{len(values)}{code}",
            *(none if value is None else value for value in values),
        )
    except struct.error as error:
        raise ValueError(f"Field {field.number}: {field.value!r} does not fit {field.base_type}.") from error
    # An invalid float is all ones; Python's own NaN is not.
    return b"\xff" * len(packed) if values == (None,) and code in "fd" else packed


def by_profile(message: str, values: Mapping[str, Value]) -> tuple[int, list[RawField]]:
    """Return the number of a message and its raw fields, from the names and units of the FIT profile.

    Args:
        message: Name of the message, such as "record".
        values: Field name → value in the profile's units (metres, seconds, bpm); names for enumerations ("running");
            aware datetimes for dates; None writes the invalid value.

    Raises:
        ValueError: The profile has no such message, field or enumeration value.
    """
    if message not in _MESSAGES:
        raise ValueError(f"The FIT profile has no message {message!r}.")
    return int(_MESSAGES[message].mesg_num), [_raw(message, name, value) for name, value in values.items()]


def _raw(message: str, name: str, value: Value) -> RawField:
    field = _FIELDS[message].get(name)
    if field is None:
        raise ValueError(f"The FIT profile's message {message!r} has no field {name!r}.")
    base = getattr(field.type, "base_type", field.type)  # the type of a number is itself a base type
    if isinstance(value, datetime):
        return RawField(field.def_num, base.name, fit_seconds(value))
    if isinstance(value, (bytes, str)) and base.name in {"string", "byte"}:
        return RawField(field.def_num, base.name, value)
    if isinstance(value, str):
        numbers = [number for number, word in (field.type.values or {}).items() if word == value]
        if not numbers:
            raise ValueError(f"{message}.{name}: the FIT profile knows no {value!r}.")
        return RawField(field.def_num, base.name, numbers[0])

    def scaled(number: Scalar) -> Scalar:
        if number is None or isinstance(number, str) or math.isnan(number):
            return None
        raw = (number + (field.offset or 0)) * (field.scale or 1)
        return raw if base.name.startswith("float") else round(raw)

    raw = scaled(value) if value is None or isinstance(value, (int, float)) else [scaled(each) for each in value]
    return RawField(field.def_num, base.name, raw)


class FitWriter:
    """Collects messages and returns one FIT file.

    Definition messages are written when needed: a message of the same shape as an earlier one uses its local type.
    Local types 0..3 are reserved for messages with compressed timestamps; the others use 4..15 in turn.
    """

    def __init__(self, *, big_endian: bool = False) -> None:
        self._big_endian = big_endian
        self._body = bytearray()
        self._local_types: dict[int, bytes] = {}
        self._next = {True: 0, False: _COMPRESSIBLE_LOCAL_TYPES}
        self._clock: int | None = None

    def write(
        self,
        message: int,
        fields: Iterable[RawField],
        *,
        compressed: bool = False,
        local_type: int | None = None,
    ) -> None:
        """Add one data message, and its definition where it needs one.

        Args:
            message: Global message number.
            fields: Its fields, native ones before developer fields.
            compressed: Put the timestamp in the header where possible: less than 32 s after the one before.
            local_type: 0..15; by default one is chosen.
        """
        fields = list(fields)
        timestamp = next((f.value for f in fields if f.number == TIMESTAMP and f.developer is None), None)
        offset = None
        if isinstance(timestamp, int):
            if compressed and self._clock is not None and 0 <= timestamp - self._clock < 32:
                offset = timestamp & 0x1F
                fields = [f for f in fields if f.number != TIMESTAMP or f.developer is not None]
            self._clock = timestamp
        packed = [(field, pack(field, big_endian=self._big_endian)) for field in fields]
        local = self._define(message, packed, compressible=offset is not None, local_type=local_type)
        self._body.append(local if offset is None else 0x80 | local << 5 | offset)
        self._body += b"".join(content for _, content in packed)

    def message(
        self,
        name: str,
        values: Mapping[str, Value],
        *,
        extra: Iterable[RawField] = (),
        compressed: bool = False,
    ) -> None:
        """Add one message by the names of the FIT profile; `extra` adds fields it lacks, or developer fields."""
        number, fields = by_profile(name, values)
        self.write(number, [*fields, *extra], compressed=compressed)

    def finish(self) -> bytes:
        """Return the file: a header of 14 bytes with its checksum, the messages, and the checksum of all."""
        head = struct.pack("<BBHI4s", 14, _PROTOCOL_VERSION, _PROFILE_VERSION, len(self._body), b".FIT")
        content = head + struct.pack("<H", crc16(head)) + self._body
        return content + struct.pack("<H", crc16(content))

    def _define(
        self,
        message: int,
        packed: Sequence[tuple[RawField, bytes]],
        *,
        compressible: bool,
        local_type: int | None,
    ) -> int:
        """Return the local type of this shape of message, and write its definition when it does not hold already."""
        native = [(f, content) for f, content in packed if f.developer is None]
        developer = [(f, content) for f, content in packed if f.developer is not None]
        shape = struct.pack(f"{'>' if self._big_endian else '<'}BBHB", 0, self._big_endian, message, len(native))
        shape += b"".join(bytes((f.number, len(c), _BASE_TYPES[f.base_type].identifier)) for f, c in native)
        if developer:
            shape += bytes((len(developer),))
            shape += b"".join(bytes((f.number, len(c), f.developer or 0)) for f, c in developer)
        low, high = (0, _COMPRESSIBLE_LOCAL_TYPES) if compressible else (_COMPRESSIBLE_LOCAL_TYPES, _LOCAL_TYPES)
        if local_type is None:
            local_type = next((n for n in range(low, high) if self._local_types.get(n) == shape), None)
        if local_type is None:
            local_type = self._next[compressible]
            self._next[compressible] = low + (local_type + 1 - low) % (high - low)
        if self._local_types.get(local_type) != shape:
            self._local_types[local_type] = shape
            self._body.append(0x40 | (0x20 if developer else 0) | local_type)
            self._body += shape
        return local_type
