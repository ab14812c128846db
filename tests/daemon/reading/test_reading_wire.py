"""A reading comes whole from the process that made it, and out of one piece of bytes."""

from dataclasses import fields

import pytest

from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.reading_wire import in_one, reading_in, reading_told, taken_apart
from hersteld.daemon.reading.second_opinion import Asked
from hersteld.daemon.reading.wire import NotUnderstood
from hersteld.daemon.system.channel import Json
from hersteld.parsers.errors import NotFit
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from tests.support.fit.workouts import NOON, a_workout

ASKED = Asked("KeyError: 7", "trace", (Line("reasons.exit_code", {"number": 1}),))
READINGS = (
    Reading("a.fit", "sha256", 12, a_workout(5, hr=130), is_cut_off=True, asked=ASKED, arrived_at=NOON),
    Reading("ë \udcff.fit", "sha256", 0, NotFit(Line("files.not_fit"))),
    Reading("a.fit", "sha256", 12, None),
)


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: type(reading.result).__name__)
def test_it_comes_whole(reading: Reading) -> None:
    there = reading_in(*taken_apart(in_one(*reading_told(reading))))
    for field in fields(Reading):
        if field.name != "result":
            assert getattr(there, field.name) == getattr(reading, field.name)
    assert type(there.result) is type(reading.result)
    if isinstance(there.result, Workout) and isinstance(reading.result, Workout):
        assert there.result.sessions == reading.result.sessions
        assert there.result.records == reading.result.records


MESSAGE, SAMPLES = reading_told(READINGS[0])


@pytest.mark.parametrize(
    "message",
    [
        {},
        {**MESSAGE, "size": None},
        {**MESSAGE, "found": 7},
        {**MESSAGE, "asked": {}},
        {**MESSAGE, "arrived_at": "soon"},
    ],
)
def test_what_is_no_reading_is_not_taken(message: Json) -> None:
    with pytest.raises(NotUnderstood):
        reading_in(message, SAMPLES)
