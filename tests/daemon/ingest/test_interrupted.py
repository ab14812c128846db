"""A file at which the service itself ends is set aside at the third time, and one that met a power cut is not."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.inbox import candidate, given_up
from hersteld.daemon.inbox.held_up import read_held_up
from hersteld.daemon.inbox.in_hand import read_in_hand
from hersteld.daemon.inbox.set_aside import read_set_aside, try_again
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.parsers.line import Line
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON, Pipeline, a_file

LARGE = a_file(NOON, minutes=90)
SMALL = a_file(NOON - timedelta(days=1), minutes=20)
PAUSES = [timedelta(minutes=10), timedelta(minutes=20)]


class Killed(BaseException):
    """As if the kernel had ended the service: nothing of ours runs any more."""


class Deadly:
    """A plan that takes more memory than there is, for a while."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_deadly = True
        self.died = 0
        real = Ingest._conclude

        def conclude(ingest: Ingest, reading: object, *values: object, **named: object) -> object:
            if self.is_deadly and getattr(reading, "size", 0) == len(LARGE):
                self.died += 1
                raise Killed
            return real(ingest, reading, *values, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(Ingest, "_conclude", conclude)


@pytest.fixture(autouse=True)
def eight_mebibytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the larger one of the files of these tests be above the bound."""
    assert len(SMALL) < len(LARGE) - 1
    monkeypatch.setattr(candidate, "LARGE_BYTES", len(LARGE) - 1)
    monkeypatch.setattr(given_up, "LARGE_BYTES", len(LARGE) - 1)


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> Deadly:
    return Deadly(monkeypatch)


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    pipeline = Pipeline(tmp_path)
    pipeline.put("large.fit", LARGE)
    yield pipeline
    assert read_in_hand(pipeline.store) == ()


def die(pipeline: Pipeline) -> None:
    """Look, end, and start again."""
    with pytest.raises(Killed):
        pipeline.look()
    pipeline.start()


@pytest.mark.figures("what was read of a file takes", "{ends} ends: set aside; {cuts} cuts: lost 0")
def test_at_the_third_time_it_is_set_aside_and_holds_up_no_other(
    pipeline: Pipeline, deadly: Deadly, caplog: pytest.LogCaptureFixture, measured: Measured
) -> None:
    die(pipeline)
    for pause in PAUSES:
        pipeline.put(f"small {pause}.fit", a_file(NOON - timedelta(days=1) - pause, minutes=20))
        pipeline.pass_time(seconds=pause.total_seconds() - 60, step=timedelta(minutes=1))
        assert deadly.died == PAUSES.index(pause) + 1, "it is left alone, and others are not"
        assert f"small {pause}.fit" in pipeline.statuses()
        pipeline.clock.move(timedelta(minutes=1))
        die(pipeline)
    pipeline.pass_time(days=3, step=timedelta(hours=1))
    assert deadly.died == 3
    why = Line("inbox.why_set_aside", {"reason": (Line("inbox.interrupted"),)})
    assert read_held_up(pipeline.store) == {str(pipeline.inbox_folder / "large.fit"): why}
    of_it = [line.partition("large.fit: ")[2][:32] for line in caplog.messages if "large.fit: " in line]
    assert of_it == 2 * ["hersteld ended while it took thi"] + ["set aside, as reading it went wr"]
    deadly.is_deadly = False
    try_again(pipeline.store, [str(pipeline.inbox_folder / "large.fit")])
    pipeline.look()
    assert "large.fit" in pipeline.statuses()
    measured(ends=deadly.died)


@pytest.mark.figures("what was read of a file takes", "{ends} ends: set aside; {cuts} cuts: lost 0")
def test_a_file_that_met_two_power_cuts_is_taken_in_and_counts_anew(
    pipeline: Pipeline, deadly: Deadly, measured: Measured
) -> None:
    die(pipeline)
    pipeline.clock.move(PAUSES[0])
    die(pipeline)
    deadly.is_deadly = False
    pipeline.pass_time(minutes=30, step=timedelta(minutes=1))
    assert pipeline.statuses() == {"large.fit": "workout"}
    assert read_set_aside(pipeline.store) == {}
    measured(cuts=deadly.died)


def test_what_was_read_or_left_for_later_is_not_in_hand_any_more(pipeline: Pipeline) -> None:
    pipeline.look()
    assert pipeline.statuses() == {"large.fit": "workout"}
    assert read_in_hand(pipeline.store) == ()
    half = pipeline.put("half.fit", a_file(NOON - timedelta(days=1), minutes=200)[: len(LARGE) + 100])
    pipeline.look()
    assert half.name not in pipeline.statuses()


def test_an_ordinary_file_costs_no_write_for_this(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.look()
    taken: list[str] = []
    monkeypatch.setattr(given_up, "write_in_hand", lambda _store, path, _signature: taken.append(path))
    pipeline.put("small.fit", SMALL)
    pipeline.look()
    assert "small.fit" in pipeline.statuses()
    assert taken == []
