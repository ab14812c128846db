"""Workouts that follow each other closely are one brick, and its last part has the plan of the whole."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.planning.assessor import Assessor
from hersteld.parsers.fit import read_fit
from hersteld.recovery.recover import recover
from tests.support.pipeline import NOON, Pipeline, a_file

RIDE_ENDED_AT = NOON - timedelta(hours=2)
RIDE = a_file(RIDE_ENDED_AT, minutes=90, bpm=150, sport="cycling")
RUN = a_file(RIDE_ENDED_AT + timedelta(minutes=50), minutes=30, bpm=165)
GAME = a_file(NOON, minutes=30, bpm=160)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


@pytest.fixture
def assessor(pipeline: Pipeline) -> Assessor:
    return Assessor(pipeline.workouts, pipeline.settings, pipeline.clock)


def test_a_workout_alone_is_its_own_and_only_part(pipeline: Pipeline, assessor: Assessor) -> None:
    ride = assessor.add("ride", read_fit(RIDE))
    assert assessor.parts(ride) == (ride,)
    assert not assessor.is_continued(ride)
    settings = pipeline.settings
    history = pipeline.workouts.history(NOON - timedelta(days=9))
    alone = recover(read_fit(RIDE), settings.athlete, history, settings.rules, zone=pipeline.clock.zone())
    assert pipeline.workouts.recovery(ride).assessment == alone.assessment


def test_the_last_part_of_a_brick_has_the_plan_of_the_whole(pipeline: Pipeline, assessor: Assessor) -> None:
    ride, run = assessor.add("ride", read_fit(RIDE)), assessor.add("run", read_fit(RUN))
    assert assessor.parts(run) == (ride, run)
    assert assessor.is_continued(ride)
    whole, plan = assessor.stored_plan(run)
    assert whole.timer_s == read_fit(RIDE).timer_s + read_fit(RUN).timer_s
    own_loads = {stored.id: stored.load for stored in pipeline.stored()}
    assert plan.load.value > max(own_loads.values()), "the load of the plan is that of both"
    assert pipeline.workouts.recovery(ride).load.value == pytest.approx(own_loads[ride])


def test_a_brick_may_have_three_parts(assessor: Assessor) -> None:
    ids = [
        assessor.add(str(number), read_fit(a_file(NOON + timedelta(minutes=40 * number), minutes=20)))
        for number in range(3)
    ]
    assert assessor.parts(ids[2]) == tuple(ids)


@pytest.mark.parametrize(
    "stroll",
    [
        a_file(RIDE_ENDED_AT + timedelta(minutes=50), minutes=30, bpm=85, sport="walking"),
        a_file(RIDE_ENDED_AT + timedelta(minutes=50), minutes=4, bpm=165),
    ],
    ids=["gentle", "four minutes"],
)
def test_a_gentle_workout_and_one_of_four_minutes_are_no_part_of_a_brick(assessor: Assessor, stroll: bytes) -> None:
    ride, home = assessor.add("ride", read_fit(RIDE)), assessor.add("home", read_fit(stroll))
    assert assessor.parts(home) == (home,)
    assert not assessor.is_continued(ride)


def test_after_an_hour_it_is_another_workout(assessor: Assessor) -> None:
    ride, game = assessor.add("ride", read_fit(RIDE)), assessor.add("game", read_fit(GAME))
    assert assessor.parts(game) == (game,)
    assert not assessor.is_continued(ride)


def test_assessing_in_order_of_start_makes_what_that_order_of_arrival_would_have_made(
    pipeline: Pipeline, assessor: Assessor
) -> None:
    run, ride = assessor.add("run", read_fit(RUN)), assessor.add("ride", read_fit(RIDE))
    assert assessor.parts(run) == (run,), "the ride was not there yet"
    for workout_id in (ride, run):
        assessor.assess(workout_id)
    assert assessor.parts(run) == (ride, run)
    assert pipeline.workouts.recovery(run).load.value > pipeline.workouts.recovery(ride).load.value


def test_another_recording_takes_the_place_and_is_assessed(pipeline: Pipeline, assessor: Assessor) -> None:
    ride = assessor.add("ride", read_fit(RIDE))
    before = pipeline.workouts.summary(ride)
    harder = read_fit(a_file(RIDE_ENDED_AT, minutes=90, bpm=172, sport="cycling"))
    twin = assessor.twin_of(harder)
    assert twin is not None
    assert twin.id == ride
    assessor.replace(ride, harder)
    after = pipeline.workouts.summary(ride)
    assert (after.id, after.identity) == (before.id, "ride")
    assert after.load > before.load
    assert after.recovery_h > before.recovery_h


def test_each_plan_keeps_the_athlete_with_whom_it_was_made(pipeline: Pipeline, assessor: Assessor) -> None:
    ride = assessor.add("ride", read_fit(RIDE))
    athlete = pipeline.workouts.recovery(ride).physiology
    assert athlete is not None
    assert athlete.reasons["experience"].value == "trained"


def test_a_rating_that_nobody_gave_is_only_supposed(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("run.fit", a_file(bpm=None))
    pipeline.look()
    (before,) = pipeline.stored()
    assessor = Assessor(pipeline.workouts, pipeline.settings, pipeline.clock)
    loads = [assessor.if_rated(before.id, rpe).load.value for rpe in (3, 6, 8)]
    assert loads == sorted(set(loads))
    assert pipeline.stored() == [before]
    pipeline.store.close()
