"""The files of a scale are body mass, before and after a workout too, unless somebody else stood on it."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.weighing import MASSES, Weighing
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.store.answers.of_workout import weighed_mass_kg
from hersteld.daemon.store.answers.rows import Source
from hersteld.recovery.answers.said import Said
from tests.support.nights.scale import a_scale_file
from tests.support.pipeline import NOON, Pipeline, a_file

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def said_of_last(pipeline: Pipeline) -> Said:
    assessor = Assessor(pipeline.workouts, pipeline.settings, pipeline.clock)
    return assessor.said_of_brick(pipeline.stored()[-1].id)


def masses(pipeline: Pipeline) -> list[float | None]:
    found = (pipeline.workouts.recovery(one.id).physiology for one in pipeline.stored())
    return [None if physiology is None else physiology.mass_kg for physiology in found]


@pytest.mark.parametrize("is_first", [True, False])
def test_what_a_scale_wrote_around_a_workout_is_its_loss(is_first: bool, tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + 30 * MINUTE)
    files = [
        ("run.fit", a_file(NOON, minutes=60)),
        ("scale.fit", a_scale_file((NOON - 65 * MINUTE, 72.4, 1), (NOON + 5 * MINUTE, 71.4, 1))),
    ]
    for name, content in files if is_first else files[::-1]:
        pipeline.put(name, content)
        pipeline.look()
    assert said_of_last(pipeline) == Said(before_kg=72.4, after_kg=71.4)
    assert masses(pipeline) == [71.4]
    assert pipeline.workouts.recovery(pipeline.stored()[-1].id).net_loss_ml == 1000
    assert pipeline.statuses()["scale.fit"] == "day"
    pipeline.put(
        "again.fit", a_scale_file((NOON - 65 * MINUTE, 72.4, 1), (NOON + 5 * MINUTE, 71.4, 1), (NOON, 71.9, 1))
    )
    pipeline.look()
    assert pipeline.store.db["answers"].count == 3
    pipeline.store.close()


def test_the_users_of_one_scale_are_told_apart_by_the_mass_that_is_known(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + 30 * MINUTE, athlete__mass_kg="71")
    pipeline.put("run.fit", a_file(NOON, minutes=60))
    pipeline.put("scale.fit", a_scale_file((NOON + 2 * MINUTE, 58.0, 2), (NOON + 5 * MINUTE, 71.4, 1)))
    pipeline.look()
    assert said_of_last(pipeline).after_kg == 71.4
    pipeline.store.close()


def test_where_they_cannot_be_told_apart_none_is_taken_and_that_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + 30 * MINUTE)
    pipeline.put("run.fit", a_file(NOON, minutes=60))
    pipeline.look()
    never = masses(pipeline)
    with caplog.at_level(logging.WARNING):
        for day in range(3):
            at = NOON + 5 * MINUTE - timedelta(days=day)
            pipeline.put(f"{day}.fit", a_scale_file((at, 58.0, 2), (at, 71.4 + day / 10, 1)))
            pipeline.look()
    assert weighed_mass_kg(pipeline.store, NOON + 30 * MINUTE) is None
    assert masses(pipeline) == never
    (said,) = (record.message for record in caplog.records if "scale" in record.message)
    assert "hersteld weigh 72.4" in said
    # Once the athlete says what they weigh, it is known which of it was theirs; and no more, once that is taken back.
    weigher = Weighing(pipeline.store, pipeline.settings, pipeline.clock)
    weigher.take(weigher.intend({"mass_kg": 71.0}, None), Source.COMMAND)
    assert weighed_mass_kg(pipeline.store, NOON) == 71.5
    weigher.take_back(MASSES, None)
    assert weighed_mass_kg(pipeline.store, NOON + 30 * MINUTE) is None
    assert masses(pipeline) == never
    pipeline.store.close()


def test_a_mistyped_mass_that_is_taken_back_leaves_the_scale_as_it_was(tmp_path: Path) -> None:
    """With it, the scale's user would be somebody else."""
    pipeline = Pipeline(tmp_path, now=NOON + 30 * MINUTE)
    weigher = Weighing(pipeline.store, pipeline.settings, pipeline.clock)
    weigher.take(weigher.intend({"mass_kg": 71.0}, None), Source.COMMAND)
    pipeline.put("run.fit", a_file(NOON, minutes=60))
    at = NOON - timedelta(days=1)
    pipeline.put("scale.fit", a_scale_file((at, 81.0, 2), (at + MINUTE, 71.4, 1)))
    pipeline.look()
    before = masses(pipeline)
    weigher.take(weigher.intend({"mass_kg": 82.0}, None), Source.COMMAND)
    weigher.take_back(MASSES, None)
    assert weighed_mass_kg(pipeline.store, at + HOUR) == 71.4
    assert masses(pipeline) == before
    pipeline.store.close()


def test_a_mass_that_nobody_has_is_left_out(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("scale.fit", a_scale_file((NOON, 4.2, 1)))
    pipeline.look()
    assert weighed_mass_kg(pipeline.store, NOON) is None
    assert pipeline.statuses() == {"scale.fit": "ignored"}
    pipeline.store.close()
