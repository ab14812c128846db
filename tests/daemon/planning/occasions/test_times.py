"""A time of day comes once on each local date, wherever and however the clocks are set."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.planning.occasions.times import daily, moment_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_USE = timedelta(hours=4)


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # there is no such time
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first of two
        (date(2026, 3, 29), time(7), datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),
        (date(2026, 3, 28), time(7), datetime(2026, 3, 28, 6, 0, tzinfo=UTC)),
    ],
)
def test_it_is_that_time_once_on_a_day_on_which_the_clocks_change(day: date, at: time, moment: datetime) -> None:
    assert moment_of(day, at, AMSTERDAM) == moment


def test_each_day_has_its_time_as_long_as_it_is_of_use() -> None:
    noon = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    days = [due.day for due in islice(daily(time(7), AMSTERDAM, noon, use=_USE), 3)]
    assert days == ["2026-03-29", "2026-03-30", "2026-03-31"]
    early = noon - timedelta(hours=2, minutes=1)
    assert next(daily(time(7), AMSTERDAM, early, use=_USE)).day == "2026-03-28"
    assert next(daily(time(7), AMSTERDAM, early + timedelta(minutes=1), use=_USE)).day == "2026-03-29"


def test_a_day_of_the_week_comes_each_week() -> None:
    now = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)  # a Wednesday
    dues = list(islice(daily(time(19), AMSTERDAM, now, use=_USE, weekday=6), 2))
    assert [due.day for due in dues] == ["2026-05-10", "2026-05-17"]
    assert dues[0].at == datetime(2026, 5, 10, 17, 0, tzinfo=UTC)
