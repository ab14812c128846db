"""The energy that the rules compute beside the one that real files tell."""

from dataclasses import replace

import numpy as np

from hersteld.parsers.errors import ParseError
from hersteld.parsers.fit import read_fit
from hersteld.recovery.athlete.profile import Athlete
from tests.recovery.load.test_energy import kcal_of
from tests.support.fit.corpus import corpus_bytes, expected_rows, needs_corpus


@needs_corpus
def test_the_energy_of_the_model_is_about_that_of_the_files() -> None:
    ratios = []
    for row in expected_rows("intact"):
        if row["file_type"] != "activity":
            continue
        try:
            workout = read_fit(corpus_bytes(row["path"]))
        except ParseError:
            continue
        told = workout.kcal or 0.0
        found = kcal_of(replace(workout, kcal=None), Athlete(experience="trained"))
        if told > 50 and found:
            ratios.append(found / told)
    assert len(ratios) > 50
    assert 0.9 <= np.median(ratios) <= 1.1
    assert np.mean([0.6 <= ratio <= 1.4 for ratio in ratios]) >= 0.85
