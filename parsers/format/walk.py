"""Which messages are where in the file?

The messages follow one another without gaps, and each begins with one byte that says what it is:

    1ttooooo  data with a compressed time: local number tt, low five bits of the time ooooo
    01d0nnnn  definition of local number nnnn (d: developer fields follow)
    00d0nnnn  data of local number nnnn

A definition says what the data messages of its local number look like from here on: byte order, global message
number ("20 is a record"), and for each field its number, its size in bytes and its base type. Data messages hold
the bare values, so the only way to find a message is to walk over all before it. This walk touches one byte per
message and remembers where it was; which message is of which kind is then found in bulk, and so are the values (see
`walked` and `bulk`).

Where messages of one kind follow one another, the same header byte stands at equal steps. One slice of the bytes
finds the end of such a run, so that most of a plain recording is leapt over.
"""

from bisect import bisect_left

import numpy as np

from hersteld.parsers.format.envelope import Segment
from hersteld.parsers.format.layout import Layout, definition_end, parse_definition
from hersteld.parsers.format.message_index import LOCALS, Offsets, Walked

BETWEEN_LOOKS = 64
"""After so many messages the walk looks whether it is in a run: seldom enough to cost nothing where it never is."""
BEFORE_LOOKING = 3
"""So many messages behind a definition are passed one by one: often there are no more, and a look ahead would not pay.
"""
FIRST_LOOK = 32
"""So many messages ahead a leap looks at first."""
MOST_MESSAGES = 1 << 22
"""A month of records, one a second, and something else for most of them. What comes after so many messages is not read,
as some bytes made on purpose, a message each, would cost hundreds of times as many."""
SINGLES_KEPT = 1024
"""More single messages than these are put away before a run, which costs a little for each that is kept with it."""

_DEFINITION = 0x40
_NOT_DATA = 0


def walk(data: bytes, segment: Segment, most: int = MOST_MESSAGES) -> Walked:
    """Return where every message of a segment is, up to its end or to the first byte that makes no sense.

    Args:
        most: After so many messages no more are passed, and it stops as at a byte that makes no sense.
    """
    trail = _Trail()
    position, end = segment.start, segment.end
    stopped_at: int | None = None
    while position < end and stopped_at is None:
        room = most - trail.passed()
        if room > 0:  # and each message has a byte at least
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
    """Where the walk has been, and how far it steps from where it is.

    Attributes:
        places: Offsets of header bytes: of single messages, and of the first message of each run.
        runs: For each run three numbers: which of the places, how many messages, how far from one to the next.
        steps: For each header byte, the bytes of a message that begins with it; 0 where none may, or none was met yet.
        layouts: What was defined so far, each different definition once.
        known: For the bytes of each of these definitions: its place in `layouts`, its local number, its messages' step.
        defined, defined_at: As in `Walked`.
        learnt: By local number, the other headers it goes by; see `learn`.
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
        """Take in a definition that was not met before; see `known`."""
        layout = parse_definition(definition)
        told = self.known[definition] = (len(self.layouts), layout.local, layout.size + 1)
        self.layouts.append(layout)
        return told

    def relearn(self, local: int) -> None:
        """Let the other headers of a local number, too, begin what was now defined for it."""
        for header in self.learnt.get(local, ()):
            self.steps[header] = self.steps[local]

    def learn(self, header: int) -> bool:
        """Learn that a local number also goes by this header, which has a time in it, or bits set that mean nothing.

        Few files have any of them. Return whether there may be one.
        """
        local = int(LOCALS[header])
        if header & 0xC0 == _DEFINITION or not self.steps[local]:
            return False
        self.learnt.setdefault(local, []).append(header)
        self.steps[header] = self.steps[local]
        return True

    def add_run(self, first: int, count: int, step: int) -> None:
        """Pass so many messages, of which the first begins here and each is as long as the step."""
        if len(self.places) > SINGLES_KEPT:
            self._put_away()
        self.runs += (len(self.places), count, step)
        self.places.append(first)

    def passed(self) -> int:
        """Return how many messages were passed."""
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

    It is made of how far each message is from the one before: within a run that is its step.
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
    """Go from data message to data message, and return where there is none: at the end, at a definition, at nonsense.

    The last message may reach beyond the end, and is then a single one; so does the offset returned.

    The inner loop is what the walk spends its time on, so it asks nothing: where there is no message it stands still,
    and beyond the end it goes on until the next look, which takes the surplus back.
    """
    places, steps = trail.places, trail.steps
    while position < end and steps[data[position]]:
        before = len(places)
        try:
            for _ in range(BETWEEN_LOOKS):
                places.append(position)
                position += steps[data[position]]
        except IndexError:
            pass  # the last byte of all was passed
        if position >= end:
            # Beyond the end. What was taken for messages there is dropped, and the walk goes back to the first of it.
            places.append(position)
            cut = bisect_left(places, end, before)
            position = places[cut]
            del places[cut:]
        elif places[-1] == position:
            # It stood still, on a byte that begins no message, and noted it again and again.
            del places[places.index(position, before) :]
        else:
            # Only messages. If all had the same header, at equal steps, it may be a run.
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
