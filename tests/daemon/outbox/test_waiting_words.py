"""What waits to be sent follows the language, the quiet hours and the style of today."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.daemon.planning.test_backlog import zipped
from tests.daemon.planning.test_reassess import after_the_run, restart
from tests.support.pipeline import NOON, Pipeline, a_file

FIGURES = pytest.mark.figures("language or quiet hours change while", "{tried} tried: 0 in the old words")


@FIGURES
def test_what_waits_follows_the_language_of_today(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path)
    assert {"Recovered"} <= {row.title for row in pipeline.outbox.waiting()}
    restart(pipeline, notify__language="nl")
    waiting = {row.title for row in pipeline.outbox.waiting()}
    assert "Hersteld" in waiting
    assert "Recovered" not in waiting


@FIGURES
def test_a_digest_that_waits_follows_the_language_of_today(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, notify__quiet_hours='"00:00-23:59"')
    files = {f"{day}.fit": a_file(NOON - timedelta(days=day), minutes=10) for day in range(1, 7)}
    pipeline.put("years.zip", zipped(files))
    pipeline.pass_time(minutes=2, step=timedelta(seconds=10))
    (digest,) = pipeline.outbox.waiting()
    assert digest.title == "6 workouts"
    restart(pipeline, notify__language="nl", notify__quiet_hours='"00:00-23:59"')
    (digest,) = pipeline.outbox.waiting()
    assert digest.title == "6 trainingen"
    assert "deskundige" in digest.body, "the sentence of the very first message stays in it"


@FIGURES
def test_what_waits_follows_the_quiet_hours_of_today(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path)
    (ready,) = [row for row in pipeline.outbox.waiting() if row.kind == "ready"]
    local = ready.due_at.astimezone(pipeline.clock.zone())
    begin, end = local - timedelta(hours=1), local + timedelta(hours=1)
    restart(pipeline, notify__quiet_hours=f'"{begin:%H:%M}-{end:%H:%M}"')
    (moved,) = [row for row in pipeline.outbox.waiting() if row.kind == "ready"]
    assert moved.due_at > ready.due_at


def test_whoever_changes_from_coach_to_brief_is_told_no_more_of_stretching_and_meals(tmp_path: Path) -> None:
    pipeline = after_the_run(tmp_path, notify__style="coach")
    assert {"stretched", "meal"} <= {row.kind for row in pipeline.outbox.waiting()}
    restart(pipeline, notify__style="brief")
    assert {row.kind for row in pipeline.outbox.waiting()} == {"evening", "ready"}
