"""Which messages are where in the file?

The messages follow one another without gaps, and each begins with one byte that says what it is:

    1ttooooo  data with a compressed time: local number tt, low five bits of the time ooooo
    01d0nnnn  definition of local number nnnn (d: developer fields follow)
    00d0nnnn  data of local number nnnn

A definition says what the data messages of its local number look like from here on: byte order, global message
number ("20 is a record"), and for each field its number, its size in bytes and its base type. Data messages hold
the bare values, so the only way to find a message is to walk over all before it. This walk touches one byte per
message and remembers where it was; the values are then fetched in bulk (see `bulk`).

Records mostly come in long runs of the same local number, that is the same header byte at equal steps. One slice
per run finds its end, so that most of the walk happens inside `bytes`.
"""

from array import array
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.envelope import Segment

Offsets = NDArray[np.int64]

FIRST_LOOK_MESSAGES = 8


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a definition: its number, where it lies in the message, and how it is stored.

    Attributes:
        base_type: FIT base type for a native field; index of the developer for a developer field.
    """

    number: int
    offset: int
    size: int
    base_type: int


@dataclass(slots=True)
class Layout:
    """What the messages of one definition look like, and where they are.

    Attributes:
        number: Global message number.
        size: Bytes of a data message without its header byte.
        singles: Offsets of messages, header byte not included, found one at a time.
        runs: (first offset, count, step) of messages found in a run.
    """

    number: int
    big_endian: bool
    slots: tuple[Slot, ...]
    developer_slots: tuple[Slot, ...]
    size: int
    singles: "array[int]" = field(default_factory=lambda: array("q"))
    runs: list[tuple[int, int, int]] = field(default_factory=list)

    def offsets(self) -> Offsets:
        """Return where each message's first field lies, in file order, shape (messages,)."""
        parts = [np.array(self.singles, dtype=np.int64)]
        parts += [start + step * np.arange(count, dtype=np.int64) for start, count, step in self.runs]
        return np.sort(np.concatenate(parts))


@dataclass(slots=True)
class Walked:
    """Everything the walk found in one file.

    Attributes:
        layouts: Each different definition once, in order of appearance.
        short_times: Offset and header byte of every data message with a compressed time, in file order.
        stopped_at: Offset of the first byte that made no sense, or None.
    """

    layouts: list[Layout] = field(default_factory=list)
    short_times: list[tuple[int, int]] = field(default_factory=list)
    stopped_at: int | None = None


def walk(data: bytes, segment: Segment) -> Walked:
    """Return where every message of a segment is, up to its end or to the first byte that makes no sense."""
    walked = Walked()
    known: dict[bytes, Layout] = {}
    local: list[Layout | None] = [None] * 16
    position, end = segment.start, segment.end
    while position < end:
        header = data[position]
        if header & 0xC0 == 0x40:
            after = _definition_end(data, position, end)
            if after is None:
                walked.stopped_at = position
                break
            definition = data[position:after]
            # The header byte's local number is no part of what the messages look like.
            key = bytes([header & 0x20]) + definition[1:]
            if key not in known:
                known[key] = _layout(definition)
                walked.layouts.append(known[key])
            local[header & 15] = known[key]
            position = after
            continue
        short = header & 0x80
        layout = local[(header >> 5) & 3 if short else header & 15]
        if layout is None or position + 1 + layout.size > end:
            walked.stopped_at = position
            break
        if short:
            walked.short_times.append((position + 1, header))
        layout.singles.append(position + 1)
        step = layout.size + 1
        position += step
        if position < end and data[position] == header and not short:
            count = _run(data, position, end, step)
            if count:
                layout.runs.append((position + 1, count, step))
                position += count * step
    return walked


def _run(data: bytes, position: int, end: int, step: int) -> int:
    """Return how many whole messages with this header byte follow one another, looking ever further ahead."""
    header = data[position : position + 1]
    fitting = (end - position) // step
    count, look = 0, FIRST_LOOK_MESSAGES
    while count < fitting:
        look = min(look, fitting - count)
        first = position + count * step
        headers = data[first : first + look * step : step]
        same = len(headers) - len(headers.lstrip(header))
        count += same
        if same < look:
            break
        look *= 2
    return count


def _definition_end(data: bytes, position: int, end: int) -> int | None:
    """Return the offset behind a definition, or None when it is cut off."""
    after = position + 6
    if after > end:
        return None
    after += 3 * data[position + 5]
    if data[position] & 0x20:
        if after >= end:
            return None
        after += 1 + 3 * data[after]
    return after if after <= end else None


def _layout(definition: bytes) -> Layout:
    big_endian = definition[2] != 0
    number = int.from_bytes(definition[3:5], "big" if big_endian else "little")
    count = definition[5]
    slots, size = _slots(definition[6 : 6 + 3 * count], 0)
    developer_slots, size = _slots(definition[7 + 3 * count :], size)
    return Layout(number, big_endian, slots, developer_slots, size)


def _slots(triples: bytes, offset: int) -> tuple[tuple[Slot, ...], int]:
    slots: list[Slot] = []
    for number, size, base_type in zip(triples[0::3], triples[1::3], triples[2::3], strict=True):
        slots.append(Slot(number, offset, size, base_type))
        offset += size
    return tuple(slots), offset
