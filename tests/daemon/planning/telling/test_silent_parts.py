"""A part of a brick that brings no message takes nothing back of what an earlier part was told to drink, do and eat."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.pipeline import NOON, Pipeline, a_file

_BREAK_MIN = 8
_SAID_ONCE = ("Eat ", "Stretch ", "No anti-inflammatories")


class Part(NamedTuple):
    """A run of the brick after the ride.

    Attributes:
        is_imported: Whether it comes from old files, of which nobody is told.
        is_recorded_twice: Whether a richer recording of it follows.
    """

    minutes: int
    bpm: int
    is_imported: bool = False
    is_recorded_twice: bool = False


EASY, SHARP, HARD = Part(15, 160), Part(8, 185), Part(30, 172)
IMPORTED = HARD._replace(is_imported=True)
RICHER = EASY._replace(is_recorded_twice=True)


def after_a_ride(tmp_path: Path, parts: Sequence[Part], *, is_ride_imported: bool = False) -> Pipeline:
    """Return what is told of a ride of two hours and the runs after it, each of which comes as it ends."""
    pipeline = Pipeline(
        tmp_path,
        now=NOON + timedelta(minutes=1),
        athlete__mass_kg="75",
        athlete__max_hr="190",
        athlete__lthr="168",
    )
    come(pipeline, "ride.fit", NOON, Part(120, 170, is_imported=is_ride_imported), sport="cycling")
    ended_at = NOON
    for number, part in enumerate(parts):
        ended_at += timedelta(minutes=_BREAK_MIN + part.minutes)
        come(pipeline, f"run{number}.fit", ended_at, part)
    assert [workout.brick_after is not None for workout in pipeline.stored()] == [False, *(True for _ in parts)]
    return pipeline


def come(pipeline: Pipeline, name: str, ended_at: datetime, part: Part, *, sport: str = "running") -> None:
    pipeline.clock.move(ended_at + timedelta(minutes=1) - pipeline.clock.now())
    content = a_file(ended_at, minutes=part.minutes, bpm=part.bpm, sport=sport)
    if part.is_imported:
        for reading in pipeline.ingest.read(content, name):
            pipeline.ingest.add_history(reading)
        return
    pipeline.put(name, content)
    pipeline.look()
    if part.is_recorded_twice:
        richer = a_file(ended_at, minutes=part.minutes, bpm=part.bpm, sport=sport, power=150)
        pipeline.put(f"richer-{name}", richer)
        pipeline.look()


def bodies(pipeline: Pipeline) -> list[str]:
    return [message.body for _, message in pipeline.notifier.received]


@pytest.mark.figures("a part of a brick brings no message", "{tried} bricks: 0 times asked twice")
@pytest.mark.parametrize(
    "parts",
    [
        (EASY, SHARP),
        (EASY, EASY, SHARP),
        (EASY, EASY, EASY, SHARP),
        (SHARP, EASY, HARD),
        (SHARP, EASY, EASY, HARD, EASY, SHARP),
        (EASY, SHARP, EASY, HARD),
        (IMPORTED, SHARP),
        (EASY, IMPORTED, SHARP),
        (IMPORTED, EASY, HARD),
        (SHARP, IMPORTED, EASY, HARD),
        (RICHER, SHARP),
        (SHARP, RICHER, HARD),
    ],
)
def test_only_what_was_not_told_of_the_earlier_parts_is_told_after_silent_ones(
    parts: Sequence[Part], tmp_path: Path
) -> None:
    first, *later = bodies(after_a_ride(tmp_path, parts))
    assert "Drink about 1.5 l, with something salty: 800 ml now" in first
    assert all(f"\n{start}" in first for start in _SAID_ONCE)
    assert 1 <= len(later) < len(parts), "one part at least brought a message, and one none"
    for body in later:
        assert not re.search(r"Drink about [\d.]+ l,", body), body
        assert not any(f"\n{start}" in body for start in _SAID_ONCE), body


@pytest.mark.figures("a part of a brick brings no message", "{tried} bricks: 0 times asked twice")
def test_where_only_silent_parts_came_before_everything_is_told(tmp_path: Path) -> None:
    (body,) = bodies(after_a_ride(tmp_path, (IMPORTED, SHARP), is_ride_imported=True))
    assert re.search(r"Drink about [\d.]+ l, with something salty: 800 ml now", body)
    assert all(f"\n{start}" in body for start in _SAID_ONCE)
