"""Newer workouts that ask for less leave the evening and the readiness of an earlier one standing."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import Settings
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.telling.standing import Standing
from hersteld.daemon.planning.telling.told import Told
from tests.support.pipeline import NOON, Pipeline, a_file

HARD = a_file(NOON, minutes=90, bpm=172)
WALK = a_file(NOON + timedelta(hours=3), minutes=40, bpm=95, sport="walking")
LATER_WALK = a_file(NOON + timedelta(hours=5), minutes=40, bpm=95, sport="walking")
RUN = a_file(NOON + timedelta(hours=3), minutes=60, bpm=172)


def standing(pipeline: Pipeline) -> Standing:
    settings: Settings = pipeline.settings
    told = Told(pipeline.outbox, settings.rules, ("phone",), pipeline.clock)
    return Standing(pipeline.workouts, Assessor(pipeline.workouts, settings, pipeline.clock), told)


def after(tmp_path: Path, *files: bytes) -> Pipeline:
    pipeline = Pipeline(tmp_path)
    for number, content in enumerate(files):
        pipeline.clock.move(timedelta(hours=3 * (number > 0)))
        pipeline.put(f"{number}.fit", content)
        pipeline.look()
    return pipeline


@pytest.mark.parametrize(
    ("files", "holder", "evening"),
    [
        ((HARD,), None, None),
        ((HARD, WALK), 0, 0),
        ((HARD, WALK, LATER_WALK), 0, 0),
        ((HARD, RUN), None, 0),
        ((HARD, RUN, LATER_WALK), 1, 1),
    ],
    ids=["alone", "a walk", "two walks", "another hard one", "another hard one and a walk"],
)
def test_an_earlier_workout_is_found_whose_rest_and_whose_evening_hold(
    files: tuple[bytes, ...], holder: int | None, evening: int | None, tmp_path: Path
) -> None:
    pipeline = after(tmp_path, *files)
    found, (*earlier, newest) = standing(pipeline), pipeline.stored()
    expected = [None if number is None else earlier[number].id for number in (holder, evening)]
    readiness = found.with_readiness(newest, pipeline.clock.now())
    last_hard = found.with_evening(newest)
    assert [readiness and readiness.id, last_hard and last_hard.id] == expected
    first, *_ = found.holders(newest)
    assert first == newest


def test_a_rest_that_is_over_is_nobodys(tmp_path: Path) -> None:
    pipeline = after(tmp_path, HARD, WALK)
    newest = pipeline.stored()[-1]
    assert newest.ready_at is not None
    assert standing(pipeline).with_readiness(newest, newest.ready_at) is None


def test_a_hard_workout_that_nobody_was_told_of_has_no_evening(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    (reading,) = pipeline.ingest.read(HARD, "imported.fit")
    pipeline.ingest.add_history(reading)
    pipeline.clock.move(timedelta(hours=3))
    pipeline.put("walk.fit", WALK)
    pipeline.look()
    assert standing(pipeline).with_evening(pipeline.stored()[-1]) is None


def test_each_run_tells_whose_workouts_come_after(tmp_path: Path) -> None:
    pipeline = after(tmp_path, HARD, WALK, a_file(NOON + timedelta(hours=6), minutes=2))
    first, walk, _too_short = pipeline.stored()
    ((later, whole, plan),) = standing(pipeline).planned_after(first)
    assert later.id == walk.id
    assert whole is not None
    assert plan.plan
