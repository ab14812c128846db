"""What was found in a file comes whole from the process that read it, and nothing else does."""

from dataclasses import fields
from datetime import UTC, datetime

import numpy as np
import pytest

from hersteld.daemon.reading.wire import NotUnderstood, found_in, told
from hersteld.daemon.system.channel import Json
from hersteld.parsers.errors import BadArchive, Damaged, Incomplete, NotAnActivity, NotFit, ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Samples, Workout
from tests.support.fit.corpus import corpus_bytes, expected_rows
from tests.support.fit.workouts import a_workout

LINE = Line("files.zip_too_large", {"size_mib": 240, "names": ("a.fit", "b.fit"), "why": (Line("reasons.no_room"),)})
ERRORS = [
    ParseError(LINE),
    NotFit(LINE),
    Incomplete(LINE, expected_bytes=None, got_bytes=12),
    Incomplete(LINE, expected_bytes=2**40, got_bytes=12),
    Damaged(LINE, offset=7),
    Damaged(LINE, offset=None),
    BadArchive(LINE),
    NotAnActivity(LINE, file_type="monitoring_b", created_at=datetime(2026, 5, 6, 12, tzinfo=UTC)),
    NotAnActivity(LINE, file_type="17"),
]


def assert_same(one: Workout, other: Workout) -> None:
    """Assert that two workouts are the same, bit for bit."""
    for field in fields(Workout):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if field.name == "samples":
            for column in fields(Samples):
                was, is_now = getattr(left, column.name), getattr(right, column.name)
                assert (was is None) == (is_now is None), column.name
                assert was is None or np.array_equal(was, is_now, equal_nan=True), column.name
        elif field.name == "beat_intervals_s":
            assert (left is None) == (right is None)
            assert left is None or np.array_equal(left, right)
        else:
            assert left == right, field.name


@pytest.mark.parametrize("row", expected_rows("intact", "damaged"), ids=lambda row: row["path"])
def test_what_is_in_each_file_of_the_corpus_comes_whole(row: dict[str, str]) -> None:
    found: Workout | ParseError
    try:
        found = read_fit(corpus_bytes(row["path"]), salvage=True)
    except ParseError as error:
        found = error
    there = found_in(*told(found))
    if isinstance(found, Workout) and isinstance(there, Workout):
        assert_same(found, there)
    else:
        assert (type(there), vars(there)) == (type(found), vars(found))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_each_error_comes_whole(error: ParseError) -> None:
    there = found_in(*told(error))
    assert (type(there), vars(there)) == (type(error), vars(error))


WORKOUT, BESIDE = told(a_workout(5, hr=120))


@pytest.mark.parametrize(
    ("message", "beside"),
    [
        ({}, b""),
        ({"error": "Path", "line": "", "values": {}}, b""),
        ({"error": "NotFit"}, b""),
        ({"error": "NotFit", "line": None, "values": {"more": 1}}, b""),
        ({"workout": None, "has_beats": False}, BESIDE),
        ({**WORKOUT, "workout": {}}, BESIDE),
        (WORKOUT, b""),
        (WORKOUT, BESIDE[:40]),
        ({**WORKOUT, "has_beats": True}, BESIDE + b"123"),
    ],
)
def test_what_is_something_else_is_not_taken(message: Json, beside: bytes) -> None:
    with pytest.raises(NotUnderstood):
        found_in(message, beside)
