"""Where in the file is each message?

The messages follow one another without gaps, and each begins with one byte that says what it is:

    1ttooooo  data with a compressed time: local number tt, low five bits of the time ooooo
    01d0nnnn  definition of local number nnnn (d: developer fields follow)
    00d0nnnn  data of local number nnnn

A definition says what the data messages of its local number look like from then on: byte order, global message
number (20 is a record), and for each field its number, its size in bytes and its base type. Data messages hold nothing
but the values, so a message can only be found by walking over all messages before it. The walk looks at one byte per
message and notes its offset. Which definition each message belongs to, and its values, are then found for many messages
at once (see `message_index` and `bulk`).

Where messages of one kind follow one another (a run), the same header byte stands at equal steps. One slice of the
bytes finds the end of a run, so that most of a plain recording is passed in a few leaps.
"""

from bisect import bisect_left

import numpy as np

from hersteld.parsers.format.envelope import Segment
from hersteld.parsers.format.layout import Layout, definition_end, parse_definition
from hersteld.parsers.format.message_index import LOCALS, Offsets, Walked

BETWEEN_LOOKS = 64
"""After this many messages the walk checks whether it is in a run: rarely enough to cost little where it never is."""
BEFORE_LOOKING = 3
"""This many messages behind a definition are passed one by one: often there are no more, and looking ahead would cost
more than it saves."""
FIRST_LOOK = 32
"""The number of messages that a leap looks ahead at first."""
MOST_MESSAGES = 1 << 22
"""A month of records, one a second, and another message for most of them. What follows after this many messages is not
read: a file made on purpose, of one byte per message, would need hundreds of times its size in memory."""
SINGLES_KEPT = 1024
"""When more single messages than this were noted, they are stored before a run, which each of them makes costlier."""

_DEFINITION = 0x40
_NOT_DATA = 0


def walk(data: bytes, segment: Segment, most: int = MOST_MESSAGES) -> Walked:
    """Return where every message of a segment is, up to its end or to the first byte that makes no sense.

    Args:
        most: The number of messages after which the walk stops, as at a byte that makes no sense.
    """
    trail = _Trail()
    position, end = segment.start, segment.end
    stopped_at: int | None = None
    while position < end and stopped_at is None:
        room = most - trail.passed()
        if room > 0:  # each message has at least one byte
            position, stopped_at = _pass(data, position, min(position + room, end), end, trail)
        else:
            stopped_at = position
    offsets = trail.offsets()
    headers = np.frombuffer(data, dtype=np.uint8)[offsets]
    offsets += 1
    definitions = np.array(trail.defined, dtype=np.int64), np.array(trail.defined_at, dtype=np.int64)
    return Walked(offsets, headers, tuple(trail.layouts), *definitions, stopped_at)


def _pass(data: bytes, position: int, until: int, end: int, trail: "_Trail") -> tuple[int, int | None]:
    """Pass all messages that begin before `until`.

    Returns:
        The offset behind them, and that of the first byte that makes no sense, or None.
    """
    places, steps, known = trail.places, trail.steps, trail.known
    defined, defined_at = trail.defined, trail.defined_at
    passed_since = 0
    while position < until:
        step = steps[data[position]]
        if step:
            places.append(position)
            position += step
            passed_since += 1
            if passed_since >= BEFORE_LOOKING:
                position = _leap(data, position, until, trail)
                if position < until and steps[data[position]]:
                    position = _follow(data, position, until, trail)
            continue
        after = definition_end(data, position, end)
        if after is not None:
            definition = data[position:after]
            kind, local, step = known.get(definition) or trail.meet(definition)
            defined.append(kind)
            defined_at.append(position)
            steps[local] = step
            if trail.learnt:
                trail.relearn(local)
            position = after
            passed_since = 0
        elif not trail.learn(data[position]):
            return position, position
    if places and position > end:
        return position, places.pop()  # torn
    return position, None


class _Trail:
    """The messages that the walk has passed, and the length of the next one by its header byte.

    Attributes:
        places: Offsets of header bytes: of single messages, and of the first message of each run.
        runs: For each run three numbers: its index in `places`, its number of messages, the bytes from one to the next.
        steps: For each header byte, the length of a message that begins with it; 0 where no message can begin so.
        layouts: The different definitions so far, each once.
        known: For the bytes of each of these definitions its place in `layouts`, local number and message length.
        defined, defined_at: As in `Walked`.
        learnt: By local number, the other header bytes that its messages begin with; see `learn`.
    """

    def __init__(self) -> None:
        self.places: list[int] = []
        self.runs: list[int] = []
        self.steps = [_NOT_DATA] * 256
        self.layouts: list[Layout] = []
        self.known: dict[bytes, tuple[int, int, int]] = {}
        self.defined: list[int] = []
        self.defined_at: list[int] = []
        self.learnt: dict[int, list[int]] = {}
        self._done: list[Offsets] = []

    def meet(self, definition: bytes) -> tuple[int, int, int]:
        """Add a definition that was not met before, and return what `known` has of it."""
        layout = parse_definition(definition)
        entry = self.known[definition] = (len(self.layouts), layout.local, layout.size + 1)
        self.layouts.append(layout)
        return entry

    def relearn(self, local: int) -> None:
        """Give the other header bytes of a local number the message length that was now defined for it."""
        for header in self.learnt.get(local, ()):
            self.steps[header] = self.steps[local]

    def learn(self, header: int) -> bool:
        """Add a header byte for a local number: one with a time in it, or with bits set that mean nothing.

        Few files have any of them. Return whether a message can begin with this byte.
        """
        local = int(LOCALS[header])
        if header & 0xC0 == _DEFINITION or not self.steps[local]:
            return False
        self.learnt.setdefault(local, []).append(header)
        self.steps[header] = self.steps[local]
        return True

    def add_run(self, first: int, count: int, step: int) -> None:
        """Note `count` messages, of which the first begins at `first` and each is `step` bytes long."""
        if len(self.places) > SINGLES_KEPT:
            self._put_away()
        self.runs += (len(self.places), count, step)
        self.places.append(first)

    def passed(self) -> int:
        """Return the number of messages passed so far."""
        in_runs = sum(self.runs[1::3]) - len(self.runs) // 3
        return len(self.places) + in_runs + sum(map(len, self._done))

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
    """Return the offset of each message, where some of the places stand for a whole run; see `_Trail`.

    The offsets are summed from the distance of each message to the one before, which within a run is its step.
    """
    which, counts, steps = runs.T
    count, step = np.ones_like(places), np.zeros_like(places)
    count[which], step[which] = counts, steps
    last = places + (count - 1) * step
    offsets = step.repeat(count)
    offsets[0] = places[0]
    offsets[count.cumsum()[:-1]] = places[1:] - last[:-1]
    return offsets.cumsum(out=offsets)


def _follow(data: bytes, position: int, end: int, trail: _Trail) -> int:
    """Go from data message to data message, and return the offset of the first byte that begins none.

    That is the end, a definition, or a byte that makes no sense. The last message may reach beyond the end, and so may
    the offset returned.

    The walk spends most of its time in the inner loop, which therefore checks nothing. Where no message begins it
    stands still, and beyond the end it goes on; the check after the loop removes the surplus.
    """
    places, steps = trail.places, trail.steps
    while position < end and steps[data[position]]:
        before = len(places)
        try:
            for _ in range(BETWEEN_LOOKS):
                places.append(position)
                position += steps[data[position]]
        except IndexError:
            pass  # beyond the last byte
        if position >= end:
            # The places beyond the end are dropped, and the walk goes back to the first of them.
            places.append(position)
            cut = bisect_left(places, end, before)
            position = places[cut]
            del places[cut:]
        elif places[-1] == position:
            # It stood still on a byte that begins no message, and noted its place repeatedly.
            del places[places.index(position, before) :]
        else:
            # All were messages. If all have the same header byte at equal steps, this may be a run.
            header = data[places[before] : places[before] + 1]
            if data[places[before] : position : steps[header[0]]] == header * BETWEEN_LOOKS:
                position = _leap(data, position, end, trail)
    return position


def _leap(data: bytes, position: int, end: int, trail: _Trail) -> int:
    """Pass all complete messages from `position` on that have the same header byte, looking further ahead each time."""
    step = trail.steps[data[position]] if position < end else _NOT_DATA
    if step == _NOT_DATA:
        return position
    header = data[position : position + 1]
    fitting = (end - position) // step
    count, look, first = 0, FIRST_LOOK, position
    while count < fitting:
        look = min(look, fitting - count)
        beyond = first + look * step
        same = look - len(data[first:beyond:step].lstrip(header))
        count += same
        if same < look:
            break
        first = beyond
        look *= 2
    if count:
        trail.add_run(position, count, step)
    return position + count * step
