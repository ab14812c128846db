"""Each story is complete and in order."""

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.demo import stories
from hersteld.daemon.demo.stories import Coming

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 5, 4)
WEEK, FORTNIGHT = stories.week(MONDAY, AMSTERDAM), stories.overreached(MONDAY, AMSTERDAM)


@pytest.mark.parametrize(("story", "nights"), [(WEEK, 7), (FORTNIGHT, 14)], ids=["week", "fortnight"])
def test_what_comes_is_in_order_and_has_a_night_for_each_day(story: tuple[Coming, ...], nights: int) -> None:
    assert all(before.at <= after.at for before, after in pairwise(story))
    assert len({coming.name for coming in story}) == len(story)
    woken = {coming.at.astimezone(AMSTERDAM).date() for coming in story if coming.kind == "night"}
    assert woken == {MONDAY + timedelta(days=day) for day in range(nights)}


def test_the_week_has_one_calendar_that_comes_within_two_days_of_its_race() -> None:
    (calendar,) = (coming for coming in WEEK if coming.kind == "calendar")
    (race,) = (coming for coming in WEEK if coming.name.endswith("-race.fit"))
    assert race.at - calendar.at < timedelta(hours=48), "no further does anybody look ahead"


def test_the_fortnight_has_a_hard_run_on_each_of_seven_days_and_easy_ones_in_its_second_week() -> None:
    runs = [(coming.at.astimezone(AMSTERDAM).date(), coming) for coming in FORTNIGHT if coming.kind == "workout"]
    assert [day for day, run in runs if "hard" in run.name] == [MONDAY + timedelta(days=day) for day in range(7)]
    easy = [day for day, run in runs if "easy" in run.name]
    assert easy == [MONDAY + timedelta(days=day) for day in (9, 11, 13)]
    lengths = [len(run.content) for _, run in runs[:7]]
    assert lengths.count(max(lengths)) == 1, "the hardest day of the week is one day"
