"""What became of each file is remembered by its content."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.files import FileRow, add_file, file_known, files_seen, mark_duplicate, path_of_workout
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line
from tests.support.pipeline import NOON, Pipeline, a_file

NO_KIND = Line("files.of_no_kind")


def test_a_name_of_any_bytes_can_be_stored_and_shown(tmp_path: Path) -> None:
    name = shown(os.fsdecode(b"ride\xff.fit"))
    with Store(tmp_path / "a.db") as store:
        add_file(store, FileRow("a", name, 1, "ignored", NO_KIND, NOON))
        assert files_seen(store)[0].path == "ride\\xff.fit"


def test_a_content_is_known_as_it_was_concluded_upon(tmp_path: Path) -> None:
    row = FileRow("a", "export.zip/a.fit", 17, "rejected", Line("files.empty"), NOON)
    with Store(tmp_path / "a.db") as store:
        assert file_known(store, "a") is None
        add_file(store, row)
        assert file_known(store, "a") == row


def test_the_newest_file_comes_first_and_one_status_can_be_asked_for(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        for hours, status in enumerate(("ignored", "rejected", "ignored")):
            at = NOON + timedelta(hours=hours)
            add_file(store, FileRow(str(hours), f"{hours}.fit", 1, status, NO_KIND, at))  # type: ignore[arg-type]
        assert [row.path for row in files_seen(store)] == ["2.fit", "1.fit", "0.fit"]
        assert [row.path for row in files_seen(store, "ignored")] == ["2.fit", "0.fit"]
        assert files_seen(store, "workout") == ()


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    made = Pipeline(tmp_path)
    made.put("a.fit", a_file())
    made.look()
    return made


def test_the_file_of_a_workout_is_found_until_another_holds_more(pipeline: Pipeline) -> None:
    (workout,) = pipeline.stored()
    assert path_of_workout(pipeline.store, workout.id) == str(pipeline.inbox_folder / "a.fit")
    replaced = Line("files.replaced", {"path": "b.fit"})
    mark_duplicate(pipeline.store, workout.id, replaced)
    assert path_of_workout(pipeline.store, workout.id) is None
    (row,) = files_seen(pipeline.store, "duplicate")
    assert (row.workout_id, row.reason) == (workout.id, replaced)
