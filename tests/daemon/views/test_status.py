"""`status` knows what is still being assessed anew, and whether its configuration is the one that counts."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.views.status import how_things_stand, status_json
from tests.support.command_line import call, settings_in, take_in
from tests.support.pipeline import NOON, Pipeline, a_file


def a_pipeline(tmp_path: Path) -> Pipeline:
    pipeline = Pipeline(tmp_path)
    pipeline.put("run.fit", a_file(minutes=70, bpm=168))
    pipeline.look()
    pipeline.start()
    return pipeline


def test_what_is_still_to_be_assessed_is_counted(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    before = how_things_stand(pipeline.database, pipeline.settings, NOON)
    assert (before.to_assess, before.has_other_settings) == (0, False)
    with pipeline.store.write():
        pipeline.ingest.reassessment.mark(NOON - timedelta(days=1), Cause.WORKOUT)
    assert how_things_stand(pipeline.database, pipeline.settings, NOON).to_assess == 1


def test_another_configuration_than_the_one_that_counts_is_noticed(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    settings = settings_in(tmp_path, athlete__max_hr="199")
    assert how_things_stand(pipeline.database, settings, NOON).has_other_settings
    in_dutch = settings_in(tmp_path, athlete__experience="trained", notify__language='"nl"')
    assert not how_things_stand(pipeline.database, in_dutch, NOON).has_other_settings, "the language moves no readiness"


def test_what_an_older_version_assessed_is_not_taken_for_what_holds(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.store.change("UPDATE reassessment SET settings = NULL")
    assert not how_things_stand(pipeline.database, pipeline.settings, NOON).has_other_settings, (
        "there is no workout yet"
    )
    pipeline.put("run.fit", a_file(minutes=70, bpm=168))
    pipeline.look()
    assert how_things_stand(pipeline.database, pipeline.settings, NOON).has_other_settings


def test_as_json_every_key_is_there(tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    status = status_json(how_things_stand(pipeline.database, pipeline.settings, NOON))
    assert status["to_assess"] == 0
    assert status["has_other_settings"] is False
    assert status["last_workout"]["sport"] == "running"
    assert [message["rule"] for message in status["due"]] == ["evening", "ready"]
    assert status["running"] is False


def test_a_file_that_was_named_by_mistake_is_no_recording_that_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Hello.\n")
    (tmp_path / "broken.fit").write_bytes(a_file()[:200])
    (tmp_path / "cut off").write_bytes(a_file(minutes=61)[:200])
    for name in ("broken.fit", "cut off"):
        os.utime(tmp_path / name, (0, 0))  # so that nobody waits for the rest of it
    named = [tmp_path / name for name in ("README.md", "broken.fit", "cut off")]
    assert "README.md: This is a text file" in call("import", *named, "--language", "en", home=tmp_path).stdout
    listed = json.loads(call("status", "--json", home=tmp_path).stdout)["rejected"]
    assert sorted(Path(file["path"]).name for file in listed) == ["broken.fit", "cut off"]


def test_what_is_still_to_be_told_of_a_workout_that_was_forgotten_and_taken_back_is_said(tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    take_in(tmp_path, [("run.fit", a_file(now - timedelta(minutes=30), minutes=70, bpm=168))], now=now)
    call("forget", "last", "--yes", home=tmp_path)
    assert "changed workout" not in call("status", "--language", "en", home=tmp_path).stdout
    call("forget", "1", "--undo", home=tmp_path)
    said = call("status", "--language", "en", home=tmp_path).stdout
    assert "What there is to say of a changed workout is sent when hersteld runs again." in said
