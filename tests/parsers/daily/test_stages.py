"""From the levels of sleep follows from when to when each lasted."""

from datetime import timedelta

import pytest

from hersteld.parsers.daily.read import read_nights
from hersteld.parsers.daily.readings import Stage
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import ENUM, START, UINT32, file_id, fit, message

UNMEASURABLE, AWAKE, LIGHT, DEEP, REM = range(5)
ASLEEP, WOKE = 0, 1


def level(minute: float, value: int) -> bytes:
    return message(
        fields.SLEEP_LEVEL,
        (fields.TIMESTAMP, UINT32, START + round(minute * 60)),
        (fields.SLEEP_LEVEL_SLEEP_LEVEL, ENUM, value),
    )


def event(minute: float, kind: int, event: int = 74) -> bytes:
    return message(
        fields.EVENT,
        (fields.TIMESTAMP, UINT32, START + round(minute * 60)),
        (fields.EVENT_EVENT, ENUM, event),
        (fields.EVENT_EVENT_TYPE, ENUM, kind),
    )


def stages_of(*messages: bytes) -> list[tuple[float, float, str]]:
    """Return the stages, in minutes."""
    readings = read_nights(fit(file_id(49), *messages))
    assert readings is not None

    def minutes(one: Stage) -> tuple[float, float, str]:
        begin = to_datetime(START)
        return (one.begin - begin) / timedelta(minutes=1), (one.end - begin) / timedelta(minutes=1), one.level

    return [minutes(one) for one in readings.stages]


def test_a_level_lasts_until_the_next_one() -> None:
    found = stages_of(level(0, LIGHT), level(60, DEEP), level(90, REM), level(120, AWAKE), level(130, UNMEASURABLE))
    assert found == [(0, 60, "light"), (60, 90, "deep"), (90, 120, "rem"), (120, 130, "awake")]


def test_where_the_watch_says_when_the_sleep_began_a_level_is_that_of_the_time_before() -> None:
    found = stages_of(event(0, ASLEEP), level(60, LIGHT), level(90, DEEP), level(100, AWAKE), event(100, WOKE))
    assert found == [(0, 60, "light"), (60, 90, "deep"), (90, 100, "awake")]


def test_two_sleeps_with_a_begin_each_have_nothing_between_them() -> None:
    found = stages_of(event(0, ASLEEP), level(60, LIGHT), event(600, ASLEEP), level(660, DEEP))
    assert found == [(0, 60, "light"), (600, 660, "deep")]


def test_the_last_level_ends_where_the_watch_says_that_its_wearer_woke_up() -> None:
    assert stages_of(level(0, LIGHT), level(60, REM), event(90, WOKE)) == [(0, 60, "light"), (60, 90, "rem")]


def test_whoever_woke_up_is_not_asleep_until_a_nap() -> None:
    found = stages_of(level(0, DEEP), level(50, LIGHT), event(60, WOKE), level(480, LIGHT), event(500, WOKE))
    assert found == [(0, 50, "deep"), (50, 60, "light"), (480, 500, "light")]


def test_the_events_of_a_timer_are_none_of_sleep() -> None:
    assert stages_of(event(-10, ASLEEP, event=0), level(0, LIGHT), level(60, AWAKE)) == [(0, 60, "light")]


def test_a_level_a_minute_is_the_same_night_in_many_pieces() -> None:
    found = stages_of(*(level(minute, LIGHT if minute < 30 else AWAKE) for minute in range(40)))
    assert sum(end - begin for begin, end, name in found if name == "light") == 30


def test_levels_come_in_the_order_of_their_times() -> None:
    assert stages_of(level(60, AWAKE), level(0, REM)) == [(0, 60, "rem")]


@pytest.mark.parametrize(("hours", "is_stage"), [(12, True), (12.1, False)])
def test_what_lasts_longer_than_a_night_is_no_stage(hours: float, is_stage: bool) -> None:
    assert bool(stages_of(level(0, LIGHT), level(60 * hours, LIGHT))) == is_stage
    assert bool(stages_of(event(0, ASLEEP), level(60 * hours, LIGHT))) == is_stage


def test_what_has_no_time_or_no_name_is_no_level() -> None:
    timeless = message(fields.SLEEP_LEVEL, (fields.SLEEP_LEVEL_SLEEP_LEVEL, ENUM, LIGHT))
    lost = message(fields.SLEEP_LEVEL, (fields.TIMESTAMP, UINT32, START))
    assert stages_of(timeless, lost, level(0, 5), level(1, 255)) == []
    assert stages_of(timeless, level(0, DEEP), lost, level(9, 77), level(10, AWAKE)) == [(0, 10, "deep")]
