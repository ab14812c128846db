"""A planned training is spoken of the evening before and when its meal is due, each once."""

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.store.planned import write_sessions
from hersteld.recovery.occasions.planned_session import PlannedSession
from tests.support.pipeline import Pipeline, a_file

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)


class Planning(Pipeline):
    """A daemon with a calendar, whose sessions the test writes."""

    def plan(self, *sessions: PlannedSession) -> None:
        now = self.clock.now()
        write_sessions(self.store, sessions, now=now, today=now.date(), is_whole=True)

    def said(self) -> list[str]:
        return [f"{message.title}: {message.body}" for _, message in self.notifier.received]


@pytest.fixture
def planning(tmp_path: Path) -> Planning:
    return Planning(tmp_path, now=NOON, **{"plan.calendar": str(tmp_path / "none.ics")})


def at(hours: float, identity: str = "a", *, hard: bool = False) -> PlannedSession:
    start = NOON + timedelta(hours=hours)
    return PlannedSession(identity, start.date(), start, 60, "Run", is_hard=hard)


def test_the_meal_is_told_three_hours_before_and_once(planning: Planning) -> None:
    planning.plan(at(6))
    planning.pass_time(hours=2, minutes=50)
    assert planning.said() == []
    planning.pass_time(minutes=10)
    (said,) = planning.said()
    assert said.startswith("Training at 18:00: Time to eat something with protein and healthy fats")
    planning.start()
    planning.pass_time(hours=4)
    assert len(planning.said()) == 1


@pytest.mark.parametrize(("bpm", "sport", "is_told"), [(105, "walking", True), (172, "running", False)])
def test_the_meal_is_left_out_only_where_a_workout_says_to_refuel(
    planning: Planning, bpm: int, sport: str, *, is_told: bool
) -> None:
    planning.plan(at(6))
    planning.put("morning.fit", a_file(NOON - timedelta(minutes=1), minutes=60, bpm=bpm, sport=sport))
    planning.look()
    planning.pass_time(hours=4)
    assert any("The next training is soon" in said for said in planning.said()) is not is_told
    assert ("Training at 18:00" in planning.notifier.titles()) is is_told


def test_a_session_that_is_moved_is_told_at_its_new_time_alone(planning: Planning) -> None:
    planning.plan(at(6))
    planning.pass_time(hours=2)
    planning.plan(at(8))
    planning.pass_time(hours=6)
    assert [said[:17] for said in planning.said()] == ["Training at 20:00"]


def test_what_was_told_is_not_told_again_when_the_session_is_moved(planning: Planning) -> None:
    planning.plan(at(6))
    planning.pass_time(hours=3)
    planning.plan(at(9))
    planning.pass_time(hours=6)
    assert [said[:17] for said in planning.said()] == ["Training at 18:00"]


@pytest.mark.parametrize("hours", [24, 48, 168])
def test_a_session_that_is_moved_to_another_day_is_told_there_as_well(planning: Planning, hours: int) -> None:
    """Who put off a run in the rain, an hour before, heard nothing of it the next day."""
    planning.plan(at(6))
    planning.pass_time(hours=5)
    planning.plan(at(6 + hours))
    planning.pass_time(hours=hours + 2)
    assert [said[:17] for said in planning.said()] == ["Training at 18:00"] * 2
    planning.plan(at(8 + hours), at(6, "b"))
    planning.pass_time(hours=3)
    assert len(planning.said()) == 2


def test_a_hard_session_that_is_moved_to_another_day_is_named_again_the_evening_before(planning: Planning) -> None:
    planning.put("a.fit", a_file(NOON - timedelta(minutes=5), minutes=150, bpm=178))
    planning.look()
    for day in (22, 46):
        planning.plan(at(day, hard=True))
        planning.pass_time(hours=24)
    words = [said[:26] for said in planning.said() if "What you plan looks hard" in said]
    assert words == ["Training tomorrow at 10:00"] * 2


def test_an_event_of_a_whole_day_that_is_given_an_hour_is_not_spoken_of_twice_in_an_evening(planning: Planning) -> None:
    planning.put("a.fit", a_file(NOON - timedelta(minutes=5), minutes=150, bpm=178))
    planning.look()
    planning.plan(dataclasses.replace(at(30, hard=True), starts_at=None, minutes=None))
    planning.pass_time(hours=8)
    planning.plan(at(30, hard=True))
    planning.pass_time(hours=3)
    assert len([said for said in planning.said() if said.startswith("Training tomorrow")]) == 1


def test_a_training_that_stands_in_two_calendars_is_spoken_of_once(planning: Planning) -> None:
    """A coach's program and the athlete's own calendar hold it under different names."""
    planning.put("a.fit", a_file(NOON - timedelta(minutes=5), minutes=150, bpm=178))
    planning.look()
    easy, hard = at(30, "a"), dataclasses.replace(at(30, "b", hard=True), minutes=120)
    planning.plan(easy, hard, dataclasses.replace(easy, identity="c"))
    planning.pass_time(hours=30)
    told = [said for said in planning.said() if said.startswith("Training")]
    assert [said.partition(":")[0] for said in told] == ["Training tomorrow at 18", "Training at 18"]
    assert "looks hard" in told[0]
    assert "pasta or rice" in told[1]


def test_two_events_of_the_same_whole_day_are_spoken_of_once(planning: Planning) -> None:
    one = dataclasses.replace(at(24), starts_at=None, minutes=None)
    planning.plan(one, dataclasses.replace(one, identity="b"))
    planning.pass_time(hours=10)
    assert planning.notifier.titles() == ["Training tomorrow"]


def test_a_session_that_is_cancelled_is_not_told(planning: Planning) -> None:
    planning.plan(at(6))
    planning.pass_time(hours=2)
    planning.plan()
    planning.pass_time(hours=4)
    assert planning.said() == []


def test_an_early_session_has_its_meal_the_evening_before(tmp_path: Path) -> None:
    planning = Planning(tmp_path, now=NOON, **{"plan.calendar": "/none.ics", "notify.quiet_hours": "22:00-07:00"})
    planning.plan(at(20))
    planning.pass_time(hours=20)
    (said,) = planning.said()
    assert said.startswith(
        "Training tomorrow at 08:00: There will be little time to eat beforehand, so eat well tonight: "
    )


def test_a_hard_session_before_the_athlete_is_ready_is_named_the_evening_before(planning: Planning) -> None:
    planning.put("a.fit", a_file(NOON - timedelta(minutes=5), minutes=90, bpm=178))
    planning.look()
    planning.plan(at(22, hard=True), dataclasses.replace(at(22, "b"), title="Easy"))
    planning.pass_time(hours=8)
    words = [said for said in planning.said() if said.startswith("Training tomorrow")]
    assert len(words) == 1
    assert "What you plan looks hard, and you are still recovering" in words[0]


def test_without_a_calendar_nothing_is_said(tmp_path: Path) -> None:
    planning = Planning(tmp_path, now=NOON)
    planning.plan(at(6))
    planning.pass_time(hours=4)
    assert planning.said() == []
