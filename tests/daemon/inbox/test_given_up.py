"""A file that ends whoever reads it is tried twice, holds up no other, and is named until it is tried again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.inbox import given_up
from hersteld.daemon.inbox.held_up import read_held_up
from hersteld.daemon.inbox.set_aside import read_set_aside, try_again
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.file_reader import OwnReader, ReaderCallbacks, Unread
from hersteld.parsers.line import Line
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON, Pipeline, a_file

DEADLY = a_file(NOON, minutes=13)
_HALF_MINUTE = timedelta(seconds=30)


class Deadly(OwnReader):
    """A reader that dies of one content, before or after all of it is read.

    Attributes:
        tried: The files that it died of.
    """

    def __init__(self, *, at_once: bool) -> None:
        super().__init__()
        self.at_once = at_once
        self.tried: list[str] = []
        self.is_cured = False

    def read(self, descriptor: int, path: str, callbacks: ReaderCallbacks, *, salvage: bool) -> Iterator[Reading]:
        if Path(path).read_bytes() == DEADLY and not self.is_cured:
            if self.at_once:
                self._die(path)
            for _ in super().read(descriptor, path, callbacks, salvage=salvage):
                self._die(path)
        yield from super().read(descriptor, path, callbacks, salvage=salvage)

    def _die(self, path: str) -> None:
        self.tried.append(Path(path).name)
        raise Unread(Line("reasons.signal", {"number": 9}))


@pytest.fixture(params=[True, False], ids=["before it is read", "while it is decoded"])
def reader(request: pytest.FixtureRequest) -> Deadly:
    return Deadly(at_once=request.param)


@pytest.fixture
def pipeline(tmp_path: Path, reader: Deadly) -> Pipeline:
    pipeline = Pipeline(tmp_path)
    pipeline.reader = reader
    pipeline.start()
    return pipeline


@pytest.mark.figures("a file takes all memory", "{files} files, {tries} tries: 0 others held up")
def test_it_is_tried_twice_and_then_set_aside_also_by_the_next_start(
    pipeline: Pipeline, reader: Deadly, measured: Measured
) -> None:
    pipeline.put("a.fit", DEADLY)
    pipeline.put("b.fit", a_file())
    pipeline.look()
    assert pipeline.statuses() == {"b.fit": "workout"}
    pipeline.pass_time(hours=2)
    pipeline.start()
    pipeline.pass_time(hours=2)
    assert reader.tried == ["a.fit", "a.fit"]
    assert pipeline.statuses() == {"b.fit": "workout"}
    assert len(pipeline.notifier.received) == 1
    measured(files=1, tries=len(reader.tried))


def test_it_is_named_where_status_looks(pipeline: Pipeline) -> None:
    path = pipeline.put("a.fit", DEADLY)
    pipeline.pass_time(hours=1)
    reason = Line("reasons.signal", {"number": 9})
    assert read_held_up(pipeline.store) == {str(path): Line("inbox.why_set_aside", {"reason": (reason,)})}


def test_a_death_by_chance_is_forgotten(pipeline: Pipeline, reader: Deadly) -> None:
    pipeline.put("a.fit", DEADLY)
    pipeline.look()
    reader.is_cured = True
    pipeline.pass_time(minutes=11, step=_HALF_MINUTE)
    assert pipeline.statuses() == {"a.fit": "workout"}
    assert read_set_aside(pipeline.store) == {}


def test_it_is_tried_again_when_it_changes_and_when_the_user_says_so(pipeline: Pipeline, reader: Deadly) -> None:
    path = pipeline.put("a.fit", DEADLY)
    pipeline.pass_time(hours=1)
    reader.is_cured = True
    pipeline.pass_time(hours=1)
    assert pipeline.statuses() == {}
    assert try_again(pipeline.store, [str(path)]) == (str(path),)
    pipeline.pass_time(hours=1)
    assert pipeline.statuses() == {"a.fit": "workout"}
    assert read_held_up(pipeline.store) == {}


def test_a_newer_version_tries_it_by_itself(
    pipeline: Pipeline, reader: Deadly, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.put("a.fit", DEADLY)
    pipeline.pass_time(hours=1)
    reader.is_cured = True
    monkeypatch.setattr(given_up, "__version__", "99.0")
    pipeline.start()
    pipeline.pass_time(hours=1)
    assert pipeline.statuses() == {"a.fit": "workout"}


@pytest.fixture
def two_names(tmp_path: Path) -> tuple[Pipeline, Deadly]:
    """A file that is set aside, and a copy of it that came later."""
    reader = Deadly(at_once=False)
    pipeline = Pipeline(tmp_path)
    pipeline.reader = reader
    pipeline.start()
    pipeline.put("a.fit", DEADLY)
    pipeline.pass_time(hours=1)
    pipeline.put("b.fit", DEADLY)
    pipeline.pass_time(hours=1)
    return pipeline, reader


def test_the_same_content_under_another_name_is_not_tried_where_it_is_known(
    two_names: tuple[Pipeline, Deadly], caplog: pytest.LogCaptureFixture
) -> None:
    pipeline, reader = two_names
    assert reader.tried == ["a.fit", "a.fit"]
    why = {Path(path).name: reason and reason.id for path, reason in read_held_up(pipeline.store).items()}
    assert why == {"a.fit": "inbox.why_set_aside", "b.fit": "inbox.why_copy_set_aside"}
    lines = [record.getMessage() for record in caplog.get_records("setup")]
    of_the_copy = [line for line in lines if "b.fit: " in line]
    assert len(of_the_copy) == 1, "nothing ended when it was looked at"
    assert "set aside unread, as it has the content of a file that has been set aside" in of_the_copy[0]


@pytest.mark.figures("a copy of a file that is set aside", "{tried} tried: 0 kept from being read")
@pytest.mark.parametrize("name", ["a.fit", "b.fit"])
def test_two_names_of_one_content_are_tried_again_together(
    two_names: tuple[Pipeline, Deadly], name: str, measured: Measured
) -> None:
    pipeline, reader = two_names
    reader.is_cured = True
    both = tuple(str(pipeline.inbox_folder / one) for one in ("a.fit", "b.fit"))
    assert try_again(pipeline.store, [str(pipeline.inbox_folder / name)]) == both
    pipeline.pass_time(hours=1)
    assert (read_set_aside(pipeline.store), read_held_up(pipeline.store)) == ({}, {})
    assert len(pipeline.stored()) == 1
    measured(tried=1)


@pytest.mark.figures("a copy of a file that is set aside", "{tried} tried: 0 kept from being read")
@pytest.mark.parametrize("becomes", ["gone", "another file"])
def test_a_copy_is_left_alone_no_longer_than_its_original(
    two_names: tuple[Pipeline, Deadly], becomes: str, measured: Measured
) -> None:
    pipeline, reader = two_names
    original = pipeline.inbox_folder / "a.fit"
    reader.is_cured = True
    if becomes == "gone":
        original.unlink()
    else:
        original.write_bytes(a_file(NOON - timedelta(days=1)))
    pipeline.pass_time(hours=1)
    assert read_set_aside(pipeline.store) == {}
    assert pipeline.statuses()["b.fit"] == "workout"
    measured(tried=1)


def test_a_file_that_is_gone_is_not_named_any_more(pipeline: Pipeline) -> None:
    path = pipeline.put("a.fit", DEADLY)
    pipeline.pass_time(hours=1)
    path.unlink()
    pipeline.pass_time(hours=1)
    assert read_held_up(pipeline.store) == {}
    assert read_set_aside(pipeline.store) == {}


def test_small_files_are_stored_before_a_large_or_a_doubtful_one_is_read(pipeline: Pipeline, reader: Deadly) -> None:
    stored_before: list[int] = []
    pipeline.put("a.fit", DEADLY)
    pipeline.look()
    for number in range(3):
        pipeline.put(f"small {number}.fit", a_file(NOON - timedelta(hours=2 * number)))
    real = reader._die

    def die(path: str) -> None:
        stored_before.append(len(pipeline.stored()))
        real(path)

    pipeline.clock.move(timedelta(minutes=11))
    reader._die = die  # type: ignore[method-assign]
    pipeline.look()
    assert stored_before == [3]
