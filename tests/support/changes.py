"""What the athlete says of a workout, and what is told of it."""

from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.database.lock import DatabaseLock
from tests.support.pipeline import NOON, Pipeline, a_file


def told_hard(pipeline: Pipeline) -> None:
    pipeline.put("hard.fit", a_file(NOON, minutes=120, bpm=178))
    pipeline.look()
    assert len(pipeline.notifier.received) == 1


def change(pipeline: Pipeline, *, undo: bool = False) -> None:
    """Forget the last workout, or take it back, beside a running service, which then looks twice."""
    changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
    with DatabaseLock(pipeline.database):
        if undo:
            (row,) = pipeline.store.rows("SELECT workout_id FROM forgotten")
            changes.bring_back(changes.find(str(row["workout_id"]), forgotten=True))
        else:
            changes.forget(changes.find("last"))
        pipeline.look()
        pipeline.look()


def bodies(pipeline: Pipeline, since: int = 1) -> list[str]:
    return [message.body for _, message in pipeline.notifier.received[since:]]
