"""Nothing ends after it arrived: what says so is dated by its own local time, by its arrival, or not at all."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import timedelta

import pytest

from hersteld.parsers.workout import Workout
from hersteld.recovery.clocks.arrival import Dating, date_alike, date_by_arrival, shifted, with_dating
from tests.support.fit.recoveries import shipped_rules
from tests.support.fit.workouts import NOON, a_workout

MESSAGES = shipped_rules().messages
HOUR_S = 3600.0


def ahead(hours: float = 0, *, minutes: float = 0, offset_h: float | None = None, serial: int | None = 7) -> Workout:
    """Return a workout that ended so long after NOON, by a device that is so far ahead of UTC."""
    workout = a_workout(60, ended_at=NOON + timedelta(hours=hours, minutes=minutes))
    return replace(workout, serial=serial, local_offset_s=None if offset_h is None else offset_h * HOUR_S)


@pytest.mark.parametrize(
    ("workout", "expected"),
    [
        (ahead(-1), Dating(0, "told")),
        (ahead(minutes=5), Dating(0, "told")),
        (ahead(minutes=6), Dating(-360, "arrival")),
        (ahead(2, offset_h=2), Dating(-2 * HOUR_S, "offset")),
        (ahead(2, minutes=5, offset_h=2), Dating(-2 * HOUR_S, "offset")),
        (ahead(5, offset_h=-5), Dating(-5 * HOUR_S, "offset")),
        (ahead(2, minutes=6, offset_h=2), Dating(-2 * HOUR_S - 360, "arrival")),
        (ahead(26), Dating(-26 * HOUR_S, "arrival")),
        (ahead(26, minutes=1), Dating(0, "nothing")),
        (replace(ahead(26), has_clock=False), Dating(0, "told")),
    ],
)
def test_a_workout_is_dated_by_what_explains_it(workout: Workout, expected: Dating) -> None:
    assert date_by_arrival(workout, NOON, MESSAGES) == expected


@pytest.mark.parametrize(("offset_h", "by"), [(3, "offset"), (None, "nothing")])
def test_the_arrival_of_history_says_nothing_of_its_end(offset_h: float | None, by: str) -> None:
    assert date_by_arrival(ahead(3, offset_h=offset_h), NOON, MESSAGES, in_import=True).by == by


def test_all_of_one_device_is_shifted_alike_and_others_are_not() -> None:
    batch = [ahead(-2), ahead(3), ahead(1), ahead(-1, serial=8), ahead(40)]
    datings = [date_by_arrival(workout, NOON, MESSAGES) for workout in batch]
    alike = date_alike(batch, datings, {})
    assert [dating.shift_s / HOUR_S for dating in alike] == [-3, -3, -3, 0, 0]
    assert [dating.by for dating in alike] == ["device", "arrival", "arrival", "told", "nothing"]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (ahead(-9), Dating(-2 * HOUR_S, "device")),
        (ahead(-9, offset_h=2), Dating(-2 * HOUR_S, "device")),
        (ahead(-9, offset_h=1), Dating(-HOUR_S, "device")),
        (ahead(-9, offset_h=0), Dating(0, "told")),
        (ahead(1, offset_h=1), Dating(-HOUR_S, "offset")),
        (ahead(-9, serial=8), Dating(0, "told")),
        (ahead(-9, serial=None), Dating(0, "told")),
        (replace(ahead(-9), has_clock=False), Dating(0, "told")),
        (ahead(40), Dating(0, "nothing")),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_device_that_takes_local_time_for_utc_does_so_in_all_that_comes_at_once(
    other: Workout, expected: Dating, first: bool
) -> None:
    wrong = ahead(2, offset_h=2)
    batch = [other, wrong] if first else [wrong, other]
    datings = date_alike(batch, [date_by_arrival(workout, NOON, MESSAGES) for workout in batch], {})
    assert datings[batch.index(other)] == expected
    assert datings[batch.index(wrong)] == Dating(-2 * HOUR_S, "offset")


def test_where_local_time_explains_too_little_of_one_file_the_arrival_holds_for_all_of_its_device() -> None:
    batch = [ahead(2, offset_h=2), ahead(4, offset_h=2), ahead(-9, offset_h=2)]
    datings = date_alike(batch, [date_by_arrival(workout, NOON, MESSAGES) for workout in batch], {})
    assert {dating.shift_s / HOUR_S for dating in datings} == {-4}


def test_a_clock_that_is_wrong_now_says_nothing_of_years_ago() -> None:
    batch = [ahead(-9), ahead(2, offset_h=2)]
    datings = [date_by_arrival(workout, NOON, MESSAGES, in_import=True) for workout in batch]
    assert date_alike(batch, datings, {}, spreads=False) == tuple(datings)


def test_what_an_earlier_reading_made_of_a_file_stays_whatever_its_device_shows_now() -> None:
    batch = [ahead(-2), ahead(3)]
    datings = [Dating(-HOUR_S, "before"), date_by_arrival(batch[1], NOON, MESSAGES)]
    assert date_alike(batch, datings, {}) == (Dating(-HOUR_S, "before"), Dating(-3 * HOUR_S, "arrival"))


def test_a_shift_of_less_than_a_second_is_one_too() -> None:
    batch = [ahead(minutes=6), ahead(-1)]
    datings = [Dating(-0.5, "arrival"), Dating(0, "told")]
    assert [dating.shift_s for dating in date_alike(batch, datings, {})] == [-0.5, -0.5]


def test_a_workout_is_shifted_as_it_is_dated() -> None:
    moved = with_dating(ahead(3), Dating(-3 * HOUR_S, "arrival"))
    assert (moved.ended_at, moved.has_clock) == (NOON, True)
    told = ahead(-1)
    assert with_dating(told, Dating(0, "told")) is told


def test_what_a_part_of_a_batch_showed_of_a_device_holds_for_the_rest() -> None:
    earlier: dict[Hashable, Dating] = {}
    for workout, expected_h in ((ahead(3), -3), (ahead(-2), -3), (ahead(4), -4)):
        alone = date_by_arrival(workout, NOON, MESSAGES)
        (dating,) = date_alike([workout], [alone], earlier)
        assert dating.shift_s / HOUR_S == expected_h


def test_a_file_that_names_no_device_shifts_no_other() -> None:
    nameless = [ahead(3, serial=None), ahead(-1, serial=None)]
    datings = [date_by_arrival(workout, NOON, MESSAGES) for workout in nameless]
    assert [dating.shift_s / HOUR_S for dating in date_alike(nameless, datings, {})] == [-3, 0]


def test_start_end_and_sessions_are_shifted_and_the_name_of_the_file_is_not() -> None:
    told = replace(ahead(2), created_at=NOON)
    moved = shifted(told, -2 * HOUR_S)
    assert (moved.started_at, moved.ended_at) == (NOON - timedelta(hours=1), NOON)
    assert [session.started_at for session in moved.sessions] == [moved.started_at]
    assert (moved.shift_s, moved.created_at) == (-2 * HOUR_S, NOON)


def test_what_nothing_explains_has_no_clock() -> None:
    undated = with_dating(ahead(40), Dating(0, "nothing"))
    assert (undated.has_clock, undated.shift_s) == (False, 0)
