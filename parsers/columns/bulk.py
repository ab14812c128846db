"""Our decoder: from the places of the messages to columns, a whole definition at a time.

All messages of one definition have the same shape. So they are picked out of the file at once, as items of so many
bytes, and each field is a view of those items with the type the definition gives it: one numpy call reads it for every
message. (Where there are but few messages, see `plans`.) When a message number has several definitions, their parts are
put back into file order at the end (see `parts`).
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
from hersteld.parsers.columns.read_plans import FieldPlan, plan
from hersteld.parsers.format.base_types import numbers, stored_texts
from hersteld.parsers.format.envelope import Fault, open_envelope
from hersteld.parsers.format.layout import Layout
from hersteld.parsers.format.message_index import Indices, Offsets, Walked
from hersteld.parsers.format.profile import DEVELOPER_FIELD, RECORD, TIMESTAMP, WANTED, Wanted
from hersteld.parsers.format.walk import MOST_MESSAGES, walk
from hersteld.parsers.workout import Column

Described = dict[tuple[int, int], DeveloperField]


def decode(data: bytes, wanted: Wanted = WANTED) -> Decoded:
    """Return the wanted columns of every file in the bytes; see `decoder`."""
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
    """Return the fault with the place where the walk stopped; in a cut-off file that is the last, torn message."""
    if fault is None or fault.kind == "checksum":
        return Fault("garbage", at)
    return replace(fault, offset=at if fault.offset is None else min(at, fault.offset))


def _decode_file(data: bytes, walked: Walked, wanted: Wanted) -> DecodedFile:
    found: dict[int, list[tuple[Layout, Indices]]] = defaultdict(list)
    for layout, messages in walked.by_layout(_is_wanted(wanted)):
        found[layout.number].append((layout, messages))
    # Descriptions of developer fields are messages too; they are needed before the records they describe.
    described = [_read(data, walked, *one, wanted, {}) for one in found.pop(DEVELOPER_FIELD, ())]
    developer = developer_fields(_assemble(described)) if described else {}
    clock = short_times(data, walked)

    def read(number: int) -> Messages:
        return _assemble([_read(data, walked, *one, wanted, developer) for one in found[number]], clock)

    return DecodedFile(frozenset(found), read)


def _is_wanted(wanted: Wanted) -> Callable[[Layout], bool]:
    """Return what tells whether the messages of a layout have a field we read; records count even when empty."""

    def is_wanted(layout: Layout) -> bool:
        fields = wanted.get(layout.number)
        return fields is not None and (layout.number == RECORD or layout.has_any(fields))

    return is_wanted


def message_bytes(data: bytes, size: int, offsets: Offsets) -> NDArray[np.void]:
    """Return the bytes of every message, one item each, shape (messages,)."""
    everywhere: NDArray[np.void] = np.ndarray((len(data) - size + 1,), np.dtype((np.void, size)), data, 0, (1,))
    return everywhere[offsets]


def _read(data: bytes, walked: Walked, layout: Layout, messages: Indices, wanted: Wanted, developer: Described) -> Part:
    part = Part(messages)
    offsets = walked.offsets[messages]
    how = plan(layout, wanted[layout.number])
    fields = how.fields
    if how.is_row_by_row(len(offsets)):
        part.columns.update(zip(how.row.numbers, how.row.read(data, offsets.tolist()), strict=True))
        fields = how.others
    if fields or layout.developer_fields:
        rows = message_bytes(data, layout.size, offsets)
        _read_fields(rows, fields, part)
        if developer and layout.number == RECORD:
            _read_developer_fields(rows, layout, developer, part)
    return part


def _read_fields(rows: NDArray[np.void], fields: tuple[FieldPlan, ...], part: Part) -> None:
    for field in fields:
        if field.stored is None:
            part.texts[field.number] = stored_texts(rows, field.slot.offset, field.slot.size)
            continue
        if field.integers is not None:
            part.integers[field.number] = field.integers(rows)[:, : field.width]
            continue
        stored = field.stored.read(rows)
        # Narrowed to what is used, so that one wide message does not widen the rows of all others.
        if field.width is not None:
            part.tables[field.number] = _scaled(stored[:, : field.width], field.scale, field.offset)
        else:
            part.columns[field.number] = _scaled(first_valid(stored), field.scale, field.offset)


def _read_developer_fields(rows: NDArray[np.void], layout: Layout, developer: Described, part: Part) -> None:
    for slot in layout.developer_slots():
        meant = developer.get((slot.base_type, slot.number))
        if meant is None:
            continue
        stored = numbers(slot.offset, slot.size, meant.base_type, big_endian=layout.big_endian)
        if stored is not None:
            column = _scaled(first_valid(stored.read(rows)), meant.scale, meant.offset)
            before = part.developer.get(meant.native)
            if before is not None:  # an app without its sensor, which says nothing or 0, leaves the row to another
                column = np.where((np.nan_to_num(before) != 0) | np.isnan(column), before, column)
            part.developer[meant.native] = column


def _scaled(stored: Table, scale: float, offset: float) -> Table:
    """Return stored / scale - offset, in the same place."""
    if scale != 1:
        stored /= scale
    if offset:
        stored -= offset
    return stored


def first_valid(table: Table) -> Column:
    """Return the first value of each row that is not NaN."""
    if table.shape[1] == 1:
        return table[:, 0]
    return np.asarray(table[np.arange(len(table)), np.argmax(~np.isnan(table), axis=1)], dtype=np.float64)


def _assemble(parts: list[Part], clock: ShortTimes | None = None) -> Messages:
    """Put the parts of one message number together, in file order."""
    whole = joined(parts)
    columns = whole.columns
    if clock is not None:
        columns[TIMESTAMP] = clock.complete(columns.get(TIMESTAMP), whole.messages)
    from_developer = set()
    for native, column in whole.developer.items():
        known = columns.get(native)
        # An app without its sensor writes zeros.
        if (known is None or np.isnan(known).all()) and np.nan_to_num(column).any():
            columns[native] = column
            from_developer.add(native)
    return Messages(len(whole.messages), columns, whole.tables, whole.integers, whole.texts, frozenset(from_developer))
