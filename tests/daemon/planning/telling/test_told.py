"""What the athlete was told, and whether it still holds."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.planning.telling.told import Told
from tests.daemon.planning.test_backlog import zipped
from tests.support.pipeline import NOON, Pipeline, a_file


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path, athlete__max_hr="190")


def told_of(pipeline: Pipeline) -> Told:
    return Told(pipeline.outbox, pipeline.settings.rules, pipeline.notifier.targets(), pipeline.clock)


def test_the_lines_of_other_workouts_are_remembered_and_its_own_are_not(pipeline: Pipeline) -> None:
    pipeline.put("hard.fit", a_file(NOON, minutes=90, bpm=172))
    pipeline.look()
    (workout,) = pipeline.stored()
    day = (NOON - timedelta(hours=1), NOON + timedelta(hours=1))
    assert told_of(pipeline).lines(workout.identity, *day) == ()
    (other,) = told_of(pipeline).lines("another", *day)
    assert any(line.startswith("Stretch at least") for line in other.lines)
    assert told_of(pipeline).lines("another", NOON + timedelta(days=3), NOON + timedelta(days=4)) == ()


def test_for_how_long_a_line_is_remembered_is_a_number_of_the_rules(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, athlete__max_hr="190", rules__messages__remembered_h="10")
    for hours in (0, 22):
        at = NOON + timedelta(hours=hours)
        pipeline.clock.move(max(timedelta(), at + timedelta(minutes=5) - pipeline.clock.now()))
        pipeline.put(f"{hours}.fit", a_file(at, minutes=90, bpm=172))
        pipeline.look()
    assert ["Stretch at least 20 min: calves" in row.body for row in pipeline.rows("first")] == [True, True]


def test_no_line_is_told_twice_within_a_day_and_then_again(pipeline: Pipeline) -> None:
    for hours in (0, 22, 50):
        at = NOON + timedelta(hours=hours)
        pipeline.clock.move(max(timedelta(), at + timedelta(minutes=5) - pipeline.clock.now()))
        pipeline.put(f"{hours}.fit", a_file(at, minutes=90, bpm=172))
        pipeline.look()
    bodies = [row.body for row in pipeline.rows("first")]
    stretches = [next(line for line in body.splitlines() if "tretch" in line) for body in bodies]
    assert [stretch.startswith("Stretch at least 20 min: calves") for stretch in stretches] == [True, False, True]
    assert stretches[1] == "Stretch again, at least 20 min."


def test_a_gentle_walk_moves_nothing_and_silences_nobody(pipeline: Pipeline) -> None:
    pipeline.put("hard.fit", a_file(NOON, minutes=90, bpm=172))
    pipeline.look()
    waiting = {row.rule for row in pipeline.outbox.waiting()}
    assert {"evening", "ready"} <= waiting
    pipeline.clock.move(timedelta(hours=2))
    pipeline.put("walk.fit", a_file(NOON + timedelta(hours=2), minutes=30, bpm=85, sport="walking"))
    pipeline.look()
    assert len(pipeline.rows("first")) == 1
    assert {"evening", "ready"} <= {row.rule for row in pipeline.outbox.waiting()}


def test_a_silent_workout_leaves_a_message_that_waits_for_the_morning(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(hours=11), notify__quiet_hours="22:00-07:00")
    pipeline.put("hard.fit", a_file(NOON + timedelta(hours=10, minutes=55), minutes=90, bpm=172))
    pipeline.look()
    pipeline.clock.move(timedelta(hours=7))
    pipeline.put("walk.fit", a_file(NOON + timedelta(hours=17, minutes=50), minutes=30, bpm=85, sport="walking"))
    pipeline.look()
    pipeline.pass_time(hours=3)
    assert pipeline.notifier.titles() == ["Yesterday: very hard run, 1 h 30"]


GUESS = "Your maximum heart rate is a guess"
BY_AGE = "Your maximum heart rate is taken from your age"


def bodies_with(pipeline: Pipeline, sentence: str) -> list[str]:
    return [row.body for row in pipeline.rows() if row.state == "sent" and sentence in row.body]


@pytest.mark.parametrize("before", ["an import", "a workout without heart rate", "nothing"])
def test_what_is_assumed_of_the_heart_rate_is_said_once_in_the_first_message_that_rests_on_it(
    before: str, tmp_path: Path
) -> None:
    pipeline = Pipeline(tmp_path, now=NOON - timedelta(days=3), athlete__experience='"trained"')
    if before == "an import":
        old = {f"{day}.fit": a_file(NOON - timedelta(days=day)) for day in (20, 21)}
        pipeline.put("years.zip", zipped(old))
    elif before == "a workout without heart rate":
        pipeline.put("ride.fit", a_file(NOON - timedelta(days=3), minutes=90, bpm=10, sport="cycling"))
    pipeline.look()
    assert bodies_with(pipeline, GUESS) == []
    for day in (2, 1, 0):
        pipeline.clock.jump(NOON - timedelta(days=day) + timedelta(minutes=5))
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=day), minutes=80, bpm=165))
        pipeline.look()
    run = pipeline.stored()[-3]
    assert [GUESS in row.body for row in pipeline.rows("first") if row.workout_id == run.id] == [True]
    assert len(bodies_with(pipeline, GUESS)) == 1


def test_another_assumption_is_said_once_more(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON - timedelta(days=4), athlete__experience='"trained"')
    for day, born in ((3, None), (2, "1990"), (1, "1990"), (0, "1990")):
        if born:
            pipeline.configure(athlete__birth_year=born)
        pipeline.clock.jump(NOON - timedelta(days=day) + timedelta(minutes=5))
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=day), minutes=80, bpm=150))
        pipeline.look()
    assert (len(bodies_with(pipeline, GUESS)), len(bodies_with(pipeline, BY_AGE))) == (1, 1)
