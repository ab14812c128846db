"""A worker reads one file, says when its workout began, and whether more of it may be to come."""

from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from hersteld.daemon.importing.worker import Job, read_packed
from hersteld.daemon.reading.contents import Inner, Reading
from hersteld.daemon.reading.reading_wire import reading_in
from hersteld.daemon.store.columns.samples import PackedSamples
from hersteld.daemon.system.channel import Json
from hersteld.parsers.errors import NotFit
from hersteld.parsers.workout import Workout
from tests.support.pipeline import NOON, a_file

WHOLE = a_file(NOON, minutes=10)
DAY_S = 86400


def read(content: bytes, *, is_young: bool = False, day_ago_s: float = 0) -> tuple[float, bool, Reading]:
    job = Job(Path("/in/a.fit"), Inner("/in/a.fit", content, is_packed=False), "sha256", day_ago_s, is_young)
    found, samples = read_packed(job)
    message = cast("Json", found["reading"])
    return float(str(found["start_s"])), found["is_on_its_way"] is True, reading_in(message, samples)


def test_a_workout_is_handed_on_with_its_start_and_its_samples_packed() -> None:
    start_s, is_on_its_way, reading = read(WHOLE)
    assert start_s == (NOON - timedelta(minutes=10)).timestamp()
    assert not is_on_its_way
    assert isinstance(reading.result, Workout)
    assert isinstance(reading.result.samples, PackedSamples)
    assert (reading.path, reading.sha256, reading.size) == ("/in/a.fit", "sha256", len(WHOLE))


def test_what_is_no_workout_has_no_start() -> None:
    start_s, is_on_its_way, reading = read(b"no FIT file at all", is_young=True)
    assert (start_s, is_on_its_way) == (0, False)
    assert isinstance(reading.result, NotFit)


@pytest.mark.parametrize(
    ("is_young", "ended_days_ago", "is_on_its_way"), [(True, 0.5, True), (True, 2.0, False), (False, 0.5, False)]
)
def test_what_is_cut_off_is_waited_for_only_while_it_is_young_and_of_today(
    is_young: bool, ended_days_ago: float, is_on_its_way: bool
) -> None:
    day_ago_s = NOON.timestamp() + (ended_days_ago - 1) * DAY_S
    _, waits, reading = read(WHOLE[:-300], is_young=is_young, day_ago_s=day_ago_s)
    assert waits is is_on_its_way
    assert isinstance(reading.result, Workout)
    assert reading.result.salvaged


def test_what_is_whole_is_never_waited_for() -> None:
    assert not read(WHOLE, is_young=True)[1]
