"""What is read of many odd recordings stays what it was, to the last sample."""

from itertools import zip_longest

from hersteld.parsers.errors import ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.workout import Workout
from tests.parsers.activity.drawn.recordings import drawn
from tests.parsers.activity.drawn.written import MANY, RECORD, lines, text_of

_ANEW = "record it with `PYTHONPATH=. .venv/bin/python -m tests.parsers.activity.drawn`"


def test_of_the_same_recordings_the_same_is_read() -> None:
    recorded = RECORD.read_text(encoding="utf-8").splitlines()
    for made, before in zip_longest(lines(), recorded):
        assert made is not None, f"the record has a recording too many: {_ANEW}"
        recording, line = made
        assert line == before, (
            f"something else is read of this recording; if that is right, {_ANEW}. It is now:\n"
            f"{text_of(recording.data)[:4000]}"
        )


def test_each_kind_of_what_can_be_read_is_among_the_recordings() -> None:
    """What no drawn recording holds would not be held by the record."""
    workouts, refused = [], 0
    for recording in drawn(MANY):
        try:
            workouts.append(read_fit(recording.data, salvage=True))
        except ParseError:
            refused += 1
    assert 0 < refused < MANY / 10
    for name in set(Workout.__slots__) - {"shift_s"}:  # which is not for whoever reads a file to say
        values = [getattr(workout, name) for workout in workouts]
        assert len({repr(value) for value in values}) > 1, f"{name} is the same in all"
    for name in ("heart_rate_bpm", "power_w", "speed_mps", "cadence_rpm", "distance_m", "temperature_c", "altitude_m"):
        columns = [getattr(workout.samples, name) for workout in workouts]
        assert any(column is None for column in columns), name
        assert any(column is not None for column in columns), name
