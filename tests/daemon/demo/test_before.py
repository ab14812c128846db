"""The weeks before are enough to know what is usual, and little to read."""

from datetime import date
from zoneinfo import ZoneInfo

from hersteld.daemon.demo.before import WEEKS, weeks_before
from tests.daemon.demo.test_nights import by_garmin

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 5, 4)
FILES = list(weeks_before(MONDAY, AMSTERDAM))


def test_they_are_small_files_of_workouts_before_the_monday_and_one_of_the_nights() -> None:
    names = [name for name, _ in FILES]
    assert len(set(names)) == len(names)
    assert all(date.fromisoformat(name[:10]) < MONDAY for name in names)
    assert [name for name in names if name.endswith("-nights.fit")] == [names[-1]]
    assert sum(len(content) for _, content in FILES) < 40_000
    assert 7 * WEEKS >= 60, "as many nights as are looked at"


def test_another_decoder_reads_what_each_workout_sums_up() -> None:
    for _, content in FILES[:-1]:
        (session,) = by_garmin(content)["session_mesgs"]
        assert 30 * 60 < session["total_timer_time"] < 2 * 3600
        assert 120 < session["avg_heart_rate"] < 150
