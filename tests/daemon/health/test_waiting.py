"""The file that has waited longest is known until it is taken in, set aside, left out or gone."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.file_numbers import changed_at
from hersteld.daemon.health.waiting import Waiting, oldest_waiting
from hersteld.daemon.inbox.set_aside import DEATHS, SetAside, write_set_aside
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line
from tests.support.pipeline import NOON, Pipeline, a_file

HOUR = timedelta(hours=1)
WHOLE = a_file(NOON)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_of_files_that_wait_it_is_the_one_seen_first(pipeline: Pipeline) -> None:
    began = pipeline.clock.now()
    path = pipeline.put("growing.fit", WHOLE[: len(WHOLE) // 2])
    pipeline.look()
    pipeline.clock.move(HOUR)
    pipeline.put("later.fit", WHOLE[: len(WHOLE) // 3])
    pipeline.put("whole.fit", a_file(NOON - 5 * HOUR))
    pipeline.put("notes.txt", b"none of ours")
    pipeline.look()
    assert oldest_waiting(pipeline.store) == Waiting(shown(path), began)
    path.write_bytes(WHOLE)
    pipeline.clock.move(HOUR)
    pipeline.look()
    found = oldest_waiting(pipeline.store)
    assert found is not None
    assert found.path.endswith("later.fit")
    Path(found.path).unlink()
    pipeline.clock.move(HOUR)
    pipeline.look()
    assert oldest_waiting(pipeline.store) is None


def test_what_is_set_aside_does_not_wait(pipeline: Pipeline) -> None:
    path = shown(pipeline.put("odd.fit", WHOLE[: len(WHOLE) // 2]))
    pipeline.look()
    for deaths, waits in ((1, True), (DEATHS, False)):
        file = SetAside(path, 1, 1, None, deaths, Line("reasons.no_memory"), NOON)
        write_set_aside(pipeline.store, file, "1")
        assert (oldest_waiting(pipeline.store) is not None) is waits


def test_where_nobody_looks_the_folders_themselves_tell(pipeline: Pipeline) -> None:
    taken = pipeline.put("taken.fit", WHOLE)
    pipeline.clock.jump(datetime.now(UTC))  # what was written a moment ago is not sure yet
    pipeline.clock.move(HOUR)
    pipeline.look()
    assert oldest_waiting(pipeline.store, [pipeline.inbox_folder]) is None, f"{taken} is taken in"
    pipeline.put("notes.txt", b"none of ours")
    pipeline.put(".hidden.fit", WHOLE)
    came = pipeline.put("came.fit", a_file(NOON - 5 * HOUR))
    assert oldest_waiting(pipeline.store) is None, "the service has not seen it"
    found = oldest_waiting(pipeline.store, [pipeline.inbox_folder])
    assert found == Waiting(shown(came), changed_at(came.stat()))
    assert oldest_waiting(pipeline.store, [pipeline.inbox_folder / "gone"]) is None


def test_a_folder_that_does_not_answer_holds_nobody_up(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()

    def waits(_folder: Path) -> bool:
        answers.wait()
        return False

    monkeypatch.setattr("hersteld.daemon.health.waiting.must_be_polled", waits)
    pipeline.put("came.fit", WHOLE)
    assert oldest_waiting(pipeline.store, [pipeline.inbox_folder], look_s=0.01) is None
    answers.set()
