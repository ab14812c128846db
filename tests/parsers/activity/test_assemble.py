"""How sessions, samples and pauses make one workout."""

from hersteld.parsers.fit import read_fit
from tests.support.fit.build import (
    START,
    file_id,
    fit,
    records,
    session,
)


def test_sessions_of_several_sports_make_a_multisport_workout() -> None:
    told = (session(START, 600, 590, 5), session(START + 600, 60, 60, 3), session(START + 660, 1200, 1200, 2))
    workout = read_fit(fit(file_id(), records([120] * 30), *told))
    assert workout.sport == "multisport"
    assert [one.sport for one in workout.sessions] == ["swimming", "transition", "cycling"]
    assert (workout.timer_s, workout.elapsed_s) == (1850, 1860)


def test_a_way_to_the_water_does_not_make_a_swim_multisport() -> None:
    workout = read_fit(fit(file_id(), session(START, 600, 600, 5), session(START + 600, 60, 60, 3)))
    assert workout.sport == "swimming"


def test_a_device_without_a_date_keeps_its_workout_but_has_no_clock() -> None:
    workout = read_fit(fit(file_id(created=5), records([100] * 11, start=10), session(10, 10, 10)))
    assert not workout.has_clock
    assert (workout.records, workout.elapsed_s) == (11, 10)


def test_an_activity_without_records_is_still_a_workout() -> None:
    workout = read_fit(fit(file_id()))
    assert (workout.records, workout.timer_s, workout.elapsed_s) == (0, 0, 0)
    assert workout.started_at.year == 2026
