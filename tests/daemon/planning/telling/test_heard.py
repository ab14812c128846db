"""A correction after a rating names the workout and the rating, so that who tapped wrongly notices."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.planning.telling.heard import heard
from hersteld.daemon.store.answers.rows import Source
from hersteld.recovery.messages.draft import MessageKind
from tests.support.pipeline import NOON, Pipeline, a_file

SAID = {
    "en": ("Your rating of the swim of Wednesday 6 May, ", "is 10 of 10, and that changes your rest."),
    "nl": (
        "Jouw cijfer voor de training van woensdag 6 mei, ",
        "(zwemtraining) is 10 van 10, en dat verandert je rust.",
    ),
}


def pipeline_of(folder: Path, language: str = "en") -> Pipeline:
    """Return a service that has told of a swim and of a run after it, both without a heart rate."""
    pipeline = Pipeline(folder, now=NOON - timedelta(hours=4), notify__language=language)
    for name, ended_at, sport in (("a.fit", NOON - timedelta(hours=4), "swimming"), ("b.fit", NOON, "running")):
        pipeline.clock.move(max(timedelta(0), ended_at + timedelta(minutes=5) - pipeline.clock.now()))
        pipeline.put(name, a_file(ended_at, minutes=60, bpm=None, sport=sport))
        pipeline.look()
    return pipeline


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    pipeline = pipeline_of(tmp_path)
    yield pipeline
    pipeline.store.close()


def answers(pipeline: Pipeline) -> Answers:
    return Answers(pipeline.store, pipeline.settings, pipeline.clock)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_workout_and_the_rating_are_named(language: str, tmp_path: Path) -> None:
    pipeline = pipeline_of(tmp_path, language)
    said = answers(pipeline)
    said.rate(pipeline.stored()[0], 10, Source.NTFY)
    pipeline.look()
    (told,) = [row.body for row in pipeline.rows() if row.kind is MessageKind.CORRECTION]
    assert all(part in told for part in SAID[language])
    pipeline.store.close()


def test_only_the_last_thing_that_was_said_is_named(pipeline: Pipeline) -> None:
    assert heard(pipeline.store) is None
    said, (swim, run) = answers(pipeline), pipeline.stored()
    said.rate(swim, 6, Source.NTFY)
    pipeline.clock.move(timedelta(seconds=1))
    said.rate(run, 8, Source.DESKTOP)
    line = heard(pipeline.store)
    assert line is not None
    assert (line.values["sport"], line.values["rpe"]) == ("running", 8)
    pipeline.clock.move(timedelta(seconds=1))
    said.unrate(run)
    assert heard(pipeline.store) is None, "a rating that was taken back is not why"
    pipeline.clock.move(timedelta(seconds=1))
    said.rate(swim, 7, Source.NTFY)
    pipeline.clock.move(timedelta(seconds=1))
    said.feel(12, Source.COMMAND)
    assert heard(pipeline.store) is None
