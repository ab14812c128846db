"""What is marked is assessed anew by the service that runs, and otherwise at once."""

from pathlib import Path

import pytest

from hersteld.daemon.answers.follow_up import SETTLES_WITHIN_S, FollowUp
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.store.dirty import Cause, DirtyRow
from tests.support.pipeline import NOON, Pipeline, a_file


@pytest.mark.parametrize("is_running", [False, True])
def test_what_is_marked_is_left_to_a_service_that_runs(is_running: bool, tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file(NOON))
    pipeline.look()
    reported: list[tuple[int, int]] = []
    follow_up = FollowUp(pipeline.store, pipeline.settings, pipeline.clock)
    follow_up.report = lambda done, of: reported.append((done, of))
    follow_up.reassessment.mark(pipeline.stored()[0].started_at, Cause.ANSWER)
    if is_running:
        with DatabaseLock(pipeline.database):
            follow_up.run()
    else:
        follow_up.run()
    assert (DirtyRow(pipeline.store).read().since is not None) is is_running
    assert reported == ([] if is_running else [(1, 1)])
    pipeline.store.close()


@pytest.mark.parametrize("answers", [True, False])
def test_a_command_waits_for_the_service_that_assesses_and_not_for_ever(answers: bool, tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file(NOON))
    pipeline.look()
    follow_up = FollowUp(pipeline.store, pipeline.settings, pipeline.clock)
    assert follow_up.has_settled()
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if answers and len(waited) == 3:
            pipeline.look()  # the service comes to it

    follow_up.wait = wait
    with DatabaseLock(pipeline.database):
        follow_up.reassessment.mark(pipeline.stored()[0].started_at, Cause.ANSWER)
        follow_up.run()
    assert follow_up.has_settled() is answers
    assert sum(waited) <= SETTLES_WITHIN_S + 0.1
    waited.clear()
    assert follow_up.has_settled() is answers
    assert waited == []
    pipeline.store.close()
