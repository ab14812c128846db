"""Whoever was told something that a change of a workout makes wrong is told once, and no line comes twice."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.changes import Changes
from hersteld.recovery.messages.draft import MessageKind
from tests.support.pipeline import NOON, Pipeline, a_file

HARD_AT = NOON - timedelta(hours=30)


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    """An athlete who was told to rest until some hour of the evening, after a run of the day before."""
    pipeline = Pipeline(tmp_path, now=HARD_AT + timedelta(minutes=5))
    pipeline.put("hard.fit", a_file(HARD_AT, minutes=75, bpm=168))
    pipeline.look()
    yield pipeline
    pipeline.store.close()


def say_sport(pipeline: Pipeline, sport: str, sub_sport: str | None = None) -> None:
    changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
    changes.tell_sport(changes.find("last"), sport, sub_sport)
    pipeline.look()
    pipeline.pass_time(hours=3)


def test_who_was_told_of_recovery_and_must_rest_after_all_is_told_once(pipeline: Pipeline) -> None:
    ready_at = pipeline.stored()[0].ready_at
    assert ready_at is not None
    session_at = ready_at - timedelta(hours=1)
    pipeline.clock.move(session_at + timedelta(minutes=5) - pipeline.clock.now())
    pipeline.put("yoga.fit", a_file(session_at, minutes=60, bpm=95, sport="walking"))
    pipeline.look()
    pipeline.pass_time(hours=1.5)
    assert [row.state for row in pipeline.rows("ready")] == ["sent"]
    say_sport(pipeline, "training", "strength_training")
    newest = pipeline.stored()[-1].ready_at
    assert newest is not None
    assert newest - pipeline.clock.now() > timedelta(hours=12)
    kinds = Counter(row.kind for row in pipeline.rows() if row.state == "sent")
    assert (kinds[MessageKind.FIRST], kinds[MessageKind.CORRECTION]) == (2, 0), "of the session nothing was said before"


def test_a_session_after_the_told_rest_was_over_is_told_of_no_wrong_rest(pipeline: Pipeline) -> None:
    """What was told before it was true of the run, and nobody spoke of the session."""
    ready_at = pipeline.stored()[0].ready_at
    assert ready_at is not None
    session_at = ready_at + timedelta(hours=20)
    pipeline.pass_time(hours=(session_at - pipeline.clock.now()) / timedelta(hours=1))
    pipeline.put("walk.fit", a_file(session_at, minutes=60, bpm=95, sport="walking"))
    pipeline.look()
    say_sport(pipeline, "training", "strength_training")
    assert "correction" not in {row.kind for row in pipeline.rows()}


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("sport", ["cycling", "rowing", "hiking"])
def test_no_line_comes_twice_when_the_sport_of_a_told_workout_is_corrected(
    tmp_path: Path, sport: str, language: str
) -> None:
    ended_at = NOON + timedelta(hours=8)
    pipeline = Pipeline(tmp_path, now=ended_at + timedelta(minutes=5), notify__language=language)
    pipeline.put("run.fit", a_file(ended_at, minutes=75, bpm=172))
    pipeline.look()
    pipeline.pass_time(minutes=30)
    say_sport(pipeline, sport)
    said = Counter(line for _, message in pipeline.notifier.received for line in message.body.splitlines())
    assert [line for line, times in said.items() if times > 1] == []


@pytest.mark.figures("the athlete says which sport a workout was", "{tried} tried: 0 untold, 0 repeated")
@pytest.mark.parametrize("walks_after", [False, True], ids=["the last one", "a walk came after it"])
def test_a_workout_that_said_nothing_is_told_once_its_sport_makes_it_hard(tmp_path: Path, *, walks_after: bool) -> None:
    pipeline = Pipeline(tmp_path, now=NOON - timedelta(days=3))
    pipeline.put("before.fit", a_file(NOON - timedelta(days=3), minutes=40, bpm=140))
    pipeline.look()
    pipeline.clock.move(timedelta(days=3, minutes=5))
    pipeline.put("session.fit", a_file(NOON, minutes=40, bpm=98, sport="walking"))
    pipeline.look()
    session = pipeline.stored()[-1]
    pipeline.pass_time(hours=4)
    if walks_after:
        pipeline.put("walk.fit", a_file(NOON + timedelta(hours=4), minutes=40, bpm=95, sport="walking"))
        pipeline.look()
    before = len(pipeline.notifier.received)
    changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
    changes.tell_sport(changes.find(str(session.id)), "training", "strength_training")
    pipeline.pass_time(days=3, step=timedelta(hours=1))
    changes.tell_sport(changes.find(str(session.id)), "training", "strength_training")
    pipeline.pass_time(hours=1)
    first, *others = pipeline.notifier.titles()[before:]
    assert first == "Hard strength session, 40 min"
    assert others == ["Tonight", "Recovered"]
