"""Which messages are where in the file?

The messages follow one another without gaps, and each begins with one byte that says what it is:

    1ttooooo  data with a compressed time: local number tt, low five bits of the time ooooo
    01d0nnnn  definition of local number nnnn (d: developer fields follow)
    00d0nnnn  data of local number nnnn

A definition says what the data messages of its local number look like from here on: byte order, global message
number ("20 is a record"), and for each field its number, its size in bytes and its base type. Data messages hold
the bare values, so the only way to find a message is to walk over all before it. This walk touches one byte per
message and remembers where it was; which message is of which kind is then found in bulk, and so are the values (see
`bulk`).

Where messages of one kind follow one another, the same header byte stands at equal steps. One slice of the bytes
finds the end of such a run, so that most of a plain recording is leapt over.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.envelope import Segment
from hersteld.parsers.layout import Layout, definition_end, parse_definition

Offsets = NDArray[np.int64]
Indices = NDArray[np.int64]
"""Which messages: their places in `Walked.offsets`."""

BETWEEN_LOOKS = 64
"""After so many messages the walk looks whether it is in a run: seldom enough to cost nothing where it never is."""
FEW = 3
"""So few messages often stand between two definitions that looking ahead would not pay."""
FIRST_LOOK = 32
"""So many messages ahead a leap looks at first."""
LONG_RUN = 1024
"""From so many messages on, a run is worth an array of its own."""

_COMPRESSED = 0x80
_DEFINITION = 0x40
_NOT_DATA = 0
_LOCALS = np.array([header >> 5 & 3 if header >= _COMPRESSED else header & 15 for header in range(256)], dtype=np.uint8)
"""The local number in each header byte of data."""
_LOOKS = range(BETWEEN_LOOKS)


@dataclass(frozen=True, slots=True)
class Meanings:
    """What one local number means in the course of a file, one item per definition.

    Attributes:
        since: How many data messages, of any kind, stand before the definition.
        kinds: The place in `Walked.layouts` of what it defines.
    """

    since: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Everything the walk found in one file.

    Attributes:
        offsets: Where each data message's first field lies, in file order, shape (messages,).
        headers: The header byte of each, shape (messages,).
        layouts: What is defined, each layout once.
        meanings: By local number.
        stopped_at: Offset of the first byte that made no sense, or None.
    """

    offsets: Offsets
    headers: NDArray[np.uint8]
    layouts: tuple[Layout, ...]
    meanings: dict[int, Meanings]
    stopped_at: int | None

    def short_times(self) -> NDArray[np.bool_]:
        """Return which messages have a compressed time."""
        return self.headers >= _COMPRESSED

    def by_layout(self, wanted: Callable[[Layout], bool]) -> list[tuple[Layout, Indices]]:
        """Return the messages of each wanted layout that has any, in file order."""
        chosen = {kind: layout for kind, layout in enumerate(self.layouts) if wanted(layout)}
        locals_ = _LOCALS[self.headers]
        found: list[tuple[Layout, Indices]] = []
        for local, meant in self.meanings.items():
            if chosen.keys().isdisjoint(meant.kinds):
                continue
            messages = (locals_ == local).nonzero()[0]
            if len(meant.kinds) == 1:
                found.append((self.layouts[meant.kinds[0]], messages))
                continue
            # Each definition holds until the next of the same local number.
            since = messages.searchsorted([*meant.since, len(self.offsets)])
            # Sixteen bits where they do: numpy sorts those without comparing.
            number = np.uint16 if len(self.layouts) < 1 << 16 else np.int64
            kinds = np.array(meant.kinds, number).repeat(since[1:] - since[:-1])
            messages = messages[kinds.argsort(kind="stable")]
            edges = [0, *np.bincount(kinds, minlength=len(self.layouts)).cumsum().tolist()]
            found += [(layout, messages[edges[kind] : edges[kind + 1]]) for kind, layout in chosen.items()]
        return [(layout, messages) for layout, messages in found if len(messages)]


def walk(data: bytes, segment: Segment) -> Walked:
    """Return where every message of a segment is, up to its end or to the first byte that makes no sense."""
    trail = _Trail()
    places, steps = trail.singles, trail.steps
    stopped_at: int | None = None
    position, end = segment.start, segment.end
    passed_since = 0
    while position < end:
        step = steps[data[position]]
        if step:
            places.append(position)
            position += step
            passed_since += 1
            if passed_since >= FEW:
                position = _follow(data, position, end, trail)
            continue
        after = definition_end(data, position, end)
        if after is not None:
            trail.define(data[position] & 15, parse_definition(data[position:after]))
            position = after
            passed_since = 0
        elif not trail.learn(data[position]):
            stopped_at = position
            break
    if places and position > end:
        stopped_at = places.pop()  # torn
    offsets = trail.offsets()
    headers = np.frombuffer(data, dtype=np.uint8)[offsets]
    return Walked(offsets + 1, headers, tuple(trail.kinds), trail.meanings, stopped_at)


class _Trail:
    """Where the walk has been, and how far it steps from where it is.

    Attributes:
        singles: Offsets of the header bytes passed since the last long run.
        done_count: How many were passed before those.
        steps: For each header byte, the bytes of a message that begins with it; 0 where none may, or none was met yet.
        kinds: Each layout's place in `Walked.layouts`.
        meanings: As in `Walked`.
    """

    def __init__(self) -> None:
        self.singles: list[int] = []
        self.done_count = 0
        self.steps = [_NOT_DATA] * 256
        self.kinds: dict[Layout, int] = {}
        self.meanings: dict[int, Meanings] = {}
        self._done: list[Offsets] = []
        self._learnt: dict[int, list[int]] = {}

    def define(self, local: int, layout: Layout) -> None:
        meant = self.meanings.get(local) or self.meanings.setdefault(local, Meanings())
        meant.since.append(self.done_count + len(self.singles))
        meant.kinds.append(self.kinds.setdefault(layout, len(self.kinds)))
        step = layout.size + 1
        self.steps[local] = step
        for header in self._learnt.get(local, ()):
            self.steps[header] = step

    def learn(self, header: int) -> bool:
        """Learn that a local number also goes by this header, which has a time in it, or bits set that mean nothing.

        Few files have any of them. Return whether there may be one.
        """
        local = int(_LOCALS[header])
        if header & 0xC0 == _DEFINITION or not self.steps[local]:
            return False
        self._learnt.setdefault(local, []).append(header)
        self.steps[header] = self.steps[local]
        return True

    def add_run(self, first: int, count: int, step: int) -> None:
        if count < LONG_RUN:
            self.singles.extend(range(first, first + count * step, step))
            return
        self._close(np.array(self.singles, dtype=np.int64))
        self.singles.clear()
        self._close(first + step * np.arange(count, dtype=np.int64))

    def _close(self, part: Offsets) -> None:
        self._done.append(part)
        self.done_count += len(part)

    def offsets(self) -> Offsets:
        return np.concatenate([*self._done, np.array(self.singles, dtype=np.int64)])


def _follow(data: bytes, position: int, end: int, trail: _Trail) -> int:
    """Go from data message to data message, and return where there is none: at the end, at a definition, at nonsense.

    The last message may reach beyond the end, and is then a single one; so does the offset returned.

    The inner loop is what the walk spends its time on, so it asks nothing: where there is no message it stands still,
    and beyond the end it goes on until the next look, which takes the surplus back.
    """
    places, steps = trail.singles, trail.steps
    position = _leap(data, position, end, trail)
    while position < end and steps[data[position]]:
        before = len(places)
        try:
            for _ in _LOOKS:
                places.append(position)
                position += steps[data[position]]
        except IndexError:
            pass  # the last byte of all was passed
        if position >= end:
            places.append(position)
            cut = bisect_left(places, end, before)
            position = places[cut]
            del places[cut:]
        elif places[-1] == position:
            del places[places.index(position, before) :]
        else:
            header = data[places[before] : places[before] + 1]
            if data[places[before] : position : steps[header[0]]] == header * BETWEEN_LOOKS:
                position = _leap(data, position, end, trail)
    return position


def _leap(data: bytes, position: int, end: int, trail: _Trail) -> int:
    """Pass all whole messages from here on that have the same header byte, looking ever further ahead."""
    step = trail.steps[data[position]] if position < end else _NOT_DATA
    if step == _NOT_DATA:
        return position
    header = data[position : position + 1]
    fitting = (end - position) // step
    count, look = 0, FIRST_LOOK
    while count < fitting:
        look = min(look, fitting - count)
        first = position + count * step
        headers = data[first : first + look * step : step]
        same = len(headers) - len(headers.lstrip(header))
        count += same
        if same < look:
            break
        look *= 2
    trail.add_run(position, count, step)
    return position + count * step
