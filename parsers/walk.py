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
from collections import defaultdict
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
MANY = 1024
"""So many single messages are put away before a run, which costs a little for each that is kept with it."""

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
        since: Offset of the definition.
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
        chosen = {kind for kind, layout in enumerate(self.layouts) if wanted(layout)}
        locals_ = _LOCALS[self.headers]
        found: list[tuple[Layout, Indices]] = []
        for local, meant in self.meanings.items():
            if chosen.isdisjoint(meant.kinds):
                continue
            messages = (locals_ == local).nonzero()[0]
            # Each definition holds until the next of the same local number.
            edges = [*messages.searchsorted(self.offsets.searchsorted(meant.since)).tolist(), len(messages)]
            stretches: dict[int, list[Indices]] = defaultdict(list)
            for kind, at, end in zip(meant.kinds, edges, edges[1:], strict=False):
                if at < end and kind in chosen:
                    stretches[kind].append(messages[at:end])
            found += [(self.layouts[kind], _one(parts)) for kind, parts in stretches.items()]
        return found


def _one(parts: list[Indices]) -> Indices:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def walk(data: bytes, segment: Segment) -> Walked:
    """Return where every message of a segment is, up to its end or to the first byte that makes no sense."""
    trail = _Trail()
    places, steps = trail.places, trail.steps
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
                position = _follow(data, _leap(data, position, end, trail), end, trail)
            continue
        after = definition_end(data, position, end)
        if after is not None:
            trail.define(position, data[position] & 15, parse_definition(data[position:after]))
            position = after
            passed_since = 0
        elif not trail.learn(data[position]):
            stopped_at = position
            break
    if places and position > end:
        stopped_at = places.pop()  # torn
    offsets = trail.offsets()
    headers = np.frombuffer(data, dtype=np.uint8)[offsets]
    offsets += 1
    return Walked(offsets, headers, tuple(trail.kinds), trail.meanings, stopped_at)


class _Trail:
    """Where the walk has been, and how far it steps from where it is.

    Attributes:
        places: Offsets of header bytes: of single messages, and of the first message of each run.
        runs: For each run three numbers: which of the places, how many messages, how far from one to the next.
        steps: For each header byte, the bytes of a message that begins with it; 0 where none may, or none was met yet.
        kinds: Each layout's place in `Walked.layouts`.
        meanings: As in `Walked`.
    """

    def __init__(self) -> None:
        self.places: list[int] = []
        self.runs: list[int] = []
        self.steps = [_NOT_DATA] * 256
        self.kinds: dict[Layout, int] = {}
        self.meanings: dict[int, Meanings] = {}
        self._done: list[Offsets] = []
        self._learnt: dict[int, list[int]] = {}

    def define(self, position: int, local: int, layout: Layout) -> None:
        meant = self.meanings.get(local) or self.meanings.setdefault(local, Meanings())
        meant.since.append(position)
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
        if len(self.places) > MANY:
            self._put_away()
        self.runs += (len(self.places), count, step)
        self.places.append(first)

    def offsets(self) -> Offsets:
        """Return the offset of each header byte passed, in file order."""
        self._put_away()
        return self._done[0] if len(self._done) == 1 else np.concatenate(self._done)

    def _put_away(self) -> None:
        offsets = np.array(self.places, dtype=np.int64)
        if self.runs:
            runs = np.array(self.runs, dtype=np.int64).reshape(-1, 3)
            after = self.runs[-3] + 1
            self._done.append(_expanded(offsets[:after], runs))
            offsets = offsets[after:]
        self._done.append(offsets)
        self.places.clear()
        self.runs.clear()


def _expanded(places: Offsets, runs: Offsets) -> Offsets:
    """Return the offset of each message where some places stand for whole runs; see `_Trail`."""
    which, counts, steps = runs.T
    count, step = np.ones(len(places), dtype=np.int64), np.zeros(len(places), dtype=np.int64)
    count[which], step[which] = counts, steps
    first = count.cumsum() - count
    offsets = step.repeat(count)
    offsets *= np.arange(len(offsets))
    offsets += (places - first * step).repeat(count)
    return offsets


def _follow(data: bytes, position: int, end: int, trail: _Trail) -> int:
    """Go from data message to data message, and return where there is none: at the end, at a definition, at nonsense.

    The last message may reach beyond the end, and is then a single one; so does the offset returned.

    The inner loop is what the walk spends its time on, so it asks nothing: where there is no message it stands still,
    and beyond the end it goes on until the next look, which takes the surplus back.
    """
    places, steps = trail.places, trail.steps
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
    if count:
        trail.add_run(position, count, step)
    return position + count * step
