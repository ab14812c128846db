"""What a workout's sums are made of where a parent session stands beside its legs: nothing is added up twice."""

import struct

import pytest

from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from hersteld.parsers.workout import Workout
from tests.support.fit.build import ENUM, START, UINT16, UINT32, file_id, fit, message

Value = tuple[int, int, int | bytes]

KCAL = (fields.SESSION_TOTAL_CALORIES, UINT16)
METRES = (fields.SESSION_TOTAL_DISTANCE, UINT32)
SWEAT = (fields.SESSION_SWEAT_LOSS, UINT16)


def part(begin_s: int, seconds: int, *values: Value, sport: int = 1) -> bytes:
    """Return a session message."""
    return message(
        fields.SESSION,
        (fields.SESSION_START_TIME, UINT32, START + begin_s),
        (fields.SESSION_SPORT, ENUM, sport),
        (fields.SESSION_TOTAL_ELAPSED_TIME, UINT32, 1000 * seconds),
        (fields.SESSION_TOTAL_TIMER_TIME, UINT32, 1000 * seconds),
        *values,
    )


def part_value(field: int, base: int, value: int) -> Value:
    return field, base, value


def race(whole: list[Value], first: list[Value], second: list[Value], *more: bytes) -> Workout:
    """Return a workout of a ride and a run, with a parent beside them."""
    parent, ride, run = part(0, 3600, *whole, sport=18), part(0, 1800, *first, sport=2), part(1800, 1800, *second)
    return read_fit(fit(file_id(), parent, ride, run, *more))


def zones(index: int, *seconds: int) -> bytes:
    return message(
        fields.TIME_IN_ZONE,
        (fields.TIME_IN_ZONE_REFERENCE_MESG, UINT16, fields.SESSION),
        (fields.TIME_IN_ZONE_REFERENCE_INDEX, UINT16, index),
        (fields.TIME_IN_ZONE_TIME_IN_HR_ZONE, UINT32, struct.pack(f"<{len(seconds)}I", *(1000 * s for s in seconds))),
    )


def test_the_energy_and_distance_of_the_parent_stay_where_no_leg_has_any() -> None:
    found = race([(*KCAL, 900), (*METRES, 2_500_000)], [], [])
    assert [session.sport for session in found.sessions] == ["cycling", "running"]
    assert (found.kcal, found.distance_m) == (900, 25_000)


def test_where_a_leg_has_them_those_of_the_parent_count_no_second_time() -> None:
    found = race(
        [(*KCAL, 900), (*METRES, 2_500_000)],
        [(*KCAL, 500), (*METRES, 2_000_000)],
        [(*KCAL, 400), (*METRES, 500_000)],
    )
    assert (found.kcal, found.distance_m) == (900, 25_000)


@pytest.mark.parametrize(
    ("whole", "legs", "sweat_ml"), [(1000, (600, 400), 1000), (1000, None, 1000), (None, (600, 400), 1000)]
)
def test_the_makers_own_sums_are_added_up_once(
    whole: int | None, legs: tuple[int, int] | None, sweat_ml: float
) -> None:
    parent, ride, run = (
        [] if value is None else [part_value(*SWEAT, value)] for value in (whole, *(legs or (None, None)))
    )
    assert race(parent, ride, run).vendor.sweat_loss_ml == sweat_ml


def test_the_time_in_zones_of_the_parent_is_no_second_time() -> None:
    told = zones(0, 600, 3000), zones(1, 400, 1400), zones(2, 200, 1600)
    assert race([], [], [], *told).time_in_zone_s == (600, 3000)
    assert race([], [], [], *reversed(told)).time_in_zone_s == (600, 3000)
    assert race([], [], [], told[0]).time_in_zone_s == (600, 3000)
