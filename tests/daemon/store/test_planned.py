"""What is planned is stored as it is known now, and remembered for a while when it is over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.planned import (
    count_sessions,
    next_session_at,
    read_calendar_faults,
    read_sessions,
    write_calendar_faults,
    write_sessions,
)
from hersteld.parsers.line import Line
from hersteld.recovery.occasions.planned_session import PlannedSession

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
TODAY = date(2026, 11, 28)


def session(name: str, after_h: float = 5) -> PlannedSession:
    at = NOW + timedelta(hours=after_h)
    return PlannedSession(name, at.date(), at, 60.0, name, is_hard=True)


RUN, SWIM = session("run"), session("swim", 10)
RACE = PlannedSession("race", date(2026, 11, 29), None, None, "race", is_hard=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "hersteld.db")


def write(store: Store, *sessions: PlannedSession, now: datetime = NOW, is_whole: bool = True) -> bool:
    return write_sessions(store, sessions, now=now, today=now.date(), is_whole=is_whole)


def read(store: Store, now: datetime = NOW) -> tuple[PlannedSession, ...]:
    return read_sessions(store, now=now, today=now.date())


def test_what_is_planned_is_read_as_it_was_written(store: Store) -> None:
    assert write(store, RACE, SWIM, RUN)
    assert read(store) == (RUN, SWIM, RACE)
    assert not write(store, RUN, SWIM, RACE)


def test_what_is_missing_is_forgotten_only_where_the_whole_calendar_was_read(store: Store) -> None:
    write(store, RUN, SWIM, RACE)
    assert not write(store, RUN, is_whole=False)
    assert read(store) == (RUN, SWIM, RACE)
    assert write(store, RUN)
    assert read(store) == (RUN,)


def test_what_has_begun_is_remembered_and_not_planned_any_more(store: Store) -> None:
    write(store, RUN, SWIM)
    later = NOW + timedelta(hours=6)
    assert not write(store, SWIM, now=later)
    assert read(store, later) == (SWIM,)
    assert next_session_at(store, NOW) == RUN.starts_at
    assert next_session_at(store, later) == SWIM.starts_at
    assert next_session_at(store, NOW + timedelta(days=1)) is None
    much_later = NOW + timedelta(days=40)
    write(store, PlannedSession("new", much_later.date(), None, None, "", is_hard=False), now=much_later)
    assert next_session_at(store, NOW) is None


def test_an_event_that_is_moved_after_its_time_has_one_time(store: Store) -> None:
    write(store, RUN)
    later = NOW + timedelta(hours=6)
    moved = PlannedSession("run", TODAY, NOW + timedelta(hours=9), 60.0, "run", is_hard=True)
    assert write(store, moved, now=later)
    assert next_session_at(store, NOW) == moved.starts_at


def test_a_whole_day_lasts_to_its_end(store: Store) -> None:
    write(store, RACE)
    assert read(store, NOW + timedelta(days=1)) == (RACE,)
    assert read(store, NOW + timedelta(days=2)) == ()


def test_a_training_that_stands_in_two_calendars_counts_once(store: Store) -> None:
    days = (TODAY, TODAY + timedelta(days=7))
    write(store, RUN, SWIM, RACE)
    assert count_sessions(store, *days) == 3
    write(store, RUN, SWIM, RACE, replace(RUN, identity="twin"), replace(RACE, identity="another race"))
    assert count_sessions(store, *days) == 4, "of two whole days nobody knows whether they are one"
    assert count_sessions(store, TODAY + timedelta(days=7), TODAY + timedelta(days=9)) == 0


def test_faults_are_those_of_the_last_look(store: Store) -> None:
    faults = (("/b.ics", Line("calendar.no_calendar")), ("/a.ics", Line("calendar.too_large", {"most_mib": 32})))
    write_calendar_faults(store, faults)
    assert read_calendar_faults(store) == faults
    write_calendar_faults(store, [])
    assert read_calendar_faults(store) == ()
