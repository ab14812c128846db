"""What an import says of itself in numbers is true of what became of each file."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from hersteld.daemon.importing.summary import Summary
from hersteld.daemon.reading.contents import Outcome, Reading
from hersteld.daemon.reading.second_opinion import Asked
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from tests.support.fit.workouts import a_workout

DAMAGED = Line("files.damaged_all")


def a_reading(workout: Workout | None = None, *, asked: Asked | None = None) -> Reading:
    return Reading("a.fit", "sha", 1000, workout, asked=asked)


def stored(workout_id: int) -> Outcome:
    return Outcome("a.fit", "sha", "workout", workout_id=workout_id)


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (stored(1), {"workouts": 1, "of_use": 1}),
        (Outcome("a.fit", "sha", "duplicate", Line("files.duplicate_of_another"), 1), {"duplicates": 1, "of_use": 1}),
        (Outcome("a.fit", "sha", "ignored", Line("files.of_no_kind")), {"ignored": 1, "of_use": 1}),
        (Outcome("a.fit", "sha", "known"), {"known": 1, "of_use": 1}),
        (Outcome("a.fit", "sha", "rejected", DAMAGED), {"unread": [("a.fit", DAMAGED)]}),
        (Outcome("a.fit", "sha", "failed", DAMAGED), {"unread": [("a.fit", DAMAGED)]}),
        (Outcome("a.fit", "sha", "rejected"), {"unread": [("a.fit", Line("reasons.unknown"))]}),
    ],
    ids=["workout", "duplicate", "ignored", "known", "rejected", "failed", "rejected without a reason"],
)
def test_each_outcome_is_counted_once_as_what_it_is(outcome: Outcome, counts: dict[str, object]) -> None:
    summary = Summary()
    summary.add(outcome, a_reading(), UTC)
    names = ("workouts", "duplicates", "ignored", "known", "of_use", "unread")
    nothing = Summary()
    assert {name: getattr(summary, name) for name in names} == {
        name: counts.get(name, getattr(nothing, name)) for name in names
    }


def test_a_recording_that_took_the_place_of_another_one_is_a_duplicate_and_no_second_workout() -> None:
    summary = Summary()
    for workout_id in (1, 2, 1):
        summary.add(stored(workout_id), a_reading(), UTC)
    assert (summary.workouts, summary.duplicates) == (2, 1)


def test_the_years_are_those_of_the_athletes_calendar() -> None:
    summary, east = Summary(), timezone(timedelta(hours=2))
    new_year = datetime(2024, 12, 31, 23, 0, tzinfo=UTC)  # 01:00 of 2025 in the east
    summary.add(stored(1), a_reading(a_workout(ended_at=new_year + timedelta(hours=1), minutes=60)), east)
    assert summary.years == (2025, 2025)
    for number, year in enumerate((2019, 2022), start=2):
        workout = a_workout(ended_at=datetime(year, 6, 1, 12, 0, tzinfo=UTC), minutes=60)
        summary.add(stored(number), a_reading(workout), east)
    assert summary.years == (2019, 2025)


def test_each_file_at_which_our_reader_failed_is_kept_and_what_fitparse_could_read_is_counted() -> None:
    summary, asked = Summary(), Asked("KeyError: 7", "where")
    summary.add(stored(1), a_reading(asked=asked), UTC)
    summary.add(Outcome("b.fit", "sha", "rejected", DAMAGED), a_reading(asked=asked), UTC)
    assert [path for path, _ in summary.asked] == ["a.fit", "b.fit"]
    assert summary.second_reader == 1
