"""Checks what `read_fit` promises its callers for any bytes."""

from contextlib import suppress

import numpy as np

from hersteld.config.texts.speech import said
from hersteld.parsers.columns import bulk
from hersteld.parsers.columns.decoder import Decoder
from hersteld.parsers.daily.read import read_daily
from hersteld.parsers.errors import ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.workout import Workout


def check(workout: Workout) -> None:
    """Assert that a workout has sessions, does not end before it starts, and has its times and pauses in order."""
    assert workout.sessions
    assert workout.elapsed_s >= 0
    assert (workout.ended_at - workout.started_at).total_seconds() >= 0
    times = workout.samples.time_s
    assert not np.isnan(times).any()
    assert (np.diff(times) >= 0).all()
    last = 0.0
    for pause in workout.pauses:
        assert last <= pause.start_s < pause.end_s <= workout.elapsed_s
        last = pause.end_s


def attempt(raw: bytes, *, salvage: bool, decoder: Decoder = bulk.decode) -> str:
    """Return what reading these bytes results in: "workout", "salvaged workout" or the name of one of our errors.

    The daily values in the bytes are read, too, and may raise nothing else either.
    """
    with suppress(ParseError):
        read_daily(raw)
    try:
        workout = read_fit(raw, salvage=salvage, decoder=decoder)
    except ParseError as error:
        outcome, sentence = type(error).__name__, said(error.line)
    else:
        check(workout)
        outcome, sentence = "salvaged workout" if workout.salvaged else "workout", "."
    assert sentence.endswith(".")
    return outcome
