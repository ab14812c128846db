"""Our decoder: from the places of the messages to columns, a whole definition at a time.

All messages of one definition have the same shape. So they are picked out of the file at once, as items of so many
bytes, and each field is a view of those items with the type the definition gives it: one numpy call reads it for every
message. When a message number has several definitions (a watch defines its records anew when a sensor joins), the
parts are put back into file order at the end.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.base_types import numbers, stored_texts
from hersteld.parsers.decoder import Decoded, DecodedFile, Messages, Table
from hersteld.parsers.developer import DeveloperField, developer_fields
from hersteld.parsers.envelope import Fault, open_envelope
from hersteld.parsers.layout import Layout
from hersteld.parsers.plans import plans
from hersteld.parsers.profile import DEVELOPER_FIELD, RECORD, TIMESTAMP, WANTED, Wanted
from hersteld.parsers.short_times import ShortTimes, short_times
from hersteld.parsers.walk import Indices, Offsets, Walked, walk
from hersteld.parsers.workout import Column

Described = dict[tuple[int, int], DeveloperField]


@dataclass(slots=True)
class _Part:
    """The messages of one definition, in file order."""

    messages: Indices
    columns: dict[int, Column] = field(default_factory=dict)
    tables: dict[int, Table] = field(default_factory=dict)
    texts: dict[int, tuple[str | None, ...]] = field(default_factory=dict)
    developer: dict[int, Column] = field(default_factory=dict)


def decode(data: bytes, wanted: Wanted = WANTED) -> Decoded:
    """Return the wanted columns of every file in the bytes; see `decoder`."""
    envelope = open_envelope(data)
    fault = envelope.fault
    files: list[DecodedFile] = []
    for segment in envelope.segments:
        walked = walk(data, segment)
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
    found = walked.by_layout(_is_wanted(wanted))
    # Descriptions of developer fields are messages too; they are needed before the records they describe.
    described = [_read(data, walked, *one, wanted, {}) for one in found if one[0].number == DEVELOPER_FIELD]
    developer = developer_fields(_assemble(described)) if described else {}
    parts: dict[int, list[_Part]] = defaultdict(list)
    for layout, messages in found:
        if layout.number != DEVELOPER_FIELD:
            parts[layout.number].append(_read(data, walked, layout, messages, wanted, developer))
    clock = short_times(data, walked)
    return DecodedFile({number: _assemble(own, clock) for number, own in parts.items()})


def _is_wanted(wanted: Wanted) -> Callable[[Layout], bool]:
    """Return whether the messages of a layout have a field we read; records count even when empty."""

    def is_wanted(layout: Layout) -> bool:
        fields = wanted.get(layout.number)
        return fields is not None and (layout.number == RECORD or layout.has_any(fields))

    return is_wanted


def message_bytes(data: bytes, size: int, offsets: Offsets) -> NDArray[np.void]:
    """Return the bytes of every message, one item each, shape (messages,)."""
    everywhere: NDArray[np.void] = np.ndarray((len(data) - size + 1,), np.dtype((np.void, size)), data, 0, (1,))
    return everywhere[offsets]


def _read(
    data: bytes, walked: Walked, layout: Layout, messages: Indices, wanted: Wanted, developer: Described
) -> _Part:
    part = _Part(messages)
    rows = message_bytes(data, layout.size, walked.offsets[messages])
    for plan in plans(layout, wanted[layout.number]):
        if plan.stored is None:
            part.texts[plan.number] = stored_texts(rows, plan.slot.offset, plan.slot.size)
            continue
        stored = plan.stored.read(rows)
        # Narrowed to what is used, so that one wide message does not widen the rows of all others.
        if plan.width is not None:
            part.tables[plan.number] = _scaled(stored[:, : plan.width], plan.scale, plan.offset)
        else:
            part.columns[plan.number] = _scaled(first_valid(stored), plan.scale, plan.offset)
    for slot in layout.developer_slots() if developer and layout.number == RECORD else ():
        meant = developer.get((slot.base_type, slot.number))
        if meant is None or meant.native in part.developer:
            continue
        stored_as = numbers(slot.offset, slot.size, meant.base_type, big_endian=layout.big_endian)
        if stored_as is not None:
            part.developer[meant.native] = _scaled(first_valid(stored_as.read(rows)), meant.scale, meant.offset)
    return part


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


class _Rows:
    """Where the messages of several parts go, so that all are in file order again."""

    def __init__(self, parts: list[_Part]) -> None:
        self.messages = parts[0].messages
        self._rows: list[Indices | slice] = [slice(None)]
        if len(parts) > 1:
            ends = [int(part.messages[-1]) + 1 for part in parts]
            among = np.zeros(max(ends), dtype=np.bool_)
            for part in parts:
                among[part.messages] = True
            self.messages = among.nonzero()[0]
            row = among.cumsum() - 1
            self._rows = [row[part.messages] for part in parts]

    def columns(self, parts: list[dict[int, Column]]) -> dict[int, Column]:
        """Return each field's values of all parts, NaN in the parts that lack it."""
        if len(parts) == 1:
            return parts[0]
        whole: dict[int, Column] = {}
        for rows, part in zip(self._rows, parts, strict=True):
            for number, column in part.items():
                if number not in whole:
                    whole[number] = np.full(len(self.messages), np.nan)
                whole[number][rows] = column
        return whole

    def tables(self, parts: list[dict[int, Table]]) -> dict[int, Table]:
        """Return each field's rows of all parts, as wide as the widest, filled with NaN."""
        widths: dict[int, int] = defaultdict(int)
        for part in parts:
            for number, table in part.items():
                widths[number] = max(widths[number], table.shape[1])
        whole = {number: np.full((len(self.messages), width), np.nan) for number, width in widths.items()}
        for rows, part in zip(self._rows, parts, strict=True):
            for number, table in part.items():
                whole[number][rows, : table.shape[1]] = table
        return whole

    def texts(self, parts: list[dict[int, tuple[str | None, ...]]]) -> dict[int, tuple[str | None, ...]]:
        """Return each field's strings of all parts, None in the parts that lack it."""
        whole: dict[int, NDArray[np.object_]] = {}
        for rows, part in zip(self._rows, parts, strict=True):
            for number, texts in part.items():
                if number not in whole:
                    whole[number] = np.full(len(self.messages), None, dtype=object)
                whole[number][rows] = texts
        return {number: tuple(texts) for number, texts in whole.items()}


def _assemble(parts: list[_Part], clock: ShortTimes | None = None) -> Messages:
    """Put the parts of one message number together, in file order."""
    rows = _Rows(parts)
    columns = dict(rows.columns([part.columns for part in parts]))
    if clock is not None:
        columns[TIMESTAMP] = clock.complete(columns.get(TIMESTAMP), rows.messages)
    from_developer = set()
    for native, column in rows.columns([part.developer for part in parts]).items():
        known = columns.get(native)
        # An app without its sensor writes zeros.
        if (known is None or np.isnan(known).all()) and np.nan_to_num(column).any():
            columns[native] = column
            from_developer.add(native)
    tables = rows.tables([part.tables for part in parts])
    texts = rows.texts([part.texts for part in parts])
    return Messages(len(rows.messages), columns, tables, texts, frozenset(from_developer))
