"""The heart rate of a picture: few points, gaps that stay gaps, and zones in ascending order."""

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.card.facts import Trace
from hersteld.daemon.picture.trace import trace_of
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.physiology import Physiology
from tests.support.fit.recoveries import TRAINED, recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout, seconds

RIDE = a_workout(60, hr=seconds(60, lambda s: 130 + 30 * np.sin(s / 600)), sport="cycling")


def athlete_of(workout: Workout) -> Physiology:
    athlete = recovery_of(workout).physiology
    assert athlete is not None
    return athlete


def trace(workout: Workout) -> Trace | None:
    return trace_of(workout, athlete_of(workout), shipped_rules(), shows_threshold=True)


def test_it_has_few_points_that_keep_the_shape() -> None:
    found = trace(RIDE)
    assert found is not None
    (run,) = found.runs
    assert len(run) == 240
    assert found.until_s == 3600
    beats = RIDE.samples.heart_rate_bpm
    assert beats is not None
    for at_s, bpm in run:
        assert abs(beats[round(at_s)] - bpm) < 1


def test_a_gap_of_more_than_a_minute_stays_a_gap() -> None:
    kept = (RIDE.samples.time_s < 1000) | (RIDE.samples.time_s > 1200)
    beats = RIDE.samples.heart_rate_bpm
    assert beats is not None
    samples = replace(RIDE.samples, time_s=RIDE.samples.time_s[kept], heart_rate_bpm=beats[kept])
    found = trace(replace(RIDE, samples=samples))
    assert found is not None
    first, second = found.runs
    assert first[-1][0] < 1000
    assert second[0][0] > 1200


def test_a_gap_too_narrow_to_be_seen_is_none_so_that_a_day_of_gaps_stays_a_small_picture() -> None:
    bursts_s, seconds_s = np.arange(0.0, 48 * 3600, 66.0), np.arange(5.0)
    times_s = (bursts_s[:, np.newaxis] + seconds_s).ravel()
    samples = replace(RIDE.samples, time_s=times_s, heart_rate_bpm=np.full(len(times_s), 120.0))
    workout = replace(RIDE, samples=samples, elapsed_s=float(times_s[-1]))
    found = trace_of(workout, athlete_of(RIDE), shipped_rules(), shows_threshold=True)
    assert found is not None
    (run,) = found.runs
    assert len(run) == 240


def test_a_watch_that_stores_a_sample_each_half_minute_has_no_gaps() -> None:
    found = trace(a_workout(120, hr=140, step_s=30))
    assert found is not None
    assert len(found.runs) == 1


@pytest.mark.parametrize("hr", [None, 0, 300], ids=["none", "zero", "impossible"])
def test_without_a_believable_heart_rate_there_is_none(hr: float | None) -> None:
    assert trace(a_workout(60, hr=hr)) is None


def test_the_zones_are_those_of_intensity_around_the_threshold() -> None:
    found = trace(RIDE)
    assert found is not None
    athlete = recovery_of(RIDE).physiology
    assert athlete is not None
    assert found.bounds_bpm == (106.0, 134.0, round(athlete.lthr_bpm, 1), 176.0)


@given(lthr_bpm=st.floats(80, 190), bpm=st.floats(60, 200))
def test_the_zones_ascend_and_the_heart_rate_lies_within_the_picture(lthr_bpm: float, bpm: float) -> None:
    workout = a_workout(30, hr=bpm, step_s=10)
    athlete = recovery_of(workout, replace(TRAINED, lthr_bpm=lthr_bpm)).physiology
    assert athlete is not None
    found = trace_of(workout, athlete, shipped_rules(), shows_threshold=True)
    assert found is not None
    assert all(low <= high for low, high in pairwise(found.bounds_bpm))
    values = [value for run in found.runs for _, value in run]
    assert found.floor_bpm < min(values) <= max(values) < found.ceiling_bpm
    assert found.bounds_bpm[-1] < found.ceiling_bpm


def test_it_loads_no_part_of_numpy_that_the_service_would_keep() -> None:
    script = (
        "import sys\n"
        "import hersteld.daemon.service.lifecycle\n"
        "before = set(sys.modules)\n"
        "from tests.daemon.picture.test_trace import RIDE, recovery_of, shipped_rules, trace_of\n"
        "athlete = recovery_of(RIDE).physiology\n"
        "before |= {name for name in sys.modules if not name.startswith('numpy.')}\n"
        "assert trace_of(RIDE, athlete, shipped_rules(), shows_threshold=True) is not None\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
