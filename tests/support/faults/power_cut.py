"""What may be on the disk when the power is cut after an event of a write log?

Whatever was synced before, and any part of the rest: each write whole, in some of its sectors or not at all, each new
length or none, each name that came or went or not. A disk that writes in another order than it was told does just that.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.faults.write_log import Event, Name, Sync, Truncate, Write

Keeps = Callable[[Event], float | None]
"""Returns by which chance a sector of what an event wrote is kept: 1 for all, 0 for nothing."""


def everything(_: Event) -> float:
    """Keep all: the kernel had just written it."""
    return 1.0


def nothing(_: Event) -> float:
    """Keep nothing but what was synced."""
    return 0.0


@dataclass(slots=True)
class Drawn:
    """Keeps a half of the events, and of some a part; by a seed, so that it is the same each time."""

    seed: str
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def __call__(self, _: Event) -> float:
        return self._random.choice((0.0, 0.5, 1.0))


def synced_at(events: Sequence[Event], *, believes: bool = True) -> list[int | None]:
    """Return for each event after how many events it was on the disk for certain; None for never.

    Args:
        believes: Whether the disk does what it is told; without, nothing is ever certain.
    """
    found: list[int | None] = [None] * len(events)
    for number, sync in enumerate(events):
        if isinstance(sync, Sync) and believes:
            for before in range(min(sync.since, number)):
                event = events[before]
                is_of_it = _is_name(event) if sync.file is None else _file_of(event) == sync.file
                if is_of_it and found[before] is None:
                    found[before] = number + 1
    return found


def on_the_disk(
    events: Sequence[Event], count: int, synced: Sequence[int | None], keeps: Callable[[Event], float], seed: str
) -> dict[str, bytes]:
    """Return the files with their names that are there after so many events and a cut.

    Args:
        synced: As `synced_at` gives it.
        keeps: Says what becomes of each event that is not synced yet.
        seed: By which the sectors of a torn write are drawn.
    """
    drawn = random.Random(seed)
    sector = drawn.choice((512, 4096))
    contents: dict[int, bytearray] = {}
    names: dict[str, int] = {}
    for number in range(count):
        event, certain = events[number], synced[number]
        share = 1.0 if certain is not None and certain <= count else keeps(event)
        if isinstance(event, Write):
            _write(contents.setdefault(event.file, bytearray()), event, share, sector, drawn)
        elif isinstance(event, Truncate) and drawn.random() < share:
            _set_size(contents.setdefault(event.file, bytearray()), event.size)
        elif isinstance(event, Name) and drawn.random() < share:
            if event.file is None:
                names.pop(event.name, None)
            else:
                names[event.name] = event.file
    return {name: bytes(contents.get(file, b"")) for name, file in names.items()}


def lay(files: dict[str, bytes], folder: Path) -> None:
    """Make a folder hold these files and no others."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)


def _write(content: bytearray, event: Write, share: float, sector: int, drawn: random.Random) -> None:
    """Write an event's bytes, or some of its sectors: those begin at multiples of their size in the file."""
    at, end = event.at, event.at + len(event.data)
    while at < end:
        upto = min(end, (at // sector + 1) * sector)
        if drawn.random() < share:
            _set_size(content, max(len(content), upto))
            content[at:upto] = event.data[at - event.at : upto - event.at]
        at = upto


def _set_size(content: bytearray, size: int) -> None:
    if size < len(content):
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


def _is_name(event: Event) -> bool:
    return isinstance(event, Name)


def _file_of(event: Event) -> int | None:
    return event.file if isinstance(event, (Write, Truncate)) else None
