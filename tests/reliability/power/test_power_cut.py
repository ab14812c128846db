"""A power cut after each write of a life: nothing is lost, and nothing repeated but what nobody could know.

What the installed program writes is written down, and written again up to each event, with any part of what was not
synced missing or torn. The service is started on each of the states of the disk that come of it.
"""

import hashlib
from collections.abc import Iterator, Sequence

import pytest

from tests.reliability.power.recorded_life import Life, check, live
from tests.support.faults.power_cut import Drawn, everything, lay, nothing, on_the_disk, synced_at
from tests.support.measured.figures import Measured

_DRAWN = 2
"""How many parts of what was not synced are drawn for each moment, beside all of it and nothing."""
_LEAST = 200
"""How many states of the disk there are at least; just how many depends on how two threads take turns."""


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    return live(tmp_path_factory.mktemp("life") / "home")


def _disks(life: Life, counts: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Lay each different disk that a cut after so many events may leave; yield the number, and how it was made."""
    events = life.log.events
    synced = synced_at(events)
    seen: set[bytes] = set()
    for count in counts:
        names = ("nothing", "everything", *(f"{count} {number}" for number in range(_DRAWN)))
        for name in names:
            keeps = {"nothing": nothing, "everything": everything}.get(name) or Drawn(name)
            files = on_the_disk(events, count, synced, keeps, name)
            known = [(at <= count, count < life.told[title]) for title, at in life.accepted.items()]
            state = hashlib.sha256(repr((sorted(files.items()), known)).encode()).digest()
            if state not in seen:
                seen.add(state)
                lay(files, life.folder / "state")
                yield count, name


@pytest.mark.figures("the power is cut after any write", "{states} states of the disk and more: lost 0, refused 0")
@pytest.mark.parametrize("workouts", [1, 2])
def test_a_cut_after_any_write_loses_nothing_and_repeats_only_what_nobody_could_know(
    life: Life, measured: Measured, workouts: int
) -> None:
    """First the moments before the second workout came, which is not in the folder then; then those after."""
    events = len(life.log.events)
    counts = range(life.second) if workouts == 1 else range(life.second, events + 1)
    with life.folder_with(workouts):
        found = [(count, name, check(life, count)) for count, name in _disks(life, counts)]
    assert not [one for one in found if one[2]]
    assert len(found) >= _LEAST
    measured(states=_LEAST)


def test_on_a_disk_that_does_not_sync_a_message_would_be_repeated(life: Life) -> None:
    """So the test above would notice if a commit did not wait for the disk (`synchronous = FULL`)."""
    events = life.log.events
    never = synced_at(events, believes=False)
    first = min(life.told.values())
    with life.folder_with(1):
        lay(on_the_disk(events, first, never, nothing, ""), life.folder / "state")
        assert "told 2 times" in check(life, first)
        lay(on_the_disk(events, first, synced_at(events), nothing, ""), life.folder / "state")
        assert not check(life, first)
