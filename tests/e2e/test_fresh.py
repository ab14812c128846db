"""A real file that was given another date is the same training, for two decoders."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from fitparse import FitFile

from hersteld.parsers.fit import read_fit
from tests.support.fit.corpus import corpus_bytes
from tests.support.machine.fresh import redated

FILES = (
    "dtcooper__python-fitparse/tests/files/null_compressed_speed_dist.fit",
    "dtcooper__python-fitparse/tests/files/sample-activity-indoor-trainer.fit",
    "stadelmanma__fitparse-rs/fitparser/tests/fixtures/hrv-activity.fit",
)


@pytest.mark.parametrize("path", FILES)
def test_only_the_date_is_another(path: str) -> None:
    content = corpus_bytes(path)
    ends_at = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)
    moved = redated(content, ends_at)
    before, after = read_fit(content), read_fit(moved)
    assert ends_at - timedelta(minutes=2) < after.ended_at <= ends_at
    assert (after.timer_s, after.distance_m, after.sport) == (before.timer_s, before.distance_m, before.sport)
    assert np.array_equal(after.samples.time_s, before.samples.time_s)
    for name in ("heart_rate_bpm", "power_w", "distance_m"):
        now, then = getattr(after.samples, name), getattr(before.samples, name)
        assert (now is None) == (then is None)
        assert now is None or np.array_equal(now, then, equal_nan=True)
    with FitFile(moved) as second_opinion:
        stamps = [record.get_raw_value("timestamp") for record in second_opinion.get_messages("record")]
    assert len(stamps) == len(after.samples)
