"""A file at which reading ended is tried again when what was short had time to come back, and ever more seldom."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from hersteld.daemon.inbox.held_up import read_held_up
from hersteld.daemon.inbox.set_aside import read_set_aside, try_again
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.file_reader import OwnReader, ReaderCallbacks, Unread
from hersteld.daemon.system.clock import ManualClock
from hersteld.parsers.line import Line
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON, Pipeline, a_file

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SHORT = timedelta(minutes=10)


class Short(OwnReader):
    """A reader for which the machine has no memory.

    Attributes:
        tried: When, by the clock that is never set, in seconds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tried: list[float] = []
        self.is_short = True
        self.clock: ManualClock

    def read(self, descriptor: int, path: str, callbacks: ReaderCallbacks, *, salvage: bool) -> Iterator[Reading]:
        if self.is_short and "odd" in path:
            self.tried.append(self.clock.monotonic_s())
            raise Unread(Line("reasons.signal", {"number": 9}))
        yield from super().read(descriptor, path, callbacks, salvage=salvage)

    @property
    def apart(self) -> list[timedelta]:
        """How long after each other the tries were."""
        return [timedelta(seconds=after - before) for before, after in pairwise(self.tried)]


@pytest.fixture
def reader() -> Short:
    return Short()


@pytest.fixture
def pipeline(tmp_path: Path, reader: Short) -> Pipeline:
    pipeline = Pipeline(tmp_path)
    pipeline.reader, reader.clock = reader, pipeline.clock
    pipeline.start()
    pipeline.put("odd.fit", a_file())
    pipeline.look()
    return pipeline


def run_until(pipeline: Pipeline, at: datetime) -> None:
    """Let the main loop look when it wants to, and not before."""
    while pipeline.clock.now() < at:
        wait_s = min(pipeline.main_loop.pause_s(), (at - pipeline.clock.now()).total_seconds())
        pipeline.clock.move(timedelta(seconds=wait_s))
        pipeline.main_loop.go(called=False)


@pytest.mark.figures("memory is short for some", "{files} files: lost 0, set aside {aside}")
def test_files_met_in_a_shortage_of_minutes_are_read_when_it_is_over(
    pipeline: Pipeline, reader: Short, measured: Measured
) -> None:
    for number in range(3):
        pipeline.put(f"odd {number}.fit", a_file(NOON - (number + 1) * DAY))
    pipeline.look()
    run_until(pipeline, pipeline.clock.now() + SHORT - MINUTE)
    assert len(reader.tried) == 4, "each once"
    reader.is_short = False
    pipeline.put("other.fit", a_file(NOON - 9 * DAY))
    pipeline.look()
    assert list(pipeline.statuses()) == ["other.fit"], "nobody waits for those that wait"
    run_until(pipeline, pipeline.clock.now() + 2 * MINUTE)
    assert len(pipeline.statuses()) == 5
    measured(files=len(reader.tried), aside=len(read_set_aside(pipeline.store)))


def test_the_loop_wakes_when_the_pause_is_over(pipeline: Pipeline, reader: Short) -> None:
    run_until(pipeline, pipeline.clock.now() + 2 * SHORT)
    assert reader.apart == [SHORT]


@pytest.mark.parametrize("jump", [timedelta(0), -400 * DAY, 400 * DAY], ids=["no", "back", "ahead"])
def test_neither_a_start_nor_a_clock_that_is_set_shortens_the_pause_or_makes_it_endless(
    pipeline: Pipeline, reader: Short, jump: timedelta
) -> None:
    run_until(pipeline, pipeline.clock.now() + SHORT / 2)
    if jump:
        pipeline.clock.jump(pipeline.clock.now() + jump)
    else:
        pipeline.start()
    run_until(pipeline, pipeline.clock.now() + SHORT)
    assert reader.apart == [SHORT]


def test_a_start_with_a_clock_that_is_behind_waits_no_longer_than_the_whole_pause(
    pipeline: Pipeline, reader: Short
) -> None:
    pipeline.clock.jump(NOON - 400 * DAY)
    pipeline.start()
    run_until(pipeline, pipeline.clock.now() + SHORT + MINUTE)
    assert len(reader.tried) == 2


def test_the_user_need_not_wait(pipeline: Pipeline, reader: Short) -> None:
    reader.is_short = False
    try_again(pipeline.store, [str(pipeline.inbox_folder / "odd.fit")])
    pipeline.look()
    assert pipeline.statuses() == {"odd.fit": "workout"}


def test_while_it_waits_it_is_said_why(pipeline: Pipeline) -> None:
    why = Line("inbox.why_tried_again", {"reason": (Line("reasons.signal", {"number": 9}),)})
    assert read_held_up(pipeline.store) == {str(pipeline.inbox_folder / "odd.fit"): why}
    (file,) = read_set_aside(pipeline.store).values()
    assert file.try_at == pipeline.clock.now() + SHORT


@pytest.mark.figures("a file ends the process that reads it", "{changes} changes: {tries} tries, {lines} lines")
def test_a_file_that_changes_all_the_time_is_tried_ever_more_seldom_and_told_twice(
    pipeline: Pipeline, reader: Short, caplog: pytest.LogCaptureFixture, measured: Measured
) -> None:
    path = pipeline.inbox_folder / "odd.fit"
    changes = 410
    for _ in range(changes):
        with path.open("ab") as file:
            file.write(b"\0")
        pipeline.pass_time(minutes=10)
    assert reader.apart == [SHORT * 2**count for count in range(8)] + [DAY]
    said = [record.getMessage() for when in ("setup", "call") for record in caplog.get_records(when)]
    lines = [line for line in said if "odd.fit: " in line]
    assert len(lines) == 2, "when it was tried first, and when it was set aside"
    tries = len(reader.tried)
    reader.is_short = False
    pipeline.pass_time(days=2, step=timedelta(hours=1))
    assert path.name in pipeline.statuses()
    assert read_set_aside(pipeline.store) == {}
    measured(changes=changes, tries=tries, lines=len(lines))


def test_another_file_in_its_place_is_read_when_the_pause_is_over(pipeline: Pipeline, reader: Short) -> None:
    run_until(pipeline, pipeline.clock.now() + timedelta(hours=1))
    reader.is_short = False
    pipeline.put("odd.fit", a_file(NOON - DAY))
    pipeline.look()
    assert pipeline.statuses() == {"odd.fit": "workout"}
