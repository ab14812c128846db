"""A coach reminds of nothing that is done, and of all of it again once that is taken back."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.answers import Answers, BadAnswer
from hersteld.daemon.store.answers.rows import Source
from hersteld.recovery.messages.draft import MessageKind
from tests.support.pipeline import NOON, Pipeline, a_file

REMINDERS = {MessageKind.PORTION, MessageKind.STRETCHED, MessageKind.MEAL}


def a_coach(folder: Path) -> Pipeline:
    pipeline = Pipeline(folder, now=NOON + timedelta(minutes=1), **{"notify.style": "coach"})
    pipeline.put("hard.fit", a_file(NOON, minutes=120, bpm=172))
    pipeline.look()
    return pipeline


def waiting(pipeline: Pipeline) -> list[tuple[object, ...]]:
    return [(row.kind, row.body, row.due_at) for row in pipeline.rows() if row.waits]


@pytest.mark.parametrize(
    ("what", "kind"), [("drink", MessageKind.PORTION), ("stretch", MessageKind.STRETCHED), ("eat", MessageKind.MEAL)]
)
def test_a_coach_reminds_of_nothing_that_is_done(what: str, kind: MessageKind, tmp_path: Path) -> None:
    pipeline = a_coach(tmp_path)
    before = waiting(pipeline)
    answers = Answers(pipeline.store, pipeline.settings, pipeline.clock)
    workout = answers.find("last")
    answers.done(workout, what, Source.COMMAND)
    pipeline.look()
    kinds = Counter(row[0] for row in waiting(pipeline))
    assert kinds[kind] == 0
    assert kinds == Counter(row[0] for row in before if row[0] is not kind)
    answers.undo_done(workout)
    pipeline.look()
    assert waiting(pipeline) == before
    pipeline.store.close()


def test_what_is_nothing_to_be_done_is_refused(tmp_path: Path) -> None:
    pipeline = a_coach(tmp_path)
    pipeline.put("walk.fit", a_file(NOON + timedelta(hours=3), minutes=20, bpm=80, sport="walking"))
    pipeline.clock.move(timedelta(hours=3))
    pipeline.look()
    answers = Answers(pipeline.store, pipeline.settings, pipeline.clock)
    for which, what in (("1", "sleep"), ("2", "drink"), ("2", "eat")):
        with pytest.raises(BadAnswer):
            answers.done(answers.find(which), what, Source.COMMAND)
    with pytest.raises(BadAnswer):
        answers.undo_done(answers.find("1"))
    pipeline.store.close()
