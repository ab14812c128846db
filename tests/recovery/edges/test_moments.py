"""Exactly at the edge: the local hours of a day, on whatever machine they are counted."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.support.fit.recoveries import local, situation_of
from tests.support.fit.workouts import a_workout


@pytest.fixture
def _machine_in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_machine_in_tokyo")
def test_the_hours_are_those_of_the_athlete_and_in_utc_wherever_the_machine_stands() -> None:
    late = situation_of(a_workout(60, hr=140, ended_at=local("22:30")))
    moment = late.at_hour(18)
    assert moment == local("18:00")
    assert moment.utcoffset() == timedelta(0)


def test_a_fraction_of_a_minute_is_left_out() -> None:
    late = situation_of(a_workout(60, hr=140, ended_at=local("22:30")))
    assert late.at_hour(21.99) == local("21:59")
