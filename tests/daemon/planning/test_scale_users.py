"""Who of the users of a scale is the athlete follows from what is known now, whatever came in first."""

import itertools
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.answers.weighing import Weighing
from hersteld.daemon.ingest.nights import take_weighings
from hersteld.daemon.store.answers.of_workout import weighed_mass_kg
from hersteld.daemon.store.answers.rows import Source
from hersteld.recovery.nights import record
from tests.daemon.answers.test_scales_in_files import MINUTE, masses
from tests.support.nights.scale import a_scale_file
from tests.support.pipeline import NOON, Pipeline, a_file

DAY = timedelta(days=1)


@pytest.fixture
def household(tmp_path: Path) -> Pipeline:
    """Return a run, and the file of a scale that measured two people after it; nobody knows who the athlete is."""
    pipeline = Pipeline(tmp_path, now=NOON + 30 * MINUTE)
    pipeline.put("run.fit", a_file(NOON, minutes=60))
    pipeline.put("scale.fit", a_scale_file((NOON + 2 * MINUTE, 58.0, 2), (NOON + 5 * MINUTE, 71.4, 1)))
    pipeline.look()
    assert weighed_mass_kg(pipeline.store, NOON + DAY) is None
    return pipeline


def test_what_the_athlete_weighs_settles_it_at_once_until_it_is_taken_back(household: Pipeline) -> None:
    never = masses(household)
    weigher = Weighing(household.store, household.settings, household.clock)
    household.clock.move(timedelta(hours=5))  # far from the run
    weigher.take(weigher.intend({"mass_kg": 71.0}, None), Source.COMMAND)
    assert masses(household) == [71.4]
    weigher.take_back({"mass_kg"}, None)
    assert weighed_mass_kg(household.store, NOON + DAY) is None
    assert masses(household) == never
    household.store.close()


def test_another_mass_in_the_configuration_settles_it_with_the_next_start(household: Pipeline) -> None:
    for configured, own in (("72", 71.4), ("95", None), ("57", 58.0)):
        household.configure(athlete__mass_kg=configured)
        household.look()
        assert weighed_mass_kg(household.store, NOON + DAY) == own
    household.store.close()


def test_the_mass_of_a_watch_settles_it_while_its_workout_is_there(household: Pipeline) -> None:
    """The writer of files writes no profile, so the stored workout is given one."""
    sql = "UPDATE workouts SET details = json_set(details, '$.profile.mass_kg', 70.5)"
    with household.store.write():
        household.store.change(sql, [])
    household.put("walk.fit", a_file(NOON + 25 * MINUTE, minutes=10, sport="walking", bpm=None))
    household.look()
    assert weighed_mass_kg(household.store, NOON + DAY) == 71.4
    changes = Changes(household.store, household.settings, household.clock)
    changes.forget(changes.find("1"))
    changes.forget(changes.find("2"))
    assert weighed_mass_kg(household.store, NOON + DAY) is None
    changes.bring_back(changes.find("1", forgotten=True))
    assert weighed_mass_kg(household.store, NOON + DAY) == 71.4
    household.store.close()


@pytest.mark.parametrize(
    ("in_files", "own"),
    [
        ([(68.0, "garmin")], None),
        ([(68.0, "suunto")], 71.4),
        ([(68.0, "garmin"), (60.0, "garmin")], 58.0),
        ([(60.0, "garmin"), (71.0, "garmin"), (71.0, "garmin")], 71.4),
    ],
)
def test_neither_the_factory_nor_one_watch_of_several_says_who_it_is(
    in_files: list[tuple[float, str]], own: float | None, household: Pipeline
) -> None:
    """Of the newest workouts first."""
    for number in range(1, len(in_files)):
        household.put(f"{number}.fit", a_file(NOON - number * DAY, minutes=60))
    household.look()
    newest_first = [one.id for one in reversed(household.stored())]
    with household.store.write():
        for id_, (mass_kg, maker) in zip(newest_first, in_files, strict=True):
            told = "json_set(details, '$.profile.mass_kg', ?, '$.profile.maker', ?)"
            household.store.change(f"UPDATE workouts SET details = {told} WHERE id = ?", [mass_kg, maker, id_])
    household.start()
    assert weighed_mass_kg(household.store, NOON + DAY) == own
    household.store.close()


def steps_of_a_file(pipeline: Pipeline, at: datetime) -> int:
    """Return how many hundred steps SQLite makes to take the file of a scale with the masses of two people."""
    steps = itertools.count()
    own = record.Weighing(at, 72.0 + at.day / 100, "1/2/3", 1)
    other = record.Weighing(at + MINUTE, 58.0 + at.day / 100, "1/2/3", 2)
    pipeline.store.db.conn.set_progress_handler(lambda: next(steps) < 0, 100)
    with pipeline.store.write():
        take_weighings(
            pipeline.store, [own, other], pipeline.settings, pipeline.ingest.reassessment, pipeline.clock.now()
        )
    pipeline.store.db.conn.set_progress_handler(None, 0)
    return next(steps)


def test_a_file_of_a_scale_costs_no_more_after_hundreds_of_others(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON, athlete__mass_kg="72")
    steps = [steps_of_a_file(pipeline, NOON - number * DAY) for number in range(400)]
    assert weighed_mass_kg(pipeline.store, NOON) == pytest.approx(72.0 + NOON.day / 100)
    assert sum(steps[-20:]) <= 1.5 * sum(steps[20:40])
    pipeline.store.close()
