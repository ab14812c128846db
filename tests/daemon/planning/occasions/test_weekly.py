"""The word of the week rests on what is stored, and comes at its time."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.store.planned import write_sessions
from hersteld.recovery.occasions.planned_session import PlannedSession
from tests.support.pipeline import NOON, Pipeline, a_file

SUNDAY = datetime(2026, 5, 10, 19, 0, tzinfo=UTC)
TITLE = "Your week"


def bodies(pipeline: Pipeline) -> list[str]:
    return [message.body for _, message in pipeline.notifier.received if message.title == TITLE]


def test_it_comes_on_sunday_evening_unless_it_is_turned_off_and_not_in_a_week_without_training(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.leave_to_default("notify.weekly")
    pipeline.put("ride.fit", a_file(NOON, minutes=90, bpm=168, sport="cycling"))
    pipeline.look()
    pipeline.pass_time(hours=24 * 4 + 6)
    assert bodies(pipeline) == []
    pipeline.pass_time(hours=1)
    (body,) = bodies(pipeline)
    assert body.splitlines()[0].startswith("You trained 1 h 30 in seven days, a load of ")
    assert "6 days were rest days." in body
    assert "The hardest was on Wednesday: " in body
    pipeline.pass_time(hours=24 * 15)
    assert len(bodies(pipeline)) == 1


def test_who_begins_on_monday_with_old_workouts_hears_no_word_of_the_week_before(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=SUNDAY + timedelta(hours=8))
    pipeline.leave_to_default("notify.weekly")
    pipeline.put("ride.fit", a_file(NOON, minutes=90, bpm=168, sport="cycling"))
    pipeline.pass_time(hours=24)
    assert pipeline.rows("weekly") == []


def test_who_does_not_want_it_does_not_get_it(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.leave_to_default("notify.weekly")
    pipeline.configure(notify__weekly="false")
    pipeline.put("ride.fit", a_file(NOON, minutes=90, bpm=168, sport="cycling"))
    pipeline.pass_time(hours=24 * 7)
    assert pipeline.rows("weekly") == []


def test_it_comes_when_it_is_asked_for(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.leave_to_default("notify.weekly")
    pipeline.configure(notify__weekly="donderdag 8:30")
    pipeline.put("ride.fit", a_file(NOON, minutes=90, bpm=168, sport="cycling"))
    pipeline.pass_time(hours=24)
    assert [row.due_at for row in pipeline.rows("weekly")] == [datetime(2026, 5, 7, 8, 35, tzinfo=UTC)]


@pytest.mark.parametrize(("at", "days"), [("8:00", 7), ("17:59", 7), ("18:00", 0), ("22:00", 0)])
def test_no_training_is_left_out_of_every_week_where_the_word_comes_before_it(
    tmp_path: Path, at: str, days: int
) -> None:
    """Who wants the word before the evening trains on that day, too: its week ends with the day before."""
    pipeline = Pipeline(tmp_path)
    pipeline.leave_to_default("notify.weekly")
    pipeline.configure(notify__weekly=f'"wednesday {at}"', notify__quiet_hours='"23:00-07:00"')
    pipeline.put("ride.fit", a_file(NOON, minutes=90, bpm=168, sport="cycling"))
    pipeline.pass_time(hours=24 * 15)
    (row,) = pipeline.rows("weekly")
    assert (row.due_at.date() - NOON.date()).days == days
    assert row.body.splitlines()[0].startswith("You trained 1 h 30 in seven days")
    assert "6 days were rest days." in row.body
    assert "The hardest was on Wednesday: " in row.body


def test_by_default_it_waits_for_the_end_of_quiet_hours_and_tells_of_the_same_week(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.leave_to_default("notify.weekly")
    pipeline.configure(notify__quiet_hours="18:00-07:00")
    pipeline.put("ride.fit", a_file(NOON, minutes=90, bpm=168, sport="cycling"))
    pipeline.pass_time(hours=24 * 6)
    (row,) = pipeline.rows("weekly")
    assert row.due_at == SUNDAY + timedelta(hours=12)
    assert "6 days were rest days." in row.body


def test_it_ends_with_how_much_is_planned_in_the_seven_days_that_follow(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.configure(plan__calendar=str(tmp_path / "training.ics"))
    pipeline.leave_to_default("notify.weekly")
    pipeline.put("ride.fit", a_file(NOON, minutes=90, bpm=168, sport="cycling"))
    pipeline.look()
    days = [date(2026, 5, day) for day in (10, 11, 14, 17, 18)]
    sessions = [PlannedSession(str(day), day, None, None, "Run", is_hard=False) for day in days]
    write_sessions(pipeline.store, sessions, now=NOON, today=NOON.date(), is_whole=True)
    pipeline.pass_time(hours=24 * 4 + 7)
    (body,) = bodies(pipeline)
    assert body.splitlines()[-1] == "3 trainings are planned for the next seven days."
