"""When nothing is sent, across midnight and across a change of the clocks."""

from datetime import UTC, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.fit.recoveries import AMSTERDAM, local

NIGHT = QuietHours(time(22), time(7))
SIESTA = QuietHours(time(13), time(15))


@pytest.mark.parametrize(
    ("clock", "night", "siesta"),
    [
        ("21:59", False, False),
        ("22:00", True, False),
        ("00:00", True, False),
        ("06:59", True, False),
        ("07:00", False, False),
        ("13:00", False, True),
        ("14:59", False, True),
        ("15:00", False, False),
    ],
)
def test_the_start_is_quiet_and_the_end_is_not(clock: str, night: bool, siesta: bool) -> None:
    assert (NIGHT.holds(local(clock), AMSTERDAM), SIESTA.holds(local(clock), AMSTERDAM)) == (night, siesta)


@pytest.mark.parametrize(
    ("quiet_hours", "clock", "moved"),
    [
        (NIGHT, "23:00", local("07:00", "2026-05-07")),
        (NIGHT, "22:00", local("07:00", "2026-05-07")),
        (NIGHT, "03:00", local("07:00")),
        (NIGHT, "12:00", local("12:00")),
        (SIESTA, "13:30", local("15:00")),
    ],
)
def test_a_message_waits_for_the_end_that_comes_next(quiet_hours: QuietHours, clock: str, moved: datetime) -> None:
    assert quiet_hours.move_out(local(clock), AMSTERDAM) == moved


def test_the_same_time_twice_is_no_quiet_time() -> None:
    never = QuietHours(time(7), time(7))
    assert not any(never.holds(local(f"{hour:02}:00"), AMSTERDAM) for hour in range(24))


@given(start=st.times(), end=st.times(), after=st.timedeltas(timedelta(0), timedelta(days=365)))
def test_what_is_moved_out_is_later_within_a_day_and_in_its_own_time_zone(
    start: time, end: time, after: timedelta
) -> None:
    at = local("12:00") + after
    moved = QuietHours(start, end).move_out(at, AMSTERDAM)
    assert at <= moved <= at + timedelta(hours=25)
    assert moved.tzinfo is UTC


@pytest.mark.parametrize(
    ("clock", "begin"),
    [
        ("21:59", local("22:00")),
        ("22:00", local("22:00")),
        ("22:01", local("22:00", "2026-05-07")),
        ("00:30", local("22:00")),
    ],
)
def test_the_next_quiet_hours_begin_tonight_or_once_they_have_begun_tomorrow(clock: str, begin: datetime) -> None:
    assert NIGHT.next_start(local(clock), AMSTERDAM) == begin


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize("day", ["2026-05-06", "2026-10-24", "2026-10-25"])
def test_the_next_quiet_hours_begin_within_a_day_at_their_local_time(name: str, day: str) -> None:
    """Also where the day is another one than in UTC, and on the days around a change of the clocks."""
    zone = ZoneInfo(name)
    for hour, start in product(range(24), range(4, 24)):
        at = local("00:00", day) + timedelta(hours=hour)
        begin = QuietHours(time(start), time(3)).next_start(at, zone)
        assert at <= begin < at + timedelta(hours=25), (hour, start)
        assert begin.astimezone(zone).time() == time(start)
        assert begin.tzinfo is UTC
