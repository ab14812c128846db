"""An answer holds for everything that rests on it, and one that is taken back is as good as never given."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hersteld.daemon.answers.answers import Answers, BadAnswer
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.store.answers.rows import Kind, Source
from hersteld.daemon.store.days import nights_between
from hersteld.recovery.messages.draft import MessageKind
from tests.support.pipeline import NOON, Pipeline, a_file

DAY = timedelta(days=1)
NO_HEART_RATE = 10
"""So slow is no heart: the load is then assumed from the sport."""


def a_pipeline(folder: Path) -> Pipeline:
    """Return a service that has just told of a ride of an hour without a heart rate, after a run of the day before."""
    pipeline = Pipeline(folder, now=NOON + timedelta(minutes=5))
    pipeline.put("run.fit", a_file(NOON - DAY, minutes=60, bpm=150))
    pipeline.look()
    pipeline.put("ride.fit", a_file(NOON, minutes=60, bpm=NO_HEART_RATE, sport="cycling"))
    pipeline.look()
    assert len(pipeline.notifier.received) == 1
    return pipeline


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    pipeline = a_pipeline(tmp_path)
    yield pipeline
    pipeline.store.close()


def answers(pipeline: Pipeline) -> Answers:
    return Answers(pipeline.store, pipeline.settings, pipeline.clock)


def rate(pipeline: Pipeline, rpe: float) -> None:
    said = answers(pipeline)
    said.rate(said.find("last"), rpe, Source.COMMAND)


def unrate(pipeline: Pipeline) -> None:
    said = answers(pipeline)
    said.unrate(said.find("last"))


def plans(pipeline: Pipeline) -> list[tuple[object, ...]]:
    return [(one.identity, one.load, one.ready_at, one.easy_from, one.recovery_h) for one in pipeline.stored()]


def waiting(pipeline: Pipeline) -> list[tuple[object, ...]]:
    return [(row.rule, row.target, row.body, row.due_at) for row in pipeline.rows() if row.waits]


def corrections(pipeline: Pipeline) -> list[str]:
    return [row.body for row in pipeline.rows() if row.kind is MessageKind.CORRECTION and row.state == "sent"]


@pytest.mark.parametrize("is_running", [False, True])
def test_a_rating_moves_the_plan_and_what_waits_whether_or_not_the_service_runs(
    is_running: bool, pipeline: Pipeline
) -> None:
    before, waited = plans(pipeline), waiting(pipeline)
    if is_running:
        with DatabaseLock(pipeline.database):
            rate(pipeline, 10)
            assert plans(pipeline) == before, "the service does it"
            pipeline.look()
    else:
        rate(pipeline, 10)
    pipeline.look()
    assert pipeline.stored()[-1].load == pytest.approx(140)
    assert waiting(pipeline) != waited
    assert len(corrections(pipeline)) == 1
    assert corrections(pipeline)[0].startswith("Your rating of the ride of ")
    assert " is 10 of 10, and that changes your rest." in corrections(pipeline)[0]
    pipeline.look()
    assert len(corrections(pipeline)) == 1, "once"


def test_a_rating_that_moves_readiness_by_less_than_two_hours_is_not_spoken_of(pipeline: Pipeline) -> None:
    rate(pipeline, 4)  # what is assumed of a ride
    pipeline.look()
    assert corrections(pipeline) == []


@settings(max_examples=15)
@given(st.lists(st.sampled_from([1, 3, 5, 6, 8, 10]), min_size=1, max_size=4))
def test_ratings_that_are_all_taken_back_were_never_given(
    tmp_path_factory: pytest.TempPathFactory, ratings: list[int]
) -> None:
    pipeline = a_pipeline(tmp_path_factory.mktemp("home"))
    never = plans(pipeline), waiting(pipeline)
    with DatabaseLock(pipeline.database):  # the service looks once all is said
        for rpe in ratings:
            rate(pipeline, rpe)
        for _ in ratings:
            unrate(pipeline)
        pipeline.look()
    pipeline.look()
    assert (plans(pipeline), waiting(pipeline)) == never
    assert corrections(pipeline) == []
    pipeline.store.close()


def test_the_last_rating_holds_and_the_one_before_it_once_it_is_taken_back(pipeline: Pipeline) -> None:
    loads = []
    steps: list[Callable[[], None]] = [
        lambda: rate(pipeline, 3),
        lambda: rate(pipeline, 8),
        lambda: unrate(pipeline),
        lambda: unrate(pipeline),
    ]
    for step in steps:
        step()
        loads.append(round(pipeline.stored()[-1].load))
    assert loads == [40, 100, 40, 50]
    with pytest.raises(BadAnswer):
        unrate(pipeline)


def test_a_rating_holds_for_a_better_recording_too(pipeline: Pipeline) -> None:
    rate(pipeline, 9)
    pipeline.put("richer.fit", a_file(NOON, minutes=60, bpm=11, sport="cycling", power=20))
    pipeline.look()
    assert pipeline.stored()[-1].load == pytest.approx(120)


def test_a_rating_of_one_part_of_a_brick_is_no_rating_of_the_other(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(hours=2))
    for name, ended_at in (("one.fit", NOON), ("two.fit", NOON + timedelta(minutes=70))):
        pipeline.put(name, a_file(ended_at, minutes=60, bpm=NO_HEART_RATE, sport="training"))
        pipeline.look()
    first, second = pipeline.stored()
    said = answers(pipeline)
    said.rate(first, 9, Source.COMMAND)
    plan = pipeline.workouts.recovery(second.id)
    assert [round(one.value) for one in plan.load.sessions] == [120, 50]
    pipeline.store.close()


def test_a_workout_whose_device_knew_no_date_is_rated_alone(pipeline: Pipeline) -> None:
    pipeline.put("undated.fit", a_file(datetime(1999, 1, 1, tzinfo=UTC), minutes=60, bpm=NO_HEART_RATE))
    pipeline.look()
    (undated,) = (one for one in pipeline.workouts.newest(9) if not one.has_clock)
    before = plans(pipeline)
    answers(pipeline).rate(undated, 9, Source.COMMAND)
    assert pipeline.workouts.summary(undated.id).load == pytest.approx(120)
    assert [plan for plan in plans(pipeline) if plan[0] != undated.identity] == [
        plan for plan in before if plan[0] != undated.identity
    ]


@pytest.mark.parametrize("rpe", [0, 0.9, 10.1, 11, -3, float("nan")])
def test_what_is_no_rating_is_refused(rpe: float, pipeline: Pipeline) -> None:
    before = plans(pipeline)
    with pytest.raises(BadAnswer):
        rate(pipeline, rpe)
    assert plans(pipeline) == before


def test_a_resting_heart_rate_of_the_athlete_comes_before_that_of_a_watch_until_it_is_taken_back(
    pipeline: Pipeline,
) -> None:
    today = pipeline.clock.now().date()
    said = answers(pipeline)
    said.rest_at(48, Source.COMMAND)
    said.rest_at(51, Source.COMMAND)
    assert [night.resting_hr_bpm for night in nights_between(pipeline.store, today, today)] == [51]
    assert said.take_back_last(Kind.RESTING_HR).values["bpm"] == 51
    assert [night.resting_hr_bpm for night in nights_between(pipeline.store, today, today)] == [48]
    said.take_back_last(Kind.RESTING_HR)
    assert nights_between(pipeline.store, today, today) == ()
    with pytest.raises(BadAnswer):
        said.take_back_last(Kind.RESTING_HR)


@pytest.mark.parametrize("bpm", [0, 10, 200, float("nan")])
def test_what_is_no_resting_heart_rate_is_refused(bpm: float, pipeline: Pipeline) -> None:
    with pytest.raises(BadAnswer):
        answers(pipeline).rest_at(bpm, Source.COMMAND)


@pytest.mark.parametrize("tqr", [5, 21])
def test_what_is_no_answer_on_recovery_is_refused(tqr: int, pipeline: Pipeline) -> None:
    with pytest.raises(BadAnswer):
        answers(pipeline).feel(tqr, Source.COMMAND)


@pytest.mark.parametrize("rpe", [1, 10])
def test_a_coach_reminds_as_before_once_a_rating_is_taken_back(rpe: float, tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(minutes=1), **{"notify.style": "coach"})
    pipeline.put("ride.fit", a_file(NOON, minutes=150, bpm=NO_HEART_RATE, sport="cycling"))
    pipeline.look()
    before = waiting(pipeline)
    assert {row[0] for row in before} >= {"stretched", "meal"}
    rate(pipeline, rpe)
    assert waiting(pipeline) != before
    unrate(pipeline)
    pipeline.look()
    assert waiting(pipeline) == before
    pipeline.store.close()
