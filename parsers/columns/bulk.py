"""How does our own decoder turn the places of the messages into columns?

All messages of one definition have the same shape. They are picked out of the file together, as items of equally many
bytes, and each field is a view of those items with the type that the definition gives it: one numpy call reads the
field of every message. (For few messages there is another way; see `field_readers`.) When a message number has several
definitions, their parts are put back into file order at the end (see `definition_parts`).
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.columns.compressed_times import ShortTimes, short_times
from hersteld.parsers.columns.decoder import Decoded, DecodedFile, Messages, Table
from hersteld.parsers.columns.definition_parts import Part, joined
from hersteld.parsers.columns.developer_fields import DeveloperField, developer_fields
from hersteld.parsers.columns.field_readers import FieldReader, layout_reader
from hersteld.parsers.format.base_types import numbers, stored_texts
from hersteld.parsers.format.envelope import Fault, open_envelope
from hersteld.parsers.format.layout import Layout
from hersteld.parsers.format.message_index import Indices, Offsets, Walked
from hersteld.parsers.format.profile.fields import FIELD_DESCRIPTION, RECORD, TIMESTAMP
from hersteld.parsers.format.profile.wanted import WANTED, Wanted
from hersteld.parsers.format.walk import MOST_MESSAGES, walk
from hersteld.parsers.workout import Column

Described = dict[tuple[int, int], DeveloperField]
"""Developer fields by index of the developer and field number."""


def decode(data: bytes, wanted: Wanted = WANTED) -> Decoded:
    """Return the wanted columns of every file in the bytes; see `columns.decoder`."""
    envelope = open_envelope(data)
    fault = envelope.fault
    files: list[DecodedFile] = []
    room = MOST_MESSAGES
    for segment in envelope.segments:
        walked = walk(data, segment, room)
        room -= len(walked.offsets)
        files.append(_decode_file(data, walked, wanted))
        if walked.stopped_at is not None:
            fault = _stopped(fault, walked.stopped_at)
    return Decoded(tuple(files), fault)


def _stopped(fault: Fault | None, at: int) -> Fault:
    """Return what is wrong with a file in which the walk stopped at an offset.

    A cut-off file stays cut off: the walk stops at its torn last message. The earlier of both offsets counts.

    Args:
        fault: What was wrong before the walk.
    """
    if fault is None or fault.kind == "checksum":
        return Fault("garbage", at)
    return replace(fault, offset=at if fault.offset is None else min(at, fault.offset), is_harmless=False)


def _decode_file(data: bytes, walked: Walked, wanted: Wanted) -> DecodedFile:
    by_number: dict[int, list[tuple[Layout, Indices]]] = defaultdict(list)
    for layout, messages in walked.by_layout(_is_wanted(wanted)):
        by_number[layout.number].append((layout, messages))
    # The descriptions of developer fields are messages too; they are needed before the records they describe.
    described = [_read(data, walked, *messages, wanted, {}) for messages in by_number.pop(FIELD_DESCRIPTION, ())]
    developer = developer_fields(_assemble(described)) if described else {}
    clock = short_times(data, walked)

    def read(number: int) -> Messages:
        parts = [_read(data, walked, *messages, wanted, developer) for messages in by_number[number]]
        return _assemble(parts, clock)

    return DecodedFile(frozenset(by_number), read)


def _is_wanted(wanted: Wanted) -> Callable[[Layout], bool]:
    """Return a function that says whether a layout has a wanted field. Records are wanted even without any."""

    def is_wanted(layout: Layout) -> bool:
        fields = wanted.get(layout.number)
        return fields is not None and (layout.number == RECORD or layout.has_any(fields))

    return is_wanted


def message_bytes(data: bytes, size: int, offsets: Offsets) -> NDArray[np.void]:
    """Return the bytes of every message, one item per message, shape (messages,)."""
    everywhere: NDArray[np.void] = np.ndarray((len(data) - size + 1,), np.dtype((np.void, size)), data, 0, (1,))
    return everywhere[offsets]


def _read(data: bytes, walked: Walked, layout: Layout, messages: Indices, wanted: Wanted, developer: Described) -> Part:
    """Return the wanted fields of the messages of one definition."""
    part = Part(messages)
    offsets = walked.offsets[messages]
    reader = layout_reader(layout, wanted[layout.number])
    fields = reader.fields
    part.dates_of_bytes = reader.dates_of_bytes
    if reader.is_row_by_row(len(offsets)):
        part.columns.update(zip(reader.row.numbers, reader.row.read(data, offsets.tolist()), strict=True))
        fields = reader.others
    if fields or layout.developer_fields:
        rows = message_bytes(data, layout.size, offsets)
        _read_fields(rows, fields, part)
        if developer and layout.number == RECORD:
            _read_developer_fields(rows, layout, developer, part)
    return part


def _read_fields(rows: NDArray[np.void], fields: tuple[FieldReader, ...], part: Part) -> None:
    for field in fields:
        if field.stored is None:
            part.texts[field.number] = stored_texts(rows, field.slot.offset, field.slot.size)
            continue
        if field.integers is not None:
            part.integers[field.number] = field.integers(rows)[:, : field.width]
            continue
        stored = field.stored.read(rows)
        # Only so many values are kept, so that one wide message does not widen the rows of all others.
        if field.width is not None:
            part.tables[field.number] = _scaled(stored[:, : field.width], field.scale, field.offset)
        else:
            part.columns[field.number] = _scaled(first_valid(stored), field.scale, field.offset)


def _read_developer_fields(rows: NDArray[np.void], layout: Layout, developer: Described, part: Part) -> None:
    for slot in layout.developer_slots():
        field = developer.get((slot.base_type, slot.number))
        if field is None:
            continue
        stored = numbers(slot.offset, slot.size, field.base_type, big_endian=layout.big_endian)
        if stored is not None:
            column = _scaled(first_valid(stored.read(rows)), field.scale, field.offset)
            before = part.developer.get(field.native)
            if before is not None:  # an app that has lost its sensor writes nothing or 0, and another app may know
                column = np.where((np.nan_to_num(before) != 0) | np.isnan(column), before, column)
            part.developer[field.native] = column


def _scaled(stored: Table, scale: float, offset: float) -> Table:
    """Return stored / scale - offset, computed in place."""
    if scale != 1:
        stored /= scale
    if offset:
        stored -= offset
    return stored


def first_valid(table: Table) -> Column:
    """Return the first value that is not NaN of each row, shape (messages,)."""
    if table.shape[1] == 1:
        return table[:, 0]
    return np.asarray(table[np.arange(len(table)), np.argmax(~np.isnan(table), axis=1)], dtype=np.float64)


def _assemble(parts: list[Part], clock: ShortTimes | None = None) -> Messages:
    """Return all messages of one number, in file order, from the parts that its definitions make."""
    joint = joined(parts)
    columns = joint.columns
    if clock is not None:
        columns[TIMESTAMP] = clock.complete(columns.get(TIMESTAMP), joint.messages)
    from_developer = set()
    for native, column in joint.developer.items():
        known = columns.get(native)
        # A column of zeros comes from an app that has no sensor.
        if (known is None or np.isnan(known).all()) and np.nan_to_num(column).any():
            columns[native] = column
            from_developer.add(native)
    return Messages(
        len(joint.messages),
        columns,
        joint.tables,
        joint.integers,
        joint.texts,
        frozenset(from_developer),
        dates_of_bytes=joint.dates_of_bytes,
    )
