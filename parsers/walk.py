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

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.envelope import Segment
from hersteld.parsers.layout import Layout, definition_end, parse_definition

Offsets = NDArray[np.int64]

BETWEEN_LOOKS = 64
"""After so many messages the walk looks whether it is in a run: seldom enough to cost nothing where it never is."""

_COMPRESSED = 0x80
_NOT_DATA = 0


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Everything the walk found in one file.

    Attributes:
        offsets: Where each data message's first field lies, in file order, shape (messages,).
        headers: The header byte of each, shape (messages,).
        definitions: Every definition in file order: how many data messages stand before it, its local number, and
            what it defines.
        stopped_at: Offset of the first byte that made no sense, or None.
    """

    offsets: Offsets
    headers: NDArray[np.uint8]
    definitions: tuple[tuple[int, int, Layout], ...]
    stopped_at: int | None

    def short_times(self) -> NDArray[np.bool_]:
        """Return which messages have a compressed time."""
        return self.headers >= _COMPRESSED

    def by_layout(self, wanted: Callable[[Layout], bool]) -> list[tuple[Layout, Offsets]]:
        """Return the messages of each wanted layout that has any, in file order."""
        of_local: dict[int, list[tuple[int, Layout]]] = defaultdict(list)
        for before, local, layout in self.definitions:
            of_local[local].append((before, layout))
        locals_ = np.where(self.short_times(), self.headers >> 5 & 3, self.headers & 15)
        found: list[tuple[Layout, Offsets]] = []
        for local, own in of_local.items():
            layouts = list(dict.fromkeys(layout for _, layout in own))
            numbers = [number for number, layout in enumerate(layouts) if wanted(layout)]
            if not numbers:
                continue
            messages = np.flatnonzero(locals_ == local)
            if len(layouts) == 1:
                found.append((layouts[0], self.offsets[messages]))
                continue
            number_of = {layout: number for number, layout in enumerate(layouts)}
            counts = np.diff(np.searchsorted(messages, [before for before, _ in own]), append=len(messages))
            kinds = np.repeat([number_of[layout] for _, layout in own], counts)
            order = np.argsort(kinds, kind="stable")
            edges = np.searchsorted(kinds[order], np.arange(len(layouts) + 1)).tolist()
            found += [(layouts[one], self.offsets[messages[order[edges[one] : edges[one + 1]]]]) for one in numbers]
        return [(layout, offsets) for layout, offsets in found if len(offsets)]


def walk(data: bytes, segment: Segment) -> Walked:
    """Return where every message of a segment is, up to its end or to the first byte that makes no sense."""
    known: dict[bytes, Layout] = {}
    definitions: list[tuple[int, int, Layout]] = []
    steps = [_NOT_DATA] * 256
    trail = _Trail()
    stopped_at: int | None = None
    position, end = segment.start, segment.end
    while position < end:
        position = _follow(data, position, end, steps, trail)
        if position > end:
            stopped_at = trail.drop_last()
            break
        if position == end:
            break
        after = definition_end(data, position, end)
        if after is None:
            stopped_at = position
            break
        definition = data[position:after]
        layout = known.get(definition)
        if layout is None:
            layout = known[definition] = parse_definition(definition)
        local = definition[0] & 15
        definitions.append((len(trail), local, layout))
        for alike in _HEADERS[local]:
            steps[alike] = [layout.size + 1] * (alike.stop - alike.start)
        position = after
    places = trail.places()
    headers = np.frombuffer(data, dtype=np.uint8)[places]
    return Walked(places + 1, headers, tuple(definitions), stopped_at)


_HEADERS = tuple(
    [
        *(slice(local | unused, (local | unused) + 1) for unused in range(0, 0x40, 0x10)),
        *(slice(0x80 | local << 5, 0xA0 + (local << 5)) for _ in range(local < 4)),
    ]
    for local in range(16)
)
"""For each local number, the header bytes that its data messages may have."""


class _Trail:
    """The offsets of all header bytes passed so far: single ones, and runs of equal steps."""

    def __init__(self) -> None:
        self.singles: list[int] = []
        self._done: list[Offsets] = []
        self._done_count = 0

    def __len__(self) -> int:
        return self._done_count + len(self.singles)

    def add_run(self, first: int, count: int, step: int) -> None:
        self._close(np.array(self.singles, dtype=np.int64))
        self.singles.clear()
        self._close(first + step * np.arange(count, dtype=np.int64))

    def _close(self, part: Offsets) -> None:
        self._done.append(part)
        self._done_count += len(part)

    def drop_last(self) -> int:
        """Forget the last message, which is always a single one, and return where it begins."""
        return self.singles.pop()

    def places(self) -> Offsets:
        return np.concatenate([*self._done, np.array(self.singles, dtype=np.int64)])


def _follow(data: bytes, position: int, end: int, steps: list[int], trail: _Trail) -> int:
    """Go from data message to data message, and return where there is none: at the end, at a definition, at nonsense.

    The last message may reach beyond the end; then so does the offset returned.
    """
    singles, passed = trail.singles, trail.singles.append
    while position < end:
        for _ in range(BETWEEN_LOOKS):
            step = steps[data[position]]
            if not step:
                return position
            passed(position)
            position += step
            if position >= end:
                return position
        first = singles[-BETWEEN_LOOKS]
        header = data[first : first + 1]
        step = steps[header[0]]
        if data[first:position:step] == header * BETWEEN_LOOKS:
            count = _run(data, position, end, header, step)
            if count:
                trail.add_run(position, count, step)
                position += count * step
    return position


def _run(data: bytes, position: int, end: int, header: bytes, step: int) -> int:
    """Return how many whole messages with this header byte follow one another, looking ever further ahead."""
    fitting = (end - position) // step
    count, look = 0, BETWEEN_LOOKS
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
