"""Workouts are listed in a line each, by when they were and by what brought them."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.store.changes import bring_back, forget
from hersteld.daemon.store.summaries import Summaries, reach_of
from hersteld.recovery.athlete.profile import Athlete
from tests.support.pipeline import NOON, Pipeline, a_file

DAY = timedelta(days=1)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    made = Pipeline(tmp_path)
    for days in (3, 2, 1):
        (reading,) = made.ingest.read(a_file(NOON - days * DAY, minutes=30 * days), f"{days}.fit")
        made.ingest.add_history(reading)
    return made


def minutes(pipeline: Pipeline, *, since: float, until: float) -> list[int]:
    """Return the lengths of the workouts between two moments, in days before noon."""
    rows = Summaries(pipeline.store).between(NOON - since * DAY, NOON - until * DAY)
    return [round(row.timer_s / 60) for row in rows]


def test_the_newest_come_first_and_the_latest_counts(pipeline: Pipeline) -> None:
    summaries = Summaries(pipeline.store)
    assert [round(row.timer_s / 60) for row in summaries.newest(2)] == [30, 60]
    latest = summaries.latest()
    assert latest is not None
    assert latest == summaries.newest(1)[0] == summaries.summary(latest.id)
    assert latest.ended_at == NOON - DAY


def test_a_workout_without_a_date_is_listed_and_never_the_latest(pipeline: Pipeline) -> None:
    summaries = Summaries(pipeline.store)
    newest = summaries.newest(1)[0]
    pipeline.store.change("UPDATE workouts SET has_clock = 0 WHERE id = ?", [newest.id])
    assert summaries.newest(1)[0].id == newest.id
    latest = summaries.latest()
    assert latest is not None
    assert latest.id != newest.id
    assert newest.id not in [row.id for row in summaries.started_after(NOON - 10 * DAY)]


def test_a_workout_that_is_not_there_has_no_summary(pipeline: Pipeline) -> None:
    with pytest.raises(KeyError):
        Summaries(pipeline.store).summary(99)


def test_what_touches_a_stretch_of_time_belongs_to_it(pipeline: Pipeline) -> None:
    assert minutes(pipeline, since=10, until=0) == [90, 60, 30]
    assert minutes(pipeline, since=3, until=2.5) == [90], "it ended in that moment"
    assert minutes(pipeline, since=2.9, until=2.1) == []
    assert minutes(pipeline, since=2.03, until=2.02) == [60], "it began before and ended after"


def test_what_began_later_comes_in_order_and_as_many_as_are_asked_for(pipeline: Pipeline) -> None:
    summaries = Summaries(pipeline.store)
    after = summaries.started_after(NOON - 3 * DAY)
    assert [round(row.timer_s / 60) for row in after] == [60, 30]
    assert summaries.started_after(NOON - 3 * DAY, limit=1) == after[:1]


def test_what_continues_a_workout_follows_it(pipeline: Pipeline) -> None:
    summaries = Summaries(pipeline.store)
    last, before = summaries.newest(2)
    plan = pipeline.workouts.recovery(last.id)
    pipeline.workouts.set_plan(last.id, plan, brick_after=before.id)
    assert [row.id for row in summaries.followers(before.id)] == [last.id]
    forget(pipeline.store, last.id, now=NOON)
    assert summaries.followers(before.id) == ()
    bring_back(pipeline.store, last.id)
    pipeline.workouts.set_plan(last.id, plan, brick_after=None)
    assert summaries.followers(before.id) == ()


def test_what_a_backlog_brought_first_is_its_own(pipeline: Pipeline) -> None:
    pipeline.store.change("INSERT INTO backlogs (id, opened_at) VALUES (7, 'now')")
    first = pipeline.stored()[0]
    pipeline.store.change("UPDATE files SET backlog_id = 7 WHERE sha256 = ?", [first.identity])
    assert [row.id for row in Summaries(pipeline.store).brought_by_backlog(7)] == [first.id]


def test_the_reach_is_that_of_the_longest_wait_and_nothing_without_workouts(pipeline: Pipeline, tmp_path: Path) -> None:
    longest = max((row.ready_at or row.ended_at) - row.started_at for row in pipeline.stored())
    assert abs(reach_of(pipeline.store) - longest) <= timedelta(seconds=2)
    other = tmp_path / "other"
    other.mkdir()
    assert reach_of(Pipeline(other).store) == timedelta()


def test_whoever_may_be_a_minor_by_the_configuration_or_the_newest_file_is_no_adult(pipeline: Pipeline) -> None:
    summaries, rules = Summaries(pipeline.store), pipeline.settings.rules.athlete
    assert summaries.is_adult(Athlete(), rules, NOON)
    assert summaries.is_adult(Athlete(birth_year=1980), rules, NOON)
    assert not summaries.is_adult(Athlete(birth_year=NOON.year - 12), rules, NOON)
    newest = summaries.newest(1)[0]
    pipeline.store.change(
        "UPDATE workouts SET details = json_set(details, '$.profile.birth_year', ?) WHERE id = ?",
        [NOON.year - 12, newest.id],
    )
    assert not summaries.is_adult(Athlete(), rules, NOON)
    assert not summaries.is_adult(Athlete(birth_year=1980), rules, NOON)
    assert summaries.is_adult(Athlete(), rules, NOON + 3000 * DAY), "years later"
