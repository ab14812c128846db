"""What a workout holds, once it has been read."""

import numpy as np

from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from hersteld.parsers.workout import Samples, Vendor, Workout
from tests.support.fit.build import START, UINT8, UINT32, activity, file_id, fit, message, session


def test_the_number_of_records_is_that_of_the_samples() -> None:
    assert len(Samples(np.arange(3.0))) == 3
    assert read_fit(activity([120] * 70)).records == 70


def test_what_a_file_does_not_hold_is_none() -> None:
    workout = read_fit(activity())
    assert workout.vendor == Vendor()
    assert (workout.kcal, workout.distance_m, workout.beat_intervals_s) == (None, None, None)
    assert workout.samples.power_w is None
    assert workout.exercise_categories == ()


def test_every_column_has_a_value_or_nan_for_each_record() -> None:
    workout: Workout = read_fit(activity([120, 255, 121]))
    columns = [getattr(workout.samples, name) for name in workout.samples.__slots__]
    assert {len(column) for column in columns if column is not None} == {3}
    assert {column.dtype for column in columns if column is not None} == {np.dtype(np.float64)}


def test_every_time_is_aware() -> None:
    hour = message(
        fields.SESSION,
        (fields.SESSION_START_TIME, UINT32, START),
        (fields.SESSION_SPORT, UINT8, 1),
        (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, 3_600_000),
    )
    workout = read_fit(fit(file_id(), hour, session(START + 3600)))
    times = [workout.started_at, workout.ended_at, *(one.started_at for one in workout.sessions)]
    assert all(time.tzinfo is not None and not time.utcoffset() for time in times)
    assert workout.sessions[0].started_at == workout.started_at
