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


NIGHT = 24 * 60
UP_TO = (event(0, ASLEEP), level(60, LIGHT), level(90, DEEP), level(100, AWAKE), event(100, WOKE))
FROM = (event(0, ASLEEP), level(0, LIGHT), level(60, DEEP), level(90, AWAKE), event(100, WOKE))
FOUND = [(0, 60, "light"), (60, 90, "deep"), (90, 100, "awake")]


def later(minutes: float, *found: tuple[float, float, str]) -> list[tuple[float, float, str]]:
    return [(begin + minutes, end + minutes, name) for begin, end, name in found]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ((event(NIGHT, ASLEEP), level(NIGHT + 60, LIGHT), event(NIGHT + 60, WOKE)), [(0, 60, "light")]),
        ((level(NIGHT + 60, LIGHT), level(NIGHT + 90, DEEP), event(NIGHT + 90, WOKE)), [(60, 90, "deep")]),
    ],
    ids=["with-a-begin", "without"],
)
def test_of_two_nights_with_levels_of_the_time_before_each_is_read_so(
    second: tuple[bytes, ...], expected: list[tuple[float, float, str]]
) -> None:
    assert stages_of(*UP_TO, *second) == FOUND + later(NIGHT, *expected)


def test_a_file_that_begins_in_the_middle_of_a_night_is_read_as_its_next_night_shows() -> None:
    """Synchronised at night: the event of the first sleep is in the file before."""
    rest = (level(-NIGHT, LIGHT), level(30 - NIGHT, REM), level(50 - NIGHT, DEEP), event(50 - NIGHT, WOKE))
    assert stages_of(*rest, *UP_TO) == [*later(-NIGHT, (0, 30, "rem"), (30, 50, "deep")), *FOUND]
    assert stages_of(*rest, *FROM) == [*later(-NIGHT, (0, 30, "light"), (30, 50, "rem")), *FOUND]


@pytest.mark.parametrize("night", [UP_TO, FROM], ids=["up-to", "from"])
def test_nobody_is_asleep_from_waking_until_the_first_level_of_a_nap(night: tuple[bytes, ...]) -> None:
    nap = (level(480, LIGHT), level(500, LIGHT), event(500, WOKE))
    assert stages_of(*night, *nap) == [*FOUND, (480, 500, "light")]


@pytest.mark.parametrize("night", [UP_TO, FROM], ids=["up-to", "from"])
def test_a_begin_without_a_level_shows_nothing_of_the_night(night: tuple[bytes, ...]) -> None:
    """A nap that was too short for a level, or whose levels are in another file."""
    nap = (event(-300, ASLEEP), event(-290, WOKE))
    assert stages_of(*nap, *night) == FOUND
    assert stages_of(nap[0], *night) == FOUND


def test_a_level_without_a_name_shows_how_the_others_are_meant() -> None:
    found = stages_of(event(0, ASLEEP), level(0, 255), level(10, LIGHT), level(60, AWAKE), event(70, WOKE))
    assert found == [(10, 60, "light"), (60, 70, "awake")]


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
