"""Whose a mass of a scale is rests on all that is known now, and not on what came first."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.planning.planner import Planner
from hersteld.daemon.planning.scales import judge_scales
from hersteld.daemon.store.answers.of_workout import weighed_mass_kg
from hersteld.daemon.store.answers.scales import store_measured
from hersteld.recovery.nights.record import Weighing
from tests.support.pipeline import NOON, Pipeline, a_file

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("order", [("58", "71", "100"), ("71", "100", "58"), ("100", "71", "58")])
def test_the_mass_of_the_user_that_is_near_the_known_one_counts_whatever_was_known_before(
    order: tuple[str, ...], tmp_path: Path
) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + 2 * HOUR)
    pipeline.put("run.fit", a_file(NOON))
    pipeline.look()
    store_measured(
        pipeline.store, [Weighing(NOON, 58.2, "scale", 2), Weighing(NOON + HOUR, 71.4, "scale", 1)], now=NOON + HOUR
    )
    found = {}
    for known_kg in order:
        pipeline.configure(athlete__mass_kg=known_kg)
        reassessment = Planner(pipeline.store, pipeline.settings, (), pipeline.clock, finishes=False).reassessment
        with pipeline.store.write():
            is_any = judge_scales(pipeline.store, pipeline.settings, reassessment, pipeline.clock.now())
        found[known_kg] = (is_any, weighed_mass_kg(pipeline.store, NOON + 2 * HOUR))
    assert found == {"58": (True, 58.2), "71": (True, 71.4), "100": (False, None)}


def test_where_no_scale_measured_anything_nothing_is_assessed_anew(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + HOUR)
    pipeline.put("run.fit", a_file(NOON))
    pipeline.look()
    reassessment = pipeline.ingest.reassessment
    assert judge_scales(pipeline.store, pipeline.settings, reassessment, pipeline.clock.now()) is False
    assert reassessment.count_marked() == 0
