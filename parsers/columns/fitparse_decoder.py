"""What does fitparse make of the same bytes?

This is the second opinion behind the decoder interface. It is slow, and is used where the result of ours is in doubt
and as the oracle of the tests. It shares two parts with ours, and so cannot show a mistake in them: what the bytes
around the messages say (`envelope`), and what a field means (`profile`). Each file of a chain first gets a header and a
checksum of its own, so that fitparse reads what there is of a file that is cut off.

Two habits of fitparse need care. It keeps the descriptions of developer fields in a module-wide table, which is
therefore emptied before each file. And a field that is expanded from another one comes beside the field itself,
sometimes as null beside a real value; the first value that is not null counts.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from fitparse import FitFile
from fitparse.processors import FitFileDataProcessor
from fitparse.records import DEV_TYPES, DevFieldDefinition
from fitparse.utils import FitParseError

from hersteld.parsers.columns.bulk import first_valid
from hersteld.parsers.columns.decoder import Decoded, DecodedFile, Messages, Table
from hersteld.parsers.format.base_types import NO_INTEGER, Integers, twelve_bits
from hersteld.parsers.format.envelope import Fault, open_envelope, segment_bytes
from hersteld.parsers.format.profile.fields import RECORD, TIMESTAMP
from hersteld.parsers.format.profile.meaning import native_field, scaling
from hersteld.parsers.format.profile.wanted import OCTETS, TABLES, TWELVE_BITS, WANTED
from hersteld.parsers.workout import Column

Values = dict[int, Any]

DEVELOPER = 1000
"""This plus the number of a native field is the number of a developer field that stands in for it. Native field numbers
end at 255."""
_FAILURES = (FitParseError, struct.error, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""The exceptions that fitparse raises for bytes that it does not expect."""


class _Unprocessed(FitFileDataProcessor):
    """Leaves every value unchanged: dates stay numbers, and a date out of range raises nothing."""

    def run_type_processor(self, field_data: Any) -> None:
        """Do nothing."""

    def run_field_processor(self, field_data: Any) -> None:
        """Do nothing."""

    def run_unit_processor(self, field_data: Any) -> None:
        """Do nothing."""

    def run_message_processor(self, data_message: Any) -> None:
        """Do nothing."""


def decode(data: bytes) -> Decoded:
    """Return the wanted columns of every file in the bytes; see `columns.decoder`."""
    envelope = open_envelope(data)
    fault = envelope.fault
    files: list[DecodedFile] = []
    for segment, file_bytes in zip(envelope.segments, segment_bytes(data, envelope), strict=True):
        rows_of: dict[int, list[Values]] = defaultdict(list)
        try:
            for number, values in _messages(file_bytes):
                rows_of[number].append(values)
        except _FAILURES:
            fault = replace(fault, offset=segment.start) if fault else Fault("garbage", segment.start)
        messages = {number: _assemble(number, rows) for number, rows in rows_of.items()}
        files.append(DecodedFile(frozenset(messages), messages.__getitem__))
    return Decoded(tuple(files), fault)


def _messages(file_bytes: bytes) -> Iterator[tuple[int, Values]]:
    """Yield the global number and the values of each wanted message of one file."""
    DEV_TYPES.clear()
    with FitFile(file_bytes, check_crc=False, data_processor=_Unprocessed()) as fit:
        for message in fit.get_messages():
            if message.mesg_num in WANTED:
                yield message.mesg_num, _values(message)


def _values(message: Any) -> Values:
    """Return the values of a message in the profile's units, by field number; developer fields from `DEVELOPER` on."""
    values: Values = {}
    for field in message.fields:
        number = field.def_num
        if isinstance(field.field_def, DevFieldDefinition):
            described: Any = field.field
            native = native_field(described.name, described.units, None, described.native_field_num)
            if message.mesg_num == RECORD and native is not None and field.raw_value is not None:
                values[DEVELOPER + native] = values.get(DEVELOPER + native) or field.raw_value
        elif number in WANTED[message.mesg_num] and values.get(number) is None:
            expanded = field.field_def is None
            if not expanded:
                values[number] = _scaled(message.mesg_num, number, field.raw_value)
            elif message.mesg_num == RECORD or number == TIMESTAMP:
                values[number] = field.raw_value
    return values


def _scaled(message: int, number: int, raw: Any) -> Any:
    if isinstance(raw, tuple):
        return tuple(_scaled(message, number, value) for value in raw)
    if isinstance(raw, int | float):
        unit = scaling(message, number)
        return raw / unit.scale - unit.offset
    return raw


def _assemble(message: int, rows: list[Values]) -> Messages:
    columns: dict[int, Column] = {}
    tables: dict[int, Table] = {}
    integers: dict[int, Integers] = {}
    texts: dict[int, tuple[str | None, ...]] = {}
    from_developer = set()
    for number in sorted({number for row in rows for number in row}):
        values = [row.get(number) for row in rows]
        if any(isinstance(value, str) for value in values):
            texts[number] = tuple(value.strip() or None if isinstance(value, str) else None for value in values)
            continue
        table = _table(values)
        if (message, number) in OCTETS:
            integers[number] = np.where((table >= 0) & (table < 255), table, NO_INTEGER).astype(np.int16)
        elif (message, number) in TWELVE_BITS:
            integers[number] = _unpacked(values)
        elif (message, number) in TABLES:
            tables[number] = table
        elif number < DEVELOPER:
            columns[number] = first_valid(table)
        elif number - DEVELOPER not in columns or np.isnan(columns[number - DEVELOPER]).all():
            column = first_valid(table)
            if np.nan_to_num(column).any():
                columns[number - DEVELOPER] = column
                from_developer.add(number - DEVELOPER)
    return Messages(len(rows), columns, tables, integers, texts, frozenset(from_developer))


def _table(values: list[Any]) -> Table:
    """Return one row per message, as wide as the widest, with NaN for everything that is no finite number."""
    rows = [value if isinstance(value, tuple) else (value,) for value in values]
    table = np.full((len(rows), max(1, *map(len, rows))), np.nan)
    for row, content in enumerate(rows):
        for place, value in enumerate(content):
            if isinstance(value, int | float) and np.isfinite(value):
                table[row, place] = value
    return table


def _unpacked(values: list[Any]) -> Integers:
    """Return the numbers of 12 bits that are packed into bytes, one row per message, short rows filled with -1."""
    packed_rows = [bytes(map(_byte, value)) if isinstance(value, tuple) else b"" for value in values]
    unpacked = np.full((len(values), max(map(len, packed_rows)) * 2 // 3), NO_INTEGER, dtype=np.int16)
    for row, packed in enumerate(packed_rows):
        numbers = twelve_bits(np.frombuffer(packed, dtype=np.uint8)[None, :])
        unpacked[row, : numbers.shape[1]] = numbers
    return unpacked


def _byte(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and 0 <= value <= 0xFF else 0xFF
