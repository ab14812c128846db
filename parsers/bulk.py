"""Our decoder: from the places of the messages to columns, a whole definition at a time.

All messages of one definition have the same shape. So they are picked out of the file at once, as the rows of a
matrix of bytes, and each field is a few columns of that matrix: one numpy call reads it for every message. When a
message number has several definitions (a watch defines its records anew when a sensor joins), the parts are put
back into file order at the end.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from hersteld.parsers.base_types import STRING, stored_texts, stored_values
from hersteld.parsers.decoder import Decoded, DecodedFile, Messages, Table, stack
from hersteld.parsers.envelope import Fault, Segment, open_envelope
from hersteld.parsers.profile import DEVELOPER_FIELD, RECORD, TABLES, TIMESTAMP, WANTED, native_field, scaling
from hersteld.parsers.rolling import NO_FULL_VALUE, unroll
from hersteld.parsers.walk import Layout, Offsets, Slot, Walked, walk
from hersteld.parsers.workout import Column

Bytes = NDArray[np.uint8]

WIDEST = 16
"""Values kept of a field that has several: heart beats come by 8, zones by 7, exercises by 2."""


@dataclass(slots=True)
class _Part:
    """The messages of one definition."""

    offsets: Offsets
    tables: dict[int, Table]
    texts: dict[int, tuple[str | None, ...]]
    developer: dict[int, Table]


@dataclass(frozen=True, slots=True)
class _DeveloperField:
    native: int
    base_type: int
    scale: float
    offset: float


def decode(data: bytes) -> Decoded:
    """Return the wanted columns of every file in the bytes; see `decoder`."""
    envelope = open_envelope(data)
    fault = envelope.fault
    files: list[DecodedFile] = []
    for segment in envelope.segments:
        walked = walk(data, segment)
        files.append(_decode_file(data, segment, walked))
        if walked.stopped_at is not None:
            fault = _stopped(fault, walked.stopped_at)
    return Decoded(tuple(files), fault)


def _stopped(fault: Fault | None, at: int) -> Fault:
    """Return the fault with the place where the walk stopped; in a cut-off file that is the last, torn message."""
    if fault is None or fault.kind == "checksum":
        return Fault("garbage", at)
    return replace(fault, offset=at if fault.offset is None else min(at, fault.offset))


def _decode_file(data: bytes, segment: Segment, walked: Walked) -> DecodedFile:
    raw = np.frombuffer(data, dtype=np.uint8)[: segment.end]
    parts: dict[int, list[_Part]] = defaultdict(list)
    wanted = [layout for layout in walked.layouts if _is_wanted(layout)]
    # Descriptions of developer fields are messages too; they are needed before the records they describe.
    described = [_read(raw, layout, {}) for layout in wanted if layout.number == DEVELOPER_FIELD]
    developer = _developer_fields(_assemble(DEVELOPER_FIELD, described)) if described else {}
    for layout in wanted:
        if layout.number != DEVELOPER_FIELD:
            parts[layout.number].append(_read(raw, layout, developer))
    clock = _clock(raw, walked)
    return DecodedFile({number: _assemble(number, found, clock) for number, found in parts.items()})


def _is_wanted(layout: Layout) -> bool:
    """Whether there are messages of this definition, with a field we read; records count even when empty."""
    if layout.number not in WANTED or not (layout.singles or layout.runs):
        return False
    return layout.number == RECORD or any(slot.number in WANTED[layout.number] for slot in layout.slots)


def _rows(raw: Bytes, layout: Layout, offsets: Offsets) -> Bytes:
    """Return the bytes of every message of a definition, shape (messages, size)."""
    if not layout.size:
        return np.empty((len(offsets), 0), dtype=np.uint8)
    rows: Bytes = sliding_window_view(raw, layout.size)[offsets]
    return rows


def _field(rows: Bytes, slot: Slot) -> Bytes:
    return rows[:, slot.offset : slot.offset + slot.size]


def _read(raw: Bytes, layout: Layout, developer: dict[tuple[int, int], _DeveloperField]) -> _Part:
    part = _Part(layout.offsets(), {}, {}, {})
    rows = _rows(raw, layout, part.offsets)
    for slot in layout.slots:
        if slot.number not in WANTED[layout.number] or slot.number in part.tables or slot.number in part.texts:
            continue
        if slot.base_type & 0x1F == STRING:
            part.texts[slot.number] = stored_texts(_field(rows, slot))
            continue
        stored = stored_values(_field(rows, slot), slot.base_type, big_endian=layout.big_endian)
        if stored is not None:
            unit = scaling(layout.number, slot.number)
            kept = _kept(stored, several=(layout.number, slot.number) in TABLES)
            part.tables[slot.number] = kept / unit.scale - unit.offset
    for slot in layout.developer_slots if layout.number == RECORD else ():
        meant = developer.get((slot.base_type, slot.number))
        if meant is None or meant.native in part.developer:
            continue
        stored = stored_values(_field(rows, slot), meant.base_type, big_endian=layout.big_endian)
        if stored is not None:
            part.developer[meant.native] = _kept(stored, several=False) / meant.scale - meant.offset
    return part


def _kept(stored: Table, *, several: bool) -> Table:
    """Narrow a field to what is used, so that one wide message does not widen the rows of all others."""
    return stored[:, :WIDEST] if several else first_valid(stored)[:, np.newaxis]


def _developer_fields(descriptions: Messages) -> dict[tuple[int, int], _DeveloperField]:
    """Return, by developer index and field number, which native record field a developer field stands in for."""
    known: dict[tuple[int, int], _DeveloperField] = {}
    for row in range(descriptions.count):
        index, number, base_type = (descriptions.value(field, row) for field in (0, 1, 2))
        native = native_field(
            descriptions.texts.get(3, (None,) * descriptions.count)[row],
            descriptions.texts.get(8, (None,) * descriptions.count)[row],
            descriptions.value(14, row),
            descriptions.value(15, row),
        )
        if index is None or number is None or base_type is None or native is None:
            continue
        scale, offset = descriptions.value(6, row) or 1.0, descriptions.value(7, row) or 0.0
        known[int(index), int(number)] = _DeveloperField(native, int(base_type), scale, offset)
    return known


def _clock(raw: Bytes, walked: Walked) -> tuple[Offsets, Column]:
    """Return the times of the messages with a compressed header: their offsets and seconds since the FIT epoch.

    The five bits of the header continue the last full time of any message, also of those nobody wants.
    """
    if not walked.short_times:
        return np.empty(0, dtype=np.int64), np.empty(0)
    short = np.array(walked.short_times, dtype=np.int64)
    offsets, low = [short[:, 0]], [short[:, 1] & 0x1F]
    full = [np.full(len(short), NO_FULL_VALUE)]
    for layout in walked.layouts:
        slot = next((one for one in layout.slots if one.number == TIMESTAMP), None)
        if slot is None or slot.size != 4 or not (layout.singles or layout.runs):
            continue
        at = layout.offsets()
        stored = stored_values(_field(_rows(raw, layout, at), slot), slot.base_type, big_endian=layout.big_endian)
        if stored is None:
            continue
        valid = ~np.isnan(stored[:, 0]) & (stored[:, 0] >= 0)
        offsets.append(at[valid])
        low.append(np.zeros(int(valid.sum()), dtype=np.int64))
        full.append(stored[valid, 0].astype(np.int64))
    where, lows, fulls = (np.concatenate(parts) for parts in (offsets, low, full))
    order = np.argsort(where, kind="stable")
    times = unroll(lows[order], fulls[order], 5).astype(np.float64)
    times[np.maximum.accumulate(fulls[order]) == NO_FULL_VALUE] = np.nan
    is_short = np.isin(where[order], short[:, 0])
    return short[:, 0], times[is_short]


def _assemble(number: int, parts: list[_Part], clock: tuple[Offsets, Column] | None = None) -> Messages:
    """Put the parts of one message number together, in file order."""
    offsets = np.concatenate([part.offsets for part in parts])
    order = np.argsort(offsets, kind="stable")
    tables = {
        field: stack([(part.tables.get(field), len(part.offsets)) for part in parts])[order]
        for field in sorted({field for part in parts for field in part.tables})
    }
    columns = {field: table[:, 0] for field, table in tables.items() if (number, field) not in TABLES}
    if clock is not None and len(clock[0]):
        columns[TIMESTAMP] = _with_clock(columns.get(TIMESTAMP), offsets[order], clock)
    from_developer = set()
    for field in sorted({field for part in parts for field in part.developer}):
        native = columns.get(field)
        if native is None or np.isnan(native).all():
            table = stack([(part.developer.get(field), len(part.offsets)) for part in parts])[order]
            column = table[:, 0]
            # An app without its sensor writes zeros.
            if np.nan_to_num(column).any():
                columns[field] = column
                from_developer.add(field)
    texts = {
        field: _in_order(parts, field, order) for field in sorted({field for part in parts for field in part.texts})
    }
    lists = {field: tables[field] for field in tables if (number, field) in TABLES}
    return Messages(len(offsets), columns, lists, texts, frozenset(from_developer))


def first_valid(table: Table) -> Column:
    """Return the first value of each row that is not NaN."""
    if table.shape[1] == 1:
        return table[:, 0]
    return np.asarray(table[np.arange(len(table)), np.argmax(~np.isnan(table), axis=1)], dtype=np.float64)


def _with_clock(times: Column | None, offsets: Offsets, clock: tuple[Offsets, Column]) -> Column:
    whole = np.full(len(offsets), np.nan) if times is None else times.copy()
    at = np.minimum(np.searchsorted(clock[0], offsets), len(clock[0]) - 1)
    missing = np.isnan(whole) & (clock[0][at] == offsets)
    whole[missing] = clock[1][at[missing]]
    return whole


def _in_order(parts: list[_Part], field: int, order: Offsets) -> tuple[str | None, ...]:
    texts = [text for part in parts for text in part.texts.get(field, (None,) * len(part.offsets))]
    return tuple(texts[row] for row in order)
